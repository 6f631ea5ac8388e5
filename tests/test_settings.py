"""A setting is read as it was meant, or refused by name in one sentence."""

from datetime import date
from ipaddress import ip_network
from pathlib import Path

import pytest

from settings import BadSettings, Settings, environment_name, read_settings


def given(**settings: object) -> Settings:
    return read_settings(_env_file=None, **settings)


def test_lists_are_split_at_semicolons_and_keep_their_commas() -> None:
    settings = given(sensitive_contacts="Human Resources, 01234 567890; ; Welfare, 0800 1111;")
    assert settings.sensitive_contacts == ("Human Resources, 01234 567890", "Welfare, 0800 1111")


def test_days_may_be_separated_by_commas_or_semicolons() -> None:
    assert given(office_days="Tue, Sat").office_days == {1, 5}
    assert given(office_days="Tue;Sat").office_days == {1, 5}
    assert given().office_days == set(range(5))
    closed = given(closed_days="2026-12-29; 2026-12-30").closed_days
    assert closed == {date(2026, 12, 29), date(2026, 12, 30)}


def test_a_setting_left_empty_in_the_environment_has_its_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACCEPTED_RISK", "")
    monkeypatch.setenv("OFFICE_DAYS", "")
    assert given() == given(accepted_risk=0.05)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("accepted_risk", 1),
        ("time_zone", "Europe/Atlantis"),
        ("closed_days", "Boxing Day"),
        ("escalation", "never"),
        ("office_days", "Mon,Tues"),
        ("office_days", " , "),
        ("close_answered_after_days", 0),
        ("public_url", "policy.example.gov.uk"),
        ("trusted_proxies", "nginx"),
        ("teams_app_type", "MultiTenant"),
        ("smtp_host", "https://smtp.example.gov.uk"),
        ("smtp_host", "smtp.example.gov.uk smtp2"),
        ("smtp_port", 0),
        ("smtp_tls", "ssl"),
        ("smtp_from", "Policy assistant <bot@example.gov.uk>"),
        ("smtp_from", "bot@example.gov.uk\nBcc: all@example.gov.uk"),
        ("comms_emails", "comms@example.gov.uk; press"),
        ("digest_at", "half past eight"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(setting: str, value: object) -> None:
    with pytest.raises(BadSettings) as refused:
        given(**{setting: value})
    assert str(refused.value).startswith(f"Setting {environment_name(setting)}: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({"slack_bot_token": "xoxb-1"}, "SLACK_SIGNING_SECRET or SLACK_APP_TOKEN"),
        ({"slack_comms_channel": "C1"}, "SLACK_BOT_TOKEN"),
        ({"teams_app_id": "app", "teams_app_password": "hunter2"}, "MicrosoftAppTenantId"),
        ({"oidc_client_id": "bot"}, "OIDC_ISSUER"),
        ({"smtp_host": "mail"}, "SMTP_FROM"),
        ({"smtp_host": "mail", "smtp_from": "bot@example.gov.uk"}, "PUBLIC_URL"),
        ({"smtp_from": "bot@example.gov.uk"}, "SMTP_HOST"),
        ({"smtp_user": "bot"}, "SMTP_PASSWORD"),
        ({"smtp_password": "hunter2"}, "SMTP_USER"),
        ({"comms_emails": "comms@example.gov.uk"}, "SMTP_HOST"),
    ],
)
def test_what_is_half_set_up_is_refused_with_what_is_missing_and_without_secrets(
    settings: dict[str, object], missing: str
) -> None:
    with pytest.raises(BadSettings, match=f"so {missing} must be too") as refused:
        given(**settings)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "remedy"),
    [
        ({"smtp_tls": "tls"}, "set SMTP_PORT=465, or SMTP_TLS=starttls"),
        ({"smtp_port": 465}, "set SMTP_TLS=tls"),
        ({"smtp_tls": "none", "smtp_user": "bot", "smtp_password": "hunter2"}, "SMTP_TLS=none"),
    ],
)
def test_a_port_and_an_encryption_that_do_not_go_together_are_refused(
    settings: dict[str, object], remedy: str
) -> None:
    server = {
        "smtp_host": "Smtp.Example.gov.uk",
        "smtp_from": "bot@example.gov.uk",
        "public_url": "https://policy.example.gov.uk",
    }
    assert given(**server).smtp_host == "smtp.example.gov.uk"
    with pytest.raises(BadSettings, match=f"^Settings: .*{remedy}.*\\.$") as refused:
        given(**server, **settings)
    assert "hunter2" not in str(refused.value)


