"""The buttons of a case's card and the forms behind them: what its status allows."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desk.model.case import Case, Quote, Status, Step
from handlers.conversation.reply_message import place
from handlers.teams.cards.elements import Element, choices, cut, execute, text_input, unfold
from handlers.teams.verbs import Verb

YEAR = timedelta(days=365)
MOST_CHOICES = 12
LONGEST_ANSWER = 8000
SAYING = (Step.ANSWERED, Step.CORRECTED)
WORDS_NEEDED = "Write something first."
CLAUSES = "Clauses to cite"
OTHERS = "Other sections to cite, such as 4(c); 6.3"


def forms(case: Case, now: datetime, limit: int) -> list[Element]:
    match case.status:
        case Status.OPEN | Status.REOPENED:
            return [_button(case, "Claim", Verb.CLAIM), _answer(case, limit), _close(case)]
        case Status.CLAIMED:
            return [
                _answer(case, limit),
                _close(case),
                _button(case, "Give back", Verb.RELEASE),
                _button(case, "Take over", Verb.TAKE_OVER),
            ]
        case Status.ANSWERED:
            return [
                _correct(case, limit),
                _publish(case, now, limit),
                _button(case, "Close", Verb.CLOSE),
                _button(case, "Reopen", Verb.REOPEN),
            ]
        case Status.CLOSED:
            return [_button(case, "Reopen", Verb.REOPEN)]
        case Status.WITHDRAWN:
            return []


def last_words(case: Case) -> str:
    """The last answer that was sent, as it was last corrected."""
    said = [event.text for event in case.events if event.step in SAYING]
    return said[-1] if said else ""


def _button(case: Case, title: str, verb: Verb) -> Element:
    return execute(title, verb, {"case": case.ref})


def _answer(case: Case, limit: int) -> Element:
    body = [
        _words("answer", "Your answer", _whole(case.draft, limit)),
        *_clauses("answer", case.closest, ()),
    ]
    return unfold("Answer", body, execute("Send the answer", Verb.ANSWER, {"case": case.ref}))


def _correct(case: Case, limit: int) -> Element:
    cited = case.answers[-1].cited if case.answers else ()
    body = [
        _words("correct", "The corrected answer", _whole(last_words(case), limit)),
        *_clauses("correct", (*case.closest, *cited), cited),
    ]
    send = execute("Send the correction", Verb.CORRECT, {"case": case.ref})
    return unfold("Correct", body, send)


def _publish(case: Case, now: datetime, limit: int) -> Element:
    cited = case.answers[-1].cited if case.answers else ()
    body = [
        _words("question", "The question it answers", _whole(case.question, limit)),
        _words("publish", "The answer, read again", _whole(last_words(case), limit)),
        *_clauses("publish", (*case.closest, *cited), cited),
        {
            "type": "Input.Date",
            "id": "reviewBy",
            "label": "Use it until",
            "value": (now + YEAR).date().isoformat(),
        },
    ]
    send = execute("Publish for the next asker", Verb.PUBLISH, {"case": case.ref})
    return unfold("Publish", body, send)


def _close(case: Case) -> Element:
    reason = _words("reason", "Why? The asker is told.", "")
    return unfold("Not for us", [reason], execute("Close", Verb.CLOSE, {"case": case.ref}))


def _words(name: str, label: str, value: str) -> Element:
    return text_input(
        name,
        label,
        value,
        isMultiline=True,
        isRequired=True,
        errorMessage=WORDS_NEEDED,
        maxLength=LONGEST_ANSWER,
    )


def _clauses(form: str, offered: Sequence[Quote], picked: Sequence[Quote]) -> list[Element]:
    """`office.quotes` reads the values that are sent."""
    policies = {quote.policy for quote in offered}
    options = {_value(quote): cut(_option(quote, len(policies)), 120) for quote in offered}
    some = dict(list(options.items())[:MOST_CHOICES])
    ticked = ",".join(dict.fromkeys(map(_value, picked)))
    listed = choices(f"{form}Clauses", CLAUSES, some, ticked, isMultiSelect=True, style="expanded")
    others = text_input(f"{form}Others", OTHERS, maxLength=200)
    return [listed, others] if some else [others]


def _value(quote: Quote) -> str:
    return f"{quote.policy}:{quote.section}"


def _option(quote: Quote, policies: int) -> str:
    policy = f" ({quote.policy})" if policies > 1 else ""
    return f"Section {place(quote).removeprefix('section ')}{policy}"


def _whole(text: str, limit: int) -> str:
    """A cut draft must not be sent as if it were whole: none is better."""
    return text if len(text) <= limit else ""
