from pathlib import Path

from knowledge.documents.reading import read
from tests.knowledge.documents.corpus.model import STYLES, invent
from tests.knowledge.documents.corpus.paper import pdf

CONTENT = pdf(invent(STYLES[0], 1))


def test_a_pdf_is_read_once_and_then_kept(tmp_path: Path) -> None:
    first = read(CONTENT, "a.pdf", kept_in=tmp_path)
    assert read(CONTENT, "b.pdf", "a", tmp_path) == first
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"Policy", b"Kept policy"))
    assert "Kept policy" in read(CONTENT, "a.pdf", kept_in=tmp_path).policy.title


def test_what_was_kept_in_part_is_read_anew(tmp_path: Path) -> None:
    first = read(CONTENT, "a.pdf", kept_in=tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    assert read(CONTENT, "a.pdf", kept_in=tmp_path) == first


def test_nothing_is_kept_where_no_folder_is_named(tmp_path: Path) -> None:
    assert read(CONTENT, "a.pdf").policy.clauses
    assert list(tmp_path.iterdir()) == []
