"""Quotes from a policy on a card, each with the way to its whole clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer import wording
from answer.reply import Citation
from desk.model.case import Quote
from handlers.conversation.button_labels import WHOLE_CLAUSE
from handlers.conversation.policy_links import link
from handlers.conversation.reply_message import sources
from handlers.conversation.whole_clause import WholeClause, marked, whole_clause
from handlers.teams.cards.elements import (
    Element,
    beside,
    box,
    buttons,
    cut,
    line,
    open_url,
    reveal,
    run,
    runs,
    words,
)
from knowledge.policy import Policy, section_name

TOGGLE = f"{WHOLE_CLAUSE}: {{place}}"
PAGE = "Open {place}"
UNNUMBERED = "this part"
MOST_QUOTES = 5


@dataclass(frozen=True, slots=True)
class Quotes:
    """`address`: of the bot's public pages ("https://policy.example.gov.uk"); empty without."""

    policies: Sequence[Policy]
    address: str

    def answering(self, citations: Sequence[Citation], limit: int) -> list[Element]:
        shown = []
        for heading, about in wording.under_headings(citations[:MOST_QUOTES]):
            shown += words(heading, weight="Bolder")
            shown += self._citations(f"quote{len(shown)}_", about, limit)
        origin = [part for line in sources(citations) for part in words(line, isSubtle=True)]
        return [*shown, *origin] if citations else []

    def related(self, citations: Sequence[Citation], limit: int) -> list[Element]:
        if not citations:
            return []
        return [
            line(run(wording.MAY_HELP, isSubtle=True)),
            *self._citations("related", citations, limit),
        ]

    def suggested(self, citations: Sequence[Citation], limit: int) -> list[Element]:
        """One element for each citation."""
        return self._citations("section", citations, limit)

    def cited(self, quotes: Sequence[Quote], limit: int) -> list[Element]:
        """The clauses that comms picked, in full."""
        return [
            box(
                [
                    *words(cut(f"“{each.text}”", limit)),
                    line(run(each.place, size="Small", weight="Bolder")),
                    *self.title(each),
                ]
            )
            for each in quotes[:MOST_QUOTES]
        ]

    def placed(self, name: str, quote: Quote, place: Element, limit: int) -> list[Element]:
        """Where the quote stands, beside it the way to the whole clause, and below that the
        clause itself, hidden at first; only the place if the clause has changed since."""
        whole = whole_clause(self.policies, quote)
        if whole is None:
            return [place]
        where = section_name(quote.section) or UNNUMBERED
        shown = reveal(WHOLE_CLAUSE, TOGGLE.format(place=where), name)
        text = [*_whole(whole, quote, limit), *self._page(whole, where)]
        return [beside(place, shown), box(text, id=name, isVisible=False, style="default")]

    def title(self, quote: Quote) -> list[Element]:
        """Which policy it is from, if there are several."""
        if len(self.policies) < 2:
            return []
        titles = [policy.title for policy in self.policies if policy.name == quote.policy]
        return [each for title in titles for each in words(title, isSubtle=True, size="Small")]

    def _citations(self, name: str, citations: Sequence[Citation], limit: int) -> list[Element]:
        return [
            self._citation(f"{name}{number}", citation, limit)
            for number, citation in enumerate(citations[:MOST_QUOTES])
        ]

    def _citation(self, name: str, citation: Citation, limit: int) -> Element:
        quote = Quote(citation.policy, citation.section, citation.heading, citation.quote)
        shown = [
            *words(cut(wording.quoted(citation), limit)),
            *self.placed(name, quote, _place(citation), limit),
            *self.title(quote),
        ]
        return box(shown, style="emphasis", spacing="Small")

    def _page(self, whole: WholeClause, where: str) -> list[Element]:
        if not self.address:
            return []
        page = link(self.address, whole.policy, whole.clause)
        return [buttons(open_url(PAGE.format(place=where), page))]


def _place(citation: Citation) -> Element:
    """How binding the quote is, and where it stands."""
    force = f"{citation.force}; " if citation.force else ""
    return runs(
        run(force, size="Small", isSubtle=True),
        run(citation.place, size="Small", weight="Bolder"),
    )


def _whole(whole: WholeClause, quote: Quote, limit: int) -> list[Element]:
    """Each line of the clause, with the quoted words marked."""
    parts = marked(cut(whole.clause.text, limit), quote.text)
    lines: list[list[Element]] = [[]]
    for text, style in ((parts.before, {}), (parts.quote, {"highlight": True}), (parts.after, {})):
        first, *more = text.split("\n")
        lines[-1].append(run(first, **style))
        lines += [[run(line, **style)] for line in more]
    return [runs(*line) for line in lines if any(part["text"].strip() for part in line)]
