"""What the terminal says about the example questions of a policy."""

import json
from collections.abc import Iterator, Sequence

from answer.quality_card import QualityCard
from knowledge.bank import BankQuestion, Intent
from knowledge.question_import import CheckedImport
from knowledge.teaching_prompt import Prompts

MOST_SHOWN = 20
"""Lines of a list; the page at the desk shows all."""
GONE = "{count} of them are tied to sentences that this version of the policy does not have."


def prompt_lines(parts: Prompts) -> Iterator[str]:
    for part in parts:
        if len(parts) > 1:
            yield f"===== Prompt {part.number} of {part.of}: paste what follows ====="
        yield part.text


def json_line(question: BankQuestion) -> str:
    """As `questions import` reads it."""
    asked = question.asked
    fields: dict[str, object] = {
        "question": asked.text,
        "role": asked.role,
        "history": asked.history,
        "kind": question.kind,
    }
    if question.kind is Intent.ANSWERABLE:
        fields |= {"must": question.needed, "ok": question.fine}
    else:
        fields |= {"closest": question.closest}
    return json.dumps(fields, ensure_ascii=False)


def import_lines(
    checked: CheckedImport, added: int, in_all: int, card: QualityCard
) -> Iterator[str]:
    yield f"{card.title}: {added} questions added, {in_all} in all."
    if card.questions < in_all:
        yield GONE.format(count=in_all - card.questions)
    if checked.duplicates:
        yield f"{checked.duplicates} were there already, or twice in the file."
    if checked.left_out:
        yield (
            f"{checked.left_out} were neither answerable nor near misses. They were left out, "
            "because the bot tells such messages apart by itself."
        )
    if checked.problems:
        yield f"{len(checked.problems)} could not be used:"
        yield from _shown([str(problem) for problem in checked.problems])
    yield from _coverage(card)
    if card.to_review:
        yield (
            f"Please review {len(card.to_review)}: the sentence that each is tied to is not among "
            "the ten best for it."
        )
        yield from _shown([question.asked.text for question in card.to_review])
    yield from card_lines(card)


def card_lines(card: QualityCard) -> Iterator[str]:
    if card.right_first is not None:
        untaught = f", without its questions {_percent(card.right_untaught)}"
        yield f"Right clause first: {_percent(card.right_first)}{untaught} (cross-validated)."
    if card.unmeasured:
        yield card.unmeasured
    if card.answered is None:
        return
    yield f"Answered at the accepted risk: {_percent(card.answered)} of the answerable questions."
    if card.wrong is not None:
        yield f"Wrong, of the answers shown: {_percent(card.wrong)}."
    if not card.proven:
        yield "These questions do not prove that the risk is kept, so only the surest are answered."


def _coverage(card: QualityCard) -> Iterator[str]:
    if not card.not_asked:
        yield f"Each of the {card.sentences} sentences answers at least one question."
        return
    yield f"{len(card.not_asked)} of {card.sentences} sentences answer no question yet:"
    yield from _shown(card.not_asked)


def _shown(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield f"  and {len(lines) - MOST_SHOWN} more"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"
