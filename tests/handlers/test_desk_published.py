import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.escalation_policy import EscalationPolicy
from tests.conversations.terminal import TerminalSurface
from tests.toy import POLICY

IN_USE = "P-1  published  Communications, review by 23 November 2027  training meeting\n"


@pytest.fixture
def surface(tmp_path: Path) -> Iterator[TerminalSurface]:
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    surface.ask("Ann", "training meeting")
    surface.type_command("Jane", "answer", "C-1", "Book it with us.")
    surface.type_command("Jane", "publish", "C-1", "--cite", "2(a)")
    yield surface
    surface.office.close()


def change_the_cited_clause(surface: TerminalSurface) -> None:
    clauses = [
        replace(clause, text="You may post.") if clause.section == "2(a)" else clause
        for clause in POLICY.clauses
    ]
    surface.policies = (replace(POLICY, clauses=tuple(clauses)),)


def test_the_published_answers_are_listed_with_owner_and_review_date(
    surface: TerminalSurface,
) -> None:
    assert surface.type_command("Jane", "published") == IN_USE


def test_what_is_edited_changes_and_the_rest_stays(surface: TerminalSurface) -> None:
    before = surface.office.precedents.show("P-1")
    shown = surface.type_command("Jane", "edit", "P-1", "--text", "Book it with HR.")
    assert shown == IN_USE
    assert surface.office.precedents.show("P-1") == replace(
        before, text="Book it with HR.", edited_at=surface.clock.now()
    )


def test_each_part_can_be_changed(surface: TerminalSurface) -> None:
    given = ("--question", "Is there a course?", "--owner", "HR", "--review-by", "2026-12-01")
    shown = surface.type_command("Jane", "edit", "P-1", *given, "--cite", "3")
    assert shown == "P-1  published  HR, review by 01 December 2026  Is there a course?\n"
    (cited,) = surface.office.precedents.show("P-1").cited
    assert cited.section == "3"


def test_a_changed_clause_is_read_again_before_the_answer_comes_back(
    surface: TerminalSurface,
) -> None:
    change_the_cited_clause(surface)
    doubt = "out of use: a clause that it cites has changed"
    assert doubt in surface.type_command("Jane", "published")
    assert doubt in surface.type_command("Jane", "edit", "P-1", "--owner", "HR")
    surface.type_command("Jane", "edit", "P-1", "--cite", "2(a)")
    assert surface.type_command("Jane", "recheck") == "There are none.\n"


def test_a_passed_date_is_set_anew(surface: TerminalSurface) -> None:
    surface.days_pass(400)
    assert "its review date has passed" in surface.type_command("Jane", "recheck")
    assert "is not in the future" in surface.type_command("Jane", "edit", "P-1", "--owner", "HR")
    surface.type_command("Jane", "edit", "P-1", "--review-by", "2028-05-01")
    assert surface.type_command("Jane", "recheck") == "There are none.\n"


def test_a_retired_answer_is_listed_only_when_asked_for(surface: TerminalSurface) -> None:
    surface.type_command("Jane", "retire", "P-1")
    surface.days_pass(400)
    assert surface.type_command("Jane", "published") == "There are none.\n"
    assert surface.type_command("Jane", "published", "--all").startswith("P-1  retired  Comm")
    assert "was retired" in surface.type_command("Jane", "edit", "P-1", "--owner", "HR")


def test_an_edit_of_nothing_is_wrong_use(surface: TerminalSurface) -> None:
    assert "Say what is to change of P-1" in surface.type_command("Jane", "edit", "P-1")


def test_programs_are_told_the_reference_and_the_doubts(surface: TerminalSurface) -> None:
    line = json.loads(surface.type_command("Jane", "published", "--json"))
    assert (line["ref"], line["doubts"]) == ("P-1", [])
