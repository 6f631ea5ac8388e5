"""The encoders that the settings name."""

from answer.artifacts import read_encoders
from index.search import Encoders
from settings import Settings


def encoders_of(settings: Settings) -> Encoders:
    """Their weights are kept beside the index, from where they load at once. Raises BadModel."""
    return read_encoders(settings.trained, settings.model, settings.data / "encoders")
