"""Writes docs/settings.md, docs/commands.md and docs/files.md from the code: `make docs`.

A test holds that these pages are what this program writes.
"""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import click
from pydantic import TypeAdapter

from bot import cli
from docs.files import files_page
from settings import HERE, Settings, environment_name, read_settings

EXAMPLE = HERE / ".env.example"
SETTING = re.compile(r"# (?P<name>\w+)=(?P<value>.*)")
SHARED = {"--policies", "--data", "--help"}
SHARED_AT_THE_DESK = {*SHARED, "--json"}
MADE = "<!-- Made by `make docs`. Change {source} instead. -->"


@dataclass(frozen=True)
class Example:
    """One setting as `.env.example` shows it."""

    section: str
    name: str
    value: str
    meaning: str


def read_examples(text: str) -> Iterator[Example]:
    """The settings of `.env.example`; the comment above a setting explains it."""
    section, comment = "", list[str]()
    for line in text.splitlines():
        setting = SETTING.fullmatch(line)
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif setting:
            yield Example(section, setting["name"], setting["value"], " ".join(comment))
        if setting or not line.startswith("# "):
            comment = []
        else:
            comment.append(line.removeprefix("# "))


def settings_page() -> str:
    fields = {environment_name(field): field for field in Settings.model_fields}
    lines = [
        MADE.format(source=".env.example"),
        "# Settings",
        "",
        "The bot reads its settings once, at the start, from the environment and from the file",
        "`.env`. Copy `.env.example` to `.env` and change what you need. A setting that is missing",
        "or wrong stops the start with one sentence that names it.",
    ]
    section = ""
    for example in read_examples(EXAMPLE.read_text(encoding="utf-8")):
        if example.section != section:
            section = example.section
            lines += ["", f"## {section}", "", "| setting | what it does | default |"]
            lines.append("|---|---|---|")
        value, default = f"`{example.value}`", is_default(fields[example.name], example.value)
        meaning = f"{example.meaning}." + ("" if default else f" Example: {value}")
        lines.append(f"| `{example.name}` | {meaning} | {value if default else 'none'} |")
    return "\n".join(lines) + "\n"


def is_default(field: str, value: str) -> bool:
    """Whether the example shows the default. It names paths as seen from the bot's folder."""
    if field == "database_url":
        return (
            f"sqlite:///{HERE}/" + value.removeprefix("sqlite:///")
            == read_settings(_env_file=None).database
        )
    info = Settings.model_fields[field]
    if isinstance(info.default, Path):
        return bool(HERE / value == info.default)
    field_type: Any = Annotated[(info.annotation, *info.metadata, None)]
    checked: TypeAdapter[object] = TypeAdapter(field_type)
    return bool(checked.validate_python(value) == info.default)


def commands_page() -> str:
    lines = [
        MADE.format(source="the help texts in bot.py and handlers/terminal/"),
        "# Commands",
        "",
        "Each command is written as `.venv/bin/python bot.py COMMAND`, or `python bot.py COMMAND`",
        "once the environment is active (`. .venv/bin/activate`). Wrong use or bad input ends with",
        "one sentence on stderr and exit status 2.",
        "",
        "Every command takes `--policies DIR` (another folder of policies), `--data DIR` (another",
        "folder for index and cases) and `-h`. Each `desk` command takes `--json`.",
    ]
    for name, command in sorted(_commands(cli, "python bot.py")):
        lines += ["", *_command_lines(name, command)]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        elif command is not None:
            yield f"{path} {name}", command


def _command_lines(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    shared = SHARED_AT_THE_DESK if " desk " in name else SHARED
    yield f"## {name.removeprefix('python bot.py ')}"
    yield ""
    yield f"    {context.command_path} {' '.join(command.collect_usage_pieces(context))}"
    yield ""
    yield inspect.cleandoc(command.help or "")
    options = [
        parameter.get_help_record(context)
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option) and not shared & {*parameter.opts}
    ]
    if options:
        yield ""
        yield "| option | what it does |"
        yield "|---|---|"
    for record in options:
        if record:
            yield f"| `{record[0]}` | {record[1]} |"


def main() -> None:
    (HERE / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")
    (HERE / "docs" / "commands.md").write_text(commands_page(), encoding="utf-8")
    (HERE / "docs" / "files.md").write_text(files_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
