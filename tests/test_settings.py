"""What a council sets is understood as it was meant, or refused by name."""

from ipaddress import ip_network

import pytest

from settings import BadSettings, Settings, read_settings


def given(**settings: str) -> Settings:
    return read_settings(_env_file=None, **settings)


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


def test_proxies_are_addresses_and_networks() -> None:
    found = given(trusted_proxies="127.0.0.1, 10.1.2.3/8; fd00::/8;").proxies
    assert found == tuple(map(ip_network, ("127.0.0.1/32", "10.0.0.0/8", "fd00::/8")))
    assert given().proxies == ()


@pytest.mark.parametrize("proxies", ["nginx", "10.0.0.0/99", "*"])
def test_a_proxy_that_is_no_address_is_refused_by_name(proxies: str) -> None:
    with pytest.raises(BadSettings, match="Setting TRUSTED_PROXIES"):
        given(trusted_proxies=proxies)
