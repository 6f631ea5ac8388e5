import codecs
from pathlib import Path

import pytest

from knowledge.documents.files import LARGEST, read_policies, read_policy
from knowledge.errors import BadInput, UnreadablePolicy

TEXT = "Mobile phones\n\n1. Calls\n\nStaff’s calls cost £5 – don’t make them.\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-16 big-endian", "windows"],
)
def test_the_usual_encodings_read_alike(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "phones.txt"
    file.write_bytes(content)
    policy = read_policy(file)
    assert (policy.name, policy.title) == ("phones", "Mobile phones")
    assert policy.clauses[0].text == "Staff’s calls cost £5 – don’t make them."


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (PNG, "is an image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is an image"),
        (b"PK\x03\x04\x14\x00", "is a Word file or another archive"),
        (b"<!DOCTYPE html><p>Staff must stop.", "is a web page"),
        (b"%PDF-1.7\n1 0 obj", "is a PDF"),
        (b"Staff\x00must\x00stop.", "is no text"),
        (b"\x01\x02\x03\x04" * 20, "is no text"),
        (b"Staff must stop \x81\x8d.", "is neither UTF-8 nor CP1252"),
        (b"\xff\xfeS\x00t", "is neither UTF-8 nor UTF-16"),
        (b"*** --- ***\n\n...", "holds no sentence"),
    ],
)
def test_what_is_no_policy_is_refused_by_name(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    file = tmp_path / "phones.txt"
    file.write_bytes(content)
    with pytest.raises(UnreadablePolicy, match=f"phones.*{complaint}") as refusal:
        read_policy(file)
    assert isinstance(refusal.value, BadInput)
    assert str(refusal.value).count("\n") == 0


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePolicy, match=r"nowhere\.txt does not exist"):
        read_policy(tmp_path / "nowhere.txt")
    with pytest.raises(UnreadablePolicy, match="is a folder"):
        read_policy(tmp_path)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as content:
        content.truncate(LARGEST + 1)
    with pytest.raises(UnreadablePolicy, match="larger than 20 MB"):
        read_policy(file)


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "C.MARKDOWN", "notes.docx"):
        (tmp_path / name).write_text("Policy\n\nStaff must stop.\n", encoding="utf-8")
    assert [policy.name for policy in read_policies(tmp_path)] == ["C", "a", "b"]


def test_a_folder_without_policies_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePolicy, match="holds no policy"):
        read_policies(tmp_path)
    with pytest.raises(UnreadablePolicy, match="is not a folder"):
        read_policies(tmp_path / "nowhere")


def test_one_bad_file_refuses_the_folder_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Staff must stop.", encoding="utf-8")
    (tmp_path / "logo.txt").write_bytes(PNG)
    with pytest.raises(UnreadablePolicy, match=r"logo\.txt is an image"):
        read_policies(tmp_path)


def test_two_files_with_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("travel.txt", "travel.md"):
        (tmp_path / name).write_text("Staff must stop.", encoding="utf-8")
    with pytest.raises(UnreadablePolicy, match="2 files called travel"):
        read_policies(tmp_path)
