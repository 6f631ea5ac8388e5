"""What somebody asks without their name cannot be linked to anything else they ask."""

import csv
import io
import json

import pytest

from desk.model.case import Case, Naming
from desk.model.errors import NoSuchQuestion
from desk.model.messages import CommsAnswer
from desk.model.people import Person
from desk.model.question import Escalation
from desk.services.desk import Desk
from handlers.conversation.desk_output import as_json
from knowledge.reason import Reason
from tests.desk.council import (
    ANN,
    BOB,
    JANE,
    OMAR,
    accepted,
    followed_up,
    incoming,
    opened,
    withdrawn,
)
from tests.desk.fakes import RecordingMessenger


def unnamed(desk: Desk, text: str, person: Person = ANN) -> Case:
    return opened(desk, person, text, naming=Naming.UNNAMED)


def ids(case: Case) -> set[str]:
    return {asker.person.id for asker in case.askers} | {event.person.id for event in case.events}


def test_each_unnamed_case_of_a_person_has_another_pseudonym(desk: Desk) -> None:
    cases = [
        opened(desk, text="Under my name?"),
        unnamed(desk, "Once without it?"),
        unnamed(desk, "Twice without it?"),
    ]
    followed_up(desk, cases[1].ref, ANN, "It is urgent.")
    withdrawn(desk, cases[2].ref, ANN)
    seen = [ids(desk.casework.show(case.ref)) for case in cases]
    assert [len(each) for each in seen] == [1, 1, 1]
    assert len(set().union(*seen)) == 3


def test_an_unnamed_asker_keeps_what_is_theirs(desk: Desk, messenger: RecordingMessenger) -> None:
    first, second = unnamed(desk, "Once without it?"), unnamed(desk, "Twice without it?")
    assert [case.ref for case in desk.intake.cases_of(ANN)] == [second.ref, first.ref]
    desk.casework.answer(first.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    assert isinstance(messenger.to(ANN.key)[-1], CommsAnswer)
    exported = desk.privacy.export(ANN.key, OMAR)
    assert {case.ref for case in exported.cases} == {first.ref, second.ref}
    assert len(exported.pseudonyms) == 3
    erased = desk.privacy.erase(ANN.key, OMAR)
    assert (erased.questions, erased.cases) == (2, 2)
    assert desk.casework.show(second.ref).question == ""


def test_asking_the_same_named_and_unnamed_shows_the_name_once(desk: Desk) -> None:
    ref = opened(desk, text="May I post?").ref
    case = unnamed(desk, "may i post")
    assert case.ref == ref
    assert [asker.person.name for asker in case.askers] == ["Ann Asker", ""]
    assert [event.person.name for event in case.events] == ["Ann Asker", ""]


def test_a_purge_keeps_the_pseudonyms_of_cases_that_are_kept(desk: Desk) -> None:
    ref = unnamed(desk, "Once without it?").ref
    desk.privacy.purge()
    assert [case.ref for case in desk.intake.cases_of(ANN)] == [ref]


def all_ids(desk: Desk) -> set[str]:
    people = [desk.privacy.export(person.key, OMAR) for person in (ANN, BOB, JANE)]
    return {each for person in people for each in person.pseudonyms}


def test_no_id_of_a_person_leaves_the_system_but_in_their_export(desk: Desk) -> None:
    case = opened(desk)
    unnamed(desk, "may i post about the election", BOB)
    unnamed(desk, "Something else?")
    desk.casework.claim(case.ref, JANE)
    desk.casework.answer(case.ref, JANE, "No.")
    known = all_ids(desk)
    assert len(known) >= 5
    outputs = [
        as_json(desk.casework.listed()),
        as_json(desk.casework.show(case.ref)),
        as_json(desk.undelivered()),
        desk.audit_csv(),
    ]
    for output in outputs:
        assert not [each for each in known if each in output]
    shown = json.loads(outputs[1])
    assert shown["holder"] == {"name": "Jane Smith"}
    assert [asker["person"]["name"] for asker in shown["askers"]] == ["Ann Asker", ""]


def test_the_trail_says_which_colleague_and_that_an_asker(desk: Desk) -> None:
    case = unnamed(desk, "Once without it?")
    desk.casework.claim(case.ref, JANE)
    desk.sign_ins.refused("in no group of the desk")
    desk.privacy.erase(JANE.key, OMAR)
    rows = list(csv.DictReader(io.StringIO(desk.audit_csv())))
    assert [(row["person"], row["role"], row["subject"]) for row in rows] == [
        ("the asker", "asker", "C-1"),
        ("a former colleague", "comms", "C-1"),
        ("nobody", "comms", "in no group of the desk"),
        ("Omar Khan", "comms", "one person"),
    ]


def test_a_name_is_no_formula_in_the_exported_trail(desk: Desk) -> None:
    case = opened(desk)
    desk.casework.claim(case.ref, Person("terminal:x", "=HYPERLINK(1)"))
    rows = list(csv.DictReader(io.StringIO(desk.audit_csv())))
    assert rows[-1]["person"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("naming", list(Naming))
def test_an_erased_question_cannot_be_taken_to_comms(desk: Desk, naming: Naming) -> None:
    number = accepted(desk, incoming())
    desk.privacy.erase(ANN.key, JANE)
    with pytest.raises(NoSuchQuestion, match="may have been deleted"):
        desk.escalations.ask_comms(Escalation(number, Reason.ASKED_FOR_COMMS, naming=naming))
