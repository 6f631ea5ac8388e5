"""The digest: once a working day, to those who have something to do."""

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from desk.model.digest import Digest
from desk.model.errors import Undeliverable
from desk.model.hours import OfficeHours
from desk.model.policy_version import PolicyDetails
from desk.model.precedent import Reviewed, cite
from desk.services.desk import Desk, Rules, open_desk
from desk.services.digests import DigestRules
from desk.services.escalation import EqualWordsOnly
from knowledge.policy import Policy
from tests.desk.council import JANE, answered, opened
from tests.desk.fakes import FakeClock, RecordedEmail
from tests.toy import POLICY

COMMS, OWNER = "comms@example.gov.uk", "hr@example.gov.uk"
RULES = Rules(
    hours=OfficeHours(closures=frozenset({date(2026, 11, 25)})),
    digest=DigestRules((COMMS,), time(8, 30)),
)
# The clock begins on Monday 23 November 2026 at 11:00, and cases are due the day after at 10:00.
TO_TUESDAY_8_30 = {"hours": 21, "minutes": 30}


@pytest.fixture
def post() -> RecordedEmail:
    return RecordedEmail()


@pytest.fixture
def desk(address: str, clock: FakeClock) -> Iterator[Desk]:
    opened_desk = open_desk(address, RULES, clock, EqualWordsOnly())
    yield opened_desk
    opened_desk.close()


def published(desk: Desk, owner: str, review_by: date) -> None:
    reviewed = Reviewed("May I?", "No.", (cite(POLICY, POLICY.clauses[0]),), owner, review_by)
    desk.publishing.publish(answered(desk).ref, JANE, reviewed)


def digests(
    desk: Desk, post: RecordedEmail, policies: tuple[Policy, ...] = ()
) -> dict[str, Digest]:
    """By reader, what is sent now."""
    post.sent.clear()
    desk.digests.queue_due(policies)
    desk.delivery.deliver_due(post)
    return {
        sent.contact.address: sent.message for sent in post.sent if isinstance(sent.message, Digest)
    }


def test_comms_are_told_once_a_day_of_cases_that_are_due_and_overdue(
    desk: Desk, post: RecordedEmail, clock: FakeClock
) -> None:
    old = opened(desk, text="What was asked first?")
    clock.advance(days=1)
    new = opened(desk, text="What was asked later?")
    clock.advance(days=1, **TO_TUESDAY_8_30)  # to Thursday: the office is closed on Wednesday
    found = digests(desk, post)
    assert {*found} == {COMMS}
    assert (found[COMMS].overdue, found[COMMS].due_today) == (1, 1)
    assert [case.ref for case in found[COMMS].cases] == [old.ref, new.ref]
    clock.advance(hours=5)
    assert digests(desk, post) == {}


def test_it_waits_for_its_time(desk: Desk, post: RecordedEmail, clock: FakeClock) -> None:
    opened(desk)
    clock.advance(hours=21, minutes=29)
    assert digests(desk, post) == {}
    clock.advance(minutes=1)
    assert {*digests(desk, post)} == {COMMS}


@pytest.mark.parametrize(("days", "open_then"), [(2, False), (3, True), (5, False), (6, False)])
def test_it_comes_on_working_days_only(
    desk: Desk, post: RecordedEmail, clock: FakeClock, days: int, open_then: bool
) -> None:
    """The Wednesday is a day on which this office is closed."""
    opened(desk)
    clock.advance(days=days)
    assert bool(digests(desk, post)) is open_then


def test_a_day_without_anything_to_do_stays_without_a_digest(
    desk: Desk, post: RecordedEmail, clock: FakeClock
) -> None:
    clock.advance(**TO_TUESDAY_8_30)
    assert digests(desk, post) == {}
    clock.time -= timedelta(days=1)
    opened(desk)  # is due at 10:00 on the day whose digest was due at 8:30
    clock.time += timedelta(days=1, hours=3)
    assert digests(desk, post) == {}


def test_an_owner_with_an_address_is_told_of_their_own_reviews(
    desk: Desk, post: RecordedEmail, clock: FakeClock
) -> None:
    today = clock.now().date()
    published(desk, f"HR <{OWNER}>", today + timedelta(days=7))
    published(desk, "Legal services", today + timedelta(days=1))
    published(desk, f"HR <{OWNER}>", today + timedelta(days=8))  # not yet
    found = digests(desk, post)
    assert {
        reader: [(each.ref, each.owner) for each in digest.published]
        for reader, digest in found.items()
    } == {COMMS: [("P-2", "Legal services")], OWNER: [("P-1", f"HR <{OWNER}>")]}
    assert found[OWNER].cases == ()


