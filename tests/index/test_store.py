import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import store
from index.build import open_index
from index.learned_bank import IndexPaths, ship_questions
from index.query_text import query_text
from index.search import Encoders
from knowledge.bank import tie_to
from knowledge.policy import sentences_of
from tests.toy import POLICY, WordEncoder
from tests.toy_bot import QUESTIONS, nothing

ROOT = Path(__file__).parents[2]
VECTORS = np.eye(4, dtype=np.float32)
STORED = {"one.npy": VECTORS, "two.npy": VECTORS[:2]}


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    store.write(tmp_path, "a", STORED)
    read = store.read(tmp_path, "a")
    assert [*read] == ["one.npy", "two.npy"]
    assert (read["one.npy"] == VECTORS).all()


def test_a_folder_of_another_name_is_not_read(tmp_path: Path) -> None:
    store.write(tmp_path, "a", STORED)
    assert store.read(tmp_path, "b") == {}


@pytest.mark.parametrize("file", STORED)
def test_a_damaged_file_is_not_read(tmp_path: Path, file: str) -> None:
    store.write(tmp_path, "a", STORED)
    (tmp_path / "a" / file).write_bytes(b"damaged")
    assert store.read(tmp_path, "a") == {}


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_a_damaged_manifest_is_not_read(tmp_path: Path, manifest: bytes) -> None:
    store.write(tmp_path, "a", STORED)
    (tmp_path / "a" / store.MANIFEST).write_bytes(manifest)
    assert store.read(tmp_path, "a") == {}


WRITER = """
import sys
from pathlib import Path
import numpy as np
from index import store
vectors = np.eye(400, dtype=np.float32)
for _ in range(1000):
    print("begins", flush=True)
    store.write(Path(sys.argv[1]), "new", {"one.npy": vectors, "two.npy": vectors})
"""


@pytest.mark.parametrize("begun", [1, 2, 4, 8, 16, 40])
def test_a_build_killed_at_any_moment_leaves_only_whole_indexes(tmp_path: Path, begun: int) -> None:
    """The kill hits one of the next writes, in the middle more often than not."""
    store.write(tmp_path, "old", STORED)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        for _ in range(begun):
            writer.stdout.readline()
        writer.kill()
    assert store.read(tmp_path, "old")
    assert len(store.read(tmp_path, "new")) in (0, 2)
    store.write(tmp_path, "new", STORED)
    assert len(store.read(tmp_path, "new")["one.npy"]) == 4


def test_only_the_folders_used_last_are_kept(tmp_path: Path) -> None:
    names = [f"index-{number:02}" for number in range(store.KEPT + 2)]
    for age, name in enumerate(names):
        store.write(tmp_path, name, STORED)
        os.utime(tmp_path / name, (age, age))
    store.write(tmp_path, "latest", STORED)
    assert sorted(path.name for path in tmp_path.iterdir()) == [*names[-store.KEPT + 1 :], "latest"]


def test_the_fingerprint_depends_on_every_ingredient() -> None:
    changed = replace(POLICY, title="Another title")
    names = {
        store.fingerprint("encoder", POLICY, *QUESTIONS),
        store.fingerprint("other encoder", POLICY, *QUESTIONS),
        store.fingerprint("encoder", changed, *QUESTIONS),
        store.fingerprint("encoder", POLICY, *QUESTIONS[1:]),
    }
    assert len(names) == 4


def places(folder: Path) -> IndexPaths:
    return IndexPaths(folder / "built", folder / "shipped")


def test_an_index_is_built_once_and_then_read(tmp_path: Path) -> None:
    bank = tie_to(QUESTIONS, sentences_of([POLICY]))
    first, second = WordEncoder(), WordEncoder()
    open_index(Encoders(first, first), [POLICY], bank, places(tmp_path), nothing)
    open_index(Encoders(second, second), [POLICY], bank, places(tmp_path), nothing)
    assert first.encoded
    assert not second.encoded


def test_another_policy_does_not_read_the_bank_again(tmp_path: Path) -> None:
    bank = tie_to(QUESTIONS, sentences_of([POLICY]))
    first, second = WordEncoder(), WordEncoder()
    open_index(Encoders(first, first), [POLICY], bank, places(tmp_path), nothing)
    retitled = replace(POLICY, title="Another title")
    open_index(Encoders(second, second), [retitled], bank, places(tmp_path), nothing)
    assert len(second.encoded) == 6 < len(first.encoded)


def test_vectors_that_came_with_the_program_are_not_made_again(tmp_path: Path) -> None:
    bank = tie_to(QUESTIONS, sentences_of([POLICY]))
    ship_questions(WordEncoder(), bank, places(tmp_path).shipped, nothing)
    encoder = WordEncoder()
    index = open_index(Encoders(encoder, encoder), [POLICY], bank, places(tmp_path), nothing)
    assert len(encoder.encoded) == 6
    evidence = index.search(bank.questions[0].asked)
    assert evidence.neighbours[0].question == bank.questions[0]
    assert abs(evidence.neighbours[0].similarity - 1.0) < 0.001


def test_a_policy_that_lost_a_sentence_takes_the_vectors_of_the_questions_that_stay(
    tmp_path: Path,
) -> None:
    bank = tie_to(QUESTIONS, sentences_of([POLICY]))
    ship_questions(WordEncoder(), bank, places(tmp_path).shipped, nothing)
    shorter = replace(POLICY, clauses=POLICY.clauses[1:])
    fewer = tie_to(QUESTIONS, sentences_of([shorter]))
    assert fewer.orphans
    encoder = WordEncoder()
    index = open_index(Encoders(encoder, encoder), [shorter], fewer, places(tmp_path), nothing)
    assert not {query_text(each.asked) for each in fewer.questions}.intersection(encoder.encoded)
    for question in fewer.questions:
        neighbours = index.search(question.asked).neighbours
        (own,) = [each for each in neighbours if each.question == question]
        assert abs(own.similarity - 1.0) < 0.001


def test_vectors_of_another_bank_are_not_taken(tmp_path: Path) -> None:
    bank = tie_to(QUESTIONS, sentences_of([POLICY]))
    ship_questions(WordEncoder(), bank, places(tmp_path).shipped, nothing)
    encoder = WordEncoder()
    fewer = tie_to(QUESTIONS[1:], sentences_of([POLICY]))
    open_index(Encoders(encoder, encoder), [POLICY], fewer, places(tmp_path), nothing)
    assert len(encoder.encoded) == 6 + len(fewer.questions)
