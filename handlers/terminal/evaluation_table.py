"""An evaluation as a table in the terminal."""

from collections.abc import Callable

from rich.table import Table

from answer.evaluation import Outcome, Scores, is_answered, is_handled_right, is_need_right
from knowledge.bank import Intent


def table(scores: Scores) -> Table:
    rows = Table("measure", "figure", "of", box=None, pad_edge=False)
    answerable, shown = scores.of(Intent.ANSWERABLE), scores.answered
    if answerable:
        _add(rows, scores, "first clause right, ranked without abstaining", answerable, _first)
        _add(rows, scores, "right among three", answerable, _three)
        _add(rows, scores, "every needed clause quoted", answerable, _complete)
        _add(rows, scores, "answered, of the answerable (coverage)", answerable, is_answered)
    if shown:
        _add(rows, scores, "wrong, of the answers shown", shown, _wrong)
        words = sum(outcome.quoted_words for outcome in shown) / len(shown)
        rows.add_row("words quoted in an answer, mean", f"{words:.1f}", str(len(shown)))
    for kind in Intent:
        if kind is not Intent.ANSWERABLE and scores.of(kind):
            _add(rows, scores, f"{kind}: answered as if covered", scores.of(kind), is_answered)
            _add(rows, scores, f"{kind}: handled right", scores.of(kind), is_handled_right)
    if scores.with_need:
        _add(rows, scores, "kind of help or small talk right", scores.with_need, is_need_right)
    for percentile in (50, 95):
        figure = f"{scores.milliseconds(percentile):.1f} ms"
        rows.add_row(
            f"time of a reply, {percentile}th percentile", figure, str(len(scores.outcomes))
        )
    return rows


def _add(
    rows: Table,
    scores: Scores,
    name: str,
    among: tuple[Outcome, ...],
    test: Callable[[Outcome], bool],
) -> None:
    rows.add_row(name, f"{100 * scores.share(test, among):.1f} %", str(len(among)))


def _first(outcome: Outcome) -> bool:
    return outcome.first


def _three(outcome: Outcome) -> bool:
    return outcome.three


def _complete(outcome: Outcome) -> bool:
    return outcome.complete


def _wrong(outcome: Outcome) -> bool:
    return outcome.wrong
