import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from PIL import Image

from handlers.teams.app_package import ACCENT, ICONS, SCHEMA_VERSION, App, manifest, write_package
from knowledge.errors import BadInput
from tests.conftest import run_bot

# Microsoft's, from build/json-schemas/teams/v1.30 of the npm package @microsoft/app-manifest
# 1.1.2 (MIT): https://www.npmjs.com/package/@microsoft/app-manifest
PUBLISHED = Path(__file__).parent / "MicrosoftTeams.schema.json"
APP = App("7b1fa3f0-5e5a-4a8e-9a33-1a0a3f4b2c11", "https://policy.example.gov.uk", "A Council")
SETTINGS = {
    "MicrosoftAppId": APP.app_id,
    "MicrosoftAppPassword": "secret",
    "MicrosoftAppTenantId": "t",
    "PUBLIC_URL": APP.url,
}


def mistakes(made: dict[str, Any]) -> list[str]:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return [error.message for error in Draft4Validator(schema).iter_errors(made)]


def test_the_manifest_is_as_microsofts_schema_wants_it() -> None:
    assert mistakes(manifest(APP)) == []


def test_the_schema_is_that_of_the_version_in_the_manifest() -> None:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert schema["properties"]["manifestVersion"]["const"] == SCHEMA_VERSION


def test_the_schema_would_notice_a_mistake() -> None:
    assert mistakes(manifest(APP) | {"accentColor": "blue", "bot": []})


def test_the_colour_icon_is_192_pixels_wide_and_opaque() -> None:
    with Image.open(ICONS / "color.png") as icon:
        assert icon.size == (192, 192)
        assert icon.getchannel("A").getextrema() == (255, 255)
        assert icon.convert("RGB").crop((0, 0, 1, 1)).tobytes().hex() == ACCENT[1:].lower()


def test_the_outline_is_32_pixels_of_white_on_nothing() -> None:
    with Image.open(ICONS / "outline.png") as icon:
        assert icon.size == (32, 32)
        assert [icon.getchannel(colour).getextrema() for colour in "RGB"] == [(255, 255)] * 3
        assert icon.getchannel("A").getextrema() == (0, 255)


def test_the_same_app_gives_the_same_package(tmp_path: Path) -> None:
    write_package(APP, tmp_path / "one.zip")
    write_package(APP, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_command_writes_a_package_with_its_two_icons(tmp_path: Path) -> None:
    package = tmp_path / "teams.zip"
    done = run_bot("teams-package", "--out", str(package), **SETTINGS)
    assert done.returncode == 0, done.stderr
    assert str(package) in done.stdout
    assert "Resource-specific consent" in done.stdout
    with zipfile.ZipFile(package) as opened:
        assert opened.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(opened.read("manifest.json"))["bots"][0]["botId"] == APP.app_id


def test_without_an_app_there_is_no_package(tmp_path: Path) -> None:
    done = run_bot("teams-package", "--out", str(tmp_path / "teams.zip"))
    assert done.returncode == 2
    assert "set MicrosoftAppId" in done.stderr


def test_the_pages_of_the_app_must_be_reached_by_https() -> None:
    with pytest.raises(BadInput, match="set PUBLIC_URL to the https address"):
        App(APP.app_id, "http://policy.example.gov.uk")
