from datetime import timedelta

from desk.model.case import Naming, PersonalData
from desk.model.errors import Undeliverable
from desk.model.messages import CaseCard
from desk.model.people import Contact
from desk.model.preferences import Preferences
from desk.services.desk import Desk
from knowledge.policy import Role
from tests.desk.council import (
    ANN,
    BOB,
    COMMS,
    JANE,
    accepted,
    at_home,
    followed_up,
    incoming,
    opened,
)
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


def test_preferences_are_exported_and_erased_with_their_person(desk: Desk) -> None:
    desk.preferences.choose(ANN, Preferences(Role.MANAGER))
    assert desk.privacy.export(ANN.key, JANE).preferences == Preferences(Role.MANAGER)
    desk.privacy.erase(ANN.key, JANE)
    assert desk.preferences.read(ANN) == Preferences()


def test_a_new_comms_contact_shows_later_cases_and_waiting_ones_when_asked_for(
    desk: Desk,
) -> None:
    messenger = Elsewhere()
    opened(desk)
    changed = opened(desk, BOB, "May I post a photo?")
    desk.comms_contacts.use(ELSEWHERE, JANE)
    opened(desk, BOB, "May I use the logo?")
    desk.casework.claim(changed.ref, JANE)
    assert desk.comms_contacts.show("C-1", ELSEWHERE)
    assert not desk.comms_contacts.show("C-1", ELSEWHERE)
    desk.delivery.deliver_due(messenger)
    cards = [sent.message for sent in messenger.sent]
    shown = [card.case.ref for card in cards if isinstance(card, CaseCard)]
    assert sorted(shown) == ["C-1", "C-2", "C-3"]
    assert set(desk.comms_contacts.listed()) == {COMMS, ELSEWHERE}


def test_a_case_gets_one_new_card_where_comms_have_moved_to(desk: Desk) -> None:
    before = Contact(ELSEWHERE.surface, '"another channel"')
    messenger = Elsewhere()
    desk.comms_contacts.use(before, JANE)
    case = opened(desk)
    desk.delivery.deliver_due(messenger)
    desk.comms_contacts.use(ELSEWHERE, JANE)
    desk.casework.claim(case.ref, JANE)
    desk.delivery.deliver_due(messenger)
    desk.casework.release(case.ref, JANE)
    desk.delivery.deliver_due(messenger)
    sent = [(each.contact, each.replaces) for each in messenger.sent]
    assert sent == [(before, ""), (ELSEWHERE, ""), (ELSEWHERE, "m2")]


def test_what_waits_for_the_place_before_touches_no_card_where_comms_have_moved_to(
    desk: Desk, clock: FakeClock
) -> None:
    before = Contact(ELSEWHERE.surface, '"another channel"')
    messenger = Elsewhere()
    desk.comms_contacts.use(before, JANE)
    case = opened(desk)
    desk.delivery.deliver_due(messenger)
    messenger.failures = [ConnectionError() for _ in range(2)]
    followed_up(desk, case.ref, ANN, "And at home?")
    desk.delivery.deliver_due(messenger)
    desk.comms_contacts.use(ELSEWHERE, JANE)
    desk.comms_contacts.show(case.ref, ELSEWHERE)
    desk.casework.claim(case.ref, JANE)
    for _ in range(20):
        clock.advance(minutes=1)
        desk.delivery.deliver_due(messenger)
    sent = [(each.contact, each.replaces, each.under) for each in messenger.sent]
    assert sent == [(before, "", ""), (before, "", "m1"), (ELSEWHERE, "", "")]


def test_a_reminder_comes_below_the_card_of_its_case(desk: Desk, clock: FakeClock) -> None:
    messenger = Elsewhere()
    opened(desk)
    desk.comms_contacts.use(ELSEWHERE, JANE)
    clock.advance(days=10)
    desk.jobs.remind()
    desk.delivery.deliver_due(messenger)
    card, notice = messenger.sent
    assert isinstance(card.message, CaseCard)
    assert notice.under == "m1"


def test_choosing_the_same_comms_contact_again_shows_nothing_twice(desk: Desk) -> None:
    messenger, case = Elsewhere(), opened(desk)
    for _ in range(2):
        desk.comms_contacts.use(ELSEWHERE, JANE)
        desk.comms_contacts.show(case.ref, ELSEWHERE)
    assert desk.delivery.deliver_due(messenger) == 1
    assert desk.audit_csv().count("cases shown here") == 1


def test_a_place_that_takes_messages_again_gets_the_cards_that_it_refused(desk: Desk) -> None:
    desk.comms_contacts.use(ELSEWHERE, JANE)
    messenger = Elsewhere()
    messenger.failures = [Undeliverable("The bot is not in that channel.")] * 3
    never_shown, closed = opened(desk), opened(desk, BOB, "May I use the logo?")
    desk.delivery.deliver_due(messenger)
    desk.casework.close(closed.ref, JANE, "HR answers this.")
    desk.delivery.deliver_due(messenger)
    assert desk.comms_contacts.show_again(ELSEWHERE) == 1
    desk.delivery.deliver_due(messenger)
    (card,) = [each.message for each in messenger.sent]
    assert isinstance(card, CaseCard)
    assert card.case.ref == never_shown.ref
    assert desk.comms_contacts.show_again(ELSEWHERE) == 0


def test_a_card_that_is_out_of_date_changes_once_its_place_takes_messages_again(
    desk: Desk,
) -> None:
    desk.comms_contacts.use(ELSEWHERE, JANE)
    messenger, case = Elsewhere(), opened(desk)
    desk.delivery.deliver_due(messenger)
    messenger.failures = [Undeliverable("The bot is not in that channel.")] * 2
    for step in (desk.casework.claim, desk.casework.release):
        step(case.ref, JANE)
        desk.delivery.deliver_due(messenger)
    desk.comms_contacts.show_again(ELSEWHERE)
    desk.delivery.deliver_due(messenger)
    first, changed = messenger.sent
    assert changed.replaces == "m1"
    assert first.replaces == ""


def test_a_comms_contact_from_the_settings_comes_first(desk: Desk) -> None:
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


def test_asked_at_says_whether_anything_was_asked_there(desk: Desk) -> None:
    accepted(desk, incoming(ANN))
    assert desk.intake.asked_at(at_home(ANN))
    assert not desk.intake.asked_at(at_home(BOB))


def test_case_at_is_the_persons_latest_case_there(desk: Desk) -> None:
    opened(desk)
    latest = opened(desk, ANN, "May I use the logo?")
    found = desk.intake.case_at(ANN, at_home(ANN))
    assert found is not None
    assert found.ref == latest.ref
    assert desk.intake.case_at(BOB, at_home(BOB)) is None


def test_a_worker_is_called_when_there_is_something_to_deliver(desk: Desk) -> None:
    calls: list[str] = []
    desk.when_queued(lambda _: calls.append("posted"))
    accepted(desk, incoming(ANN))
    assert calls == []
    opened(desk, BOB)
    assert calls == ["posted"]
