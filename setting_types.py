"""The types of the settings: how a list, an address or a day is read from text."""

import re
from collections.abc import Callable
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

from desk.model.email_address import NOT_AN_ADDRESS, is_address

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NO_ORIGIN = "must be an address without a path, such as https://policy.example.gov.uk"
NO_WEEKDAYS = f"name at least one of {', '.join(WEEKDAYS)}, separated by commas"
NO_DATE = "write each day as year, month and day, such as 2026-12-29"
NO_NETWORK = "write each as an address or a network, such as 127.0.0.1 or 10.0.0.0/8"
NO_TIME_ZONE = "no such time zone; one looks like Europe/London"
NO_SERVER = "write the name of the server alone, such as smtp.example.gov.uk"
NO_COLOUR = "write it as six hexadecimal digits, such as #1d5b79"
NO_PICTURE = "must be an SVG, PNG, JPEG or WebP file of at most 300 kB"
PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
LARGEST_PICTURE = 300_000  # bytes; every page shows it
HOST = re.compile(r"[a-z\d.:_-]+")
DEFAULT_PORTS = {"http": (None, 80), "https": (None, 443)}


def normalised_origin(url: str) -> str:
    """The URL as browsers send it in the Origin header: lower case, no default port, no slash.

    Raises ValueError for what is not the address of a whole site.
    """
    try:
        given = urlsplit(url.strip())
        port, host = given.port, (given.hostname or "").encode("idna").decode()
    except ValueError:
        raise ValueError(NO_ORIGIN) from None
    rest = (given.path.strip("/"), given.query, given.fragment, given.username)
    if given.scheme not in DEFAULT_PORTS or not HOST.fullmatch(host) or any(rest):
        raise ValueError(NO_ORIGIN)
    name = f"[{host}]" if ":" in host else host
    shown_port = "" if port in DEFAULT_PORTS[given.scheme] else f":{port}"
    return f"{given.scheme}://{name}{shown_port}"


def _origin_or_none(url: str) -> str:
    return normalised_origin(url) if url.strip() else ""


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(NO_TIME_ZONE)
    return name


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise ValueError(NO_WEEKDAYS)
    return WEEKDAYS.index(name)


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError(NOT_AN_ADDRESS[0].lower() + NOT_AN_ADDRESS[1:].rstrip("."))
    return text


def _address_or_none(text: str) -> str:
    return _address(text.strip()) if text.strip() else ""


def _server_name(text: str) -> str:
    name = text.strip().lower()
    if name and not HOST.fullmatch(name):
        raise ValueError(NO_SERVER)
    return name


def _at_least_one(days: frozenset[int]) -> frozenset[int]:
    if not days:
        raise ValueError(NO_WEEKDAYS)
    return days


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)  # 10.1.2.3/8 means 10.0.0.0/8
    except ValueError:
        raise ValueError(NO_NETWORK) from None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(NO_DATE) from None


def _colour(text: str) -> str:
    given = text.strip().lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", given):
        raise ValueError(NO_COLOUR)
    return given


def is_picture(path: Path) -> bool:
    """Whether pages can show the file as the council's logo."""
    known = path.suffix.lower() in PICTURES and path.is_file()
    return known and path.stat().st_size <= LARGEST_PICTURE


def _list_of(read: Callable[[str], object], separators: str) -> BeforeValidator:
    """Splits text at the separators, drops empty items, and reads each of the others."""

    def read_all(given: object) -> object:
        if not isinstance(given, str):
            return given
        items = (item.strip() for item in re.split(f"[{separators}]", given))
        return tuple(read(item) for item in items if item)

    return BeforeValidator(read_all)


# NoDecode: pydantic-settings would otherwise expect a list to be written as JSON.
Names = Annotated[tuple[str, ...], NoDecode, _list_of(str, ";")]
Colour = Annotated[str, AfterValidator(_colour)]
Dates = Annotated[frozenset[date], NoDecode, _list_of(_date, ",;")]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, _list_of(_network, ",;")]
Weekdays = Annotated[  # Monday is 0
    frozenset[int], NoDecode, AfterValidator(_at_least_one), _list_of(_weekday, ",;")
]
Address = Annotated[str, AfterValidator(_address_or_none)]
Addresses = Annotated[tuple[str, ...], NoDecode, _list_of(_address, ",;")]
ServerName = Annotated[str, AfterValidator(_server_name)]
Origin = Annotated[str, AfterValidator(_origin_or_none)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
