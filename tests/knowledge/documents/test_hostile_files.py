"""Files that are damaged, protected, far too large or made to harm: one clear sentence each."""

import io
import zipfile
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from knowledge.documents.reading import MOST_TEXT, read
from knowledge.errors import UnreadablePolicy
from tests.knowledge.documents.corpus.model import STYLES, invent
from tests.knowledge.documents.corpus.opendocument import open_document
from tests.knowledge.documents.corpus.paper import pdf
from tests.knowledge.documents.corpus.word import word_file

INVENTED = invent(STYLES[0], 1)


def _refusal(content: bytes, name: str) -> str:
    with pytest.raises(UnreadablePolicy) as refusal:
        read(content, name)
    sentence = str(refusal.value)
    assert sentence.startswith(f"{name} ")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


def _archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _with_part(content: bytes, part: str, change: bytes) -> bytes:
    """The archive with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _archive(**{**parts, part: change})


def _drawn(text: str, encrypt: StandardEncryption | None = None) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=encrypt, pageCompression=0)
    canvas.drawString(72, 720, text)
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word_file(INVENTED)),
        ("a.odt", open_document(INVENTED)),
        ("a.pdf", pdf(INVENTED)),
    ],
)
def test_a_file_cut_off_or_overwritten_is_damaged(name: str, content: bytes) -> None:
    _refusal(content[: len(content) // 3], name)
    _refusal(content[:300] + b"\xff" * (len(content) - 300), name)


def test_a_scan_is_named_and_the_remedy_too() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(72, 72, 300, 300, fill=1)
    canvas.save()
    assert _refusal(stream.getvalue(), "scan.pdf") == (
        "scan.pdf is a scan: run it through text recognition first (ocrmypdf), or send the Word"
        " file."
    )


def test_a_protected_pdf_is_named() -> None:
    content = _drawn("Staff must stop.", encrypt=StandardEncryption("secret", canPrint=1))
    assert "is protected by a password: save it without one." in _refusal(content, "a.pdf")


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    content = _drawn("Staff must stop.", encrypt=StandardEncryption("", "owner"))
    assert read(content, "a.pdf").policy.clauses[0].text == "Staff must stop."


def test_a_protected_word_file_is_named() -> None:
    assert "protected by a password" in _refusal(b"\xd0\xcf\x11\xe0" + b"\x00" * 512, "a.docx")


def test_an_archive_that_unpacks_to_gigabytes_is_refused_unpacked() -> None:
    bomb = _archive(**{"word/document.xml": b"x", "word/media/big": b"\x00" * 250_000_000})
    assert len(bomb) < 1_000_000
    assert "unpacks to more than 200 MB" in _refusal(bomb, "a.docx")


def test_a_part_with_too_much_markup_is_refused() -> None:
    large = b"<w>" + b" " * 70_000_000 + b"</w>"
    assert "MB of text and markup" in _refusal(_archive(**{"word/document.xml": large}), "a.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml"])
def test_entities_are_neither_fetched_nor_expanded(part: str) -> None:
    hostile = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">'
        b'<!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
    )
    content = _with_part(word_file(INVENTED), part, hostile)
    assert "declares its own entities" in _refusal(content, "a.docx")


def test_macros_are_reported_and_ignored() -> None:
    content = _with_part(word_file(INVENTED), "word/vbaProject.bin", b"\x00macro")
    policy = read(content, "a.docm").policy
    assert policy.defects[0].problem == "the file contains macros"
    assert len(policy.clauses) > 3


def test_a_pdf_whose_pages_unpack_to_gigabytes_is_bounded() -> None:
    """A page of 200 MB of drawing commands in a file of 200 KB."""
    commands = zlib.compress(b"BT (x) Tj ET\n" * 16_000_000, 9)
    source = _drawn("Staff must stop.")
    start = source.index(b"stream\r\n") if b"stream\r\n" in source else source.index(b"stream\n")
    end = source.index(b"endstream")
    head = source[:start].replace(b"/Length", b"/Filter /FlateDecode /Length", 1)
    hostile = head + b"stream\n" + commands + b"\n" + source[end:]
    sentence = _refusal(hostile, "a.pdf")
    assert "scan" in sentence or "too much time or memory" in sentence or "damaged" in sentence


def test_five_megabytes_of_text_are_refused_in_one_sentence() -> None:
    content = b"Staff must stop. " * 300_000
    assert f"more than {MOST_TEXT:,} characters" in _refusal(content, "a.txt")
    page = b"<html><body><p>" + content + b"</p></body></html>"
    assert f"more than {MOST_TEXT:,} characters" in _refusal(page, "a.html")


def test_markup_nested_beyond_measure_is_refused() -> None:
    page = b"<html><body>" + b"<div>" * 50_000 + b"Staff must stop." + b"</body></html>"
    assert "holds no sentence" in _refusal(page, "a.html")


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ({"xl/workbook.xml": b"<x/>"}, "is an archive, a spreadsheet or slides"),
        ({"ppt/presentation.xml": b"<x/>"}, "is an archive, a spreadsheet or slides"),
        ({"notes.txt": b"Staff must stop."}, "is an archive, a spreadsheet or slides"),
        ({"word/document.xml": b"<x/>"}, "is damaged"),
        ({"content.xml": b"<x/>"}, "is no text document"),
    ],
)
def test_other_archives_are_named(parts: dict[str, bytes], complaint: str) -> None:
    assert complaint in _refusal(_archive(**parts), "a.docx")


def test_what_a_suffix_promises_and_the_content_does_not_hold_is_refused() -> None:
    assert "is damaged or not PDF" in _refusal(b"Staff must stop.", "a.pdf")


def test_a_page_named_as_text_is_read_as_a_page() -> None:
    policy = read(b"<!DOCTYPE html><html><p>Staff must <b>stop</b>.</html>", "a.txt").policy
    assert policy.clauses[0].text == "Staff must stop."


def test_scripts_and_hidden_text_of_a_page_are_no_policy() -> None:
    page = (
        b"<html><head><title>Keys</title></head><body><main><h1>Keys</h1><script>alert(1)</script>"
        b"<p style='display:none'>Staff may stop.</p><p>Staff must stop.</p></main></body></html>"
    )
    policy = read(page, "a.html").policy
    assert [clause.text for clause in policy.clauses] == ["Staff must stop."]
