"""The scripts' surface that is the chat of the pages: comms type commands."""

from dataclasses import dataclass

from click.testing import CliRunner

from answer.reply import Reply
from desk.model.case import Status
from desk.model.people import Person
from handlers.conversation.question_actions import Answers
from handlers.web.chat.address import contact_of
from knowledge.question import Question
from tests.conversations.surface import Button
from tests.conversations.terminal import DESK, command_line
from tests.handlers.web.chat_site import Site, person_of
from tests.handlers.web.html import Entry, Form, Page
from tests.handlers.web.wait import until

VERDICTS = {
    Button.HELPFUL: "helpful",
    Button.NOT_HELPFUL: "not helpful",
    Button.ANSWERS: "helpful",
}
TO_COMMS = ("/ask-comms", "/complain")


@dataclass
class Mortal:
    """The toy bot, which can be killed while it looks for an answer."""

    bot: Answers
    dying: bool = False

    def reply(self, question: Question) -> Reply:
        if self.dying:
            raise MemoryError
        return self.bot.reply(question)


class WebSurface:
    def __init__(self, site: Site, answers: Mortal) -> None:
        self.site = site
        self.answers = answers
        self.shown: dict[str, dict[str, str]] = {}
        self.told_to: dict[str, str] = {}

    def ask(self, name: str, text: str) -> None:
        self.site.visitor(name).ask(text)

    def ask_unnamed(self, name: str, text: str) -> None:
        self.site.visitor(name).ask(text, unnamed="yes")

    def ask_kept(self, name: str, text: str) -> None:
        self.site.visitor(name).ask(text, keep="yes")

    def press(self, name: str, button: Button) -> None:
        if button is Button.FIRST_SECTION:
            self._send(name, self._last(name, ("/section-answers",)), section="1")
        elif button in VERDICTS:
            self._send(name, self._last(name, ("/feedback",)), verdict=VERDICTS[button])
        else:
            unnamed = {"unnamed": "yes"} if button is Button.YES_UNNAMED else {}
            self._send(name, self._last(name, TO_COMMS), **unnamed)

    def add(self, name: str, ref: str, text: str) -> None:
        self.site.visitor(name).post("/add", ref=ref, text=text)

    def reply(self, name: str, ref: str, text: str) -> None:
        self.add(name, ref, text)

    def withdraw(self, name: str, ref: str) -> None:
        self.site.visitor(name).post("/withdraw", ref=ref)

    def edit(self, name: str, text: str) -> None:
        self._send(name, self._last(name, ("/edit",)), text=text)

    def delete(self, name: str) -> None:
        form = self._last(name, ("/edit",))
        self.site.visitor(name).post("/withdraw-question", **form.fields)

    def seen(self, name: str) -> str:
        before, now = self.shown.get(name, {}), self._entries(name)
        self.shown[name] = now
        return "\n".join(text for key, text in now.items() if before.get(key) != text)

    def comms(self, name: str, deed: str, *words: str) -> None:
        self._type(name, *command_line(deed, *words))

    def told(self, name: str) -> str:
        return self.told_to[name]

    def desk(self) -> str:
        cases = self.site.service.desk.casework.listed(tuple(Status))
        return "\n".join(self._type("Comms", "show", case.ref) for case in cases)

    def switch(self, name: str, switch: str, state: str) -> None:
        self._type(name, "switch", switch.replace(" ", "-"), state)

    def days_pass(self, days: int) -> None:
        self.site.toy.clock.advance(days=days)

    def cut_off(self, name: str, text: str) -> None:
        self.answers.dying = True
        status, _ = self.site.visitor(name).post("/ask", text=text)
        assert status == 500
        self.answers.dying = False
        self.site.toy.clock.advance(minutes=3)

    def _entries(self, name: str) -> dict[str, str]:
        desk = self.site.service.desk
        desk.jobs.sweep(self.site.service.conversation.answer_again)
        until(lambda: not desk.delivery.has_pending(contact_of(person_of(name))))
        page = self.site.visitor(name).page()
        return {entry.id: _said(entry) for entry in page.entries if "asked" not in entry.kind}

    def _last(self, name: str, actions: tuple[str, ...]) -> Form:
        page: Page = self.site.visitor(name).page()
        fitting = [form for entry in page.entries for form in entry.forms if _is(form, actions)]
        return fitting[-1]

    def _send(self, name: str, form: Form, **fields: str) -> None:
        status, html = self.site.visitor(name).send(form, **fields)
        assert status == 303, html

    def _type(self, name: str, *line: str) -> str:
        office = self.site.service.office(Person(f"terminal:{name.lower()}", name))
        result = CliRunner().invoke(DESK, line, obj=office)
        self.told_to[name] = f"{result.output}{result.exception or ''}"
        return self.told_to[name]


def _is(form: Form, actions: tuple[str, ...]) -> bool:
    return form.action in actions


def _said(entry: Entry) -> str:
    """Line by line as written; the page's own line breaks are only blanks."""
    return "\n".join(" ".join(line.split()) for line in entry.text.splitlines() if line.strip())
