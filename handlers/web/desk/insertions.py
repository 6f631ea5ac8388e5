"""The texts that comms insert into an answer: a close clause, an answer that was published before,
a saved reply."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.model.case import Case, Quote
from desk.model.saved_reply import SavedReply
from handlers.conversation import escalation
from handlers.web.desk.case_form import CLOSEST


@dataclass(frozen=True, slots=True)
class Insertion:
    """`id` names it in a form. `cites` is the clause that is ticked with it, or empty."""

    id: str
    title: str
    text: str
    cites: str = ""

    def into(self, text: str, cite: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """The text with this at its end, and what is cited then."""
        before = f"{text.rstrip()}\n" if text.strip() else ""
        more = (self.cites,) if self.cites and self.cites not in cite else ()
        return f"{before}{self.text}\n", (*cite, *more)


def quotes(closest: Sequence[Quote]) -> tuple[Insertion, ...]:
    """Each quote with its citation."""
    return tuple(
        Insertion(f"{CLOSEST}{number}", quote.place, cited(quote), f"{CLOSEST}{number}")
        for number, quote in enumerate(closest)
    )


def cited(quote: Quote) -> str:
    return f"“{quote.text}” ({quote.place})" if quote.place else f"“{quote.text}”"


def published_before(case: Case) -> tuple[Insertion, ...]:
    """What comms answered similar questions. The quotes of a draft are offered one by one."""
    return tuple(
        Insertion(ref, f"Published before as {ref}", text)
        for ref, text in escalation.published_before(case.draft)
    )


def replies(saved: Sequence[SavedReply]) -> tuple[Insertion, ...]:
    offered = (reply for reply in saved if not reply.repeats_erased)
    return tuple(Insertion(f"reply:{reply.id}", reply.title, reply.text) for reply in offered)
