"""The modals of askers in Slack."""

from handlers.conversation.whole_clause import Marked, WholeClause, marked
from handlers.slack.blocks.block_kit import (
    Block,
    fitted_view,
    highlighted,
    plain,
    relayed,
    small,
    strong,
    words,
)
from handlers.slack.mrkdwn import cut
from knowledge.policy import OUTSIDE_SECTIONS, Clause

View = Block
LONGEST_INPUT = 3_000
LONGEST_TITLE = 24
LONGEST_METADATA = 3_000
WORDS = "words"
CLAUSE_GONE = "The policy has changed since: no clause holds these words any more."


def whole_clause(found: WholeClause | None, quote: str) -> View:
    if found is None:
        return told("The whole clause", CLAUSE_GONE)
    policy, clause = found.policy, found.clause
    reviewed = f", last reviewed {policy.reviewed}" if policy.reviewed else ""
    blocks = small(f"{policy.title}{reviewed}")
    here = marked(clause.text, quote)
    blocks += [*strong(_place(clause)), *highlighted(here.before, here.quote, here.after)]
    for label, neighbours in (("Before it:", found.before), ("After it:", found.after)):
        for each in neighbours:
            blocks += [*small(f"{label} {_place(each)}"), *highlighted(*_unmarked(each))]
    return _modal("The whole clause", blocks)


def told(title: str, text: str) -> View:
    return _modal(title, words(text))


def whole_answer(ref: str, text: str) -> View:
    return _modal(f"The answer to {ref}", words(text))


def add(ref: str) -> View:
    hint = "The communications team see it under your case; an answered case opens again."
    return form("add", f"Add to {ref}", "Add", ref, [line(WORDS, "What do you want to add?", hint)])


def missing(question_id: str) -> View:
    asked = line(WORDS, "What was missing or wrong?", "It is kept with your verdict.")
    return form("tell", "Not helpful", "Send", question_id, [asked])


def ask_about(words_of_message: str, where: str) -> View:
    """`where`: the message that the question is about, for the submission."""
    said = relayed(cut(words_of_message, LONGEST_INPUT))
    field = line(
        WORDS,
        "What do you want to know about it?",
        "Only you see the answer.",
        cut(words_of_message, LONGEST_INPUT),
    )
    return form("ask_about", "Ask about the policy", "Ask", where, [*said, field])


def form(callback: str, title: str, submit: str, metadata: str, blocks: list[Block]) -> View:
    view = _modal(title, blocks)
    return view | {
        "callback_id": callback,
        "submit": plain(cut(submit, LONGEST_TITLE)),
        "close": plain("Cancel"),
        "private_metadata": metadata[:LONGEST_METADATA],
    }


def line(block_id: str, label: str, hint: str = "", initial: str = "") -> Block:
    field: Block = {
        "type": "plain_text_input",
        "action_id": "typed",
        "multiline": True,
        "max_length": LONGEST_INPUT,
    }
    if initial:
        field["initial_value"] = cut(initial, LONGEST_INPUT)
    asked = {"type": "input", "block_id": block_id, "label": plain(label), "element": field}
    return asked | ({"hint": plain(hint)} if hint else {})


def optional(field: Block) -> Block:
    return field | {"optional": True}


def _modal(title: str, blocks: list[Block]) -> View:
    return {
        "type": "modal",
        "title": plain(cut(title, LONGEST_TITLE)),
        "close": plain("Close"),
        "blocks": fitted_view(blocks) or words("…"),
    }


def _unmarked(clause: Clause) -> tuple[str, str, str]:
    here = Marked(clause.text, "", "")
    return here.before, here.quote, here.after


def _place(clause: Clause) -> str:
    section = f"Section {clause.section}" if clause.section != OUTSIDE_SECTIONS else ""
    return ", ".join(part for part in (section, clause.heading) if part)
