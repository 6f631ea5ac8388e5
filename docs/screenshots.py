"""Takes the README's pictures from the running bot: `make screenshots` (it needs Chromium)."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from settings import HERE
from tests.browser.chromium import chromium

IMAGES = HERE / "docs" / "images"
ADDRESS = re.compile(r"http://\S+")
ANSWERED = "can I use the council logo on my personal blog?"
HANDED_OVER = (
    "is there a limit on how many hashtags we can use?",
    "how many followers do we need before we can get verified?",
    "which agency designs our adverts on Facebook?",
)
SIZE = ViewportSize(width=1100, height=760)
PATIENCE_MS = 30_000


@contextmanager
def running_bot(folder: Path) -> Iterator[tuple[str, str]]:
    """The addresses that `serve` prints: to ask, and to open the desk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "bot.py", "serve", "--port", str(port), "--data", str(folder)]
    with subprocess.Popen(  # noqa: S603 -- our own program
        command,
        cwd=HERE,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'desk.db'}", "LOGNAME": "jane"},
        stdout=subprocess.PIPE,
        text=True,
    ) as bot:
        try:
            found = (ADDRESS.search(line) for line in bot.stdout or ())
            addresses = (address[0] for address in found if address)
            yield next(addresses), next(addresses)
        finally:
            bot.terminate()


def new_page(browser: Browser) -> Page:
    """A page of a new visitor, in a light theme."""
    page = browser.new_context(viewport=SIZE, color_scheme="light", locale="en-GB").new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def ask(page: Page, address: str, question: str, reply: str) -> None:
    """Returns when `reply`, a selector, is on the page."""
    page.goto(address)
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector(reply)


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_bot(Path(folder)) as (address, desk),
        chromium() as browser,
    ):
        answer = new_page(browser)
        ask(answer, address, ANSWERED, "blockquote")
        answer.screenshot(path=IMAGES / "answer.png")
        for question in HANDED_OVER:
            ask(new_page(browser), address, question, "text=/C-\\d+/")
        case = new_page(browser)
        case.goto(desk)
        case.get_by_role("link", name="C-1").click()
        case.wait_for_url("**/C-1")
        case.screenshot(path=IMAGES / "desk.png")


if __name__ == "__main__":
    main()
