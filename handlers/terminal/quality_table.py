"""The cards of quality of the policies, as a table in the terminal."""

from collections.abc import Iterable

from rich.table import Table

from answer.quality_card import QualityCard


def quality_table(cards: Iterable[QualityCard]) -> Table:
    rows = Table(box=None, pad_edge=False)
    rows.add_column("policy", overflow="fold")
    for column in ("questions", "right first", "untaught", "answered", "wrong", "not asked"):
        rows.add_column(column, justify="right")
    for card in cards:
        rows.add_row(
            card.title,
            str(card.questions),
            _percent(card.right_first),
            _percent(card.right_untaught),
            _percent(card.answered),
            _percent(card.wrong),
            f"{len(card.not_asked)} of {card.sentences}",
        )
    return rows


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"
