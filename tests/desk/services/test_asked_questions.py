"""Every question with its outcome, as comms look through them, on both databases."""

import csv
import io
from datetime import timedelta

import pytest

from desk.model.asked_question import AskedFilter, AskedQuestion, Judgement, Sureness
from desk.model.audit import Intact
from desk.model.case import Naming, Status
from desk.model.errors import NoSuchQuestion, NothingSaid, Refused, TooLong, Undeliverable
from desk.model.messages import CommsAnswer
from desk.model.people import Person
from desk.model.question import Decision, Outcome, Verdict
from desk.services.asked_questions import NOT_RIGHT
from desk.services.desk import Desk
from knowledge.reason import Reason
from tests.desk.council import ANN, BOB, CLAUSE, JANE, OMAR, accepted, incoming, opened
from tests.desk.fakes import FakeClock, RecordingMessenger
from tests.desk.statements import statements

SURE = Decision(0.95, Reason.COVERED)


def asked(
    desk: Desk,
    text: str = "May I post?",
    person: Person = ANN,
    outcome: Outcome = Outcome.ANSWERED,
    decision: Decision = SURE,
) -> int:
    number = accepted(desk, incoming(person, text))
    cited = (CLAUSE,) if outcome is Outcome.ANSWERED else ()
    desk.intake.finish(number, outcome, "the reply", cited, decision)
    return number


EVERY = AskedFilter()


def found(desk: Desk, wanted: AskedFilter = EVERY) -> list[int]:
    return [each.id for each in desk.asked_questions.page(wanted, 50).questions]


def only(desk: Desk) -> AskedQuestion:
    (question,) = desk.asked_questions.page(EVERY, 50).questions
    return question


def test_a_question_is_listed_with_its_outcome_and_without_a_name(desk: Desk) -> None:
    number = asked(desk, "May I post? I am ann@example.org")
    desk.intake.feedback(number, ANN, Verdict.NOT_HELPFUL, "write to ann@example.org")
    question = only(desk)
    assert "ann@example.org" not in question.text
    assert "ann@example.org" not in question.remark
    assert (question.asker.name, question.surface) == ("", "terminal")
    assert (question.outcome, question.reason) == (Outcome.ANSWERED, Reason.COVERED)
    assert (question.confidence, question.cited) == (0.95, (CLAUSE,))
    assert question.verdict is Verdict.NOT_HELPFUL
    assert desk.asked_questions.reply_body(number) == "the reply"


@pytest.mark.parametrize("refused", [False, True])
def test_a_reply_is_kept_as_long_as_its_question(
    desk: Desk, clock: FakeClock, messenger: RecordingMessenger, refused: bool
) -> None:
    number = asked(desk)
    if refused:
        messenger.failures.append(Undeliverable("The conversation is gone."))
    assert desk.delivery.deliver_due(messenger) == 1
    assert desk.asked_questions.reply_body(number) == "the reply"
    assert [each.reply for each in desk.privacy.export(ANN.key, JANE).questions] == ["the reply"]
    clock.advance(days=181)
    desk.privacy.purge()
    assert desk.asked_questions.reply_body(number) == ""


def test_an_erased_reply_is_gone(desk: Desk, messenger: RecordingMessenger) -> None:
    number = asked(desk)
    desk.delivery.deliver_due(messenger)
    desk.privacy.erase(ANN.key, JANE)
    assert desk.asked_questions.reply_body(number) == ""


@pytest.mark.parametrize(("naming", "name"), [(Naming.NAMED, ANN.name), (Naming.UNNAMED, "")])
def test_only_an_asker_who_asked_comms_by_name_has_one(
    desk: Desk, naming: Naming, name: str
) -> None:
    case = opened(desk, naming=naming)
    question = only(desk)
    assert (question.asker.name, question.case_ref) == (name, case.ref)
    assert question.reason is Reason.BELOW_THRESHOLD


@pytest.mark.parametrize(
    ("reason", "hidden"),
    [
        (Reason.SENSITIVE, True),
        (Reason.LANGUAGE, True),
        (None, True),
        (Reason.OFF_TOPIC, False),
    ],
)
def test_what_may_be_a_sensitive_matter_is_not_shown_or_found(
    desk: Desk, reason: Reason | None, hidden: bool
) -> None:
    number = asked(desk, "my secret", outcome=Outcome.DECLINED, decision=Decision(reason=reason))
    assert only(desk).hidden is hidden
    assert only(desk).text == ("" if hidden else "my secret")
    assert found(desk, AskedFilter(text="secret")) == ([] if hidden else [number])


