"""The message extension: clauses to insert in a message, and a message looked up."""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from desk.services.desk import Desk
from handlers.conversation.question_actions import Answers
from handlers.conversation.reply_message import from_reply
from handlers.teams.cards.buttons import LONGEST_QUESTION
from handlers.teams.cards.elements import Element, card, text_input
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.clause_search import ADAPTIVE, ClauseSearch
from handlers.teams.senders import Sender, role_of
from knowledge.policy import Role
from knowledge.question import Question

TITLE = "Ask the policy"
QUESTION = "Your question"
LOOK_UP = "Look it up"

Body = dict[str, Any]


class Extension:
    """Looks up only: what is asked here is not stored and opens no case."""

    def __init__(
        self, desk: Desk, answers: Answers, search: ClauseSearch, cards: AskerCards
    ) -> None:
        self._desk = desk
        self._answers = answers
        self._search = search
        self._cards = cards

    @property
    def answers(self) -> Mapping[str, Callable[[Sender, Body], Body]]:
        return {
            "composeExtension/query": self._query,
            "composeExtension/fetchTask": self._form,
            "composeExtension/submitAction": self._reply,
        }

    def _query(self, who: Sender, value: Body) -> Body:
        parameters = value.get("parameters") or [{}]
        typed = str(parameters[0].get("value") or "")
        # Teams asks with "true" when the search is opened and nothing is typed yet.
        first = parameters[0].get("name") == "initialRun"
        return self._search.results("" if first else typed, self._role(who))

    def _form(self, _: Sender, value: Body) -> Body:
        message = (value.get("messagePayload") or {}).get("body") or {}
        written = html.unescape(re.sub(r"<[^>]+>", " ", str(message.get("content") or "")))
        question = " ".join(written.split())[:LONGEST_QUESTION]
        body = [text_input("question", QUESTION, question, isMultiline=True, isRequired=True)]
        look_up = {"type": "Action.Submit", "title": LOOK_UP, "data": {}}
        return _dialog(card(TITLE, body, [look_up]))

    def _reply(self, who: Sender, value: Body) -> Body:
        text = str((value.get("data") or {}).get("question") or "")
        reply = self._answers.reply(Question(text, self._role(who)))
        return _dialog(self._cards.says(from_reply(reply)))

    def _role(self, who: Sender) -> Role:
        return role_of(self._desk.preferences.read(who.person))


def _dialog(shown: Element) -> Body:
    attachment = {"contentType": ADAPTIVE, "content": shown}
    task = {"title": TITLE, "height": "medium", "width": "medium", "card": attachment}
    return {"task": {"type": "continue", "value": task}}
