"""The buttons of a case's card, and the forms behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answer.wording import capitalised
from desk.model.case import Case, Quote
from handlers.conversation.case_actions import CaseAction, actions_for, label
from handlers.conversation.publishing import CORRECT_PUBLISHED_TOO, OWNER, REVIEW_AFTER
from handlers.teams.cards.elements import (
    Element,
    box,
    choices,
    cut,
    execute,
    primary,
    text_input,
    unfold,
    words,
)
from handlers.teams.cards.quotes import UNNUMBERED
from handlers.teams.verbs import VERBS, Verb

MOST_BUTTONS = 2  # beside "Details"; Teams breaks a longer row
FOR_MENU = (CaseAction.CLOSE, CaseAction.RELEASE)
MOST_CLAUSES = 12  # to choose from
LONGEST_ANSWER = 8000  # characters; cards hold about 25,000 bytes
LONGEST_OWNER = 200
WORDS_NEEDED = "Write something first."
ANSWER = "Your answer"
EVERYBODY = "Everybody who asked gets it."
CLAUSES = "Quote these clauses below it"
OTHER_CLAUSES = "Other sections to quote, such as 4(c); 6.3"
DRAFT = "Draft:"
INSERT_DRAFT = "Insert this draft"
PUBLISHED_TOO = CORRECT_PUBLISHED_TOO.format(refs="of this case, if there is one")
TAKE_OVER = "{take_over} from {holder}"


@dataclass(frozen=True, slots=True)
class CaseForms:
    """`limit`: the longest text that fits on the card, in characters. `mine`: whether the reader
    holds the case; None on a card that several people see."""

    case: Case
    today: date
    limit: int
    mine: bool | None = None

    def actions(self) -> tuple[list[Element], list[Element]]:
        """What the status of the case allows, the most likely first, and apart from these what is
        for the menu. A card that several people see does not offer to take the case over: its
        holder would be offered it too."""
        shared = {CaseAction.TAKE_OVER} if self.mine is None else set()
        allowed = [each for each in actions_for(self.case, mine=self.mine) if each not in shared]
        first = [each for each in allowed if each not in FOR_MENU][:MOST_BUTTONS]
        shown = [self._action(each) for each in first]
        menu = [self._action(each) for each in allowed if each not in first]
        return [primary(shown[0]), *shown[1:]] if shown else [], menu

    def answer(self, text: str = "") -> list[Element]:
        """The fields of an answer. Teams would not let somebody insert the draft into a field that
        has to be filled in, so the desk itself refuses an answer without words."""
        return [
            _text("answer", ANSWER, text, placeholder=EVERYBODY),
            *_clauses("answer", CLAUSES, self.case.closest, ()),
        ]

    def send(self) -> Element:
        return self._execute("Send the answer", CaseAction.ANSWER)

    def _action(self, action: CaseAction) -> Element:
        match action:
            case CaseAction.ANSWER:
                return self._answer()
            case CaseAction.CORRECT:
                return self._correct()
            case CaseAction.PUBLISH:
                return self._publish()
            case CaseAction.CLOSE if not self.case.answers:
                return self._close()
            case CaseAction.TAKE_OVER:
                return self._take_over()
            case _:
                return self._execute(label(action, self.case), action)

    def _answer(self) -> Element:
        """The draft is shown, and a colleague decides whether to insert it."""
        title, draft = label(CaseAction.ANSWER, self.case), self.case.draft
        if not draft:
            return unfold(title, self.answer(), self.send())
        shown = box([*words(DRAFT, isSubtle=True), *words(cut(draft, self.limit))])
        insert = execute(INSERT_DRAFT, Verb.INSERT_DRAFT, {"case": self.case.ref})
        return unfold(title, [*self.answer(), shown], self.send(), insert)

    def _correct(self) -> Element:
        cited = self._cited()
        body = [
            _needed("correct", "The corrected answer", self._whole(self._last_answer())),
            *_clauses("correct", CLAUSES, (*self.case.closest, *cited), cited),
            {"type": "Input.Toggle", "id": "published", "title": PUBLISHED_TOO, "wrap": True},
        ]
        send = self._execute("Send the correction", CaseAction.CORRECT)
        return unfold(label(CaseAction.CORRECT, self.case), body, send)

    def _publish(self) -> Element:
        cited = self._cited()
        clauses = (*self.case.closest, *cited)
        review_by = (self.today + REVIEW_AFTER).isoformat()
        body = [
            _needed("question", "The question it answers", self._whole(self.case.question)),
            _needed("publish", "Answer", self._whole(self._last_answer())),
            *_clauses("publish", "The clauses that it explains", clauses, cited),
            _needed("owner", "Owner", OWNER) | {"isMultiline": False, "maxLength": LONGEST_OWNER},
            {"type": "Input.Date", "id": "reviewBy", "label": "Review by", "value": review_by},
        ]
        send = self._execute("Publish for the next asker", CaseAction.PUBLISH)
        return unfold(label(CaseAction.PUBLISH, self.case), body, send)

    def _close(self) -> Element:
        reason = _needed("reason", "Why? The asker is told.", "")
        close = self._execute("Close the case", CaseAction.CLOSE)
        return unfold(label(CaseAction.CLOSE, self.case), [reason], close)

    def _take_over(self) -> Element:
        """It says from whom."""
        holder = self.case.holder.name if self.case.holder else ""
        take_over = label(CaseAction.TAKE_OVER, self.case)
        title = TAKE_OVER.format(take_over=take_over, holder=holder or "a colleague")
        return self._execute(cut(title, 60), CaseAction.TAKE_OVER)

    def _execute(self, title: str, action: CaseAction) -> Element:
        return execute(title, VERBS[action], {"case": self.case.ref})

    def _last_answer(self) -> str:
        return self.case.last_answer.text if self.case.last_answer else ""

    def _cited(self) -> Sequence[Quote]:
        return self.case.last_answer.cited if self.case.last_answer else ()

    def _whole(self, text: str) -> str:
        """A text that was cut must not be sent as if it were whole: none is better."""
        return text if len(text) <= self.limit else ""


def _text(name: str, title: str, value: str, **more: object) -> Element:
    return text_input(name, title, value, isMultiline=True, maxLength=LONGEST_ANSWER, **more)


def _needed(name: str, title: str, value: str) -> Element:
    return _text(name, title, value, isRequired=True, errorMessage=WORDS_NEEDED)


def _clauses(
    form: str, title: str, offered: Sequence[Quote], picked: Sequence[Quote]
) -> list[Element]:
    """`StaffContext.quotes` reads the values that are sent."""
    policies = {quote.policy for quote in offered}
    options = {_value(quote): cut(_option(quote, len(policies)), 120) for quote in offered}
    some = dict(list(options.items())[:MOST_CLAUSES])
    ticked = ",".join(dict.fromkeys(map(_value, picked)))
    listed = choices(f"{form}Clauses", title, some, ticked, isMultiSelect=True, style="expanded")
    others = text_input(f"{form}Others", OTHER_CLAUSES, maxLength=200)
    return [listed, others] if some else [others]


def _value(quote: Quote) -> str:
    return f"{quote.policy}:{quote.section}"


def _option(quote: Quote, policies: int) -> str:
    policy = f" ({quote.policy})" if policies > 1 else ""
    return f"{capitalised(quote.place or UNNUMBERED)}{policy}"
