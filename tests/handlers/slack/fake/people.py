"""People in Slack: they press, choose and fill in what they see, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.handlers.slack.fake import interactions
from tests.handlers.slack.fake.block_rules import check_view
from tests.handlers.slack.fake.delivery import Delivery, Kind
from tests.handlers.slack.fake.forms import (
    CannotDo,
    Entry,
    entered,
    field_named,
    filled_in,
    unanswered,
)
from tests.handlers.slack.fake.reading import interactive
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.screen import Message, View
from tests.handlers.slack.fake.sender import Sender
from tests.handlers.slack.fake.state import ResponseUrl
from tests.handlers.slack.fake.view_methods import pushed, replaced


@dataclass(frozen=True)
class Person(Sender):
    def press(self, where: Message | View | None, button: str) -> Delivery:
        """A button by its label, action_id or value; a confirmation is confirmed."""
        block, element, pressed = self._button(where, button)
        action = _action(block, element) | {
            name: pressed[name] for name in ("text", "value", "url", "style") if name in pressed
        }
        return self._act(where, action)

    def feedback(self, where: Message, helpful: bool) -> Delivery:
        for block in self._blocks(where):
            for element in interactive(block):
                if element["type"] == "feedback_buttons":
                    side = "positive_button" if helpful else "negative_button"
                    return self._act(where, _action(block, element) | element[side])
        raise CannotDo(f"{self.user.id} sees no feedback buttons in: {where.words}")

    def choose(self, where: Message | View | None, name: str, entry: Entry) -> Delivery:
        """In a menu outside of a form's fields, by its action_id."""
        for block in self._blocks(where):
            for element in interactive(block):
                if element.get("action_id") == name:
                    state = entered(element, entry)
                    if isinstance(where, View):
                        where.chosen[block["block_id"], name] = state
                    return self._act(where, _action(block, element) | state)
        raise CannotDo(f"{self.user.id} sees no {name!r}")

    def fill_in(self, name: str, entry: Entry) -> None:
        """A field of the modal on top, which is not submitted yet."""
        view = self._modal()
        block, element = field_named(view, name)
        view.chosen[block["block_id"], element["action_id"]] = entered(element, entry)

    def submit(self, entries: Mapping[str, Entry] | None = None) -> Delivery:
        """The modal on top, as it is filled in, with these entries besides."""
        view = self._modal()
        if "submit" not in view.json:
            raise CannotDo("the modal has nothing to submit")
        values = filled_in(view, entries or {})
        if left := unanswered(view, values):
            raise CannotDo(f"still to be filled in: {left}")
        delivery = self.send(Kind.INTERACTION, interactions.submitted(self.user, view, values))
        if delivery.acked:
            self._follow(view, delivery.acks[-1].body)
        return delivery

    def close(self) -> Delivery | None:
        """The modal on top; its app is notified only if it asked to be."""
        view = self._modal()
        self._shut(view)
        if not view.json.get("notify_on_close"):
            return None
        payload = interactions.closed(self.user, view, filled_in(view, {}))
        return self.send(Kind.INTERACTION, payload)

    def _follow(self, view: View, response: Json) -> None:
        """What Slack does after a submission, as its app asked."""
        stack = self.state.screen.modals[self.user.id]
        with self.state.screen.changed:
            match response.get("response_action"):
                case "errors":
                    self._show_errors(view, response["errors"])
                case "update":
                    check_view(response["view"], "modal")
                    replaced(self.state, view, response["view"])
                case "push":
                    check_view(response["view"], "modal")
                    pushed(self.state, self.user.id, response["view"])
                case "clear":
                    stack.clear()
                case _:
                    self._shut(view)
            self.state.screen.changed.notify_all()

    def _show_errors(self, view: View, errors: Mapping[str, str]) -> None:
        blocks = {b["block_id"] for b in view.json["blocks"] if b["type"] == "input"}
        if not errors or not set(errors) <= blocks:
            raise CannotDo(f"errors for {set(errors)}, but the input blocks are {blocks}")
        view.errors = dict(errors)

    def _shut(self, view: View) -> None:
        """It may be gone already: its app may have cleared or replaced it."""
        stack = self.state.screen.modals[self.user.id]
        if view in stack:
            stack.remove(view)

    def _act(self, where: Message | View | None, action: Json) -> Delivery:
        stamped = action | {"action_ts": self.state.screen.next_ts()}
        if isinstance(where, Message):
            channel = self.state.workspace.channels[where.channel]
            payload = interactions.pressed_in_message(self.user, channel, where, stamped)
            url = ResponseUrl(where.channel, self.user.id, where.thread_ts, where.ts)
            return self.send(Kind.INTERACTION, payload, url)
        assert where is not None
        values = filled_in(where, {})
        payload = interactions.pressed_in_view(self.user, where, stamped, values)
        return self.send(Kind.INTERACTION, payload)

    def _button(self, where: Message | View | None, name: str) -> tuple[Json, Json, Json]:
        """The block, its element, and what of the element is pressed."""
        seen = []
        for block in self._blocks(where):
            for element in interactive(block):
                for pressed in _pressable(element):
                    label = pressed["text"]["text"]
                    if name in (label, pressed.get("value"), element.get("action_id")):
                        return block, element, pressed
                    seen.append(label)
        raise CannotDo(f"{self.user.id} sees no button {name!r}, only {seen}")

    def _blocks(self, where: Message | View | None) -> list[Json]:
        """Raises CannotDo unless it is on this person's screen."""
        match where:
            case Message() if where in self.sees(where.channel):
                return where.blocks
            case View() if where in (self.modal, self.home):
                blocks: list[Any] = where.json["blocks"]
                return blocks
            case _:
                raise CannotDo(f"{self.user.id} does not see that now")

    def _modal(self) -> View:
        if self.modal is None:
            raise CannotDo(f"{self.user.id} has no modal open")
        return self.modal


def _pressable(element: Json) -> list[Json]:
    if element["type"] == "feedback_buttons":
        return [element["positive_button"], element["negative_button"]]
    return [element] if element["type"] in ("button", "icon_button") else []


def _action(block: Json, element: Json) -> Json:
    named = {"action_id": element.get("action_id", ""), "block_id": block["block_id"]}
    return named | {"type": element["type"]}
