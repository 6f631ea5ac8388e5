from pathlib import Path

from click.testing import CliRunner

from bot import cli
from handlers.web.policies.reading_preview import preview_page, rows
from knowledge.documents.reading import read
from tests.knowledge.documents.corpus.model import STYLES, invent
from tests.knowledge.documents.corpus.paper import pdf

INVENTED = invent(STYLES[0], 1)
READING = read(pdf(INVENTED), "rules.pdf")


def test_every_clause_stands_once_beside_the_lines_that_it_was_read_from() -> None:
    shown = list(rows(READING))
    assert [row.clause for row in shown if row.clause] == list(READING.policy.clauses)
    for row in shown:
        if row.clause:
            assert row.clause.text.split("\n")[0].split()[0] in row.lines[0].printed
            assert row.place == f"page {row.clause.page}"
    printed = [line for line in READING.lines if line.printed]
    assert [line for row in shown for line in row.lines] == printed


def test_the_page_shows_labels_obligations_warnings_and_what_was_left_out() -> None:
    page = preview_page(READING, "rules.pdf")
    first = READING.policy.clauses[0]
    assert f"<strong>{first.section}</strong>" in page
    assert f"<em>{first.sentences[0].obligation}</em>" in page
    assert "(page header or footer, page 1)" in page
    assert INVENTED.title in page


def test_a_hostile_document_cannot_write_markup_into_the_page() -> None:
    page = preview_page(
        read(b"1. Keys\n\nStaff must <script>alert(1)</script> stop.\n", "a.txt"), "a.txt"
    )
    assert "<script>" not in page


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    policy, page = tmp_path / "keys.txt", tmp_path / "keys.html"
    policy.write_text("1. Keys\n\nStaff must stop.\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["clauses", str(policy), "--html", str(page)])
    assert done.exit_code == 0
    assert "Staff must stop." in page.read_text(encoding="utf-8")


def test_the_command_names_a_file_that_it_cannot_read(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\nbroken")
    done = CliRunner().invoke(cli, ["clauses", str(scan)])
    assert done.exit_code == 2
    assert "scan.pdf is damaged" in done.output
    assert "Traceback" not in done.output