def test_questions_are_filtered(desk: Desk, clock: FakeClock) -> None:
    first = asked(desk, "May I post pictures?")
    desk.intake.feedback(first, ANN, Verdict.HELPFUL)
    clock.advance(days=2)
    second = asked(desk, "May I reply?", decision=Decision(0.75, Reason.COVERED))
    third = asked(desk, "Guten Tag", outcome=Outcome.HELP, decision=Decision())
    case = opened(desk, BOB, "Who pays?")
    fourth = third + 1
    assert found(desk) == [fourth, third, second, first]
    since = clock.now() - timedelta(days=1)
    for wanted, expected in (
        (AskedFilter(outcome=Outcome.ANSWERED), [second, first]),
        (AskedFilter(sureness=Sureness.HIGH), [first]),
        (AskedFilter(sureness=Sureness.MEDIUM), [second]),
        (AskedFilter(sureness=Sureness.LOW), []),
        (AskedFilter(judgement=Judgement.HELPFUL), [first]),
        (AskedFilter(judgement=Judgement.NONE), [fourth, third, second]),
        (AskedFilter(policy=CLAUSE.policy), [fourth, second, first]),
        (AskedFilter(policy="social"), []),
        (AskedFilter(text="GUTEN"), [third]),
        (AskedFilter(text="May I _"), []),
        (AskedFilter(since=since), [fourth, third, second]),
        (AskedFilter(until=since), [first]),
        (AskedFilter(before=third), [second, first]),
    ):
        assert found(desk, wanted) == expected, wanted
    assert case.ref == desk.asked_questions.show(fourth).case_ref


def test_words_that_comms_do_not_see_are_not_found(desk: Desk) -> None:
    asked(desk, "May I post? I am ann@example.org")
    assert found(desk, AskedFilter(text="ann@example.org")) == []
    assert len(found(desk, AskedFilter(text="may i post"))) == 1


def test_a_long_list_comes_in_pages(desk: Desk) -> None:
    numbers = [asked(desk, f"question {number}") for number in range(5)]
    page = desk.asked_questions.page(EVERY, 2)
    assert ([each.id for each in page.questions], page.older) == (numbers[:2:-1], True)
    page = desk.asked_questions.page(AskedFilter(before=page.last), 3)
    assert ([each.id for each in page.questions], page.older) == (numbers[2::-1], False)
    with pytest.raises(TooLong):
        desk.asked_questions.page(AskedFilter(text="x" * 2000), 2)


def test_a_page_costs_as_many_statements_however_many_questions_there_are(
    desk: Desk,
) -> None:
    asked(desk)
    with statements() as few:
        found(desk)
    for number in range(30):
        asked(desk, f"question {number}")
    with statements() as many:
        found(desk)
    assert len(many.sent) == len(few.sent)


def test_an_erased_question_is_not_listed(desk: Desk) -> None:
    number = asked(desk)
    desk.privacy.erase(ANN.key, JANE)
    assert found(desk) == []
    with pytest.raises(NoSuchQuestion):
        desk.asked_questions.show(number)
    with pytest.raises(NoSuchQuestion):
        desk.asked_questions.correct(number, JANE, "No.")


def test_the_reason_is_in_the_export_of_the_asker(desk: Desk) -> None:
    asked(desk)
    assert desk.privacy.export(ANN.key, JANE).questions[0].reason == Reason.COVERED


def test_a_correction_reaches_the_asker_once_and_alone(
    desk: Desk, clock: FakeClock, messenger: RecordingMessenger
) -> None:
    number = asked(desk, "May I post? I am ann@example.org")
    asked(desk, "May I post? I am ann@example.org", BOB)
    for _ in range(2):
        case = desk.asked_questions.correct(number, JANE, "You may not.", (CLAUSE,))
    assert (case.ref, case.status, case.reason) == ("C-1", Status.ANSWERED, Reason.CORRECTED)
    (asker,) = case.askers
    assert (asker.person.name, asker.waiting) == ("", False)
    assert "ann@example.org" not in case.question
    clock.advance(minutes=5)
    desk.delivery.deliver_due(messenger)
    answers = [each.message for each in messenger.sent if isinstance(each.message, CommsAnswer)]
    (answer,) = answers
    assert answer.text == f"{NOT_RIGHT}\n\nYou may not."
    assert answer.answered_by.name == JANE.name
    trail = [row["action"] for row in csv.DictReader(io.StringIO(desk.audit_csv()))]
    assert trail == ["opened", "answered"]
    assert isinstance(desk.verify_audit(), Intact)
    (proposal,) = desk.teaching.proposals(CLAUSE.policy)
    assert proposal.source == case.ref


def test_another_correction_of_the_same_question_is_refused(desk: Desk) -> None:
    number = asked(desk)
    desk.asked_questions.correct(number, JANE, "You may not.")
    for by, text in ((OMAR, "You may not."), (JANE, "You may.")):
        with pytest.raises(Refused, match="C-1"):
            desk.asked_questions.correct(number, by, text)
    assert len(desk.casework.show("C-1").answers) == 1


def test_a_correction_is_refused_where_it_would_go_to_others_or_say_nothing(desk: Desk) -> None:
    opened(desk, BOB, "May I post?")
    number = asked(desk, "May I post?")
    with pytest.raises(Refused, match="waits for the same question"):
        desk.asked_questions.correct(number, JANE, "No.")
    with pytest.raises(NothingSaid):
        desk.asked_questions.correct(number, JANE, "  ")
    secret = asked(desk, "my secret", outcome=Outcome.DECLINED, decision=Decision())
    with pytest.raises(Refused, match="sensitive"):
        desk.asked_questions.correct(secret, JANE, "No.")
    assert desk.casework.show("C-1").status is Status.OPEN
    assert desk.asked_questions.show(number).case_ref == ""
