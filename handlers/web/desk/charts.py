"""The desk's figures as charts: SVG that takes its colours from the page, light or dark.

The pages allow no inline styles, so the styles that matplotlib writes become attributes. The
colours that it draws with are replaced by those of the page.
"""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from threading import Lock
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, MaxNLocator

from desk.model.question import Verdict
from desk.services.insights import Course

SVG = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
INK, FIRST, SECOND = "#010203", "#040506", "#070809"
# The text colour of the page, and the colours of two series from its style sheet.
OF_THE_PAGE = {INK: "currentColor", FIRST: "var(--chart-first)", SECOND: "var(--chart-second)"}
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "policy",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": 11,
    "text.parse_math": False,  # a heading with two dollar signs is no formula
}
HOUR_S = 3600
BANDS = 10
LONGEST_NAME = 38
MOST_BARS = 12

# matplotlib keeps its settings in one place for all threads.
_drawing = Lock()


def days(course: Course) -> str:
    """Questions of each day, by outcome."""

    def draw(axes: Axes) -> None:
        names = [_number(day.day) for day in course.days]
        answered = [day.answered for day in course.days]
        axes.bar(names, answered, color=FIRST, label="answered")
        handed = [day.handed_over for day in course.days]
        axes.bar(names, handed, bottom=answered, color=SECOND, label="handed over")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.legend(frameon=False, loc="upper left")
        axes.xaxis_date()
        axes.xaxis.set_major_formatter(_short_dates(axes))

    return _svg(draw, (6.4, 2.8))


def bars(rows: Sequence[tuple[str, int]]) -> str:
    """One bar a row; empty without rows."""
    if not rows:
        return ""

    def draw(axes: Axes) -> None:
        shown = [(_shortened(name), number) for name, number in rows[:MOST_BARS]]
        places = axes.barh(range(len(shown)), [number for _, number in shown], color=FIRST)
        axes.set_yticks(range(len(shown)), [name for name, _ in shown])
        axes.bar_label(places, padding=3)
        axes.invert_yaxis()
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)

    return _svg(draw, (6.4, 0.5 + 0.34 * min(MOST_BARS, len(rows))))


def waits(course: Course) -> str:
    """How many hours comms took to answer."""

    def draw(axes: Axes) -> None:
        hours = [wait.total_seconds() / HOUR_S for wait in course.waits]
        axes.hist(hours, bins=min(20, max(5, len(hours))), color=FIRST)
        axes.set(xlabel="hours to answer", ylabel="cases")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))

    return _svg(draw, (6.4, 2.8))


def confidence(course: Course) -> str:
    """The share of helpful answers among those with feedback, by the confidence of the bot."""

    def draw(axes: Axes) -> None:
        rows = [(low, good / asked, asked) for low, good, asked in bands(course) if asked]
        axes.plot([0, 1], [0, 1], linestyle=":", color=INK)
        places = [low + 0.5 / BANDS for low, _, _ in rows]
        sizes = [20 + 10 * asked for _, _, asked in rows]
        axes.scatter(places, [share for _, share, _ in rows], s=sizes, color=FIRST)
        axes.set(xlim=(0, 1), ylim=(-0.05, 1.05), xlabel="confidence", ylabel="helpful")

    return _svg(draw, (6.4, 3.2))


def bands(course: Course) -> list[tuple[float, int, int]]:
    """The lower end of each tenth of confidence, its "helpful" verdicts, and all its verdicts."""
    judged = [(min(int(each.confidence * BANDS), BANDS - 1), each) for each in course.judged]
    return [
        (
            band / BANDS,
            sum(each.verdict is Verdict.HELPFUL for place, each in judged if place == band),
            sum(place == band for place, _ in judged),
        )
        for band in range(BANDS)
    ]


def _shortened(name: str) -> str:
    """XML has no control characters, and a policy's heading may."""
    printable = "".join(letter for letter in name if letter.isprintable())
    return f"{printable[:LONGEST_NAME]}…" if len(printable) > LONGEST_NAME else printable


def _number(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call] # matplotlib's dates have no types


def _short_dates(axes: Axes) -> Formatter:
    locator = axes.xaxis.get_major_locator()
    return ConciseDateFormatter(locator)  # type: ignore[no-untyped-call] # as above


def _svg(draw: Callable[[Axes], None], size: tuple[float, float]) -> str:
    with _drawing, mpl.rc_context(STYLE):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure.subplots())
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    return _plain(written.getvalue())


def _plain(svg: str) -> str:
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 -- matplotlib wrote it a moment ago
    for each in list(root.iter()):
        for child in [c for c in each if c.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style")]:
            each.remove(child)
        _spread(each)
    del root.attrib["width"], root.attrib["height"]
    root.set("aria-hidden", "true")  # a table beside it has the same figures
    root.set("class", "chart")
    return ElementTree.tostring(root, encoding="unicode")


def _spread(element: ElementTree.Element) -> None:
    """Turns the style into attributes. SVG has no attribute "font", only its parts."""
    style = element.attrib.pop("style", "")
    for name, value in re.findall(r"([\w-]+):\s*([^;]+)", style):
        if name == "font":
            size = re.search(r"[\d.]+px", value)
            element.set("font-size", size[0] if size else "11px")
        else:
            element.set(name, OF_THE_PAGE.get(value.strip(), value.strip()))
    if LINK in element.attrib:
        element.set("href", element.attrib.pop(LINK))
    for name in ("fill", "stroke"):
        if element.get(name) in OF_THE_PAGE:
            element.set(name, OF_THE_PAGE[element.attrib[name]])
