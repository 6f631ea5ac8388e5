from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import comms
from app.teams import check_host, teams_surfaces
from handlers.conversation.services import Services
from handlers.teams.address import Place, read_address
from knowledge.errors import BadInput
from settings import Settings, read_settings
from tests.conftest import run_bot
from tests.toy_service import Toy, in_folder

TENANT = "7b1fa3f0-5e5a-4a8e-9a33-1a0a3f4b2c11"
REGISTERED = {"teams_app_id": "app", "teams_app_password": "secret", "teams_tenant": TENANT}
SLACK = {"slack_bot_token": "xoxb-1", "slack_signing_secret": "s"}


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Services]:
    service = Toy(in_folder(tmp_path)).service()
    yield service
    service.desk.close()


def given(**settings: str) -> Settings:
    return read_settings(_env_file=None, **settings)


def test_a_bot_without_registration_says_whom_it_hears(
    whole: Services, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(teams_surfaces(given(), whole)) == 1
    assert "takes what this machine alone sends" in caplog.text


def test_a_registered_bot_has_nothing_to_say(
    whole: Services, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(teams_surfaces(given(**REGISTERED), whole)) == 1
    assert "Teams" not in caplog.text


def test_beside_slack_teams_needs_a_registration(whole: Services) -> None:
    assert teams_surfaces(given(**SLACK), whole) == []
    assert len(teams_surfaces(given(**SLACK, **REGISTERED), whole)) == 1


def test_a_bot_without_any_registration_is_not_opened_to_a_network() -> None:
    with pytest.raises(BadInput, match=r"listen on 127\.0\.0\.1 instead of 10\.0\.0\.1"):
        check_host(given(), "10.0.0.1")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_its_own_machine_may_reach_it(host: str) -> None:
    check_host(given(), host)


@pytest.mark.parametrize("registered", [REGISTERED, SLACK])
def test_a_registered_bot_listens_where_it_likes(registered: dict[str, str]) -> None:
    check_host(given(**registered), "10.0.0.1")


def test_serving_a_network_without_registration_ends_with_one_sentence() -> None:
    done = run_bot("serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 -- it refuses
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "set MicrosoftAppId" in done.stderr


def test_settings_name_the_place_of_comms() -> None:
    (place,) = comms(given(teams_comms_conversation="19:x@thread.tacv2", **REGISTERED))
    address = read_address(place)
    assert (address.place, address.tenant, address.bot) == (Place.CHANNEL, TENANT, "28:app")


def test_without_a_name_there_is_none() -> None:
    assert comms(given()) == ()
