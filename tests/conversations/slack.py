"""The scripts' surface that is Slack: everybody types, presses and fills in forms there."""

from contextlib import ExitStack
from pathlib import Path

from answer.assistant import Assistant
from answer.reply import Reply
from desk.model.people import Person as DeskPerson
from handlers.conversation.button_labels import (
    ASK_COMMS,
    ASK_UNNAMED,
    NO,
    NONE,
    THIS_ANSWERS,
    YES,
)
from handlers.conversation.escalation import EscalationPolicy
from handlers.slack.app import SlackSurface as Surface
from handlers.slack.blocks import asker_views
from handlers.slack.blocks.comms_views import PUBLISHED_TOO
from knowledge.question import Question
from tests.conversations.surface import Button
from tests.conversations.terminal import typed_by
from tests.handlers.slack.council import COMMS
from tests.handlers.slack.fake import interactions
from tests.handlers.slack.fake.delivery import Delivery, Kind
from tests.handlers.slack.fake.forms import CannotDo, Entry, filled_in
from tests.handlers.slack.fake.people import Person
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.screen import Message, View
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.state import ResponseUrl
from tests.handlers.slack.fake.workspace import BOT_USER, Channel, User, Workspace
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.running_bot import COMMS_CONTACT, Mode, installation, running
from tests.toy_service import Toy, in_folder

ASKERS = ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay")
COLLEAGUES = ("Jane", "Omar")
LABELS = {
    Button.YES: ASK_COMMS,
    Button.YES_UNNAMED: ASK_UNNAMED,
    Button.ANSWERS: YES,
    Button.ANSWERS_NOT: NO,
    Button.FIRST_SECTION: THIS_ANSWERS,
    Button.NONE: NONE,
}
LAST_DAY = "2027-11-23"


class Mortal:
    """The bot's answers, which fail while the bot is dying."""

    def __init__(self, answers: Assistant) -> None:
        self.dying = False
        self.answers = answers

    def reply(self, question: Question) -> Reply:
        if self.dying:
            raise ConnectionError(question.role)
        return self.answers.reply(question)


