"""The manifest with which the app is created, as far as a workspace obeys it."""

from pathlib import Path

import yaml  # type: ignore[import-untyped] # PyYAML bears no types

from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.workspace import Workspace

FILE = Path(__file__).parents[3] / "slack-manifest.yaml"


def manifest() -> Json:
    read: Json = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def scopes() -> frozenset[str]:
    return frozenset(manifest()["oauth_config"]["scopes"]["bot"])


def subscriptions() -> frozenset[str]:
    return frozenset(manifest()["settings"]["event_subscriptions"]["bot_events"])


def installed_in(workspace: Workspace) -> Workspace:
    """The app may do there what its manifest asks for, and hears no more."""
    workspace.unfurl_domains = tuple(manifest()["features"]["unfurl_domains"])
    workspace.scopes, workspace.subscriptions = scopes(), subscriptions()
    return workspace
