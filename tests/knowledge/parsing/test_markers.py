import pytest

from knowledge.parsing.markers import Style, marked


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("1. Scope", "1", "Scope"),
        ("1) Scope", "1", "Scope"),
        ("(1) Scope", "1", "Scope"),
        ("1 Scope", "1", "Scope"),
        ("1.Under these", "1", "Under these"),
        ("2.1 Scope", "2.1", "Scope"),
        ("2.1.3. Scope", "2.1.3", "Scope"),
        ("A.1 Scope", "A.1", "Scope"),
        ("3.2(b)(ii) Scope", "3.2(b)(ii)", "Scope"),
        ("§ 4 Scope", "4", "Scope"),
        ("(a) keep it", "a", "keep it"),
        ("a) keep it", "a", "keep it"),
        ("A. Keep it", "A", "Keep it"),
        ("(iv) keep it", "iv", "keep it"),
        ("iv. keep it", "iv", "keep it"),
        ("Section 3", "3", ""),
        ("SECTION 3 - SCOPE", "3", "SCOPE"),
        ("Article IV: Scope", "Article IV", "Scope"),
        ("Part 2 Scope", "Part 2", "Scope"),
        ("Appendix B – Forms", "Appendix B", "Forms"),
        ("Appendix", "Appendix", ""),
        ("SCHEDULE 1", "Schedule 1", ""),
        ("POL.ABC.001 Scope", "POL.ABC.001", "Scope"),
        ("DW1.2 Scope", "DW1.2", "Scope"),
        ("1/12 Scope", "1/12", "Scope"),
        ("1a Scope", "1a", "Scope"),
        ("7- Scope", "7", "Scope"),
        ("6.-(1) Scope", "6", "(1) Scope"),
        ("6.—(1) Scope", "6", "(1) Scope"),
        ("6-(1) Scope", "6", "(1) Scope"),
        ("1.1 – Scope", "1.1", "Scope"),
        ("ii   Scope", "ii", "Scope"),
        ("A\tScope", "A", "Scope"),
        ("[b] Scope", "b", "Scope"),
        ("Section One: Scope", "One", "Scope"),
        ("Rule 4. Scope", "Rule 4", "Scope"),
    ],
)
def test_labels_of_every_kind_are_read(line: str, label: str, rest: str) -> None:
    found = marked(line)
    assert found is not None
    assert (found.readings[0].label, found.rest) == (label, rest)


@pytest.mark.parametrize(
    "line",
    [
        "Section 3 of the Act applies.",
        "Part 2 of this policy says so.",
        "Appendix B contains the form.",
        "COVID-19 rules",
        "e.g. this one",
        "12.05.2023 was the day",
        "2024. The year",
        "£5 a day",
        "5% of staff",
        "",
    ],
)
def test_words_that_look_like_labels_are_left_alone(line: str) -> None:
    assert marked(line) is None


def test_one_letter_may_be_a_letter_or_a_numeral() -> None:
    found = marked("(i) keep it")
    assert found is not None
    assert [(marker.style, marker.ordinal) for marker in found.readings] == [
        (Style.LETTER, 9),
        (Style.ROMAN, 1),
    ]
