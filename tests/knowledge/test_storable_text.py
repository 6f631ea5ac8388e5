from knowledge.storable_text import storable


def test_characters_that_no_database_takes_are_replaced() -> None:
    assert storable("a\0b\ud800c\udfffd") == "ab\ufffdc\ufffdd"
    assert storable("Straße 🙂 ") == "Straße 🙂 "
