from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from desk.model.question import Verdict
from desk.services.insights import Course, Day, Judged
from handlers.web.desk import charts

COURSE = Course(
    days=tuple(Day(date(2026, 11, number), number % 3, number % 2, 0) for number in range(1, 20)),
    waits=(timedelta(hours=1), timedelta(hours=30)),
    judged=(
        Judged(0.62, Verdict.NOT_HELPFUL),
        Judged(0.66, Verdict.HELPFUL),
        Judged(1.0, Verdict.HELPFUL),
    ),
)
ROWS = (("section <2> & more", 4), ("a name that is longer than any label of a bar can be", 1))


@pytest.mark.parametrize(
    "svg",
    [
        charts.days(COURSE),
        charts.waits(COURSE),
        charts.confidence(COURSE),
        charts.bars(ROWS),
    ],
    ids=["days", "waits", "confidence", "bars"],
)
def test_a_picture_holds_no_style_of_its_own_and_takes_the_pages_colours(svg: str) -> None:
    root = ElementTree.fromstring(svg)  # noqa: S314 -- we drew it
    assert "style" not in {name for each in root.iter() for name in each.attrib}
    assert not [each for each in root.iter() if each.tag.endswith("}style")]
    assert "currentColor" in svg
    assert "var(--chart-first)" in svg
    assert not [ink for ink in charts.OF_THE_PAGE if ink in svg]
    assert root.get("aria-hidden") == "true"


def test_names_are_text_and_never_markup() -> None:
    svg = charts.bars(ROWS)
    assert "section &lt;2&gt; &amp; more" in svg
    assert "can be" not in svg


@pytest.mark.parametrize("name", ["$\\foo$ and $x", "$", "$$", "\\frac{", "a_b^c {", "\x07"])
def test_a_heading_that_looks_like_a_formula_is_only_text(name: str) -> None:
    svg = charts.bars([(name, 2)])
    assert ElementTree.fromstring(svg) is not None  # noqa: S314 -- we drew it
    assert name.strip("\x07")[:3].replace("&", "&amp;") in svg


def test_verdicts_are_counted_by_tenths_of_confidence() -> None:
    counted = [band for band in charts.bands(COURSE) if band[2]]
    assert counted == [(0.6, 1, 2), (0.9, 1, 1)]
