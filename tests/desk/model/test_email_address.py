import pytest

from desk.model.email_address import BadAddress, address_in, checked_address

GOOD = [
    "ann@example.gov.uk",
    "o'brien.ann+case-1@mail.example.gov.uk",
    "ann_b@xn--sir-fynwy.cymru",
    f"{'a' * 64}@example.gov.uk",
]
BAD = [
    "",
    "ann",
    "ann@localhost",
    "ann@@example.gov.uk",
    "ann@example.gov.uk, bob@example.gov.uk",
    "ann@example.gov.uk bob@example.gov.uk",
    "ann@example.gov.uk\nBcc: all@example.gov.uk",
    "ann@example.gov.uk\r\n\r\nBuy now",
    "ann@example.gov.uk\0",
    "Ann <ann@example.gov.uk>",
    "=?utf-8?q?ann=0D=0ABcc=3A_all=40example.gov.uk?=@example.gov.uk",
    '"ann b"@example.gov.uk',
    ".ann@example.gov.uk",
    "ann..b@example.gov.uk",
    "ann@-example.gov.uk",
    "ann@example..uk",
    "ann@exämple.gov.uk",
    "ann@[127.0.0.1]",
    f"{'a' * 65}@example.gov.uk",
    f"ann@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.council.gov.uk",
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_is_taken_without_the_blanks_around_it(address: str) -> None:
    assert checked_address(f" {address}\n") == address


@pytest.mark.parametrize("address", BAD)
def test_what_is_not_one_address_is_refused_in_one_sentence_that_does_not_repeat_it(
    address: str,
) -> None:
    with pytest.raises(BadAddress, match=r"^Write one e-mail address, such as \S+\.$"):
        checked_address(address)


def test_the_address_of_an_owner_is_found_among_other_words() -> None:
    assert address_in("Human Resources <hr@example.gov.uk>, 01234") == "hr@example.gov.uk"
    assert address_in("Human Resources") == ""
