"""The built index on disk: a folder named by a hash of all that went into it.

A build writes a folder beside and renames it when it is whole, so that a killed build leaves
nothing that could be read; a folder of other ingredients has another name, so that a stale one
is never read either.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoder import Vectors
from index.nearest import NearestVectors
from knowledge.bank import BankQuestion
from knowledge.policy import Policy

FORMAT = 1
KEPT = 4  # indexes of other policies or models, so that going back costs nothing
QUESTIONS, SENTENCES, PROTOTYPES, MANIFEST = (
    "questions.faiss",
    "sentences.npy",
    "prototypes.npy",
    "manifest.json",
)


@dataclass(frozen=True)
class Stored:
    """What takes long to make: the vectors of `index.search.Index`."""

    question_vectors: NearestVectors
    sentence_vectors: Vectors
    prototypes: Vectors


def fingerprint(
    identity: str, policies: Sequence[Policy], questions: Sequence[BankQuestion]
) -> str:
    ingredients = hashlib.sha256(f"{FORMAT} {identity}".encode())
    for part in (*policies, *questions):
        ingredients.update(repr(part).encode())
    return ingredients.hexdigest()[:32]


def read(folder: Path, name: str) -> Stored | None:
    """None when there is no whole, undamaged index of that name."""
    place = folder / name
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        if manifest != _digests(place):
            return None
        return Stored(
            NearestVectors.read(place / QUESTIONS),
            np.load(place / SENTENCES),
            np.load(place / PROTOTYPES),
        )
    except (OSError, ValueError, RuntimeError):
        return None


def write(folder: Path, name: str, stored: Stored) -> None:
    """Raises OSError when the disk does not take it; the old index then stays as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    try:
        stored.question_vectors.write(beside / QUESTIONS)
        np.save(beside / SENTENCES, stored.sentence_vectors)
        np.save(beside / PROTOTYPES, stored.prototypes)
        (beside / MANIFEST).write_text(json.dumps(_digests(beside)), encoding="utf-8")
        _swap(beside, folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _remove_oldest(folder)


def _swap(beside: Path, place: Path) -> None:
    # A folder cannot be renamed over one that is not empty. One of the same name is either damaged
    # or what a parallel build has just finished from the same ingredients.
    shutil.rmtree(place, ignore_errors=True)
    beside.rename(place)


def _remove_oldest(folder: Path) -> None:
    """Of the indexes, and of what killed builds left behind."""
    latest_first = sorted(folder.iterdir(), key=_age)
    for old in latest_first[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _age(path: Path) -> float:
    # A parallel process may remove what this one has just listed.
    return -path.stat().st_mtime if path.exists() else 0.0


def _digests(place: Path) -> dict[str, str]:
    files = (QUESTIONS, SENTENCES, PROTOTYPES)
    return {file: hashlib.sha256((place / file).read_bytes()).hexdigest() for file in files}
