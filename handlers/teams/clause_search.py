"""The message extension: clauses of the policies as cards to insert into a message."""

from collections.abc import Sequence
from typing import Any

from desk.model.case import Quote
from handlers.conversation.escalation import helpful, quotes
from handlers.conversation.question_actions import Answers
from handlers.conversation.reply_message import place
from handlers.teams.cards.elements import Element, card, cut, fitted, words
from handlers.teams.cards.quotes import Quotes
from knowledge.policy import Policy, Role
from knowledge.question import Question

MOST = 8
ADAPTIVE = "application/vnd.microsoft.card.adaptive"
PREVIEW = "application/vnd.microsoft.card.thumbnail"


class ClauseSearch:
    def __init__(self, answers: Answers, shown: Quotes) -> None:
        self._answers = answers
        self._shown = shown

    def results(self, typed: str, role: Role) -> dict[str, Any]:
        """As Teams wants the answer to `composeExtension/query`."""
        found = self._found(typed.strip(), role)
        attachments = [self._attachment(quote) for quote in found[:MOST]]
        result = {"type": "result", "attachmentLayout": "list", "attachments": attachments}
        return {"composeExtension": result}

    def _found(self, typed: str, role: Role) -> Sequence[Quote]:
        """What would be quoted, then every clause that has the words."""
        if not typed:
            return []
        reply = self._answers.reply(Question(typed, role))
        return list(dict.fromkeys([*quotes(helpful(reply)), *self._with(typed)]))

    def _with(self, typed: str) -> list[Quote]:
        sought = typed.casefold()
        return [
            Quote(policy.name, clause.section, clause.heading, clause.text)
            for policy in self._shown.policies
            for clause in policy.clauses
            if sought in f"{clause.section} {clause.heading} {clause.text}".casefold()
        ]

    def _attachment(self, quote: Quote) -> Element:
        preview = {"title": place(quote), "text": cut(quote.text, 200)}
        return {
            "contentType": ADAPTIVE,
            "content": self._card(quote),
            "preview": {"contentType": PREVIEW, "content": preview},
        }

    def _card(self, quote: Quote) -> Element:
        def build(limit: int) -> Element:
            body = [
                *words(cut(f"“{quote.text}”", limit)),
                *words(place(quote), weight="Bolder"),
                *words(_source(quote, self._shown.policies), isSubtle=True),
            ]
            return card(place(quote), body)

        return fitted(build)


def _source(quote: Quote, policies: Sequence[Policy]) -> str:
    for policy in policies:
        if policy.name == quote.policy:
            review = f", last reviewed {policy.reviewed}" if policy.reviewed else ""
            return f"{policy.title}{review}"
    return ""
