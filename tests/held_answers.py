"""A bot whose answers wait until a test lets them go."""

from dataclasses import dataclass, field
from threading import Event

from answer.assistant import Assistant
from answer.reply import Reply
from knowledge.question import Question
from tests.toy_service import shared_assistant

PATIENCE_S = 30  # after which an answer goes by itself, so that no test hangs


@dataclass(frozen=True)
class HeldAnswers:
    assistant: Assistant = field(default_factory=shared_assistant)
    let_go: Event = field(default_factory=Event)

    def reply(self, question: Question) -> Reply:
        self.let_go.wait(PATIENCE_S)
        return self.assistant.reply(question)
