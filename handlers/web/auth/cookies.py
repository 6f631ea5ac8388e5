"""How the pages set their cookies: for this host alone and out of the reach of scripts."""

from datetime import timedelta

from aiohttp import web


class Cookies:
    def __init__(self, *, https: bool) -> None:
        """`https`: the public address begins with it, so that cookies travel by nothing else."""
        self.https = https

    def read(self, request: web.Request, name: str) -> str:
        """Empty where the browser sent none."""
        return request.cookies.get(self.name(name), "")

    def set(self, response: web.StreamResponse, name: str, value: str, lasts: timedelta) -> None:
        response.set_cookie(
            self.name(name),
            value,
            max_age=int(lasts.total_seconds()),
            path="/",
            secure=self.https,
            httponly=True,
            samesite="Lax",
        )

    def delete(self, response: web.StreamResponse, name: str) -> None:
        response.del_cookie(
            self.name(name), path="/", secure=self.https, httponly=True, samesite="Lax"
        )

    def name(self, name: str) -> str:
        """The prefix keeps other hosts of the same domain from setting the cookie."""
        return f"__Host-{name}" if self.https else name
