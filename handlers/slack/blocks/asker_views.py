"""The modals of askers."""

from collections.abc import Mapping

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextInputElement,
)
from slack_sdk.models.views import View

from answer.wording import capitalised
from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from desk.model.text import LONGEST_REMARK
from handlers.conversation import button_labels
from handlers.conversation.whole_clause import WholeClause, marked
from handlers.slack.blocks.block_kit import (
    bold,
    context,
    fitted_view,
    highlighted,
    paragraphs,
    plain_text,
    quoted,
    section,
)
from handlers.slack.mrkdwn import cut
from knowledge.policy import Clause, ClauseRef, Policy

LONGEST_INPUT = 3_000  # characters, as Slack allows
TEXT = "text"  # the block of a form's main field
INPUT = "input"  # the action of each field
ASK_FORM = "ask_policy"
ASK_POLICY = "Ask the policy"
YOUR_QUESTION = "Your question"
ANSWER_COMES = "The answer comes in your messages with me. Only you see it."
HOW_TO_ASK = "how"
UNNAMED, KEEP = "unnamed", "keep"
CLAUSE_GONE = "The policy has changed: no clause has these words any more."


def whole_clause(found: WholeClause | None, quote: str) -> View:
    if found is None:
        return _modal(button_labels.WHOLE_CLAUSE, paragraphs(CLAUSE_GONE))
    policy, clause = found.policy, found.clause
    here = marked(clause.text, quote)
    blocks = [
        *context(_title(policy)),
        *bold(_place(clause)),
        *highlighted(here.before, here.quote, here.after),
    ]
    for label, neighbours in (("Before it:", found.before), ("After it:", found.after)):
        for each in neighbours:
            blocks += [*context(f"{label} {_place(each)}"), *highlighted(each.text, "", "")]
    return _modal(button_labels.WHOLE_CLAUSE, blocks)


def clause_preview(policy: Policy, clause: Clause) -> list[Block]:
    """Below a link to the clause. A long one is cut: the link leads to the whole."""
    return [
        *context(_title(policy)),
        section(_place(clause)),
        section(clause.text),
    ]


def whole_answer(ref: str, text: str) -> View:
    return _modal(f"The answer to {ref}", paragraphs(text))


def follow_up(ref: str) -> View:
    hint = "The communications team sees it with your case. An answered case opens again."
    field = text_field(TEXT, "What do you want to add?", hint)
    return form("follow_up", button_labels.ADD.format(ref=ref), "Add", ref, [field])


def remark(question_id: str) -> View:
    hint = "The communications team can read it."
    field = text_field(TEXT, button_labels.REMARK, hint, longest=LONGEST_REMARK)
    return form("remark", button_labels.NOT_HELPFUL, "Send", question_id, [field])


def ask_about(words_of_message: str, message: str) -> View:
    """`message`: the id of the one that the question is about, for the submission."""
    label = "What do you want to know about it?"
    beginning = cut(words_of_message, LONGEST_INPUT)
    field = text_field(TEXT, label, "Only you see the answer.", beginning)
    return form("ask_about", "Ask about the policy", "Ask", message, [*quoted(beginning), field])


def ask_policy(preferences: Preferences) -> View:
    """Offers to hide the name and to show contact details where that is not the asker's choice for
    all questions already."""
    field = text_field(TEXT, YOUR_QUESTION, ANSWER_COMES)
    offered = {
        UNNAMED: button_labels.ASK_UNNAMED if preferences.naming is Naming.NAMED else "",
        KEEP: button_labels.SHARE_CONTACT_DETAILS
        if preferences.personal_data is PersonalData.MASKED
        else "",
    }
    return form(ASK_FORM, ASK_POLICY, "Ask", "", [field, *_ticks(HOW_TO_ASK, offered)])


def form(callback_id: str, title: str, submit: str, metadata: str, blocks: list[Block]) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain_text(cut(title, View.title_max_length)),
        submit=plain_text(cut(submit, View.submit_max_length)),
        close=plain_text("Cancel"),
        private_metadata=metadata[: View.private_metadata_max_length],
        blocks=fitted_view(blocks),
    )


def text_field(
    block_id: str,
    label: str,
    hint: str = "",
    initial: str = "",
    longest: int = LONGEST_INPUT,
) -> InputBlock:
    field = PlainTextInputElement(
        action_id=INPUT,
        multiline=True,
        max_length=longest,
        initial_value=cut(initial, longest) or None,
    )
    return InputBlock(
        block_id=block_id,
        label=plain_text(label),
        element=field,
        hint=plain_text(hint) if hint else None,
    )


def _ticks(block_id: str, offered: Mapping[str, str]) -> list[Block]:
    """A box to tick for each value that has a label."""
    options = [
        Option(text=plain_text(label), value=value) for value, label in offered.items() if label
    ]
    if not options:
        return []
    boxes = CheckboxesElement(action_id=INPUT, options=options)
    label = plain_text("If the communications team has to answer")
    return [InputBlock(block_id=block_id, label=label, element=boxes, optional=True)]


def _modal(title: str, blocks: list[Block]) -> View:
    return View(
        type="modal",
        title=plain_text(cut(title, View.title_max_length)),
        close=plain_text("Close"),
        blocks=fitted_view(blocks) or paragraphs("…"),
    )


def _title(policy: Policy) -> str:
    reviewed = f", last reviewed {policy.reviewed}" if policy.reviewed else ""
    return f"{policy.title}{reviewed}"


def _place(clause: Clause) -> str:
    return capitalised(ClauseRef("", clause.section, clause.heading).place)
