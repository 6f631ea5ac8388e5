"""The arrows between the rooms run one way, and each library is known to few files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "knowledge": {"knowledge"},
    "index": {"index", "knowledge"},
    "answer": {"answer", "index", "knowledge"},
    "desk": {"desk", "knowledge"},
    "handlers": {"handlers", "answer", "desk", "index", "knowledge"},
}
STORAGE = {
    path.relative_to(ROOT).as_posix()
    for pattern in ("storage*.py", "migrations/**/*.py")
    for path in (ROOT / "desk").glob(pattern)
}


def named(surface: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "handlers").glob(f"{surface}*.py")
    }


# numpy is the language of index and answer; handlers draw with it in one file.
LIBRARIES = {
    "faiss": {"index/nearest.py"},
    "bm25s": {"index/lexical.py"},
    "sentence_transformers": {"index/minilm.py"},
    "transformers": {"index/minilm.py"},
    "torch": {"index/adapter.py", "index/learning.py", "index/minilm.py"},
    "sklearn": {"answer/calibration.py"},
    "scipy": {"answer/calibration.py"},
    "py3langid": {"answer/language.py"},
    "matplotlib": {"handlers/plot.py", "handlers/plot_desk.py", "handlers/web_charts.py"},
    "rich": {
        "handlers/terminal.py",
        "handlers/terminal_chat.py",
        "handlers/terminal_desk.py",
        "handlers/progress.py",
        "handlers/scores.py",
        "wiring/asking.py",
        "wiring/chat.py",
        "wiring/scoring.py",
    },
    # Everything of a platform or of the web stays in the files that bear its name.
    "slack_bolt": named("slack"),
    "slack_sdk": named("slack"),
    "botbuilder": named("teams"),
    "botframework": named("teams"),
    "msrest": named("teams"),
    "yarl": named("teams"),
    "aiohttp": {*named("web"), *named("slack"), *named("teams"), "wiring/serving.py"},
    "jinja2": named("web"),
    "authlib": {"handlers/web_openid.py"},
    "joserfc": {"handlers/web_openid.py", "handlers/web_departure.py"},
    "limits": {"handlers/web_limits.py"},
    "prometheus_client": {"handlers/web_metrics.py"},
    "click": {
        "bot.py",
        "wiring/command_line.py",
        "wiring/serving.py",
        "handlers/desk_commands.py",
        "handlers/desk_published.py",
        "handlers/desk_records.py",
    },
    "pydantic": {
        "settings.py",
        "answer/judgement.py",
        "handlers/bot_says.py",
        "handlers/web_letters.py",
    },
    "pydantic_settings": {"settings.py"},
    "sqlalchemy": STORAGE,
    "alembic": STORAGE,
    "holidays": {"desk/hours.py"},
    "phonenumbers": {"desk/masking.py"},
    "stdnum": {"desk/masking.py"},
}
FILES = sorted(
    path
    for room in (*ROOMS, "wiring", ".")
    for path in ((ROOT / room).glob("*.py") if room == "." else (ROOT / room).rglob("*.py"))
)


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    room = name.split("/")[0]
    tops = {module.split(".")[0] for module in imported_by(path)}
    if room in ROOMS:
        assert tops & {*ROOMS, "bot", "settings"} <= ROOMS[room]
    for library, homes in LIBRARIES.items():
        assert library not in tops or name in homes, f"{name} imports {library}"


def test_packages_import_nothing_by_themselves() -> None:
    for room in ROOMS:
        for package in (ROOT / room).rglob("__init__.py"):
            assert package.read_text(encoding="utf-8") == ""


def test_the_table_would_notice_an_upward_import(tmp_path: Path) -> None:
    upward = tmp_path / "upward.py"
    upward.write_text("from answer.reply import Reply\n", encoding="utf-8")
    assert set(imported_by(upward)) == {"answer.reply"}
    assert "answer" not in ROOMS["index"]
