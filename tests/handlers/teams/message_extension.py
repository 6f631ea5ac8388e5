"""The message extension in the Agents Playground, which reads no manifest: no command has an id."""

from playwright.sync_api import Locator

from tests.handlers.teams.playground import MORE, Playground


def search(teams: Playground, words: str) -> Locator:
    """What the search command found, to be looked at or clicked on."""
    _open(teams, "Search Command")
    box = teams.page.get_by_placeholder("Enter a search term")
    box.fill(words)
    box.press("Enter")
    return teams.page.get_by_role("group").filter(has=box)


def insert(teams: Playground, found: Locator, title: str) -> None:
    """Puts the card of that title into a message and sends it."""
    found.get_by_text(title, exact=True).click()
    teams.page.get_by_role("button", name="Send Message").last.click()


def act(teams: Playground) -> Locator:
    """The dialog of the action command, begun beside the box for messages."""
    _open(teams, "Action Command")
    return _dialog(teams)


def act_on_the_newest_message(teams: Playground) -> Locator:
    teams.page.get_by_role("button", name=MORE).last.click()
    teams.page.get_by_text("Action Command", exact=True).click()
    return _dialog(teams)


def _open(teams: Playground, kind: str) -> None:
    teams.page.get_by_role("button", name="Trigger Message Extension App").last.click()
    teams.page.get_by_text(kind, exact=True).click()


def _dialog(teams: Playground) -> Locator:
    dialog = teams.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Create").click()
    return dialog
