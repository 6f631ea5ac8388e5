"""Vectors of sentences and of example questions, kept on disk: a changed text costs one encoding,
not all."""

import hashlib
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from index.encoder import Encoder, Vectors
from index.encoding import Progress, encode
from index.store import fingerprint

TASK = "Reading {count} example questions"
SUFFIX = ".npz"


class KeptVectors:
    """A file for each set of texts. It holds digests and vectors, and no texts."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._folder = folder

    def of(self, name: str, texts: Sequence[str], progress: Progress) -> Vectors:
        """Shape (texts, d). `name` names the set: the next call for it replaces what is kept.

        Raises OSError where the folder cannot be written.
        """
        path = self._path(name)
        kept = _read(path)
        digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        missing = {
            digest: text for digest, text in zip(digests, texts, strict=True) if digest not in kept
        }
        found = kept | self._encoded(missing, progress)
        rows = [found[digest] for digest in digests]
        if missing or len(kept) > len(set(digests)):
            _write(path, {digest: found[digest] for digest in digests})
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._encoder.dimension)

    def keep_only(self, names: Collection[str]) -> None:
        """Remove what is kept of every other set, and of these sets by other encoders."""
        kept = set(map(self._path, names))
        for path in self._folder.glob(f"*{SUFFIX}"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{fingerprint(self._encoder.identity, name)}{SUFFIX}"

    def _encoded(self, texts: dict[str, str], progress: Progress) -> dict[str, Vectors]:
        task = TASK.format(count=len(texts))
        vectors = encode(self._encoder, list(texts.values()), task, progress)
        return dict(zip(texts, vectors, strict=True))


def _read(path: Path) -> dict[str, Vectors]:
    """By digest; none where there is no undamaged file."""
    try:
        with np.load(path) as stored:
            return dict(zip(map(str, stored["digests"]), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def _write(path: Path, vectors: dict[str, Vectors]) -> None:
    """Whole or not at all: another process may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as out:
        beside = Path(out.name)
        try:
            digests = np.array(list(vectors), dtype="U64")
            np.savez(out, digests=digests, vectors=np.array(list(vectors.values())))
        except BaseException:
            beside.unlink()
            raise
    beside.rename(path)