def test_policies_whose_review_is_due_are_listed_for_their_owners(
    desk: Desk, post: RecordedEmail, clock: FakeClock
) -> None:
    today = clock.now().date()
    due = replace(POLICY, name="due", title="Due", review_by=today)
    policies = (
        due,
        replace(POLICY, name="later", review_by=today + timedelta(days=30)),
        replace(POLICY, name="owned", title="Owned", review_by=today - timedelta(days=9)),
    )
    version = desk.policy_versions.upload("owned", "owned.md", b"# Owned", JANE)
    desk.policy_versions.describe(version.id, PolicyDetails(owner=OWNER), JANE)
    desk.policy_versions.put_in_force(version.id, JANE)
    clock.advance(minutes=1)
    found = digests(desk, post, policies)
    assert {
        reader: [each.title for each in digest.policies] for reader, digest in found.items()
    } == {COMMS: ["Due"], OWNER: ["Owned"]}


def test_what_was_done_meanwhile_is_not_in_a_digest_that_had_to_wait(
    desk: Desk, post: RecordedEmail, clock: FakeClock
) -> None:
    first = opened(desk, text="What was asked first?")
    second = opened(desk, text="What was asked then?")
    clock.advance(**TO_TUESDAY_8_30)
    post.failures.append(ConnectionRefusedError())
    assert digests(desk, post) == {}
    desk.casework.answer(first.ref, JANE, "No.")
    clock.advance(minutes=5)
    found = digests(desk, post)
    assert [case.ref for case in found[COMMS].cases] == [second.ref]


def test_a_digest_that_waits_until_the_next_day_is_empty(
    desk: Desk, post: RecordedEmail, clock: FakeClock
) -> None:
    opened(desk)
    clock.advance(**TO_TUESDAY_8_30)
    post.failures.append(ConnectionRefusedError())
    assert digests(desk, post) == {}
    clock.advance(hours=20)
    assert digests(desk, post)[COMMS].is_empty


def test_old_digests_leave_the_outbox_and_are_not_sent_again(
    desk: Desk, post: RecordedEmail, clock: FakeClock
) -> None:
    opened(desk)
    clock.advance(**TO_TUESDAY_8_30)
    post.failures.append(Undeliverable("no such address"))
    assert digests(desk, post) == {}
    clock.advance(days=31)
    desk.privacy.purge()
    assert desk.backlog().undeliverable == 0
    clock.time -= timedelta(days=31)
    assert digests(desk, post) == {}


def test_without_a_mail_server_there_is_no_digest(address: str, clock: FakeClock) -> None:
    desk = open_desk(address, Rules(), clock, EqualWordsOnly())
    opened(desk)
    clock.advance(days=2)
    assert desk.digests.queue_due(()) == 0
    desk.close()


def test_a_long_list_is_cut_and_counted(desk: Desk, post: RecordedEmail, clock: FakeClock) -> None:
    for number in range(55):
        opened(desk, text=f"What is number {number}?")
    clock.advance(days=3)
    digest = digests(desk, post)[COMMS]
    assert (digest.overdue, len(digest.cases)) == (55, 50)


def test_of_two_replicas_one_queues_it(postgresql_address: str, clock: FakeClock) -> None:
    desk = open_desk(postgresql_address, RULES, clock, EqualWordsOnly())
    opened(desk)
    clock.advance(**TO_TUESDAY_8_30)
    context = multiprocessing.get_context("fork")
    begin, queued = context.Barrier(2), context.SimpleQueue()
    replicas = [
        context.Process(target=_replica, args=(postgresql_address, clock, begin.wait, queued.put))
        for _ in range(2)
    ]
    for each in replicas:
        each.start()
    for each in replicas:
        each.join(60)
    assert sorted(queued.get() for _ in replicas) == [0, 1]
    post = RecordedEmail()
    desk.delivery.deliver_due(post)
    assert len(post.sent) == 1
    desk.close()


def _replica(
    address: str,
    clock: FakeClock,
    begin: Callable[[], object],
    tell: Callable[[int], object],
) -> None:
    desk = open_desk(address, RULES, clock, EqualWordsOnly())
    begin()
    tell(desk.digests.queue_due(()))
    desk.close()
