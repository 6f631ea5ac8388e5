"""The bot over the toy policy, running against a council's Slack, for tests of the surface."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from handlers.slack.app import SlackSurface
from tests.handlers.slack.council import ANN, BEN, council
from tests.handlers.slack.fake.people import Person
from tests.handlers.slack.fake.screen import Message, View
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.running_bot import COMMS, Mode, heard, installation, running
from tests.toy_service import Toy, in_folder

LOGO = "may I have the logo on my blog"
UNSURE = "training meeting"
QUOTE = "“Avoid use of the council logo on a blog.”"
RECEIPT = "Your reference is C-1."


@dataclass
class Council:
    """Ann asks, Ben is of comms and a manager."""

    slack: SlackServer
    toy: Toy
    surface: SlackSurface

    @property
    def ann(self) -> Person:
        return self.slack.people[ANN]

    @property
    def ben(self) -> Person:
        return self.slack.people[BEN]

    def heard(self, person: Person, words: str, channel: str = "") -> Message:
        return heard(self.slack, person, words, channel)

    def modal(self, person: Person) -> View:
        found = self.slack.wait_for(lambda: person.modal)
        assert found is not None
        return found

    def home(self, person: Person, words: str) -> View:
        person.open_home()
        return self.home_now(person, words)

    def home_now(self, person: Person, words: str) -> View:
        found = self.slack.wait_for(
            lambda: person.home if person.home and words in person.home.words else None
        )
        assert found is not None
        return found

    def pass_time_until(self, condition: Callable[[], object]) -> None:
        """The outbox waits by a clock that only this moves."""

        def later() -> object:
            self.toy.clock.advance(seconds=1)
            return condition()

        self.slack.wait_for(later)

    def settle(self) -> None:
        """Until nothing goes on any more; the clock of the outbox stands still."""
        desk = self.toy.desk()
        self.slack.wait_for(lambda: self.surface.idle and not desk.backlog().waiting)
        desk.close()


@contextmanager
def council_with_bot(
    folder: Path, mode: Mode = Mode.HTTP, *, answer_guests: bool = False
) -> Iterator[Council]:
    with SlackServer(installed_in(council())) as slack:
        toy = Toy(in_folder(folder), comms=COMMS)
        installed = installation(slack, mode, answer_guests=answer_guests)
        with running(toy.service(), slack, installed) as surface:
            yield Council(slack, toy, surface)
