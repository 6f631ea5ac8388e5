"""A picture of the desk's figures: outcomes, reasons for handing over, clauses, gaps."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from desk.services.report import Report

SHOWN = 8
LINE, LINES = 32, 2  # of a label
NOTHING = "none"


def draw(report: Report, path: Path) -> None:
    """Raises OSError or ValueError when the file cannot be written as its ending says."""
    figure = picture(report)
    figure.savefig(path)


def picture(report: Report) -> Figure:
    figure = Figure(figsize=(13, 8), layout="constrained")
    figure.suptitle(f"{report.since:%d %B %Y} to {report.until:%d %B %Y}")
    (outcomes, reasons), (cited, gaps) = figure.subplots(2, 2)
    _bars(outcomes, "Outcomes", report.outcomes)
    handed_over = [(reason.for_comms, number) for reason, number in report.handed_over]
    _bars(reasons, "Reasons for handing over", handed_over)
    clauses = [(f"{c.section} {c.heading}", c.times) for c in report.most_cited]
    _bars(cited, "Most cited", clauses)
    missing = [(gap.questions[0], gap.askers) for gap in report.gaps]
    _bars(gaps, "Not answered by the policy, by askers", missing)
    return figure


def _bars(axes: Axes, title: str, rows: Sequence[tuple[str, int]]) -> None:
    axes.set_title(title, loc="left")
    axes.set_frame_on(False)
    axes.set_xticks([])
    axes.tick_params(left=False)
    if not rows:
        axes.set_axis_off()
        axes.text(0, 1, NOTHING, color="grey", verticalalignment="top", transform=axes.transAxes)
        return
    shown = rows[:SHOWN]
    places = range(len(shown))
    bars = axes.barh(places, [number for _, number in shown])
    axes.bar_label(bars, fmt="{:,.0f}", padding=3)
    # A question may hold two dollar signs, between which matplotlib would see a formula.
    axes.set_yticks(places, [_label(name) for name, _ in shown], parse_math=False)
    # Few rows are as thick as many, and begin at the top.
    axes.set_ylim(SHOWN - 0.5, -0.5)
    axes.margins(x=0.15)


def _label(text: str) -> str:
    return "\n".join(textwrap.wrap(text, LINE, max_lines=LINES, placeholder=" …"))
