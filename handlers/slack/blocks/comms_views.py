"""The modals of comms: answer, correct, publish, close."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    StaticMultiSelectElement,
)
from slack_sdk.models.views import View

from desk.model.case import Case, Quote
from desk.model.precedent import Precedent
from handlers.conversation.publishing import CORRECT_PUBLISHED_TOO, refs_of
from handlers.conversation.publishing import OWNER as DEFAULT_OWNER
from handlers.slack.blocks.asker_views import INPUT, TEXT, form, text_field
from handlers.slack.blocks.block_kit import actions, button, context, plain_text, quoted
from handlers.slack.mrkdwn import cut

QUESTION, CLAUSES, OWNER, REVIEW = "question", "clauses", "owner", "review_by"
PUBLISHED_TOO = "published_too"
# A field shows another text than before only under another id.
TEXT_WITH_DRAFT = f"{TEXT}_with_draft"
INSERT_DRAFT = "Insert this draft"
LONGEST_DRAFT_SHOWN = 2_500


def answer(case: Case, clauses: Sequence[Quote]) -> View:
    """The answer starts empty. The draft is shown below it, with a button that inserts it."""
    return _answer(case, clauses, text_field(TEXT, "Answer", _TO_ALL), _draft(case))


def answer_with_draft(case: Case, clauses: Sequence[Quote], typed: str) -> View:
    """The same form after the button was pressed; `typed` is what was in the field before."""
    text = "\n".join(part for part in (typed, case.draft) if part)
    return _answer(case, clauses, text_field(TEXT_WITH_DRAFT, "Answer", _TO_ALL, text), [])


def correct(case: Case, clauses: Sequence[Quote], published: tuple[Precedent, ...] = ()) -> View:
    """With a choice to correct the answers that were published from the case too."""
    hint = "It replaces the answer that was delivered."
    blocks = [
        *context(f"“{case.question}”"),
        text_field(TEXT, "Answer", hint, last_answer(case)),
        *(_published_too(published) if published else []),
        *_clauses(_QUOTE, clauses, _cited(case)),
    ]
    return form("correct", f"Correct {case.ref}", "Correct", case.ref, blocks)


def publish(case: Case, clauses: Sequence[Quote], review_by: date) -> View:
    calendar = DatePickerElement(action_id=INPUT, initial_date=review_by.isoformat())
    blocks = [
        *context("Everybody who asks the same sees this. Remove what is personal."),
        text_field(QUESTION, "The question it answers", "", case.question),
        text_field(TEXT, "Answer", "", last_answer(case)),
        *_clauses("The clauses that it explains", clauses, _cited(case) or case.closest[:1]),
        text_field(OWNER, "Owner", "", DEFAULT_OWNER),
        InputBlock(block_id=REVIEW, label=plain_text("Review by"), element=calendar),
    ]
    return form("publish", f"Publish {case.ref}", "Publish", case.ref, blocks)


def close(case: Case) -> View:
    hint = "If the case has no answer, the asker sees the reason."
    reason = text_field(TEXT, "Reason", hint)
    reason.optional = True
    blocks = [*quoted(cut(case.question, 1_000)), reason]
    return form("close", f"Close {case.ref}", "Close", case.ref, blocks)


def last_answer(case: Case) -> str:
    return case.last_answer.text if case.last_answer else ""


def section_name(quote: Quote) -> str:
    """As StaffContext.quotes reads it."""
    return f"{quote.policy}:{quote.section}"


_TO_ALL = "Everybody who asked gets it."
_QUOTE = "Quote these clauses below it"


def _answer(case: Case, clauses: Sequence[Quote], field: Block, draft: list[Block]) -> View:
    question = context(f"“{case.question}”")
    blocks = [*question, field, *draft, *_clauses(_QUOTE, clauses, ())]
    return form("answer", f"Answer {case.ref}", "Send", case.ref, blocks)


def _draft(case: Case) -> list[Block]:
    if not case.draft:
        return []
    insert = actions([button("insert_draft", INSERT_DRAFT, case.ref)])
    return [*quoted(cut(case.draft, LONGEST_DRAFT_SHOWN)), *insert]


def _published_too(published: tuple[Precedent, ...]) -> list[Block]:
    label = CORRECT_PUBLISHED_TOO.format(refs=refs_of(published))
    option = Option(text=plain_text(cut(label, Option.label_max_length)), value=PUBLISHED_TOO)
    box = CheckboxesElement(action_id=INPUT, options=[option])
    field = InputBlock(
        block_id=PUBLISHED_TOO, label=plain_text("Published answer"), element=box, optional=True
    )
    return [field]


def _clauses(label: str, clauses: Sequence[Quote], chosen: Sequence[Quote]) -> list[Block]:
    """One option for each section, which the same label in two places shares. The first come
    first; those for which Slack has no room are left out."""
    named: dict[str, Quote] = {}
    for quote in clauses:
        named.setdefault(section_name(quote), quote)
    fit = [name for name in named if len(name) <= Option.value_max_length]
    most = StaticMultiSelectElement.options_max_length
    options = {name: _option(name, named[name]) for name in fit[:most]}
    if not options:
        return []
    wanted = dict.fromkeys(map(section_name, chosen))
    initial = [options[name] for name in wanted if name in options]
    menu = StaticMultiSelectElement(
        action_id=INPUT, options=list(options.values()), initial_options=initial or None
    )
    return [InputBlock(block_id=CLAUSES, label=plain_text(label), element=menu, optional=True)]


def _option(name: str, quote: Quote) -> Option:
    label = plain_text(cut(quote.place or name, Option.label_max_length))
    return Option(text=label, value=name)


def _cited(case: Case) -> tuple[Quote, ...]:
    return case.last_answer.cited if case.last_answer else ()
