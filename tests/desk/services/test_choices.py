from datetime import timedelta

from desk.model.case import Naming, PersonalData
from desk.model.messages import CaseCard
from desk.model.people import Contact
from desk.model.preferences import Preferences
from desk.services.desk import Desk
from knowledge.policy import Role
from tests.desk.council import ANN, BOB, COMMS, JANE, accepted, at_home, incoming, opened
from tests.desk.fakes import FakeClock, RecordingMessenger

ELSEWHERE = Contact("elsewhere", '"team channel"')


class Elsewhere(RecordingMessenger):
    surfaces = frozenset({ELSEWHERE.surface})


def test_a_person_keeps_what_they_chose_until_they_choose_otherwise(desk: Desk) -> None:
    assert desk.preferences.read(ANN) == Preferences()
    desk.preferences.choose(ANN, Preferences(Role.MANAGER))
    chosen = Preferences(Role.COUNCILLOR, Naming.UNNAMED, PersonalData.KEPT)
    desk.preferences.choose(ANN, chosen)
    assert desk.preferences.read(ANN) == chosen
    assert desk.preferences.read(BOB) == Preferences()


def test_choices_are_shown_to_their_person_and_go_with_them(desk: Desk) -> None:
    desk.preferences.choose(ANN, Preferences(Role.MANAGER))
    assert desk.privacy.export(ANN.key, JANE).preferences == Preferences(Role.MANAGER)
    desk.privacy.erase(ANN.key, JANE)
    assert desk.preferences.read(ANN) == Preferences()


def test_a_place_named_for_comms_shows_the_cases_that_wait_and_those_to_come(desk: Desk) -> None:
    messenger = Elsewhere()
    opened(desk)
    desk.comms_contacts.use(ELSEWHERE, JANE)
    opened(desk, BOB, "May I use the logo?")
    desk.delivery.deliver_due(messenger)
    cards = [sent.message for sent in messenger.sent]
    assert [card.case.ref for card in cards if isinstance(card, CaseCard)] == ["C-1", "C-2"]
    assert set(desk.comms_contacts.listed()) == {COMMS, ELSEWHERE}


def test_naming_the_same_place_twice_shows_nothing_twice(desk: Desk) -> None:
    messenger = Elsewhere()
    opened(desk)
    for _ in range(2):
        desk.comms_contacts.use(ELSEWHERE, JANE)
    assert desk.delivery.deliver_due(messenger) == 1
    assert desk.audit_csv().count("cases shown here") == 1


def test_what_settings_name_wins(desk: Desk) -> None:
    desk.comms_contacts.use(Contact(COMMS.surface, '"another"'), JANE)
    assert desk.comms_contacts.listed() == (COMMS,)


def test_earlier_questions_are_those_of_the_person_in_the_place(
    desk: Desk, clock: FakeClock
) -> None:
    accepted(desk, incoming(ANN, "long ago"))
    clock.advance(days=1)
    since = clock.now() - timedelta(minutes=30)
    accepted(desk, incoming(ANN, "first"))
    accepted(desk, incoming(ANN, "second"))
    accepted(desk, incoming(BOB, "another's"))
    assert desk.intake.earlier(ANN, at_home(ANN), since) == ("first", "second")
    assert desk.intake.earlier(BOB, at_home(ANN), since) == ()


def test_a_place_knows_whether_anything_was_asked_there(desk: Desk) -> None:
    accepted(desk, incoming(ANN))
    assert desk.intake.asked_at(at_home(ANN))
    assert not desk.intake.asked_at(at_home(BOB))


def test_the_case_of_a_place_is_the_persons_latest_there(desk: Desk) -> None:
    opened(desk)
    latest = opened(desk, ANN, "May I use the logo?")
    found = desk.intake.case_at(ANN, at_home(ANN))
    assert found is not None
    assert found.ref == latest.ref
    assert desk.intake.case_at(BOB, at_home(BOB)) is None


def test_a_worker_is_called_when_there_is_something_to_deliver(desk: Desk) -> None:
    calls: list[str] = []
    desk.when_posted(lambda: calls.append("posted"))
    accepted(desk, incoming(ANN))
    assert calls == []
    opened(desk, BOB)
    assert calls == ["posted"]
