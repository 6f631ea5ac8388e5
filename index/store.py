"""What takes long to make, on disk: folders of arrays, named by a hash of all that went in.

A build writes a folder beside and renames it when it is whole, so that a killed build leaves
nothing that could be read; a folder of other ingredients has another name, so that a stale one
is never read either.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 2
KEPT = 9  # folders, so that going back to other policies or another model costs nothing
MANIFEST = "manifest.json"

Arrays = Mapping[str, NDArray[Any]]
"""By the names of their files."""


def fingerprint(*ingredients: object) -> str:
    """Of texts and frozen dataclasses, which show all they hold."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for part in ingredients:
        digest.update(repr(part).encode())
    return digest.hexdigest()[:32]


def read(folder: Path, name: str) -> Arrays:
    """The arrays, mapped from the disk; none when there is no whole, undamaged folder of that
    name."""
    place = folder / name
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        if not manifest or manifest != _digests(place, manifest):
            return {}
        with suppress(OSError):  # what came with the program may be read-only
            os.utime(place)  # the least used folders are removed first
        return {file: np.load(place / file, mmap_mode="r") for file in manifest}
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def write(folder: Path, name: str, arrays: Arrays, kept: int = KEPT) -> None:
    """`kept` is the number of folders that stay, the least used being removed. Raises OSError when
    the disk does not take it; what was there before stays as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    try:
        for file, array in arrays.items():
            with (beside / file).open("wb") as out:
                np.save(out, array)
        (beside / MANIFEST).write_text(json.dumps(_digests(beside, arrays)), encoding="utf-8")
        _swap(beside, folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _remove_least_used(folder, kept)


def _swap(beside: Path, place: Path) -> None:
    # A folder cannot be renamed over one that is not empty. One of the same name is either damaged
    # or what a parallel build has just finished from the same ingredients.
    shutil.rmtree(place, ignore_errors=True)
    beside.rename(place)


def _remove_least_used(folder: Path, kept: int) -> None:
    """Of the folders, and of what killed builds left behind."""
    latest_first = sorted(folder.iterdir(), key=_age)
    for old in latest_first[kept:]:
        shutil.rmtree(old, ignore_errors=True)


def _age(path: Path) -> float:
    # A parallel process may remove what this one has just listed.
    return -path.stat().st_mtime if path.exists() else 0.0


def _digests(place: Path, files: Iterable[str]) -> dict[str, str]:
    return {file: _digest(place / file) for file in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
