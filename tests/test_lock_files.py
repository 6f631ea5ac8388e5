"""The lock files pin what the requirements name, with hashes. `make lock` writes them. That of
`make run` leaves out what only learning needs."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

LOCKED = re.compile(
    r"^(?P<pin>[^\s#].*?)(?: \\)?$(?P<hashes>(?:\n    --hash=sha256:[0-9a-f]{64}.*$)*)", re.M
)
TEXTS = {"requirements-run": "requirements.txt", "requirements": "requirements.txt"}
TEXTS["requirements-dev"] = "requirements-dev.txt"
EVERY_LOCK = pytest.mark.parametrize("name", TEXTS)
LEARNING = "# For learning only"


def requirements(path: Path) -> list[Requirement]:
    """What the file names, with what the files name that it includes."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.split("#")[0].strip()
        if text.startswith("-r "):
            found += requirements(path.parent / text.removeprefix("-r "))
        elif text:
            found.append(Requirement(text))
    return found


def wanted(name: str) -> list[Requirement]:
    """What the lock file `name` must pin."""
    found = requirements(ROOT / TEXTS[name])
    return found if name != "requirements-run" else [r for r in found if r not in for_learning()]


def for_learning() -> list[Requirement]:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    _, _, below = text.partition(LEARNING)
    return [Requirement(line.split("#")[0]) for line in below.splitlines()[1:]]


def locked(name: str) -> list[tuple[Requirement, int]]:
    """Each entry of the lock file, and how many hashes it has."""
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    entries = LOCKED.finditer(text)
    return [(Requirement(found["pin"]), found["hashes"].count("--hash")) for found in entries]


def version(requirement: Requirement) -> str:
    (pin,) = requirement.specifier
    assert pin.operator == "=="
    return Version(pin.version).public


@EVERY_LOCK
def test_each_requirement_is_locked_at_its_version(name: str) -> None:
    versions = {(canonicalize_name(pin.name), version(pin)) for pin, _ in locked(name)}
    named = {(canonicalize_name(r.name), version(r)) for r in wanted(name)}
    assert named <= versions, f"Run `make lock`: {named - versions}"


@EVERY_LOCK
def test_each_package_is_pinned_with_its_hashes(name: str) -> None:
    entries = locked(name)
    assert len(entries) > len(wanted(name))
    assert [str(pin) for pin, hashes in entries if hashes == 0 or not version(pin)] == []


@EVERY_LOCK
def test_no_index_is_named_and_nothing_for_graphics_cards_is_locked(name: str) -> None:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links", text) == []
    assert [pin.name for pin, _ in locked(name) if re.match("nvidia|cuda|triton", pin.name)] == []


def test_what_only_learning_needs_is_not_installed_to_run() -> None:
    names = {pin.name for pin, _ in locked("requirements-run")}
    assert len(for_learning()) == 3
    assert not names & {pin.name for pin in for_learning()}
