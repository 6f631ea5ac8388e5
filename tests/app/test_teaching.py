"""The real bot takes up the questions of a policy while it runs, and answers from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from answer.artifacts import read_encoders
from answer.reply import Answer
from app.desk import desk_of
from app.live_assistant import LiveAssistant
from app.services import live_assistant
from app.teaching import Teacher
from desk.model.taught_question import Origin
from desk.services.desk import Desk
from desk.services.escalation import EqualWordsOnly
from index.build import index_of
from index.encoder import Encoder, Vectors
from index.search import Encoders
from knowledge.bank import Bank, BankQuestion, Intent
from knowledge.documents.files import read_policies
from knowledge.question import Question
from settings import Settings
from tests.desk.council import JANE
from tests.toy_bot import nothing

RULES = {
    "You may carry over five days of leave.": ("carry over", "roll days", "keep them"),
    "Bank holidays count as leave for shift workers.": (
        "bank holiday",
        "easter monday",
        "xmas day",
    ),
    "Your manager approves leave within three days.": ("who says yes", "sign off", "approve it"),
    "Sick days during leave are given back.": ("ill on holiday", "flu on the beach", "sick abroad"),
    "Unpaid leave is granted for up to four weeks.": ("without pay", "a month off", "sabbatical"),
}
TEXT = "Leave policy\n\n" + "\n\n".join(
    f"{number}. Rule {number}\n\n{rule}" for number, rule in enumerate(RULES, start=1)
)
FRAMES = (
    "{}?",
    "question about {}",
    "pls help: {}",
    "can you tell me: {}",
    "hi, {}, how",
    "is {} ok",
)


def taught_with() -> list[BankQuestion]:
    answerable = [
        BankQuestion("", Question(frame.format(said)), Intent.ANSWERABLE, ((rule,),))
        for rule, all_said in RULES.items()
        for said in all_said
        for frame in FRAMES
    ]
    near = [
        BankQuestion("", Question(frame.format(said)), Intent.NEAR, closest=(next(iter(RULES)),))
        for said in ("sell my days", "leave for my dog", "payslip wrong", "parking at work")
        for frame in FRAMES
    ]
    return [*answerable, *near]


@dataclass
class CountingEncoder:
    """The given encoder, which notes the texts that it reads."""

    real: Encoder
    texts: list[str] = field(default_factory=list)

    @property
    def identity(self) -> str:
        return self.real.identity

    @property
    def dimension(self) -> int:
        return self.real.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return self.real.encode(texts)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("taught")
    (folder / "policies").mkdir()
    (folder / "policies" / "leave.txt").write_text(TEXT, encoding="utf-8")
    return Settings(policies=folder / "policies", data=folder / "data", accepted_risk=0.1)


@pytest.fixture(scope="module")
def teacher(settings: Settings) -> Teacher:
    return Teacher(settings, read_encoders(settings.trained, settings.model))


@pytest.fixture
def desk(settings: Settings) -> Desk:
    settings.data.mkdir(exist_ok=True)
    return desk_of(settings, EqualWordsOnly())


@pytest.fixture
def live(settings: Settings, teacher: Teacher, desk: Desk) -> LiveAssistant:
    return live_assistant(settings, teacher, desk)


def test_questions_are_in_force_after_two_looks_and_gone_again_when_deleted(
    settings: Settings, live: LiveAssistant, desk: Desk
) -> None:
    asked = Question("flu on the beach, do I lose it?")
    assert not isinstance(live.reply(asked), Answer)
    desk.teaching.add("leave", taught_with(), Origin.IMPORTED, JANE)
    live.refresh()
    assert live.refresh()
    reply = live.reply(asked)
    assert isinstance(reply, Answer)
    assert reply.citations[0].quote == "Sick days during leave are given back."
    card = live.taught.card(live.policies[0], 0.1)
    assert (card.answerable, card.near) == (90, 24)
    assert card.not_asked == ()
    assert card.right_first is not None
    assert card.right_untaught is not None
    assert card.right_first > card.right_untaught
    kept = sorted((settings.data / "taught").rglob("*.npz"))
    assert len(kept) == 2, "the policy's, and those of other subjects"
    assert b"easter monday" not in kept[0].read_bytes() + kept[1].read_bytes()
    numbers = [each.id for each in desk.teaching.of_policy("leave")]
    desk.teaching.delete("leave", numbers, JANE)
    live.refresh()
    assert live.refresh()
    assert not isinstance(live.reply(asked), Answer)
    assert len(list((settings.data / "taught").rglob("*.npz"))) == 1


def test_a_policy_with_few_questions_answers_as_one_without(
    live: LiveAssistant, desk: Desk
) -> None:
    asked = [Question("is xmas day leave for me?"), Question("what is the capital of France?")]
    before = [live.reply(question) for question in asked]
    desk.teaching.add("leave", taught_with()[::40], Origin.IMPORTED, JANE)
    live.refresh()
    assert live.refresh()
    assert live.taught.card(live.policies[0], 0.1).answerable > 0
    assert [live.reply(question) for question in asked] == before
    numbers = [each.id for each in desk.teaching.of_policy("leave")]
    desk.teaching.delete("leave", numbers, JANE)


def test_a_question_whose_sentence_changed_teaches_nothing(live: LiveAssistant, desk: Desk) -> None:
    gone = BankQuestion("", Question("x?"), Intent.ANSWERABLE, (("A sentence of last year.",),))
    desk.teaching.add("leave", [gone], Origin.IMPORTED, JANE)
    live.refresh()
    assert live.refresh()
    assert live.taught.lessons == {}
    assert live.taught.unmeasured == {}
    desk.teaching.delete_all("leave", JANE)


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        (taught_with()[:30], "there are 30 of the 60 or more"),
        ([q for q in taught_with() if q.kind is Intent.NEAR], "none of them is answerable"),
        (taught_with(), ""),
    ],
    ids=["too few", "none answerable", "enough"],
)
def test_an_owner_reads_why_questions_have_no_effect(
    live: LiveAssistant, desk: Desk, questions: list[BankQuestion], problem: str
) -> None:
    desk.teaching.add("leave", questions, Origin.IMPORTED, JANE)
    live.refresh()
    assert live.refresh()
    card = live.taught.card(live.policies[0], 0.1)
    desk.teaching.delete_all("leave", JANE)
    assert card.questions == len(questions)
    assert problem in card.unmeasured
    assert bool(card.unmeasured) == bool(problem)
    assert bool(live.taught.confidences) != bool(problem)


def test_questions_about_a_policy_of_the_bank_count_as_examples_of_the_bank(
    settings: Settings, teacher: Teacher
) -> None:
    (policy,) = read_policies(settings.policies)
    bank = tuple(replace(each, id="bank") for each in taught_with()[:30])
    encoder = CountingEncoder(teacher.encoders.general)
    encoders = Encoders(encoder, encoder)
    own = Teacher(settings.model_copy(update={"data": settings.data / "bank"}), encoders)
    index = index_of(encoders, [policy], Bank(bank), nothing)
    added = tuple(taught_with()[30:40])
    for _ in range(2):
        encoder.texts.clear()
        known, taught = own.teach(index, {policy.name: added}, bank, nothing)
        assert known.questions == (*bank, *added)
        assert len(known.question_vectors.vectors) == 40
    assert encoder.texts == []
    card = taught.card(policy, 0.1)
    assert (card.answerable, card.near, card.right_first) == (10, 0, None)
    assert "question bank is about this policy" in card.unmeasured


def test_the_sentences_of_the_index_are_not_read_again(
    settings: Settings, teacher: Teacher
) -> None:
    (policy,) = read_policies(settings.policies)
    encoder = CountingEncoder(teacher.encoders.general)
    encoders = Encoders(encoder, encoder)
    own = Teacher(settings.model_copy(update={"data": settings.data / "again"}), encoders)
    index = index_of(encoders, [policy], Bank(()), nothing)
    encoder.texts.clear()
    own.teach(index, {policy.name: tuple(taught_with())}, (), nothing)
    assert len(encoder.texts) == len(taught_with())
