"""Builds the bot from its settings, without the desk: all that is slow to import."""

import logging

from answer.artifacts import read_confidence_models, read_encoders
from answer.assistant import Assistant
from handlers.terminal.progress import progress_bars
from index.build import IndexPaths, Progress, open_index, ship_questions
from knowledge.bank import read_bank, tie_to
from knowledge.documents.files import read_policies
from knowledge.policy import sentences_of
from settings import Settings

log = logging.getLogger(__name__)


def assistant(settings: Settings) -> Assistant:
    """Raises BadInput for what the settings name wrongly."""
    with progress_bars() as progress:
        return _assistant(settings, progress)


def learn(settings: Settings) -> None:
    """Adapt encoder and judgements to the bank, into the folder of what was learned."""
    # scikit-learn takes a second to import, and no question needs it.
    from answer.training import Lessons, read_elsewhere, train  # noqa: PLC0415 -- see above

    policies = read_policies(settings.policies)
    bank = tie_to(read_bank(settings.questions), sentences_of(policies))
    lessons = Lessons(policies, bank, read_elsewhere(settings.corpora))
    with progress_bars() as progress:
        train(settings.model, lessons, settings.trained, progress)
        adapted = read_encoders(settings.trained, settings.model).adapted
        ship_questions(adapted, bank, _places(settings).shipped, progress)


def _assistant(settings: Settings, progress: Progress) -> Assistant:
    policies = read_policies(settings.policies)
    encoders = read_encoders(settings.trained, settings.model)
    sentences = sentences_of(policies) if encoders.know_the_bank else frozenset()
    bank = tie_to(read_bank(settings.questions), sentences)
    if bank.orphans:
        log.warning("Left out of the bank, their sentences being gone: %s", ", ".join(bank.orphans))
    index = open_index(encoders, policies, bank, _places(settings), progress)
    judgements = read_confidence_models(settings.trained)
    contacts = settings.sensitive_contacts
    return Assistant(policies, index, judgements, settings.accepted_risk, contacts)


def _places(settings: Settings) -> IndexPaths:
    return IndexPaths(settings.data / "index", settings.trained / "questions")
