"""A browser, a context and a page for a test; a failed test leaves what was shown and read out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import ChromiumMissingError, chromium

TIMEOUT_MS = 10_000  # after which a test fails


# One for each module: while Playwright is started, the thread counts as inside an event loop,
# and `asyncio.run` in the tests of other modules would fail.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as started:
            yield started
    except ChromiumMissingError as missing:
        raise pytest.fail.Exception(str(missing), pytrace=False) from None


@pytest.fixture
def context(
    browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[BrowserContext]:
    expect.set_options(timeout=TIMEOUT_MS)
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
    context.set_default_timeout(TIMEOUT_MS)
    failed_before = request.session.testsfailed
    yield context
    if request.session.testsfailed > failed_before:
        _keep_evidence(context, tmp_path)
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def _keep_evidence(context: BrowserContext, folder: Path) -> None:
    for number, page in enumerate(context.pages, start=1):
        page.screenshot(path=folder / f"page-{number}.png", full_page=True)
        heard = page.locator("body").aria_snapshot()
        (folder / f"page-{number}.txt").write_text(f"{page.url}\n{heard}\n", encoding="utf-8")
    print(f"What the browser showed: {folder}")  # noqa: T201 -- pytest shows it with the failure
