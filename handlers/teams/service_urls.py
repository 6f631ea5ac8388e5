"""Where Microsoft takes messages for each conversation: known since it was last heard from."""

from collections import OrderedDict

from desk.model.errors import RetryAfter
from handlers.teams.address import POST, Address

# For who has not been heard from since the start: https://learn.microsoft.com/en-us/microsoftteams/
# platform/bots/how-to/conversations/send-proactive-messages names it for this.
GLOBAL_URL = "https://smba.trafficmanager.net/teams/"
REMEMBERED = 10_000
PATIENCE_S = 2.0


class ServiceUrls:
    """Where each conversation was last heard from. Without a `default` (an unregistered bot,
    which only the Agents Playground reaches, at another port after each start) the last URL of
    all serves every conversation, and before the first one must wait."""

    def __init__(self, default: str = GLOBAL_URL) -> None:
        self._default = default
        self._last = ""
        self._heard: OrderedDict[str, str] = OrderedDict()

    def hear(self, conversation: str, url: str) -> None:
        place = conversation.partition(POST)[0]
        self._last = url
        self._heard[place] = url
        self._heard.move_to_end(place)
        if len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)

    def of(self, address: Address) -> str:
        """Raises RetryAfter where nobody has been heard from yet."""
        if self._default:
            return self._heard.get(address.channel, self._default)
        if not self._last:
            raise RetryAfter(PATIENCE_S)
        return self._last
