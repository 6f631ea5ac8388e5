"""How people sign in to the desk follows from the settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.web import login
from handlers.conversation.services import Services
from handlers.web.auth.local_login import LocalLogin
from handlers.web.auth.login_method import NoLogin
from handlers.web.auth.sign_in import SignIn
from settings import Settings, read_settings
from tests.toy_service import Toy, in_folder

PUBLIC = {"public_url": "https://policy.example.gov.uk"}
ISSUER = {
    "oidc_issuer": "https://login.example.gov.uk",
    "oidc_client_id": "policy-bot",
    "oidc_client_secret": "secret",
    "desk_comms_groups": "comms",
}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = Toy(in_folder(tmp_path)).service()
    yield made
    made.desk.close()


def given(**settings: str) -> Settings:
    return read_settings(_env_file=None, **settings)


@pytest.mark.parametrize(
    ("settings", "method"), [({}, LocalLogin), (PUBLIC, NoLogin), ({**PUBLIC, **ISSUER}, SignIn)]
)
def test_with_a_public_address_nobody_signs_in_by_sitting_at_the_machine(
    services: Services, settings: dict[str, str], method: type
) -> None:
    assert isinstance(login(given(**settings), services), method)
