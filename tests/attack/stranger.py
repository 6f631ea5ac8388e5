"""Somebody on the network who reaches the bot through the proxy, and sends what they like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.attack.nginx import Proxy

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Stranger:
    """`address` is theirs; `headers` go with each request, and take the place of a browser's."""

    proxy: Proxy
    address: str = "127.0.0.1"
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form with the token of this browser's page."""
        token = re.search(r'name="csrf_token" value="(\w+)"', self.get("/").text)
        given = {"csrf_token": token[1] if token else "", **fields}
        return self.request("POST", path, urlencode(given).encode(), {"Content-Type": FORM})

    def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        usual = {
            "Host": self.proxy.public_url.partition("://")[2],
            "Origin": self.proxy.public_url,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        connection = self.proxy.connection(self.address)
        try:
            connection.request(method, path, body, {**usual, **self.headers, **(headers or {})})
            response = connection.getresponse()
            for given in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: each.value for name, each in SimpleCookie(given).items()}
            text = response.read().decode(errors="replace")
            return Answer(response.status, dict(response.getheaders()), text)
        finally:
            connection.close()
