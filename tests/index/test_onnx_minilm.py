from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.model_files import PACKAGED, ModelFiles, model_files
from index.onnx_graph import graph
from index.onnx_minilm import BATCH, GRAPH, OnnxMiniLm
from index.sentence_transformer import SentenceTransformerEncoder
from index.weights_file import HEADER, WEIGHTS_FILE

ADAPTER = Path("knowledge/trained/adapter.safetensors")
PLAIN = model_files(PACKAGED)
TEXTS = [
    "staff: can I use the council logo on my personal blog?",
    "ok",
    "",
    "Ŵŷ é 👍 <tag> 07700 900123",
    "word " * 400,  # longer than MiniLM reads
]


@pytest.mark.parametrize(
    "files",
    [PLAIN, replace(PLAIN, adapter=ADAPTER), replace(PLAIN, adapter=ADAPTER, strength=0.5)],
    ids=["plain", "adapted", "adapted by half"],
)
def test_its_vectors_are_those_of_sentence_transformers(files: ModelFiles) -> None:
    theirs = SentenceTransformerEncoder(files)
    ours = OnnxMiniLm(files)
    np.testing.assert_allclose(ours.encode(TEXTS), theirs.encode(TEXTS), atol=1e-5)
    assert ours.identity == theirs.identity
    assert ours.dimension == theirs.dimension


@pytest.mark.parametrize(
    "files", [PLAIN, replace(PLAIN, adapter=ADAPTER)], ids=["plain", "adapted"]
)
def test_weights_mapped_from_the_disk_are_the_same(files: ModelFiles, tmp_path: Path) -> None:
    expected = OnnxMiniLm(files).encode(TEXTS)
    for _ in range(2):  # written, then read
        np.testing.assert_array_equal(OnnxMiniLm(files, tmp_path).encode(TEXTS), expected)
    assert len(list(tmp_path.iterdir())) == 1


def test_damaged_weights_are_written_again(tmp_path: Path) -> None:
    expected = OnnxMiniLm(PLAIN, tmp_path).encode(TEXTS)
    (written,) = tmp_path.glob(f"*/{WEIGHTS_FILE}")
    written.write_bytes(written.read_bytes()[:-1000])
    np.testing.assert_array_equal(OnnxMiniLm(PLAIN, tmp_path).encode(TEXTS), expected)


def test_the_header_of_the_file_is_as_long_as_the_graph_takes_it_to_be(tmp_path: Path) -> None:
    np.save(tmp_path / WEIGHTS_FILE, np.zeros(22_000_000, dtype=np.float32))
    mapped = np.load(tmp_path / WEIGHTS_FILE, mmap_mode="r")
    assert mapped.offset == HEADER


def test_many_texts_come_back_in_their_order() -> None:
    encoder = OnnxMiniLm(PLAIN)
    texts = [f"question {number}" for number in range(2 * BATCH + 1)]
    together = encoder.encode(texts)
    assert together.shape == (len(texts), encoder.dimension)
    np.testing.assert_allclose(together[-1], encoder.encode(texts[-1:])[0], atol=1e-5)


def test_where_weights_cannot_be_written_they_stay_in_memory(tmp_path: Path) -> None:
    place = tmp_path / "encoders"
    place.write_text("a file where a folder belongs", encoding="utf-8")
    expected = OnnxMiniLm(PLAIN).encode(TEXTS[:2])
    np.testing.assert_array_equal(OnnxMiniLm(PLAIN, place).encode(TEXTS[:2]), expected)


def test_no_texts_are_no_vectors() -> None:
    assert OnnxMiniLm(PLAIN).encode([]).shape == (0, PLAIN.dimension)


def test_threads_may_share_it() -> None:
    encoder = OnnxMiniLm(PLAIN)
    with ThreadPoolExecutor(4) as threads:
        first, *rest = threads.map(encoder.encode, [TEXTS[:1]] * 8)
    for each in rest:
        np.testing.assert_array_equal(each, first)


def test_the_graph_is_the_one_that_the_exporter_writes() -> None:
    assert graph() == GRAPH.read_bytes()
