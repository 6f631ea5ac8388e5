"""The page of the Agents Playground, used as a person uses Teams.

Each opening of the page shows it empty and tells the bot that it was installed in the personal
chat; the group chat and the channels tell it when they are first opened. Without a mention a bot
hears nothing in them. What it sends elsewhere is shown when one goes there.
"""

import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.handlers.teams import tenant

LONGEST_WAIT = 15.0  # seconds to wait for the bot
POLL_MS = 50  # milliseconds between two looks at the page
MORE = "Show more information"  # each message has one such button, and nothing else has

# From the button of each message upwards, as long as it is the only message there.
SHOWN_MESSAGES = """more => {
  const buttons = [...document.querySelectorAll(`button[aria-label="${more}"]`)];
  return buttons.map(button => {
    let message = button;
    for (let e = button; e; e = e.parentElement) {
      if (e.querySelectorAll(`button[aria-label="${more}"]`).length > 1) break;
      if (e.querySelector('[contenteditable=true]')) break;
      message = e;
    }
    return message.innerText;
  });
}"""


class Playground:
    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._in_channel = False
        page.goto(address)
        page.get_by_role("button", name="Hide log panel").click()
        self.in_personal_chat()

    def in_personal_chat(self) -> None:
        self._open("Personal Chat", channel=False)

    def in_group_chat(self) -> None:
        self._open("Group Chat", channel=False)

    def in_channel(self, name: str = tenant.CHANNEL_NAME) -> None:
        self._open(name, channel=True)

    def say(self, text: str, *, under: str | None = None) -> None:
        """In a channel this is a new post, or a reply in the thread that has the words `under`."""
        box = self._box(under)
        box.click()
        self.page.keyboard.type(text)
        self._send(under)

    def mention(self, text: str, *, under: str | None = None) -> None:
        """As `say`, to the bot by name."""
        box = self._box(under)
        box.click()
        self.page.keyboard.type("@")
        self.page.get_by_role("menuitem", name=tenant.BOT_NAME).click()
        self.page.keyboard.type(f" {text}")
        self._send(under)

    def messages(self) -> list[str]:
        """In a chat one for each message, oldest first; in a channel one for each thread, newest
        first. Cards are their visible words with labels and buttons, without what is filled in."""
        if self._in_channel:
            return [_flat(thread) for thread in self._threads().all_inner_texts()]
        return [_flat(message) for message in self.page.evaluate(SHOWN_MESSAGES, MORE)]

    def wait_for(self, text: str) -> str:
        """The newest message, or thread of a channel, in which the text is to be read."""
        deadline = time.monotonic() + LONGEST_WAIT
        while True:
            shown = self.messages()
            having = [message for message in shown if _flat(text) in message]
            if having:
                return having[0 if self._in_channel else -1]
            assert time.monotonic() < deadline, f"No message says {text!r}. Shown: {shown}"
            self.page.wait_for_timeout(POLL_MS)

    def press(self, title: str, *, under: str | None = None) -> None:
        """The lowest button of that title; in a channel that of the newest thread, or of the
        thread that has the words `under`."""
        self._scope(under).get_by_role("button", name=title, exact=True).last.click()

    def unfold(self, title: str, label: str, *, under: str | None = None) -> None:
        """Press the button until its form, with this field, is open: a card that is brought up to
        date meanwhile closes it."""
        deadline = time.monotonic() + LONGEST_WAIT
        while not self._input(label, under).is_visible():
            assert time.monotonic() < deadline, f"{title} opens no form with {label!r}."
            self.press(title, under=under)
            self.page.wait_for_timeout(10 * POLL_MS)

    def fill(self, label: str, text: str, *, under: str | None = None) -> None:
        """Replaces what stands in the input with this label or placeholder."""
        box = self._input(label, under)
        box.click()  # a card drawn in a channel forgets what is filled in before the first click
        box.fill(text)

    def wait_until_filled(self, label: str, beginning: str, *, under: str | None = None) -> None:
        """Wait for a card whose field begins with these words; no words mean an empty field."""
        pattern = f"^{re.escape(beginning)}" if beginning else "^$"
        expect(self._input(label, under)).to_have_value(re.compile(pattern))

    def choose(self, label: str, choice: str, *, under: str | None = None) -> None:
        """From a list that opens or from radio buttons."""
        scope = self._scope(under)
        listed = scope.get_by_role("combobox", name=label)
        if listed.count():
            listed.last.click()
            self.page.get_by_role("option", name=choice, exact=True).click()
        else:
            group = scope.get_by_role("radiogroup", name=label).last
            group.get_by_role("radio", name=choice, exact=True).check()

    def tick(self, title: str, *, under: str | None = None) -> None:
        self._scope(under).get_by_role("checkbox", name=title, exact=True).last.check()

    def rate(self, button: str, words: str) -> None:
        """The Like or Dislike of Teams' own feedback on the newest message."""
        self.page.get_by_role("button", name=button, exact=True).last.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(words)
        dialog.get_by_role("button", name="Submit").click()
        expect(dialog).to_contain_text("Thank you!")
        dialog.get_by_role("button", name="Close").click()

    def mock(self, activity: str) -> None:
        """An entry of "Mock an Activity" for the open chat, such as "Uninstall application"."""
        self.page.get_by_role("button", name="Mock an Activity").click()
        self.page.get_by_text(activity, exact=True).click()
        self.page.get_by_role("button", name="Send activity").click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)

    def _open(self, name: str, *, channel: bool) -> None:
        self.page.get_by_role("treeitem", name=name).click()
        self._in_channel = channel
        new_post = self.page.get_by_role("button", name="Post", exact=True)
        expect(new_post).to_have_count(1 if channel else 0)

    def _threads(self) -> Locator:
        more = self.page.get_by_role("button", name=MORE)
        return self.page.get_by_role("group").filter(has=more)

    def _scope(self, under: str | None) -> Locator:
        if not self._in_channel:
            return self.page.locator("body")
        threads = self._threads()
        return (threads.filter(has_text=under) if under else threads).first

    def _box(self, under: str | None) -> Locator:
        boxes = "[contenteditable=true][role=textbox]"
        if self._in_channel and under is None:
            return self.page.locator(boxes).first
        return self._scope(under).locator(boxes).last

    def _send(self, under: str | None) -> None:
        if self._in_channel and under is None:
            self.page.get_by_role("button", name="Post", exact=True).click()
        else:
            self._scope(under).get_by_role("button", name="Send Message").click()

    def _input(self, label: str, under: str | None) -> Locator:
        scope = self._scope(under)
        labelled = scope.get_by_label(label, exact=True)
        return (labelled.or_(scope.get_by_placeholder(label, exact=True))).last


def _flat(text: str) -> str:
    return " ".join(text.split())
