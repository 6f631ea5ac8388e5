"""The arrows between the rooms run one way, and each library is at home in few files."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW_HANDLERS = {
    "answer",
    "index",
    "desk.model",
    "desk.services",
    "knowledge",
    "knowledge.documents",
    "knowledge.parsing",
}
SURFACE = {*BELOW_HANDLERS, "handlers.conversation", "handlers.loopback"}
INSIDE_SLACK = {"handlers.slack.blocks", "handlers.slack.mrkdwn"}
INSIDE_TEAMS = {"handlers.teams.cards", "handlers.teams.verbs"}
# The rooms, and which others the files of each may import. A file belongs to the room with the
# longest name that its own begins with.
HANDLERS = {
    "handlers.conversation": BELOW_HANDLERS,
    "handlers.loopback": set(),
    "handlers.slack.mrkdwn": set(),
    "handlers.slack.blocks": {*SURFACE, "handlers.slack.mrkdwn"},
    "handlers.slack": {*SURFACE, *INSIDE_SLACK},
    "handlers.slack.listeners": {*SURFACE, *INSIDE_SLACK, "handlers.slack"},
    "handlers.slack.app": {*SURFACE, *INSIDE_SLACK, "handlers.slack", "handlers.slack.listeners"},
    "handlers.teams.verbs": SURFACE,
    "handlers.teams.cards": {*SURFACE, "handlers.teams.verbs"},
    "handlers.teams": {*SURFACE, *INSIDE_TEAMS},
    "handlers.email": SURFACE,
    "handlers.terminal": SURFACE,
    "handlers.web": SURFACE,
    "handlers.web.auth": {*SURFACE, "handlers.web"},
    "handlers.web.security": {*SURFACE, "handlers.web", "handlers.web.auth"},
    "handlers.web.subscribers": {*SURFACE, "handlers.web", "handlers.web.security"},
    "handlers.web.policies": {*SURFACE, "handlers.web"},
    "handlers.web.chat": {
        *SURFACE,
        "handlers.web",
        "handlers.web.auth",
        "handlers.web.policies",
        "handlers.web.subscribers",
    },
    "handlers.web.desk": {
        *SURFACE,
        "handlers.web",
        "handlers.web.auth",
        "handlers.web.chat",
        "handlers.web.policies",
        "handlers.web.subscribers",
    },
}
ROOMS: dict[str, set[str]] = {
    "knowledge": set(),
    "knowledge.parsing": {"knowledge"},
    "knowledge.documents": {"knowledge", "knowledge.parsing"},
    "index": {"knowledge"},
    "answer": {"index", "knowledge", "knowledge.documents"},
    "desk.model": {"knowledge"},
    "desk.storage": {"desk.model", "knowledge"},
    "desk.services": {"desk.storage", "desk.model", "knowledge"},
    **HANDLERS,
    "setting_types": {"desk.model"},
    "settings": {"setting_types"},
    "app": {"settings", "desk.storage", *BELOW_HANDLERS, *HANDLERS},
    "bot": {
        "app",
        "settings",
        "handlers.teams",
        "handlers.terminal",
        "handlers.web.policies",
        *BELOW_HANDLERS,
    },
}
OURS = {name.split(".")[0] for name in ROOMS} | {"tests"}
# Where a third-party library may be imported: files, or folders with all below them.
LIBRARIES = {
    "faiss": {"index/nearest.py", "index/candidates.py"},
    "onnxruntime": {"index/onnx_minilm.py"},
    "tokenizers": {"index/onnx_minilm.py"},
    "onnx": {"index/onnx_graph.py"},
    "sentence_transformers": {"index/general_learning.py", "index/sentence_transformer.py"},
    "transformers": {"index/sentence_transformer.py"},
    "torch": {
        "index/general_learning.py",
        "index/learning.py",
        "index/onnx_graph.py",
        "index/sentence_transformer.py",
    },
    "sklearn": {"answer/calibration.py", "answer/taught_calibration.py"},
    "scipy": {"answer/calibration.py"},
    "snowballstemmer": {"handlers/conversation/question_words.py"},
    "pdfplumber": {"knowledge/documents/pdf.py"},
    "pdfminer": {"knowledge/documents/pdf.py"},
    "lxml": {"knowledge/documents/"},
    "markdown_it": {"knowledge/documents/markdown.py"},
    "sentencex": {"knowledge/parsing/sentences.py"},
    "py3langid": {"answer/language.py"},
    "matplotlib": {
        "handlers/terminal/evaluation_plot.py",
        "handlers/terminal/report_plot.py",
    },
    "rich": {"handlers/terminal/", "app/ask.py", "app/chat.py", "app/evaluation.py"},
    "openai": {"app/question_drafts.py"},
    "async_lru": {"handlers/slack/users.py"},
    "slack_bolt": {"handlers/slack/"},
    "slack_sdk": {"handlers/slack/"},
    "botbuilder": {"handlers/teams/turns.py"},
    "yarl": {"handlers/teams/"},
    "aiohttp": {
        "handlers/loopback.py",
        "handlers/web/",
        "handlers/slack/",
        "handlers/teams/",
        "app/email.py",
        "app/serve.py",
        "app/web_application.py",
    },
    "aiohttp_sse": {"handlers/web/"},
    "multidict": {"handlers/web/forms.py"},
    "jinja2": {"handlers/email/", "handlers/web/"},
    "smtplib": {"handlers/email/"},
    "authlib": {"handlers/web/auth/openid.py"},
    "joserfc": {
        "handlers/teams/access.py",
        "handlers/teams/signing_keys.py",
        "handlers/web/auth/",
    },
    "limits": {"handlers/web/security/rate_limits.py"},
    "prometheus_client": {"handlers/web/metrics.py"},
    "click": {
        "bot.py",
        "app/command_line.py",
        "app/serve.py",
        "handlers/terminal/desk_commands.py",
        "handlers/terminal/publishing_commands.py",
        "handlers/terminal/record_commands.py",
    },
    "pydantic": {
        "settings.py",
        "setting_types.py",
        "answer/confidence.py",
        "index/sensitivity.py",
        "handlers/conversation/reply_message.py",
        "handlers/web/chat/messages.py",
    },
    "pydantic_settings": {"settings.py", "setting_types.py"},
    "sqlalchemy": {"desk/storage/"},
    "alembic": {"desk/storage/"},
    "holidays": {"desk/model/hours.py"},
    "phonenumbers": {"desk/model/masking.py"},
    "stdnum": {"desk/model/masking.py"},
}


def python_files() -> Iterator[Path]:
    for top in sorted({name.split(".")[0] for name in ROOMS}):
        folder, file = ROOT / top, ROOT / f"{top}.py"
        yield from sorted(folder.rglob("*.py")) if folder.is_dir() else [file]


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, places: set[str], separator: str) -> bool:
    return any(name == place or name.startswith(place.rstrip("/") + separator) for place in places)


def room_of(module: str) -> str:
    """Empty for a module in none of the rooms."""
    return max((room for room in ROOMS if is_within(module, {room}, ".")), key=len, default="")


def may_import(module: str, imported: str) -> bool:
    room, other = room_of(module), room_of(imported)
    return other == room or other in ROOMS[room]


@pytest.mark.parametrize("path", list(python_files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    module = name.removesuffix(".py").replace("/", ".")
    for imported in imported_by(path):
        top = imported.split(".")[0]
        if top in OURS:
            assert may_import(module, imported), f"{name} imports {imported}"
        elif top in LIBRARIES:
            assert is_within(name, LIBRARIES[top], "/"), f"{name} imports {top}"


def test_packages_import_nothing_by_themselves() -> None:
    for path in python_files():
        assert path.name != "__init__.py" or path.read_text(encoding="utf-8") == ""


def test_the_table_would_notice_an_upward_import(tmp_path: Path) -> None:
    upward = tmp_path / "upward.py"
    upward.write_text("from answer.reply import Reply\n", encoding="utf-8")
    assert set(imported_by(upward)) == {"answer.reply.Reply"}
    assert not may_import("index.search", "answer.reply.Reply")
    assert not may_import("handlers.teams.bot", "handlers.slack.app.X")
    assert not may_import("handlers.web.security.csrf", "handlers.web.desk.page.DeskPage")
    assert not may_import("handlers.web.pages", "handlers.web.auth.sessions.SESSIONS")
    assert not may_import("handlers.teams.cards.quotes", "handlers.teams.bot.TeamsBot")
    assert not may_import("knowledge.parsing.parse", "knowledge.documents.html.read_html")
    assert not may_import("knowledge.policy", "knowledge.parsing.lines.Line")


def test_no_room_imports_itself_by_way_of_others() -> None:
    assert set().union(*ROOMS.values()) <= set(ROOMS)
    TopologicalSorter(ROOMS).prepare()
