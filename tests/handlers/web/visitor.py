"""People at the chat of the pages, over HTTP and without a browser."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.handlers.web.html import Form, Page


@dataclass
class Visitor:
    """Keeps cookies as a browser does, and sends forms as its pages do."""

    address: str
    name: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, str]:
        return self.request("GET", path, b"", {})

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form with a valid token, as somebody does who forges all other fields."""
        token = self.page().forms[0].fields["csrf_token"]
        return self.request("POST", path, urlencode({"csrf_token": token, **fields}).encode(), {})

    def page(self) -> Page:
        status, html = self.get("/")
        assert status == 200, html
        return Page(html)

    def send(self, form: Form, **fields: str) -> tuple[int, str]:
        return self.request("POST", form.action, urlencode({**form.fields, **fields}).encode(), {})

    def form(self, action: str) -> Form:
        """The last one on the page that does this."""
        return [form for form in self.page().forms if form.action == action][-1]

    def question_form(self) -> Form:
        return next(form for form in self.page().forms if "keep" in form.fields)

    def ask(self, text: str, **fields: str) -> Page:
        form = self.question_form()
        del form.fields["unnamed"], form.fields["keep"]
        status, html = self.send(form, **{"text": text, "role": "staff", **fields})
        assert status == 303, html
        return self.page()

    def request(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, str]:
        """As a program that is no browser sends it; `headers` take the place of a browser's."""
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
        kept = SimpleCookie({"name": self.name, **self.cookies})
        usual = {
            "Cookie": kept.output(attrs=[], header="", sep=";").strip(),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.address,
        }
        try:
            connection.request(method, path, body, usual | dict(headers))
            response = connection.getresponse()
            for given in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: each.value for name, each in SimpleCookie(given).items()}
            return response.status, response.read().decode()
        finally:
            connection.close()
