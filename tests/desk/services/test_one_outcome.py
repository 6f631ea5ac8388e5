"""The promise: each accepted question ends in exactly one outcome, and its asker hears it once."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest

from desk.model.errors import AlreadyFinished
from desk.model.messages import BotReply, Receipt
from desk.model.people import Person
from desk.model.question import Accepted, Escalation, Incoming, Outcome
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from knowledge.reason import Reason
from tests.desk.council import incoming
from tests.desk.fakes import FakeClock, RecordingMessenger

_QUESTIONS = 12


@pytest.fixture
def hasty(address: str, clock: FakeClock) -> Iterator[Desk]:
    """Its sweeper takes every question for left at once, so it races with the workers."""
    desk = open_desk(address, Rules(grace=timedelta(0)), clock, EqualWordsOnly())
    yield desk
    desk.close()


@pytest.mark.parametrize("seed", range(3))
def test_each_accepted_question_has_one_outcome_in_any_order_of_events(
    hasty: Desk, clock: FakeClock, seed: int
) -> None:
    chance = random.Random(seed)
    questions = [
        incoming(Person(f"terminal:{number}", str(number)), f"Question {number % 9}?")
        for number in range(_QUESTIONS)
    ]
    acts = [work(hasty, question, chance) for question in questions * 2]
    acts += [sweep(hasty, chance) for _ in range(6)]
    chance.shuffle(acts)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda act: act(), acts))
    clock.advance(seconds=1)
    sweep(hasty, chance)()
    assert hasty.jobs.sweep(lambda left: pytest.fail(f"{left.id} has no outcome")) == 0
    assert heard(hasty) == dict.fromkeys((question.person.key for question in questions), 1)


def work(desk: Desk, question: Incoming, chance: random.Random) -> Callable[[], None]:
    fate = chance.choice(["answered", "handed over", "the worker dies"])

    def act() -> None:
        outcome = desk.intake.accept(question)
        if isinstance(outcome, Accepted) and fate != "the worker dies":
            finish(desk, outcome.question_id, fate)

    return act


def sweep(desk: Desk, chance: random.Random) -> Callable[[], None]:
    fate = chance.choice(["answered", "handed over"])

    def act() -> None:
        desk.jobs.sweep(lambda left: finish(desk, left.id, fate))

    return act


def finish(desk: Desk, question_id: int, fate: str) -> None:
    with suppress(AlreadyFinished):
        if fate == "handed over":
            desk.escalations.hand_over(Escalation(question_id, Reason.NEAR_MISS))
        else:
            desk.intake.finish(question_id, Outcome.ANSWERED, "the reply")


def heard(desk: Desk) -> dict[str, int]:
    messenger = RecordingMessenger()
    while desk.delivery.deliver_due(messenger):
        pass
    told = (sent for sent in messenger.sent if isinstance(sent.message, BotReply | Receipt))
    return dict(Counter(sent.contact.address for sent in told))
