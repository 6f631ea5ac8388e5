"""The modals of comms in Slack: answer, correct, publish, not for us."""

from collections.abc import Sequence
from datetime import date

from desk.model.case import Case, Quote, Step
from handlers.conversation.reply_message import place
from handlers.slack.blocks.asker_views import WORDS, View, form, line, optional
from handlers.slack.blocks.block_kit import Block, plain, relayed, small
from handlers.slack.mrkdwn import cut

QUESTION, CLAUSES, OWNER, REVIEW = "question", "clauses", "owner", "review_by"
OWNED_BY = "Communications"
MOST_OPTIONS = 100
LONGEST_OPTION = 75
LONGEST_OPTION_VALUE = 150


def answer(case: Case, clauses: Sequence[Quote]) -> View:
    return form(
        "answer",
        f"Answer {case.ref}",
        "Send",
        case.ref,
        [
            *small(f"“{case.question}”"),
            line(WORDS, "Answer", "It goes to everybody who asked.", case.draft),
            *_clauses("Quote these clauses beneath it", clauses, ()),
        ],
    )


def correct(case: Case, clauses: Sequence[Quote]) -> View:
    return form(
        "correct",
        f"Correct {case.ref}",
        "Correct",
        case.ref,
        [
            *small(f"“{case.question}”"),
            line(WORDS, "Answer", "It replaces what was delivered.", last_answer(case)),
            *_clauses("Quote these clauses beneath it", clauses, _cited(case)),
        ],
    )


def publish(case: Case, clauses: Sequence[Quote], review_by: date) -> View:
    date_field: Block = {
        "type": "datepicker",
        "action_id": "typed",
        "initial_date": review_by.isoformat(),
    }
    review: Block = {
        "type": "input",
        "block_id": REVIEW,
        "label": plain("Last day of its use"),
        "element": date_field,
    }
    return form(
        "publish",
        f"Publish {case.ref}",
        "Publish",
        case.ref,
        [
            *small("Whoever asks the same next is shown this. Take out what is personal."),
            line(QUESTION, "The question it answers", "", case.question),
            line(WORDS, "Answer", "", last_answer(case)),
            *_clauses("The clauses that it interprets", clauses, _cited(case) or case.closest[:1]),
            line(OWNER, "Who answers for it", "", OWNED_BY),
            review,
        ],
    )


def close(case: Case) -> View:
    reason = line(WORDS, "Reason", "Without an answer the asker is told it.")
    said = [*relayed(cut(case.question, 1_000)), optional(reason)]
    return form("close", f"Close {case.ref}", "Close", case.ref, said)


def last_answer(case: Case) -> str:
    said = [each.text for each in case.events if each.step in (Step.ANSWERED, Step.CORRECTED)]
    return "".join(said[-1:])


def section_name(quote: Quote) -> str:
    """As Office.quotes reads it."""
    return f"{quote.policy}:{quote.section}"


def _clauses(label: str, clauses: Sequence[Quote], chosen: Sequence[Quote]) -> list[Block]:
    """One option for each section, which the same label in two places shares; the first come
    first, and what Slack has no room for is left out."""
    named: dict[str, Quote] = {}
    for quote in clauses:
        named.setdefault(section_name(quote), quote)
    fit = [name for name in named if len(name) <= LONGEST_OPTION_VALUE]
    options = {name: _option(name, named[name]) for name in fit[:MOST_OPTIONS]}
    wanted = dict.fromkeys(section_name(quote) for quote in chosen)
    initial = [options[name] for name in wanted if name in options]
    if not options:
        return []
    field: Block = {
        "type": "multi_static_select",
        "action_id": "typed",
        "options": list(options.values()),
    }
    if initial:
        field["initial_options"] = initial
    asked: Block = {"type": "input", "block_id": CLAUSES, "label": plain(label), "element": field}
    return [optional(asked)]


def _option(name: str, quote: Quote) -> Block:
    return {"text": plain(cut(place(quote) or name, LONGEST_OPTION)), "value": name}


def _cited(case: Case) -> tuple[Quote, ...]:
    said = [each.cited for each in case.events if each.step in (Step.ANSWERED, Step.CORRECTED)]
    return said[-1] if said else ()
