from pathlib import Path

from desk.model.messages import CaseNotice, MessageKind
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from handlers.conversation.case_notices import NOTICES, notice
from tests.desk.council import opened
from tests.desk.fakes import FakeClock

TO_ASKERS = {
    MessageKind.REPLY,
    MessageKind.RECEIPT,
    MessageKind.ANSWER,
    MessageKind.CORRECTION,
    MessageKind.CLOSING,
}


def desk(folder: Path) -> Desk:
    return open_desk(f"sqlite:///{folder / 'desk.db'}", Rules(), FakeClock(), EqualWordsOnly())


BY_EMAIL = {MessageKind.ANSWER_EMAIL, MessageKind.DIGEST}


def test_every_notice_to_comms_has_its_sentence() -> None:
    assert set(NOTICES) == set(MessageKind) - TO_ASKERS - BY_EMAIL - {MessageKind.CARD}


def test_a_follow_up_is_told_with_its_words_and_a_lost_message_without(tmp_path: Path) -> None:
    office, now = desk(tmp_path), FakeClock().now()
    case = opened(office)
    added = notice(CaseNotice(case, MessageKind.FOLLOW_UP, "Also on X?"), office.hours, now)
    assert (added.told, added.words) == ("C-1: the asker added:", "Also on X?")
    lost = notice(CaseNotice(case, MessageKind.UNDELIVERABLE, "receipt"), office.hours, now)
    assert lost.words == ""
    office.close()


def test_a_reminder_names_the_time(tmp_path: Path) -> None:
    office, now = desk(tmp_path), FakeClock().now()
    told = notice(CaseNotice(opened(office), MessageKind.REMINDER, ""), office.hours, now).told
    assert told == "C-1 is due by tomorrow 10:00."
    office.close()
