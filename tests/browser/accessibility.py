"""What axe-core finds on a page against WCAG 2.2, level AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """One line for each element: rule, how grave, what is wrong, where, its HTML."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVEL_AA}}).response
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {place['target']} {place['html'][:200]}"
        for rule in found["violations"]
        for place in rule["nodes"]
    ]
