"""At which address Microsoft takes messages for each conversation."""

from collections import OrderedDict

from desk.model.errors import DeliveryFailed
from handlers.teams.address import Address

# For conversations that nobody has written in since the start:
# https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
GLOBAL_URL = "https://smba.trafficmanager.net/teams/"
MOST_REMEMBERED = 10_000


class NoServiceUrlError(DeliveryFailed):
    """Nobody has written to the bot since it started, so it knows no address yet."""


class ServiceUrls:
    """Remembers the address that the last activity of each conversation named; `default` serves
    all others.

    Without a `default`, in a local trial, the address of the last activity serves every
    conversation: the Agents Playground has another port after each start.
    """

    def __init__(self, default: str = GLOBAL_URL) -> None:
        self._default = default
        self._last = ""
        self._by_channel: OrderedDict[str, str] = OrderedDict()

    def remember(self, address: Address, url: str) -> None:
        self._last = url
        self._by_channel[address.channel] = url
        self._by_channel.move_to_end(address.channel)
        if len(self._by_channel) > MOST_REMEMBERED:
            self._by_channel.popitem(last=False)

    def of(self, address: Address) -> str:
        """Raises NoServiceUrlError."""
        if self._default:
            return self._by_channel.get(address.channel, self._default)
        if not self._last:
            raise NoServiceUrlError("Nobody has written to the bot on Teams since it started.")
        return self._last