class SlackConversation:
    def __init__(self, folder: Path, policy: EscalationPolicy, mode: Mode, bot: Assistant) -> None:
        self._open = ExitStack()
        self._mode = mode
        self._mortal = Mortal(bot)
        self._toy = Toy(
            in_folder(folder),
            policy,
            comms=COMMS_CONTACT,
            answers=self._mortal,
            policies=bot.policies,
        )
        self.slack = self._open.enter_context(SlackServer(_workspace()))
        self._bot = ExitStack()
        self._surface = self._start()
        self._said: dict[str, Message] = {}
        self._shown: dict[tuple[str, str], int] = {}
        self._refused: dict[str, list[str]] = {}
        self._told: dict[str, str] = {}

    def close(self) -> None:
        self._bot.close()
        self._open.close()

    def ask(self, name: str, text: str) -> None:
        """First at the top, and then in the thread that has begun."""
        thread = self._said[name].thread if name in self._said else ""
        self._said[name] = self._person(name).say(text, thread=thread)
        self._settle()

    def ask_unnamed(self, name: str, text: str) -> None:
        self.ask(name, f"unnamed: {text}")

    def ask_kept(self, name: str, text: str) -> None:
        self.ask(name, f"*keep:* {text}")

    def press(self, name: str, button: Button) -> None:
        person = self._person(name)
        for message in reversed(person.answers()):
            try:
                self._press(person, message, button)
            except CannotDo:
                continue
            self._settle()
            return
        raise AssertionError(f"{name} sees nothing with which to say {button}")

    def add(self, name: str, ref: str, text: str) -> None:
        person = self._person(name)
        self._press_on_case(person, "", "add", ref)
        self._fill_in(person, name, {asker_views.TEXT: text})

    def reply(self, name: str, ref: str, text: str) -> None:  # noqa: ARG002 -- its thread says which
        self.ask(name, text)

    def withdraw(self, name: str, ref: str) -> None:
        self._press_on_case(self._person(name), "", "withdraw", ref)
        self._settle()

    def edit(self, name: str, text: str) -> None:
        self._person(name).edit(self._said[name], text)
        self._settle()

    def delete(self, name: str) -> None:
        self._person(name).delete(self._said[name])
        self._settle()

    def seen(self, name: str) -> str:
        self._settle()
        return "\n".join([*self._refused.pop(name, []), *self._news(name, "")])

    def comms(self, name: str, deed: str, *words: str) -> None:
        person, ref = self._person(name), words[0]
        self._settle()
        self._news(name, COMMS)
        if deed == "retire":
            service = self._toy.service()
            self._told[name] = typed_by(service.office(DeskPerson("slack:jane", name)), deed, ref)
            service.desk.close()
            return
        self._press_on_case(person, COMMS, deed.removesuffix(" both"), ref)
        if person.modal is not None:
            self._fill_in(person, name, _entries(deed, words[1:]))
        self._settle()
        news = [*self._refused.pop(name, []), *self._news(name, COMMS)]
        self._told[name] = "\n".join(news)

    def told(self, name: str) -> str:
        return self._told[name]

    def desk(self) -> str:
        self._settle()
        messages = self._person("Jane").answers(COMMS)
        return "\n".join(each.words for each in messages if not each.only_for)

    def switch(self, name: str, switch: str, state: str) -> None:
        person = self._person(name)
        person.open_home()
        home = self.slack.wait_for(lambda: person.home)
        person.press(home, f"{state} {switch}")
        self._settle()
        self._told[name] = person.home.words if person.home else ""

    def days_pass(self, days: int) -> None:
        self._toy.clock.advance(days=days)

    def cut_off(self, name: str, text: str) -> None:
        self._mortal.dying = True
        self.ask(name, text)
        self._bot.close()
        self._mortal.dying = False
        self._toy.clock.advance(minutes=3)
        self._surface = self._start()

    def _start(self) -> Surface:
        service = self._toy.service()
        self._backlog = service.desk.backlog
        service.desk.jobs.sweep(service.conversation.answer_again)
        installed = installation(self.slack, self._mode)
        return self._bot.enter_context(running(service, self.slack, installed))

    def _settle(self) -> None:
        self.slack.wait_for(lambda: self._surface.idle and not self._backlog().waiting)

    def _person(self, name: str) -> Person:
        return self.slack.people[_id(name)]

    def _news(self, name: str, channel: str) -> list[str]:
        """What this person has not looked at, or what has changed since."""
        news = []
        for message in self._person(name).answers(channel):
            key = (name, message.ts)
            if self._shown.get(key) != message.edited:
                self._shown[key] = message.edited
                news.append(message.words)
        return news

    def _press(self, person: Person, message: Message, button: Button) -> None:
        if button in LABELS:
            person.press(message, LABELS[button])
        else:
            person.feedback(message, button is Button.HELPFUL)

    def _press_on_case(self, person: Person, channel: str, action: str, ref: str) -> None:
        """Where it is offered; else as from a screen that has not caught up."""
        for message in reversed(person.answers(channel)):
            if ref in message.words:
                try:
                    person.press(message, action)
                except CannotDo:
                    continue
                return
        self._press_stale(person, channel or person.dm.id, action, ref)

    def _press_stale(self, person: Person, channel: str, action: str, ref: str) -> Delivery:
        pressed = {"action_id": action, "block_id": "b0", "type": "button", "value": ref}
        where = self.slack.workspace.channels[channel]
        stale = Message(channel, self.slack.screen.next_ts(), BOT_USER, "")
        payload = interactions.pressed_in_message(person.user, where, stale, pressed)
        return person.send(Kind.INTERACTION, payload, ResponseUrl(channel, person.user.id))

    def _fill_in(self, person: Person, name: str, entries: dict[str, Entry]) -> None:
        view = person.modal or _never_opened(person)
        try:
            delivery = person.submit(entries)
        except CannotDo:
            payload = interactions.submitted(person.user, view, _values(view, entries))
            delivery = person.send(Kind.INTERACTION, payload)
        errors: Json = delivery.acks[-1].body.get("errors", {})
        self._refused.setdefault(name, []).extend(errors.values())
        self._settle()
        self.slack.screen.modals[person.user.id].clear()


def _entries(deed: str, words: tuple[str, ...]) -> dict[str, Entry]:
    if deed == "publish":
        question: dict[str, Entry] = {"question": words[0]} if words else {}
        return {**question, "clauses": ("toy:2(a)",), "review_by": LAST_DAY}
    both: dict[str, Entry] = {PUBLISHED_TOO: (PUBLISHED_TOO,)} if deed == "correct both" else {}
    return {asker_views.TEXT: "".join(words), **both}


def _values(view: View, entries: dict[str, Entry]) -> Json:
    return filled_in(view, entries)


def _never_opened(person: Person) -> View:
    raise AssertionError(f"{person.user.id} has no form to fill in")


def _id(name: str) -> str:
    return f"U0{name.upper()}"


def _workspace() -> Workspace:
    workspace = Workspace()
    workspace.add(*(User(_id(name), name.lower(), name) for name in (*ASKERS, *COLLEAGUES)))
    members = {*map(_id, COLLEAGUES), BOT_USER}
    workspace.open(Channel(COMMS, "comms", members, private=True))
    workspace.usergroups["S0MANAGERS"] = ()
    return installed_in(workspace)
