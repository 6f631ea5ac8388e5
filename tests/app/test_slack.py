from pathlib import Path

import pytest
from pydantic import SecretStr

from app.desk import comms
from app.slack import installation
from handlers.slack.address import Address, contact
from handlers.slack.users import Groups
from settings import Settings, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(
        data=tmp_path,
        slack_bot_token=SecretStr("xoxb-1"),
        slack_app_token=SecretStr("xapp-1"),
        slack_comms_channel="C1",
        slack_manager_groups="S1; S2",
    )


def test_comms_are_shown_their_cases_whichever_process_changes_them(settings: Settings) -> None:
    assert comms(settings) == (contact(Address("C1")),)


def test_the_installation_is_what_the_settings_say(settings: Settings) -> None:
    installed = installation(settings)
    assert installed.groups == Groups(managers=("S1", "S2"))
    assert not installed.answer_guests
    assert installed.comms_channel == "C1"


def test_its_secrets_do_not_print(settings: Settings) -> None:
    shown = repr(installation(settings))
    assert "xoxb-1" not in shown
    assert "xapp-1" not in shown
