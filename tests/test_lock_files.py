"""The lock files pin what the requirements name, with hashes. `make lock` writes them."""

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
EVERY_LOCK = pytest.mark.parametrize("name", ["requirements", "requirements-dev"])


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
    wanted = {(canonicalize_name(r.name), version(r)) for r in requirements(ROOT / f"{name}.txt")}
    assert wanted <= versions, f"Run `make lock`: {wanted - versions}"


@EVERY_LOCK
def test_each_package_is_pinned_with_its_hashes(name: str) -> None:
    entries = locked(name)
    assert len(entries) > len(requirements(ROOT / f"{name}.txt"))
    assert [str(pin) for pin, hashes in entries if hashes == 0 or not version(pin)] == []


@EVERY_LOCK
def test_no_index_is_named_and_nothing_for_graphics_cards_is_locked(name: str) -> None:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links", text) == []
    assert [pin.name for pin, _ in locked(name) if re.match("nvidia|cuda|triton", pin.name)] == []
