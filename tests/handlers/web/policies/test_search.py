from handlers.web.policies.search import Run, hits, with_hits, words_of
from tests.toy import POLICY


def found(query: str) -> list[str]:
    return [hit.anchor for hit in hits((POLICY,), words_of(query))]


def test_a_clause_has_all_of_the_words_wherever_they_stand() -> None:
    assert found("phone") == ["3"]
    assert found("employees train") == ["2-a"]
    assert found("phone logo") == []


def test_a_word_is_found_by_its_beginning_and_in_any_case() -> None:
    assert found("JOURNAL") == ["2-b"]
    assert found("ournalist") == []


def test_a_section_is_found_by_its_label() -> None:
    assert found("2(b)") == ["2-b"]


def test_nothing_is_looked_for_where_nothing_was_asked() -> None:
    assert found("") == []
    assert found("?!") == []


def test_signs_of_a_pattern_are_no_pattern() -> None:
    assert words_of("(.*) [a-z]+ \\b") == ("a", "z", "b")
    assert found(".*") == []


def test_hits_are_marked_as_the_policy_prints_them() -> None:
    assert with_hits("Avoid Logos here", ("logo",)) == (
        Run("Avoid "), Run("Logos", True), Run(" here"),
    )  # fmt: skip


def test_an_excerpt_shows_the_first_hit_among_whole_words() -> None:
    (hit,) = hits((POLICY,), ("quiet",))
    assert "".join(run.text for run in hit.excerpt) == (
        "A phone is permitted in a meeting. Keep it quiet."
    )
    assert [run.text for run in hit.excerpt if run.marked] == ["quiet"]
