from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk import comms
from app.teams import check_host, teams_surfaces
from handlers.conversation.services import Services
from handlers.teams.address import Place, read_address
from knowledge.errors import BadInput
from settings import BadSettings, Settings, read_settings
from tests.conftest import run_bot
from tests.toy_service import Toy, in_folder

TENANT = "7b1fa3f0-5e5a-4a8e-9a33-1a0a3f4b2c11"
REGISTERED = {"teams_app_id": "app", "teams_app_password": "secret", "teams_tenant": TENANT}
TRIAL = {"teams_local_trial": "true"}
OIDC = {
    "oidc_issuer": "https://login.example",
    "oidc_client_id": "id",
    "oidc_client_secret": "secret",
    "desk_comms_groups": "comms",
    "public_url": "https://policy.example.gov.uk",
}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = Toy(in_folder(tmp_path)).service()
    yield made
    made.desk.close()


def given(**settings: str) -> Settings:
    return read_settings(_env_file=None, **settings)


def test_without_a_registration_there_is_no_teams(services: Services) -> None:
    assert teams_surfaces(given(), services) == []


def test_a_local_trial_says_who_can_write_to_the_bot(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(teams_surfaces(given(**TRIAL), services)) == 1
    assert "anybody on this machine" in caplog.text


def test_a_registered_bot_has_nothing_to_warn_of(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(teams_surfaces(given(**REGISTERED), services)) == 1
    assert "Teams" not in caplog.text


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (REGISTERED, "MicrosoftAppId"),
        ({"public_url": "https://policy.example.gov.uk"}, "PUBLIC_URL"),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": "s"}, "SLACK_BOT_TOKEN"),
        (OIDC, "PUBLIC_URL"),
    ],
    ids=str,
)
def test_a_local_trial_goes_with_nothing_that_brings_others_to_the_bot(
    other: dict[str, str], named: str
) -> None:
    with pytest.raises(BadSettings, match=f"so {named} must not be set with it"):
        given(**TRIAL, **other)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "::", "policy.example.gov.uk"])  # noqa: S104 -- it refuses
def test_a_local_trial_does_not_listen_to_a_network(host: str) -> None:
    with pytest.raises(BadInput, match=r"listen on 127\.0\.0\.1 instead of "):
        check_host(given(**TRIAL), host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_local_trial_listens_to_its_own_machine(host: str) -> None:
    check_host(given(**TRIAL), host)


@pytest.mark.parametrize("settings", [{}, REGISTERED])
def test_without_a_trial_the_bot_listens_where_it_is_told_to(settings: dict[str, str]) -> None:
    check_host(given(**settings), "10.0.0.1")


def test_serving_a_trial_to_a_network_ends_with_one_sentence() -> None:
    done = run_bot("serve", "--host", "0.0.0.0", "--port", "0", TEAMS_LOCAL_TRIAL="true")  # noqa: S104 -- it refuses
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "unset TEAMS_LOCAL_TRIAL" in done.stderr


def test_settings_name_the_place_of_comms() -> None:
    (place,) = comms(given(teams_comms_conversation="19:x@thread.tacv2", **REGISTERED))
    address = read_address(place)
    assert (address.place, address.tenant, address.bot) == (Place.CHANNEL, TENANT, "28:app")


def test_without_a_name_there_is_none() -> None:
    assert comms(given()) == ()
