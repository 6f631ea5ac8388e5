from dataclasses import replace
from datetime import date

from desk.model.messages import CaseNotice, MessageKind, Outgoing
from desk.model.precedent import cite
from desk.services.desk import Desk
from tests.desk.council import JANE
from tests.desk.fakes import FakeClock, RecordingMessenger
from tests.desk.services.test_publishing import CLAUSE, POLICY, REVIEWED, changed, published

CHANGED = "P-1: a clause that it cites has changed"
TOO_OLD = "P-1: its review date has passed"


def told(desk: Desk, messenger: RecordingMessenger) -> list[str]:
    desk.delivery.deliver_due(messenger)
    return [
        sent.message.text
        for sent in messenger.sent
        if isinstance(sent.message, CaseNotice) and sent.message.kind is MessageKind.RECHECK
    ]


def under_the_card(messenger: RecordingMessenger) -> Outgoing:
    return next(sent for sent in messenger.sent if isinstance(sent.message, CaseNotice))


def test_a_published_answer_in_use_is_not_announced(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    published(desk)
    desk.jobs.recheck([POLICY])
    assert told(desk, messenger) == []


def test_a_changed_clause_is_announced_once_under_the_card_of_the_case(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    published(desk)
    desk.delivery.deliver_due(messenger)
    for text in ("You may post.", "You may post on Sundays."):
        clock.advance(hours=1)
        desk.jobs.recheck([changed(text)])
        assert told(desk, messenger) == [CHANGED]
    notice = under_the_card(messenger)
    assert isinstance(notice.message, CaseNotice)
    assert (notice.message.case.ref, notice.under != "") == ("C-1", True)


def test_each_reason_for_a_recheck_is_announced(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    published(desk)
    desk.jobs.recheck([])
    clock.advance(days=365)
    desk.jobs.recheck([])
    assert told(desk, messenger) == [CHANGED, TOO_OLD]


def test_an_edited_answer_is_announced_again_when_it_is_stale_again(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    precedent = published(desk)
    clock.advance(days=365)
    desk.jobs.recheck([POLICY])
    again = replace(REVIEWED, cited=(cite(POLICY, CLAUSE),), review_by=date(2028, 5, 1))
    desk.publishing.edit(precedent.ref, JANE, again)
    desk.jobs.recheck([POLICY])
    assert told(desk, messenger) == [TOO_OLD]
    clock.advance(days=365)
    desk.jobs.recheck([POLICY])
    assert told(desk, messenger) == [TOO_OLD, TOO_OLD]


def test_a_retired_answer_is_announced_no_more(desk: Desk, messenger: RecordingMessenger) -> None:
    desk.publishing.retire(published(desk).ref, JANE)
    desk.jobs.recheck([])
    assert told(desk, messenger) == []
