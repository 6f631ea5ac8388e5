"""Adaptive Cards looked over by Microsoft's own parser, and against what Teams accepts."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MISSING = "Cards are checked with Node.js 18 and the packages beside this: make test installs both"
NEWEST = (1, 5)  # the version of Adaptive Cards that Teams shows to bots
LARGEST = 28 * 1024  # bytes that Teams accepts
SPOKEN = ("fallbackText", "speak")  # for notifications, old clients, and screen readers

Card = dict[str, Any]


@dataclass(frozen=True)
class LookedOver:
    complaints: tuple[str, ...]
    words: tuple[str, ...]
    """What is read out, in order: texts, labels, titles, what is filled in; not what is hidden."""


def look_over(cards: Sequence[Card]) -> list[LookedOver]:
    """All cards in one process of Node."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules/adaptivecards").exists():
        pytest.fail(MISSING, pytrace=False)
    done = subprocess.run(
        [node, str(HERE / "cards.mjs")],
        input=json.dumps(cards),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return [
        LookedOver((*found["complaints"], *_for_teams(card)), tuple(found["words"]))
        for card, found in zip(cards, json.loads(done.stdout), strict=True)
    ]


def complaints(*cards: Card) -> list[str]:
    return [complaint for card in look_over(cards) for complaint in card.complaints]


def _for_teams(card: Card) -> Iterator[str]:
    version = str(card.get("version", ""))
    if not version:
        yield "version: missing"
    elif tuple(int(part) for part in version.split(".")) > NEWEST:
        yield f"version: {version} is newer than Teams shows, 1.5"
    size = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
    if size > LARGEST:
        yield f"size: {size} bytes, Teams accepts {LARGEST}"
    yield from (f"{name}: missing" for name in SPOKEN if not card.get(name))
