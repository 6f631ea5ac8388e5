import codecs
from pathlib import Path

import pytest

from knowledge.documents.files import read_folder, read_policies, read_policy
from knowledge.documents.reading import LARGEST
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
        (b"PK\x03\x04\x14\x00", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Word file or protected by a password"),
        (b"{\\rtf1 Staff must stop.}", "is a rich text file"),
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


def _write(path: Path, text: str = "Policy\n\nStaff must stop.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_read_in_the_order_of_its_names_and_its_subfolders_after_it(
    tmp_path: Path,
) -> None:
    for name in ("b.md", "a.txt", "C.MARKDOWN", "sub/deep/d.html", "sub/a2.txt"):
        _write(tmp_path / name)
    assert [policy.name for policy in read_policies(tmp_path)] == ["C", "a", "b", "a2", "d"]


def test_a_folder_without_policies_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePolicy, match="holds no policy"):
        read_policies(tmp_path)
    with pytest.raises(UnreadablePolicy, match="is not a folder"):
        read_policies(tmp_path / "nowhere")


def test_one_bad_file_is_named_and_the_others_serve(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = _write(tmp_path / "good.txt")
    (tmp_path / "logo.txt").write_bytes(PNG)
    found = read_folder(tmp_path)
    assert list(found.readings) == [good]
    assert [unread.path.name for unread in found.unread] == ["logo.txt"]
    assert [policy.name for policy in read_policies(tmp_path)] == ["good"]
    assert "logo.txt is an image" in caplog.text


def test_a_folder_of_bad_files_alone_is_refused_by_the_first(tmp_path: Path) -> None:
    (tmp_path / "logo.txt").write_bytes(PNG)
    with pytest.raises(UnreadablePolicy, match=r"logo\.txt is an image"):
        read_policies(tmp_path)


def test_a_file_of_an_unknown_kind_is_named(tmp_path: Path) -> None:
    _write(tmp_path / "good.txt")
    _write(tmp_path / "rates.xlsx")
    (unread,) = read_folder(tmp_path).unread
    assert unread.problem.startswith(
        f"{tmp_path / 'rates.xlsx'} is of a kind that is not read (.xlsx)"
    )


def test_hidden_files_and_locks_of_office_programs_are_no_policies(tmp_path: Path) -> None:
    _write(tmp_path / "good.txt")
    for name in (".DS_Store", "~$good.docx", ".git/notes.txt"):
        _write(tmp_path / name)
    found = read_folder(tmp_path)
    assert (len(found.policies), found.unread) == (1, ())


def test_files_of_one_name_in_different_folders_are_told_apart(tmp_path: Path) -> None:
    for name in ("policy.txt", "leave/policy.txt", "travel/policy.txt"):
        _write(tmp_path / name)
    names = [policy.name for policy in read_policies(tmp_path)]
    assert names == ["policy", "leave-policy", "travel-policy"]


def test_the_second_file_of_one_name_is_named_and_the_first_serves(tmp_path: Path) -> None:
    for name in ("travel.txt", "travel.md"):
        _write(tmp_path / name)
    found = read_folder(tmp_path)
    assert [path.name for path in found.readings] == ["travel.md"]
    assert "has the same name as" in found.unread[0].problem
