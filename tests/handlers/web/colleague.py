"""Somebody at the desk over HTTP, without a browser: they send what they like."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Colleague:
    """`secret` is that of their session; empty for somebody who is not signed in."""

    address: str
    secret: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answered:
        return self._request("GET", path)

    def post(self, path: str, **fields: str | list[str]) -> Answered:
        """As a form of our own page sends it."""
        token = re.search(r'name="csrf_token" value="(\w+)"', self.get("/desk/switches").text)
        given = {"csrf_token": token[1] if token else "", **fields}
        return self._request("POST", path, urlencode(given, doseq=True))

    def _request(self, method: str, path: str, body: str = "") -> Answered:
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
        own = {
            "Cookie": f"desk={self.secret}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.address,
        }
        try:
            connection.request(method, path, body, own | self.headers)
            response = connection.getresponse()
            return Answered(response.status, dict(response.getheaders()), response.read().decode())
        finally:
            connection.close()