def test_the_addresses_of_comms_are_split() -> None:
    read = given(
        smtp_host="mail",
        smtp_from="bot@example.gov.uk",
        public_url="https://policy.example.gov.uk",
        comms_emails="comms@example.gov.uk; press@example.gov.uk",
    )
    assert read.comms_emails == ("comms@example.gov.uk", "press@example.gov.uk")


def test_secrets_do_not_print() -> None:
    settings = given(database_url="postgresql://bot:hunter2@host/desk")
    assert "hunter2" not in repr(settings)
    assert settings.database == "postgresql://bot:hunter2@host/desk"


def test_without_a_database_address_cases_are_kept_in_the_data_folder(tmp_path: Path) -> None:
    assert given(data=tmp_path).database == f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("", ""),
        ("https://policy.example.gov.uk", "https://policy.example.gov.uk"),
        (" HTTPS://Policy.Example.gov.uk:443/ ", "https://policy.example.gov.uk"),
        ("http://policy.example.gov.uk:80", "http://policy.example.gov.uk"),
        ("https://policy.example.gov.uk:8443/", "https://policy.example.gov.uk:8443"),
        ("http://[::1]:3978", "http://[::1]:3978"),
        ("https://polisi.sir-fynwy.cymru", "https://polisi.sir-fynwy.cymru"),
        ("https://grüße.example", "https://xn--grsse-lva.example"),
    ],
)
def test_the_public_address_is_the_origin_that_browsers_name(url: str, origin: str) -> None:
    assert given(public_url=url).public_url == origin


@pytest.mark.parametrize(
    "url",
    [
        "policy.example.gov.uk",
        "ftp://policy.example.gov.uk",
        "https://policy.example.gov.uk/bot",
        "https://policy.example.gov.uk?a=b",
        "https://user@policy.example.gov.uk",
        "https://policy.example.gov.uk:99999",
        "https:// policy",
        "https://",
        "https://[",
    ],
)
def test_what_is_no_address_of_a_site_is_refused_by_name(url: str) -> None:
    with pytest.raises(BadSettings, match="Setting PUBLIC_URL: must be an address without a path"):
        given(public_url=url)


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "url(x)", "#123456;}"])
def test_what_is_no_colour_is_refused_by_name(colour: str) -> None:
    assert given(brand_colour=" #1D5B79 ").brand_colour == "#1d5b79"
    with pytest.raises(BadSettings, match="Setting BRAND_COLOUR: write it as six hexadecimal"):
        given(brand_colour=colour)


def test_a_logo_that_is_no_small_picture_is_refused_by_name(tmp_path: Path) -> None:
    logo, text, large = (tmp_path / name for name in ("logo.svg", "logo.txt", "logo.png"))
    logo.write_text("<svg/>", encoding="utf-8")
    text.write_text("Council", encoding="utf-8")
    large.write_bytes(b"0" * 300_001)
    assert given(logo=logo).logo == logo
    for wrong in (text, large, tmp_path / "missing.svg", tmp_path):
        with pytest.raises(BadSettings, match="LOGO must be an SVG, PNG, JPEG or WebP file"):
            given(logo=wrong)


def test_proxies_are_addresses_and_networks() -> None:
    found = given(trusted_proxies="127.0.0.1, 10.1.2.3/8; fd00::/8;").trusted_proxies
    assert found == tuple(map(ip_network, ("127.0.0.1/32", "10.0.0.0/8", "fd00::/8")))
    assert given().trusted_proxies == ()


@pytest.mark.parametrize("proxies", ["nginx", "10.0.0.0/99", "*"])
def test_a_proxy_that_is_no_address_is_refused_by_name(proxies: str) -> None:
    with pytest.raises(BadSettings, match="Setting TRUSTED_PROXIES"):
        given(trusted_proxies=proxies)
