"""People at the chat of the pages, over HTTP and without a browser."""

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.web.reading import Form, Page


@dataclass
class Visitor:
    address: str
    name: str
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, str]:
        return self._request("GET", path)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        return self._request("POST", path, urlencode(fields))

    def page(self) -> Page:
        status, html = self.get("/")
        assert status == 200, html
        return Page(html)

    def send(self, form: Form, **fields: str) -> tuple[int, str]:
        return self.post(form.action, **{**form.fields, **fields})

    def ask(self, text: str, **fields: str) -> Page:
        form = next(form for form in self.page().forms if form.action == "/ask")
        del form.fields["unnamed"], form.fields["keep"]
        status, html = self.send(form, text=text, role="staff", **fields)
        assert status == 303, html
        return self.page()

    def _request(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
        own = {"Cookie": f"name={self.name}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, {**own, **self.headers})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()
