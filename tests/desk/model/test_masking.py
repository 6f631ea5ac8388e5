from time import thread_time

import pytest

from desk.model.masking import Personal, mask

LONG = 10_000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("write to ann.o'neil+x@council.gov.uk today", "write to [e-mail address] today"),
        ("I am on 01225 123456.", "I am on [telephone number]."),
        ("ring +44 7911 123456 please", "ring [telephone number] please"),
        ("(029) 2034 5678 ext 23", "[telephone number]"),
        ("my NI number is QQ 12 34 56 C", "my NI number is QQ 12 34 56 C"),
        ("my NI number is AB 12 34 56 C", "my NI number is [National Insurance number]"),
        ("jg103759a", "[National Insurance number]"),
        ("NHS 943 476 5919", "NHS [NHS number]"),
        ("NHS 9434765919", "NHS [NHS number]"),
        ("I live at SW1A 1AA.", "I live at [postcode]."),
        ("ba13 3ub and M1 1AE", "[postcode] and [postcode]"),
        ("ann@a.uk+bob@b.uk", "[e-mail address][e-mail address]"),
        ("ann@a ann@a.uk", "ann@a [e-mail address]"),
    ],
)
def test_personal_data_are_hidden(text: str, shown: str) -> None:
    assert mask(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "Does section 7.2.1 of the policy of 13/04/2013 apply?",
        "May I spend £20,000 on adverts between 9am and 5pm?",
        "Is case C-1234 about @wiltshire or #purdah?",
        "Section 4(c) of 2026, paragraph 12",
        "NHS 943 476 5918 has a wrong check digit",
        "",
    ],
)
def test_other_text_is_not_masked(text: str) -> None:
    assert mask(text).text == text
    assert mask(text).found == ()


def test_mask_names_the_kinds_that_it_hid() -> None:
    masked = mask("ann@example.org, 01225 123456, bob@example.org")
    assert masked.found == (Personal.EMAIL, Personal.PHONE)


def test_masking_twice_is_masking_once() -> None:
    once = mask("ann@example.org lives at SW1A 1AA, 01225 123456, AB123456C").text
    assert mask(once).text == once


@pytest.mark.parametrize("before", range(170, 330, 7))
def test_a_number_is_found_wherever_a_piece_of_a_long_text_ends(before: int) -> None:
    padding = ("word " * 100)[:before]
    text = f"{padding} 01225 123456 and (029) 2034 5678 ext 23 {padding}"
    shown = f"{padding} [telephone number] and [telephone number] {padding}"
    assert mask(text).text == shown


@pytest.mark.parametrize("length", [20, 255, 256, 257, 300, 1000])
def test_a_long_run_of_digits_is_no_telephone_number(length: int) -> None:
    text = f"reference {'9' * length} of today"
    assert mask(text).text == text


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1 ", "a@", "a@b", "a.", "a@b.", "(", "+1", "1-", "1/2 ", "AB12", "01225 123456 "],
)
def test_the_time_grows_with_the_length_and_not_with_its_square(unit: str) -> None:
    assert seconds(unit, 2 * LONG) < 3 * seconds(unit, LONG)


def seconds(unit: str, length: int) -> float:
    """The shortest of several, so that what else the machine does counts little."""
    text = (unit * length)[:length]
    times = []
    for _ in range(3):
        start = thread_time()
        mask(text)
        times.append(thread_time() - start)
    return min(times)
