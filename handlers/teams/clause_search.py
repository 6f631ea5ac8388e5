"""Searches the policies for clauses, as cards to insert into a message."""

from collections.abc import Sequence
from typing import Any

from desk.model.case import Quote
from handlers.conversation.escalation import helpful, quotes
from handlers.conversation.question_actions import Answers
from handlers.teams.cards.elements import Element, card, cut, fitted, words
from handlers.teams.cards.quotes import Quotes
from handlers.teams.messages import ADAPTIVE_CARD
from knowledge.policy import Policy, Role
from knowledge.question import Question

MOST_RESULTS = 8
PREVIEW = "application/vnd.microsoft.card.thumbnail"


class ClauseSearch:
    def __init__(self, answers: Answers, shown: Quotes) -> None:
        self._answers = answers
        self._shown = shown

    def results(self, typed: str, role: Role) -> dict[str, Any]:
        """The body that answers a `composeExtension/query`."""
        found = self._found(typed.strip(), role)
        attachments = [self._attachment(quote) for quote in found[:MOST_RESULTS]]
        result = {"type": "result", "attachmentLayout": "list", "attachments": attachments}
        return {"composeExtension": result}

    def _found(self, typed: str, role: Role) -> Sequence[Quote]:
        """First what the bot would quote, then every clause that contains these words."""
        if not typed:
            return []
        reply = self._answers.reply(Question(typed, role))
        return list(dict.fromkeys([*quotes(helpful(reply)), *self._containing(typed)]))

    def _containing(self, typed: str) -> list[Quote]:
        sought = typed.casefold()
        return [
            Quote(policy.name, clause.section, clause.heading, clause.text)
            for policy in self._shown.policies
            for clause in policy.clauses
            if sought in f"{clause.section} {clause.heading} {clause.text}".casefold()
        ]

    def _attachment(self, quote: Quote) -> Element:
        preview = {"title": quote.place, "text": cut(quote.text, 200)}
        return {
            "contentType": ADAPTIVE_CARD,
            "content": self._card(quote),
            "preview": {"contentType": PREVIEW, "content": preview},
        }

    def _card(self, quote: Quote) -> Element:
        def build(limit: int) -> Element:
            body = [
                *words(cut(f"“{quote.text}”", limit)),
                *words(quote.place, weight="Bolder"),
                *words(_source(quote, self._shown.policies), isSubtle=True),
            ]
            return card(quote.place, body)

        return fitted(build)


def _source(quote: Quote, policies: Sequence[Policy]) -> str:
    for policy in policies:
        if policy.name == quote.policy:
            review = f", last reviewed {policy.reviewed}" if policy.reviewed else ""
            return f"{policy.title}{review}"
    return ""
