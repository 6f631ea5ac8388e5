"""The message extension: finds clauses to insert into a message, and looks up a message.

https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/what-are-messaging-extensions
"""

from collections.abc import Callable, Mapping

from desk.services.desk import Desk
from handlers.conversation.error_reply import error_reply
from handlers.conversation.question_actions import Answers
from handlers.conversation.reply_message import from_reply
from handlers.teams.action_data import ActionData, limited
from handlers.teams.activity import Json, mapping, string
from handlers.teams.cards.buttons import LONGEST_QUESTION
from handlers.teams.cards.elements import Element, card, text_input
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.clause_search import ClauseSearch
from handlers.teams.message_text import plain_text
from handlers.teams.messages import ADAPTIVE_CARD
from handlers.teams.senders import Sender, role_of
from knowledge.policy import Role
from knowledge.question import Question

TITLE = "Ask the policy"
QUESTION = "Your question"
LOOK_UP = "Look it up"
QUERY = "composeExtension/query"
# A message of LONGEST_QUESTION characters has more than these in HTML only if most of it is tags.
LONGEST_HTML = 5 * LONGEST_QUESTION


class Extension:
    """Looks up only: what is asked here is not stored and opens no case."""

    def __init__(
        self, desk: Desk, answers: Answers, search: ClauseSearch, cards: AskerCards
    ) -> None:
        self._desk = desk
        self._answers = answers
        self._search = search
        self._cards = cards

    def answer(self, invoke: str, who: Sender, value: Json) -> Json | None:
        """None for an invoke that is not of the extension."""
        answer = self._answers_by_invoke.get(invoke)
        if answer is None:
            return None
        try:
            return answer(who, value)
        except Exception as error:  # noqa: BLE001 -- whatever fails, the person must hear of it
            message = {"type": "message", "text": error_reply(error)}
            shown = {"type": "message", "value": message["text"]}
            return {"composeExtension": message} if invoke == QUERY else {"task": shown}

    @property
    def _answers_by_invoke(self) -> Mapping[str, Callable[[Sender, Json], Json]]:
        return {
            QUERY: self._query,
            "composeExtension/fetchTask": self._form,
            "composeExtension/submitAction": self._reply,
        }

    def _query(self, who: Sender, value: Json) -> Json:
        given = value.get("parameters")
        first = mapping(given[0]) if isinstance(given, list) and given else {}
        # Teams asks with "true" when the search is opened and nothing is typed yet.
        opened = first.get("name") == "initialRun"
        typed = limited(string(first.get("value")), LONGEST_QUESTION)
        return self._search.results("" if opened else typed, self._role(who))

    def _form(self, _: Sender, value: Json) -> Json:
        message = mapping(mapping(value.get("messagePayload")).get("body"))
        words = plain_text(string(message.get("content"))[:LONGEST_HTML])
        question = " ".join(words.split())[:LONGEST_QUESTION]
        body = [text_input("question", QUESTION, question, isMultiline=True, isRequired=True)]
        look_up = {"type": "Action.Submit", "title": LOOK_UP, "data": {}}
        return _dialog(card(TITLE, body, [look_up]))

    def _reply(self, who: Sender, value: Json) -> Json:
        text = ActionData(mapping(value.get("data"))).text("question", LONGEST_QUESTION)
        reply = self._answers.reply(Question(text, self._role(who)))
        return _dialog(self._cards.says(from_reply(reply)))

    def _role(self, who: Sender) -> Role:
        return role_of(self._desk.preferences.read(who.person))


def _dialog(shown: Element) -> Json:
    attachment = {"contentType": ADAPTIVE_CARD, "content": shown}
    task = {"title": TITLE, "height": "medium", "width": "medium", "card": attachment}
    return {"task": {"type": "continue", "value": task}}
