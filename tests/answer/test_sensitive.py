from dataclasses import replace

import pytest

from answer.contacts import EMERGENCY, FOR_COUNCILLORS, MANAGER_OR_HR, NATIONAL, Contacts
from answer.sensitive import disclosure, may_be_wrongdoing
from answer.sensitive_wording import NOT_PASSED_ON, OPENINGS, sensitive
from knowledge.bank import Need
from knowledge.policy import Role
from knowledge.question import Question
from tests.toy_bot import toy_index

INDEX = toy_index()


def found_in(text: str) -> str:
    question = Question(text)
    found = disclosure(INDEX, question, INDEX.search(question))
    return found.text if found else ""


def test_an_ordinary_question_discloses_nothing() -> None:
    assert found_in("may I have the logo on my blog? And is training needed?") == ""


def test_a_sensitive_sentence_is_found_beside_an_ordinary_question() -> None:
    assert found_in("May I have the logo on my blog? My secret is out.") == "My secret is out."


def test_a_sensitive_piece_is_found_within_a_sentence() -> None:
    found = found_in("is training needed for the phone and the meeting, my secret is out")
    assert found == "my secret is out"


def test_what_may_be_wrongdoing_is_kept_from_comms_though_another_need_is_likelier() -> None:
    evidence = INDEX.search(Question("there is fraud"))
    nothing = dict.fromkeys(evidence.needs, 0.0)
    likelier = {**nothing, Need.PERSONAL_MATTER: 0.5, Need.WRONGDOING: 0.1}
    unlikely = {**nothing, Need.DISTRESS: 0.9, Need.WRONGDOING: 0.01}
    assert may_be_wrongdoing(replace(evidence, needs=likelier))
    assert not may_be_wrongdoing(replace(evidence, needs=unlikely))
    assert not may_be_wrongdoing(replace(evidence, needs=nothing))


def test_every_need_has_its_own_words_and_national_contacts() -> None:
    assert set(OPENINGS) == set(NATIONAL) == set(FOR_COUNCILLORS) == set(Need)
    assert len(set(OPENINGS.values())) == len(Need)


def test_danger_is_told_to_call_999_first_whatever_the_council_adds() -> None:
    contacts = Contacts({Need.DANGER: ("Security, 1234",)}, ("HR, 5678",))
    lines = contacts.lines(Need.DANGER)
    assert lines[0].startswith("999")
    assert "Security, 1234" in lines
    assert "HR, 5678" in lines


def test_the_councils_own_contact_for_a_need_comes_before_the_national_ones() -> None:
    contacts = Contacts({Need.BULLYING: ("Dignity contact, 1234",)})
    assert contacts.lines(Need.BULLYING)[0] == "Dignity contact, 1234"
    assert MANAGER_OR_HR in contacts.lines(Need.BULLYING)
    assert "Dignity contact, 1234" not in contacts.lines(Need.DISTRESS)


def test_an_unknown_need_still_gets_somebody_to_turn_to() -> None:
    assert Contacts().lines(None) == (MANAGER_OR_HR, EMERGENCY)


@pytest.mark.parametrize("need", [None, *Need])
def test_a_councillor_is_not_sent_to_a_manager_or_hr(need: Need | None) -> None:
    told = " ".join(Contacts().lines(need, Role.COUNCILLOR))
    assert "manager" not in told
    assert "HR" not in told


def test_the_reply_says_that_nothing_was_passed_on_and_that_the_rest_may_be_asked_again() -> None:
    alone = sensitive(Need.DISTRESS, Contacts().lines(Need.DISTRESS), mixed=False)
    mixed = sensitive(Need.DISTRESS, Contacts().lines(Need.DISTRESS), mixed=True)
    assert NOT_PASSED_ON in alone
    assert "116 123" in alone
    assert mixed.startswith(alone)
    assert len(mixed) > len(alone)


def test_the_words_about_wrongdoing_do_not_send_anybody_to_the_communications_team() -> None:
    text = sensitive(Need.WRONGDOING, Contacts().lines(Need.WRONGDOING), mixed=False)
    assert "not a matter for me or for the communications team" in text
    assert "whistleblowing" in text
