"""What README, docs and `.env.example` say agrees with the code."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot import cli
from docs.files import files_page
from docs.reference import EXAMPLE, commands_page, read_examples, settings_page
from settings import Settings, environment_name
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
MADE = {"settings.md", "commands.md", "files.md"}
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
COMMAND = re.compile(r"\bbot\.py ([^`\n]+)")
TARGET = re.compile(r"(?:`|^ +(?:.*&& )?)make ([a-z-]+)", re.MULTILINE)
SETTING = re.compile(r"^ +((?:[A-Z]+_)*[A-Z]+|Microsoft\w+)=", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]*))?\)")
ROOMS = "handlers|desk|answer|index|knowledge|app|tests|benchmarks"
PATH = re.compile(rf"`((?:{ROOMS})/[\w/.-]*)`")
LARGEST_PICTURE = 300_000  # bytes; the README is read on phones too


def commands_on(page: Path) -> Iterator[str]:
    for written in COMMAND.findall(page.read_text(encoding="utf-8")):
        yield re.sub(r"\s+#.*|[).,;:]+$", "", written)


def wrong_use(written: str) -> str:
    """Why click would not take the command; empty if it would. Nothing is run."""
    words = shlex.split(written, comments=True)
    command: click.Command = cli
    context = click.Context(command)
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words[0])
        if found is None:
            return f"there is no command {words[0]}"
        command, words = found, words[1:]
        context = click.Context(command, info_name=command.name)
    try:
        given, left_over, _ = command.make_parser(context).parse_args(words)
    except click.UsageError as error:
        return error.format_message()
    required = [each.name for each in command.params if each.required]
    missing = [
        name for name in required if not isinstance(given.get(name or ""), str | tuple | list)
    ]
    return f"left over: {left_over}" if left_over else f"missing: {missing}" if missing else ""


def headings(page: Path) -> set[str]:
    """The anchors of a page as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_pages_that_are_made_from_the_code_are_up_to_date() -> None:
    made = {"settings": settings_page(), "commands": commands_page(), "files": files_page()}
    for name, page in made.items():
        written = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
        assert written == page, "Run `make docs`."


def test_the_example_explains_every_setting_once_and_no_other() -> None:
    examples = list(read_examples(EXAMPLE.read_text(encoding="utf-8")))
    settings = [environment_name(field) for field in Settings.model_fields]
    assert sorted(example.name for example in examples) == sorted(settings)
    assert [example.name for example in examples if not example.meaning] == []


@EVERY_PAGE
def test_every_command_on_a_page_is_one_that_the_bot_takes(page: Path) -> None:
    written = commands_on(page) if page.name not in MADE else ()
    assert {command: why for command in written if (why := wrong_use(command))} == {}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("desk answer C-1 'Yes.' --cite '4(c)'", ""),
        ("desk awnser C-1", "there is no command awnser"),
        ("ask --loud", "No such option '--loud'."),
        ("clauses", "missing: ['file']"),
        ("chat hello there", "left over: ['hello', 'there']"),
    ],
)
def test_the_check_of_commands_notices_mistakes(written: str, why: str) -> None:
    assert wrong_use(written) == why


@EVERY_PAGE
def test_every_make_target_and_setting_on_a_page_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    settings = {environment_name(field) for field in Settings.model_fields}
    assert set(TARGET.findall(text)) - targets == set()
    assert set(SETTING.findall(text)) - settings == set()


@EVERY_PAGE
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    """Decisions may name files that have gone since."""
    named = PATH.findall(page.read_text(encoding="utf-8")) if page.parent.name != "adr" else []
    assert [name for name in named if not (ROOT / name).exists()] == []


@EVERY_PAGE
def test_every_link_leads_somewhere(page: Path) -> None:
    for path, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{path} does not exist"
        assert not anchor or anchor in headings(target), f"{path} has no heading {anchor}"


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "images").iterdir()}
    assert sizes
    assert max(sizes.values()) <= LARGEST_PICTURE


def test_the_readme_shows_what_the_bot_prints_at_its_start() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    serve = (ROOT / "app" / "serve.py").read_text(encoding="utf-8")
    printed = re.findall(r"click\.echo\(f\"([^\"{]+)\{", serve)
    assert len(printed) == 2
    assert [words for words in printed if words not in readme] == []
