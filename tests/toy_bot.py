"""An assistant over the toy policy: real search and confidence, vectors that can be worked out."""

from collections.abc import Sequence

from answer import features, outside_features
from answer.artifacts import ConfidenceModels
from answer.assistant import Assistant
from answer.confidence import ConfidenceModel, RiskBound
from answer.contacts import Contacts
from index.build import index_of
from index.search import Encoders, Index
from knowledge.bank import Bank, BankQuestion, Intent, Need, SmallTalk, tie_to
from knowledge.policy import Policy, Sentence, sentences_of
from knowledge.question import Question
from tests.toy import JOURNALIST, LOGO, MEETING, POLICY, TRAINING, WordEncoder


def asked(  # noqa: PLR0917 - a table of questions reads best in columns
    name: str,
    text: str,
    kind: Intent,
    answer: Sentence | None = None,
    near: Sentence | None = None,
    need: Need | SmallTalk | None = None,
) -> BankQuestion:
    needed = ((answer.text,),) if answer else ()
    closest = (near.text,) if near else ()
    return BankQuestion(name, Question(text), kind, needed, closest=closest, need=need)


QUESTIONS = (
    asked("1", "logo on my blog?", Intent.ANSWERABLE, LOGO),
    asked("2", "the logo, can I?", Intent.ANSWERABLE, LOGO),
    asked("3", "training first?", Intent.ANSWERABLE, TRAINING),
    asked("4", "a journalist rang", Intent.ANSWERABLE, JOURNALIST),
    asked("5", "phone in a meeting?", Intent.ANSWERABLE, MEETING),
    asked("6", "who runs the training and the meeting?", Intent.NEAR, near=TRAINING),
    asked("7", "my secret is out, help", Intent.SENSITIVE, need=Need.DATA_BREACH),
    asked("8", "hello", Intent.SMALL_TALK, need=SmallTalk.GREETING),
    asked("9", "what weather today", Intent.OFF_TOPIC),
    asked("10", "what about it", Intent.VAGUE),
    asked("11", "hello secret weather", Intent.INJECTION),
    # Two sentences that are equally likely, so that neither is sure enough to be the answer.
    asked("12", "a phone for the blog?", Intent.ANSWERABLE, LOGO),
    asked("13", "the blog on my phone?", Intent.ANSWERABLE, MEETING),
    asked("14", "who pays for the phone of the blog?", Intent.NEAR, near=MEETING),
    asked("15", "I saw fraud", Intent.SENSITIVE, need=Need.WRONGDOING),
)


def confidence(threshold: float, names: tuple[str, ...] = features.NAMES) -> ConfidenceModel:
    """Goes by the share of the top clause alone; proven down to `threshold`."""
    weights = (1.0, *(0.0 for _ in names[1:]))
    zeros, ones = (0.0,) * len(names), (1.0,) * len(names)
    bounds = (RiskBound(threshold, 500, 5, 0.02), RiskBound(0.25, 1000, 300, 0.33))
    return ConfidenceModel(names, zeros, ones, weights, 0.0, bounds)


def nothing(_task: str, _done: int, _of: int) -> None:
    """Progress of work that is done in no time."""


def toy_index(
    policies: Sequence[Policy] = (POLICY,), questions: Sequence[BankQuestion] = QUESTIONS
) -> Index:
    encoder = WordEncoder()
    bank = tie_to(questions, sentences_of(policies)) if questions else Bank(())
    return index_of(Encoders(encoder, encoder), policies, bank, nothing)


def toy_assistant(
    policies: tuple[Policy, ...] = (POLICY,),
    questions: Sequence[BankQuestion] = QUESTIONS,
    accepted_risk: float = 0.05,
) -> Assistant:
    elsewhere = confidence(0.9, outside_features.NAMES)
    models = ConfidenceModels(banked=confidence(0.5), elsewhere=elsewhere)
    index = toy_index(policies, questions)
    contacts = Contacts(general=("HR, 01234 567890",))
    return Assistant(policies, index, models, accepted_risk, contacts)
