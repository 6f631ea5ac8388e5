"""Builds the bot from its settings, without the desk: all that is slow to import."""

import logging
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from answer.artifacts import MORE_LIBRARIES, read_confidence_models
from answer.assistant import Assistant
from answer.contacts import Contacts
from app.encoders import encoders_of
from app.lessons import Questions, Taught
from app.policies import noting_review
from app.teaching import Teacher
from handlers.terminal.progress import progress_bars
from index.build import open_index
from index.encoding import Progress
from index.learned_bank import IndexPaths, ship_questions
from knowledge.bank import Need, read_bank, tie_to
from knowledge.documents.files import read_policies
from knowledge.errors import BadInput
from knowledge.policy import Policy, sentences_of
from settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TaughtAssistant:
    assistant: Assistant
    taught: Taught


def assistant(settings: Settings) -> Assistant:
    """As `taught_assistant`."""
    return taught_assistant(settings).assistant


def taught_assistant(settings: Settings) -> TaughtAssistant:
    """Over the policies of the folder, with the example questions that the desk has for them.
    Raises BadInput for what the settings name wrongly."""
    encoders = encoders_of(settings)
    teacher = Teacher(settings, encoders)
    questions = stored_questions(settings)
    with progress_bars() as progress:
        today = datetime.now(ZoneInfo(settings.time_zone)).date()
        policies = tuple(noting_review(each, today) for each in read_policies(settings.policies))
        return assistant_of(settings, policies, teacher, questions, progress)


def assistant_of(
    settings: Settings,
    policies: tuple[Policy, ...],
    teacher: Teacher,
    questions: Questions,
    progress: Progress,
) -> TaughtAssistant:
    """`questions` are those of single policies. Raises BadInput for what the settings name
    wrongly."""
    encoders = teacher.encoders
    sentences = sentences_of(policies) if encoders.know_the_bank else frozenset()
    whole = read_bank(settings.questions)
    bank = tie_to(whole, sentences)
    if bank.orphans:
        log.warning("Left out of the bank, their sentences being gone: %s", ", ".join(bank.orphans))
    places = _places(settings)
    base = teacher.base(
        (policies, bank), lambda: open_index(encoders, policies, bank, places, progress)
    )
    models = read_confidence_models(settings.trained)
    contacts = _contacts(settings)
    index, taught = teacher.teach(base, questions, whole, progress)
    made = Assistant(policies, index, models, settings.accepted_risk, contacts, taught.confidences)
    return TaughtAssistant(made, taught)


def stored_questions(settings: Settings) -> Questions:
    """The example questions of each policy; none where there is no desk yet."""
    if not settings.database_url.get_secret_value() and not (settings.data / "desk.db").exists():
        return {}
    from app.desk import desk_of  # noqa: PLC0415 -- the database's library is slow
    from desk.services.escalation import EqualWordsOnly  # noqa: PLC0415 -- see above

    desk = desk_of(settings, EqualWordsOnly())
    try:
        return desk.teaching.by_policy()
    finally:
        desk.close()


def learn(settings: Settings, *, adapt: bool) -> None:
    """Write what is learned from the bank into the folder that ships: the encoder's changes, if
    `adapt`, the bank's vectors, and the confidence models. Raises BadInput."""
    try:
        from answer import training  # noqa: PLC0415 -- takes seconds, and no question needs it
    except ModuleNotFoundError as error:
        raise BadInput(f"Learning {MORE_LIBRARIES}") from error
    policies = read_policies(settings.policies, settings.data / "readings")
    bank = tie_to(read_bank(settings.questions), sentences_of(policies))
    lessons = training.Lessons(policies, bank, training.read_elsewhere(settings.corpora))
    others = training.read_elsewhere(settings.corpora, held_out=False)
    with progress_bars() as progress:
        if adapt:
            training.adapt_encoder(settings.model, lessons, settings.trained, progress)
            training.adapt_general_encoder(settings.model, others, settings.trained, progress)
        adapted = encoders_of(settings).adapted
        training.check_sensitivity(adapted, bank, others, settings.trained)
        encoders = encoders_of(settings)
        ship_questions(encoders.adapted, bank, _places(settings).shipped, progress)
        index = open_index(encoders, policies, bank, _places(settings), progress)
        training.calibrate(index, lessons, settings.trained, progress)


def _contacts(settings: Settings) -> Contacts:
    by_need = {need: getattr(settings, f"contact_{need.value}") for need in Need}
    return Contacts(by_need, settings.sensitive_contacts)


def _places(settings: Settings) -> IndexPaths:
    return IndexPaths(settings.data / "index", settings.trained / "questions")
