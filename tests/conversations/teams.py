"""The scripts' surface that is Teams: activities go to the bot over HTTP, and a server that
stands for Teams keeps what it posts."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from answer.assistant import Assistant
from desk.model.question import Incoming
from handlers.conversation.escalation import EscalationPolicy
from handlers.teams.activity import read_activity
from handlers.teams.address import comms_contact
from handlers.teams.senders import sender
from handlers.teams.verbs import Verb
from knowledge.policy import Role
from tests.conversations.surface import Button
from tests.handlers.teams.card_text import presses, words
from tests.handlers.teams.fake_teams import Json, Person, Shown
from tests.handlers.teams.running import Bot, running
from tests.handlers.teams.tenant import CHANNEL, TENANT
from tests.toy_service import Toy, in_folder

COMMS = comms_contact(CHANNEL, TENANT, "")
OFFERS = {
    Button.YES: ("COMMS", {Verb.COMMS, Verb.COMPLAIN}),
    Button.YES_UNNAMED: ("UNNAMED", {Verb.COMMS, Verb.COMPLAIN}),
    Button.HELPFUL: (None, {Verb.HELPFUL}),
    Button.ANSWERS: (None, {Verb.HELPFUL}),
    Button.ANSWERS_NOT: ("COMMS", {Verb.COMMS}),
    Button.NOT_HELPFUL: (None, {Verb.NOT_HELPFUL}),
    Button.FIRST_SECTION: (None, {Verb.CONFIRM}),
    Button.NONE: ("COMMS", {Verb.COMMS}),
}
INPUTS = {"answer": "answer", "correct": "correct", "close": "reason"}


class TeamsSurface:
    def __init__(self, bot: Bot, toy: Toy) -> None:
        self.bot = bot
        self.clock = toy.clock
        self.questions: dict[str, Json] = {}
        self.notes: dict[str, list[str]] = {}
        self.looked: dict[str, list[tuple[str, int]]] = {}
        self.answers: dict[str, str] = {}

    def ask(self, name: str, text: str) -> None:
        self.questions[name] = self._person(name).says(text)
        self.bot.hear(self.questions[name])

    def ask_unnamed(self, name: str, text: str) -> None:
        self.ask(name, f"unnamed: {text}")

    def ask_kept(self, name: str, text: str) -> None:
        self.ask(name, f"keep: {text}")

    def press(self, name: str, button: Button) -> None:
        offer, verbs = OFFERS[button]
        for shown in reversed(self.bot.fake.of(self._person(name).conversation)):
            for action in presses(shown.card) if "attachments" in shown.activity else []:
                if action["verb"] in verbs and action["data"].get("offer") == offer:
                    self._act(name, action["verb"], action["data"])
                    return
        raise AssertionError(f"{name} has no button for {button}")

    def add(self, name: str, ref: str, text: str) -> None:
        self._act(name, Verb.ADD, {"case": ref, "add": text})

    def reply(self, name: str, ref: str, text: str) -> None:  # noqa: ARG002 -- the quote says which
        question = self.questions[name]["id"]
        self.bot.hear(self._person(name).says(f'<quoted messageId="{question}"/> {text}'))

    def withdraw(self, name: str, ref: str) -> None:
        self._act(name, Verb.WITHDRAW, {"case": ref})

    def edit(self, name: str, text: str) -> None:
        self.bot.hear(self._person(name).edits(self.questions[name], text))

    def delete(self, name: str) -> None:
        self.bot.hear(self._person(name).deletes(self.questions[name]))

    def seen(self, name: str) -> str:
        """A card that was updated is seen again."""
        self.bot.service.desk.jobs.sweep(self.bot.service.conversation.answer_again)
        self.bot.deliver()
        shown = self.bot.fake.of(self._person(name).conversation)
        now = [(each.id, each.updates) for each in shown]
        before = self.looked.get(name, [])
        self.looked[name] = now
        new = [_read(each) for each, state in zip(shown, now, strict=True) if state not in before]
        return "\n".join([*new, *self.notes.pop(name, [])])

    def comms(self, name: str, deed: str, *given: str) -> None:
        ref, *said = given
        if deed == "retire":
            self._type(name, f"retire {ref}")
            return
        data = {"case": ref}
        if deed == "correct both":
            deed = "correct"
            data |= {"published": "true"}
        if deed == "publish":
            data |= self._review(ref, *said)
        elif said:
            data |= {INPUTS[deed]: said[0]}
        self.answers[name] = self._respond(self.bot.in_channel(name).presses(deed, data))

    def told(self, name: str) -> str:
        return self.answers[name]

    def desk(self) -> str:
        return "\n".join(map(_read, self.bot.fake.within(CHANNEL)))

    def switch(self, name: str, switch: str, state: str) -> None:
        self._type(name, f"turn {state}: {switch}")

    def days_pass(self, days: int) -> None:
        self.clock.advance(days=days)

    def cut_off(self, name: str, text: str) -> None:
        """Taken in, and the process ends before it looks for an answer."""
        activity = self._person(name).says(text)
        who = sender(read_activity(json.dumps(activity).encode()))
        left = Incoming(who.event, who.message, who.contact, who.person, Role.STAFF, text)
        self.bot.service.desk.intake.accept(left)
        self.bot.take(self._person(name).activity("typing"))  # so that Teams is heard from
        self.clock.advance(minutes=3)

    def _person(self, name: str) -> Person:
        return self.bot.person(name)

    def _act(self, name: str, verb: str, data: Json) -> None:
        note = self._respond(self._person(name).presses(verb, data))
        self.notes.setdefault(name, []).append(note)

    def _respond(self, invoke: Json) -> str:
        value = self.bot.hear(invoke)["value"]
        return value if isinstance(value, str) else words(value)

    def _review(self, ref: str, question: str = "") -> Json:
        """The form as it is filled in beforehand, but for the question."""
        case = self.bot.service.desk.casework.show(ref)
        answered = case.answers[-1].text if case.answers else ""
        return {
            "question": question or case.question,
            "publish": answered,
            "publishClauses": "toy:2(a)",
            "reviewBy": "2027-11-23",
        }

    def _type(self, name: str, text: str) -> None:
        self.bot.hear(self.bot.in_channel(name).mentions(text))
        self.answers[name] = self.bot.fake.of(CHANNEL)[-1].activity["text"]


@contextmanager
def teams_surface(folder: Path, policy: EscalationPolicy, bot: Assistant) -> Iterator[TeamsSurface]:
    toy = Toy(in_folder(folder), policy=policy, comms=(COMMS,), answers=bot, policies=bot.policies)
    with running(toy.service()) as teams:
        yield TeamsSurface(teams, toy)


def _read(shown: Shown) -> str:
    if "attachments" not in shown.activity:
        return str(shown.activity["text"])
    return words(shown.card)
