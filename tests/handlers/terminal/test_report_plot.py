from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from desk.model.question import Outcome
from desk.services.report import Cited, Gap, Report
from handlers.conversation.escalation import EscalationPolicy
from handlers.terminal.report_plot import SHOWN, picture
from knowledge.reason import Reason
from tests.conversations.terminal import TerminalSurface

END = datetime(2026, 11, 23, tzinfo=UTC)
LONG = "How many followers do we need before the page can get verified by the platform? " * 9


def report(
    outcomes: tuple[tuple[Outcome, int], ...] = (),
    cited: tuple[Cited, ...] = (),
    gaps: tuple[Gap, ...] = (),
) -> Report:
    return Report(
        since=END - timedelta(days=30),
        until=END,
        questions=9,
        outcomes=outcomes,
        handed_over=tuple((reason, 90 - place) for place, reason in enumerate(Reason)),
        verdicts=(),
        cases=3,
        cases_answered=2,
        median_wait=None,
        most_cited=cited,
        gaps=gaps,
    )


def labels(axes: Axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


def assert_readable(figure: Figure) -> None:
    """Every label lies inside the picture, and none on another."""
    figure.draw_without_rendering()
    for axes in figure.axes:
        shown = axes.get_yticklabels() if axes.axison else []
        boxes = [label.get_window_extent() for label in shown]
        for above, below in pairwise(boxes):
            assert above.y0 >= below.y1
        for box in boxes:
            assert box.x0 >= 0
            assert box.x1 <= figure.bbox.width


def test_the_figures_of_a_desk_with_history_are_drawn(tmp_path: Path) -> None:
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    for day, name in enumerate(("Ann", "Bob", "Cat", "Dan")):
        surface.ask(name, "may I have the logo on my blog")
        surface.ask(name, f"training meeting number {day}")
        surface.ask(name, "weather")
        surface.days_pass(3)
    surface.type_command("Jane", "answer", "C-1", "Yes.")
    plot = tmp_path / "desk.png"
    said = surface.type_command("Jane", "report", "--plot", str(plot))
    surface.office.close()
    assert said.startswith("12 questions from")
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_long_labels_are_cut_between_words_and_stay_readable() -> None:
    gaps = tuple(Gap((LONG,), 20 - number) for number in range(12))
    cited = tuple(Cited("p", f"{n}(a)", LONG, 60 - n) for n in range(20))
    figure = picture(report(((Outcome.ANSWERED, 123_456), (Outcome.HELP, 1)), cited, gaps))
    assert_readable(figure)
    outcomes, _, most_cited, missing = figure.axes
    assert labels(outcomes) == ["answered", "help"]
    assert [text.get_text() for text in outcomes.texts] == ["123,456", "1"]
    assert labels(most_cited)[0].startswith("0(a) How many followers do we")
    assert labels(missing) == ["How many followers do we need\nbefore the page can get …"] * SHOWN


def test_what_has_no_figures_has_no_axes_but_says_so() -> None:
    figure = picture(report())
    assert_readable(figure)
    outcomes, reasons, *rest = figure.axes
    assert len(labels(reasons)) == SHOWN
    for axes in (outcomes, *rest):
        assert not axes.axison
        assert [text.get_text() for text in axes.texts] == ["none"]


def test_dollars_in_a_question_are_no_formula() -> None:
    figure = picture(report(gaps=(Gap(("May I spend $5 or $6?",), 1),)))
    assert_readable(figure)
    (label,) = figure.axes[3].get_yticklabels()
    assert label.get_text() == "May I spend $5 or $6?"
    assert not label.get_parse_math()
