"""Microsoft's keys, with which it signs the tokens of the messages that it delivers."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from handlers.teams.activity import Json, mapping, string
from handlers.teams.fetched_value import Fetched, FetchedValue, UnavailableError
from handlers.teams.microsoft import Cloud, fetch_json

DAY_S = 24 * 60 * 60.0
# Microsoft asks bots to refresh the keys at least once a day, and publishes a new one before it
# uses it: https://learn.microsoft.com/en-us/azure/bot-service/rest-api/
# bot-framework-rest-connector-authentication
REFRESH_S = DAY_S
USABLE_S = 3 * DAY_S  # a day or two without Microsoft's list must not silence the bot
# A token with an unknown key may be signed with a new one, or forged: ask again, but not often.
UNKNOWN_S = 300.0


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`endorsements`: the channels whose messages it signs; if there are none, all."""

    key: RSAKey
    endorsements: frozenset[str]


class SigningKeys:
    def __init__(self, cloud: Cloud, clock: Callable[[], float] = time.monotonic) -> None:
        self._cloud = cloud
        self._keys = FetchedValue(self._fetch, clock)

    async def find(self, key_id: str) -> SigningKey | None:
        """None for an id that Microsoft has not published. Raises UnavailableError."""
        known = await self._keys.get()
        if key_id not in known:
            known = await self._keys.get(max_age_s=UNKNOWN_S)
        return known.get(key_id)

    async def _fetch(self) -> Fetched[Mapping[str, SigningKey]]:
        metadata = await self._read(self._cloud.keys)
        published = _list((await self._read(string(metadata.get("jwks_uri")))).get("keys"))
        keys = dict(filter(None, map(_signing_key, map(mapping, published))))
        if not keys:
            raise UnavailableError
        return Fetched(keys, REFRESH_S, USABLE_S)

    async def _read(self, address: str) -> Json:
        return await fetch_json(address, self._cloud.timeout_s)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _signing_key(published: Json) -> tuple[str, SigningKey] | None:
    """With its id. None for a broken key, and for one of a kind that does not sign messages."""
    key_id = string(published.get("kid"))
    if not key_id or published.get("kty") != "RSA":
        return None
    try:
        key = RSAKey.import_key(published)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return key_id, SigningKey(key, frozenset(map(string, _list(published.get("endorsements")))))
