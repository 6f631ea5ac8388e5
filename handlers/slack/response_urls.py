"""Posts to the response_url of a press or a command, and to no address but Slack's."""

from urllib.parse import urlsplit

import aiohttp

from handlers.slack.payloads import Json

HOOKS = "https://hooks.slack.com"
SLACK = "https://slack.com"


class ResponseUrls:
    def __init__(self, session: aiohttp.ClientSession, api_url: str, proxy: str | None) -> None:
        """`api_url` other than Slack's own names another Slack, which gives other addresses."""
        self._session = session
        self._proxy = proxy
        origin = _origin(api_url)
        self._allowed = {HOOKS} if origin == SLACK else {HOOKS, origin, _hooks_of(origin)}

    async def post(self, url: str, content: Json) -> bool:
        """Whether Slack took it. Nothing is sent to an address outside Slack, and a redirect to
        one is not followed."""
        if _origin(url) not in self._allowed:
            return False
        async with self._session.post(
            url, json=content, allow_redirects=False, proxy=self._proxy
        ) as response:
            return response.status == 200


def _origin(url: str) -> str:
    """As written: "https://hooks.slack.com@example.org" is another origin than Slack's."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _hooks_of(origin: str) -> str:
    scheme, _, host = origin.partition("://")
    return f"{scheme}://hooks.{host}"
