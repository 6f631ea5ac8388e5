"""Policy files and folders of them in, policies out."""

import logging
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents.formats import KINDS, SUFFIXES
from knowledge.documents.reading import LARGEST, read
from knowledge.errors import UnreadablePolicy
from knowledge.parsing.document import Reading
from knowledge.policy import Policy

log = logging.getLogger(__name__)
_NOT_MEANT = ("~$", ".")
"""How the names of Word's lock files and of hidden files begin."""
_QUESTIONS = ".questions.jsonl"
"""Questions about the policy of the same name, for training."""


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """`problem` is one clear sentence that names the file."""

    path: Path
    problem: str


@dataclass(frozen=True, slots=True)
class PolicyFolder:
    """What a folder of policies holds: the files that could be read, by path, and the others."""

    readings: dict[Path, Reading]
    unread: tuple[UnreadFile, ...]

    @property
    def policies(self) -> tuple[Policy, ...]:
        return tuple(reading.policy for reading in self.readings.values())


def read_policy(path: Path) -> Policy:
    """Raises UnreadablePolicy when the file is missing, cannot be read or holds no sentence."""
    return read_file(path).policy


def read_file(path: Path) -> Reading:
    """Raises UnreadablePolicy as `read_policy` does."""
    return read(_content(path), str(path))


def read_policies(folder: Path, kept_in: Path | None = None) -> tuple[Policy, ...]:
    """Every policy in the folder and its sub-folders, by path. Files that cannot be read are
    logged. `kept_in` as `read` takes it. Raises UnreadablePolicy when none can be read."""
    found = read_folder(folder, kept_in)
    for unread in found.unread:
        log.warning("%s", unread.problem)
    return found.policies


def read_folder(folder: Path, kept_in: Path | None = None) -> PolicyFolder:
    """`kept_in` as `read` takes it. Raises UnreadablePolicy when the folder is missing or holds
    no policy that can be read."""
    if not folder.is_dir():
        raise UnreadablePolicy(f"{folder} is not a folder: name the folder of the policies.")
    readings: dict[Path, Reading] = {}
    unread: list[UnreadFile] = []
    names: dict[str, Path] = {}
    for path in _files(folder):
        try:
            name = _name(path, folder, names)
            readings[path] = read(_content(path), str(path), name, kept_in)
            names[name] = path
        except UnreadablePolicy as problem:
            unread.append(UnreadFile(path, str(problem)))
    if not readings:
        why = f" {unread[0].problem}" if unread else ""
        raise UnreadablePolicy(f"{folder} holds no policy: put {KINDS} into it.{why}")
    return PolicyFolder(readings, tuple(unread))


def _files(folder: Path) -> list[Path]:
    """Files near the top come first, so that they keep their names whatever is added below."""
    found = [
        path
        for path in folder.rglob("*")
        if path.is_file() and not _is_no_policy(path.relative_to(folder))
    ]
    return sorted(found, key=lambda path: (len(path.parts), str(path)))


def _is_no_policy(path: Path) -> bool:
    return path.name.endswith(_QUESTIONS) or any(part.startswith(_NOT_MEANT) for part in path.parts)


def _name(path: Path, folder: Path, names: dict[str, Path]) -> str:
    """The file's stem; where another file has it, with the names of the sub-folders before it."""
    if path.suffix.lower() not in SUFFIXES:
        kind = path.suffix or "no suffix"
        raise UnreadablePolicy(
            f"{path} is of a kind that is not read ({kind}): save it as {KINDS}."
        )
    full = "-".join(path.relative_to(folder).with_suffix("").parts)
    for name in (path.stem, full):
        if name not in names:
            return name
    raise UnreadablePolicy(f"{path} has the same name as {names[full]}: rename one of them.")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            limit = LARGEST // 1024 // 1024
            raise UnreadablePolicy(f"{path} is larger than {limit} MB: split it.")
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadablePolicy(f"{path} does not exist: check the name.") from None
    except IsADirectoryError:
        raise UnreadablePolicy(f"{path} is a folder: name one policy file.") from None
    except OSError as error:
        raise UnreadablePolicy(f"{path} cannot be read: {error.strerror}.") from error
