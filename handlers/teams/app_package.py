"""The app package that a Teams administrator uploads: a manifest and two icons in a zip."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from knowledge.errors import BadInput

ICONS = Path(__file__).parent / "icons"
ACCENT = "#1F4E79"  # the background of color.png
VERSION = "1.0.0"
SCHEMA_VERSION = "1.30"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json"
NAME = "Policy Assistant"
SCOPES = ["personal", "team", "groupChat"]
SHORT = "Quotes the policy that answers your question, or asks the communications team."
FULL = (
    "Ask what the council's policies say, in your own words. The assistant quotes the sentence "
    "that answers, with its section; it writes no rules of its own. When it is not sure, the "
    "communications team gets your question, and their answer comes back to where you asked. It "
    "runs on the council's own machines, and reads only what is written to it."
)
COMMANDS = {
    "help": "Examples, and your choices",
    "my cases": "Your questions with the communications team",
    "unnamed: ": "Ask without showing your name to the communications team",
}
NEEDS_APP = (
    "The package names the app registration of the bot: set MicrosoftAppId (see docs/teams.md)."
)
NEEDS_URL = (
    "The package names the pages of the bot: set PUBLIC_URL to the https address at which the bot "
    "is reached (it is {url!r})."
)
PERMISSIONS = """Resource-specific consent: the manifest asks for none.
Without it Teams passes on messages that mention the bot, messages in its own chat, and what people
press on its cards. With ChannelMessage.Read.Group and ChatMessage.Read.Chat the bot would also get
replies that do not mention it, and with them every other message of the team. A bot that answers
when it is asked does not need those."""


@dataclass(frozen=True, slots=True)
class App:
    """`url`: where the bot is reached. `council`: the name of the developer, at most 32 characters.

    Raises BadInput for what cannot be in a package.
    """

    app_id: str
    url: str
    council: str = "Communications"

    def __post_init__(self) -> None:
        if not self.app_id:
            raise BadInput(NEEDS_APP)
        if urlsplit(self.url).scheme != "https":
            raise BadInput(NEEDS_URL.format(url=self.url))


def write_package(app: App, path: Path) -> None:
    files = {
        "manifest.json": json.dumps(manifest(app), indent=2, ensure_ascii=False).encode(),
        **{name: (ICONS / name).read_bytes() for name in ("color.png", "outline.png")},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            # A fixed time, so that the same settings give the same bytes.
            package.writestr(zipfile.ZipInfo(name), content)


def manifest(app: App) -> dict[str, Any]:
    page = app.url.rstrip("/")
    return {
        "$schema": SCHEMA,
        "manifestVersion": SCHEMA_VERSION,
        "version": VERSION,
        "id": app.app_id,
        "developer": {
            "name": app.council[:32],
            "websiteUrl": page,
            "privacyUrl": page,
            "termsOfUseUrl": page,
        },
        "name": {"short": NAME, "full": "Policy Assistant of the communications team"},
        "description": {"short": SHORT, "full": FULL},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "bots": [_bot(app)],
        "composeExtensions": [_extension(app)],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(page).netloc],
    }


def _bot(app: App) -> dict[str, Any]:
    commands = [{"title": title, "description": text} for title, text in COMMANDS.items()]
    here = {"title": "use this channel for escalations", "description": "Show the cases here"}
    return {
        "botId": app.app_id,
        "scopes": SCOPES,
        "supportsFiles": False,
        "isNotificationOnly": False,
        "commandLists": [
            {"scopes": ["personal", "groupChat"], "commands": commands},
            {"scopes": ["team"], "commands": [*commands, here]},
        ],
    }


def _extension(app: App) -> dict[str, Any]:
    return {
        "botId": app.app_id,
        "commands": [
            {
                "id": "search",
                "type": "query",
                "title": "Ask the policy",
                "description": "Find a clause to put into your message",
                "context": ["compose", "commandBox"],
                "initialRun": False,
                "parameters": [
                    {
                        "name": "question",
                        "title": "Question",
                        "description": "What you would like to know, or words of the clause",
                        "inputType": "text",
                    }
                ],
            },
            {
                "id": "lookUp",
                "type": "action",
                "title": "Ask the policy about this",
                "description": "Look up what the policy says to this message",
                "context": ["message", "compose"],
                "fetchTask": True,
            },
        ],
    }
