import pytest

from answer.scope import Scope, conflict, scope_asked, scope_of_rule
from index.passages import Passage
from knowledge.policy import Clause, Obligation, Policy, Sentence


def rule(text: str, *path: str) -> Passage:
    sentence = Sentence(text, Obligation.SHOULD)
    clause = Clause("1", path[-1], path, text, (), (sentence,), 1)
    return Passage(Policy("p", "P", "", (clause,), ()), clause, sentence)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("can I put the crest on my own Facebook page", Scope.PERSONAL),
        ("is it all right on a private account", Scope.PERSONAL),
        ("may our team page have the crest", Scope.OFFICIAL),
        ("which logo for the service account", Scope.OFFICIAL),
        ("may I print it on the leaflets", Scope.OFFLINE),
        ("is it allowed in my e-mail signature", Scope.OFFLINE),
        ("can I use the logo", None),
        ("may I link our team page from my own profile", None),
    ],
)
def test_what_a_question_is_about_is_read_from_its_words(text: str, scope: Scope | None) -> None:
    assert scope_asked(text) is scope


def test_what_a_rule_is_about_is_read_from_the_sentence_before_its_headings() -> None:
    assert scope_of_rule(rule("Avoid the logo.", "Use outside work")) is Scope.PERSONAL
    council = rule("No tool for council business without training.", "Use outside work")
    assert scope_of_rule(council) is Scope.OFFICIAL
    assert scope_of_rule(rule("Respect people.", "Conduct")) is None


def test_only_two_known_scopes_conflict() -> None:
    assert conflict(Scope.OFFLINE, Scope.PERSONAL)
    assert not conflict(Scope.PERSONAL, Scope.PERSONAL)
    assert not conflict(None, Scope.PERSONAL)
    assert not conflict(Scope.OFFICIAL, None)
