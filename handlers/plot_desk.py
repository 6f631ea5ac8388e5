"""A picture of the desk's figures: what became of the questions, and why some needed a person."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from desk.report import Report

SHOWN = 8


def draw(report: Report, path: Path) -> None:
    """Raises OSError or ValueError when the file cannot be written as its ending says."""
    figure = Figure(figsize=(12, 8), layout="constrained")
    (outcomes, reasons), (cited, gaps) = figure.subplots(2, 2)
    _bars(outcomes, "What became of the questions", report.outcomes)
    _bars(reasons, "Why they were handed over", report.handed_over)
    clauses = [(f"{c.section} {c.heading}", c.times) for c in report.most_cited]
    _bars(cited, "Most cited", clauses)
    missing = [(gap.questions[0], len(gap.questions)) for gap in report.gaps]
    _bars(gaps, "What the policy does not answer", missing)
    figure.savefig(path)


def _bars(axes: Axes, title: str, rows: Sequence[tuple[str, int]]) -> None:
    shown = rows[:SHOWN]
    places = range(len(shown))
    axes.barh(places, [number for _, number in shown])
    axes.set_yticks(places, [f"{name:.40}" for name, _ in shown])
    axes.invert_yaxis()
    axes.set_title(title)
