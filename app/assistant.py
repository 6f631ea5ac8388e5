"""Builds the bot from its settings, without the desk: all that is slow to import."""

import logging

from answer.artifacts import MORE_LIBRARIES, read_confidence_models, read_encoders
from answer.assistant import Assistant
from answer.contacts import Contacts
from handlers.terminal.progress import progress_bars
from index.build import IndexPaths, Progress, open_index, ship_questions
from index.search import Encoders
from knowledge.bank import Need, read_bank, tie_to
from knowledge.documents.files import read_policies
from knowledge.errors import BadInput
from knowledge.policy import Policy, sentences_of
from settings import Settings

log = logging.getLogger(__name__)


def assistant(settings: Settings) -> Assistant:
    """Over the policies of the folder. Raises BadInput for what the settings name wrongly."""
    encoders = read_encoders(settings.trained, settings.model)
    with progress_bars() as progress:
        return assistant_of(settings, encoders, read_policies(settings.policies), progress)


def assistant_of(
    settings: Settings, encoders: Encoders, policies: tuple[Policy, ...], progress: Progress
) -> Assistant:
    """Raises BadInput for what the settings name wrongly."""
    sentences = sentences_of(policies) if encoders.know_the_bank else frozenset()
    bank = tie_to(read_bank(settings.questions), sentences)
    if bank.orphans:
        log.warning("Left out of the bank, their sentences being gone: %s", ", ".join(bank.orphans))
    index = open_index(encoders, policies, bank, _places(settings), progress)
    models = read_confidence_models(settings.trained)
    return Assistant(policies, index, models, settings.accepted_risk, _contacts(settings))


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
        adapted = read_encoders(settings.trained, settings.model).adapted
        training.check_sensitivity(adapted, bank, others, settings.trained)
        encoders = read_encoders(settings.trained, settings.model)
        ship_questions(encoders.adapted, bank, _places(settings).shipped, progress)
        index = open_index(encoders, policies, bank, _places(settings), progress)
        training.calibrate(index, lessons, settings.trained, progress)


def _contacts(settings: Settings) -> Contacts:
    by_need = {need: getattr(settings, f"contact_{need.value}") for need in Need}
    return Contacts(by_need, settings.sensitive_contacts)


def _places(settings: Settings) -> IndexPaths:
    return IndexPaths(settings.data / "index", settings.trained / "questions")
