import pytest

from knowledge.documents.text import text_lines
from knowledge.parsing.boilerplate import without_boilerplate


def _kept(text: str) -> list[str]:
    return [line.text for line in without_boilerplate(text_lines(text)).lines]


@pytest.mark.parametrize(
    "line",
    [
        "Comments are closed.",
        "Share this page",
        "Back to top",
        "Print this page",
        "This website uses cookies to improve your visit.",
        "Accept all cookies",
        "Home > Council > Policies",
        "© 2013 Monmouthshire County Council",
    ],
)
def test_web_page_leftovers_are_left_out_and_reported(line: str) -> None:
    cleaned = without_boilerplate(text_lines(f"Lock it.\n{line}\nHide it."))
    assert [each.text for each in cleaned.lines] == ["Lock it.", "", "Hide it."]
    assert (cleaned.defects[0].line, cleaned.defects[0].assumed) == (2, "left out")


@pytest.mark.parametrize(
    "line",
    [
        "Comments are closed after a week.",
        "Print the form and share this page with nobody.",
        "We use cookies.",
        "See page 3 for details.",
        "Page 3 of the form is for your manager.",
        "Home visits > see below, at length and in detail, where the rules for visits are set out",
    ],
)
def test_sentences_that_resemble_leftovers_are_kept(line: str) -> None:
    assert _kept(line) == [line]


def test_a_paragraph_cut_by_a_page_break_is_one_again() -> None:
    text = (
        "The key is kept by the\n\nKey policy\nPage 1 of 2\n\nclerk.\n\nKey policy\nPage 2 of 2\n"
    )
    assert _kept(text) == ["The key is kept by the", "clerk.", "", "", "", ""]


def test_bare_page_numbers_are_left_out_only_when_they_count() -> None:
    assert _kept("Lock it.\n\n1\n\nHide it.\n\n2\n") == [
        "Lock it.",
        "",
        "",
        "",
        "Hide it.",
        *[""] * 3,
    ]
    assert "7" in _kept("Lock it.\n\n7\n\nHide it.\n")
