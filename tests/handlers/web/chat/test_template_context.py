"""What the templates of the chat are given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from answer.reply import Citation
from handlers.conversation.services import Services
from handlers.web.chat.template_context import ChatTemplateContext
from knowledge.policy import Sentence
from tests.toy import LOGO, MEETING, QUIET
from tests.toy_service import Toy, in_folder


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = Toy(in_folder(tmp_path)).service()
    yield made
    made.desk.close()


def cited(section: str, heading: str, sentence: Sentence) -> Citation:
    return Citation(
        policy="toy",
        section=section,
        heading=heading,
        title="Toy guidance",
        reviewed="",
        quote=sentence.text,
        lead_in="",
        items=(),
        obligation=sentence.obligation,
    )


def test_a_clause_that_is_quoted_twice_is_offered_once_after_its_last_quote(
    services: Services,
) -> None:
    meeting = "Councillors in meetings"
    quotes = (
        cited("3", meeting, MEETING),
        cited("1", "Think twice", LOGO),
        cited("3", meeting, QUIET),
    )
    offered = [address for _, address in ChatTemplateContext(services).with_clauses(quotes)]
    assert [bool(address) for address in offered] == [False, True, True]
    assert "Keep%20it%20quiet" in offered[2]
