"""What comms read of the desk's work in a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model.errors import Undeliverable
from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.terminal import TerminalSurface
from tests.desk.council import BOB, incoming
from tests.desk.fakes import RecordingMessenger


@pytest.fixture
def surface(tmp_path: Path) -> Iterator[TerminalSurface]:
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    yield surface
    surface.office.close()


def test_a_case_that_is_late_is_marked_in_the_list(surface: TerminalSurface) -> None:
    surface.ask("Ann", "training meeting")
    assert "C-1  open  due tomorrow 10:00" in surface.type_command("Jane", "list")
    surface.days_pass(2)
    late = "C-1  open  OVERDUE since Tuesday 24 November 10:00  training meeting\n"
    assert surface.type_command("Jane", "list") == late


def test_an_answered_case_is_not_late(surface: TerminalSurface) -> None:
    surface.ask("Ann", "training meeting")
    surface.type_command("Jane", "answer", "C-1", "Yes.")
    surface.days_pass(2)
    assert "OVERDUE" not in surface.type_command("Jane", "list", "--all")


def test_an_empty_outbox_is_said_in_numbers(surface: TerminalSurface) -> None:
    assert surface.type_command("Jane", "backlog") == "0 waiting; 0 tried before; 0 given up.\n"


def test_what_was_given_up_is_named_without_its_words(surface: TerminalSurface) -> None:
    surface.services.conversation.ask(incoming(BOB, "training meeting"))
    messenger = RecordingMessenger()
    messenger.failures = [Undeliverable("gone")]
    surface.office.delivery.deliver_due(messenger)
    assert surface.type_command("Jane", "backlog") == (
        "0 waiting; 0 tried before; 1 given up.\n"
        "C-1  receipt  terminal  given up, tries: 1, since 23.11.2026 11:00\n"
    )
    assert "training" not in surface.type_command("Jane", "backlog", "--json")
