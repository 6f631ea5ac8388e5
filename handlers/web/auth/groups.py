"""From what an issuer says of a person to what they may do at the desk."""

from dataclasses import dataclass

from desk.model.errors import SignInRefused
from desk.model.people import Person
from desk.model.sign_in import AccessLevel
from handlers.web.auth.openid import Json

LONGEST_KEY = 200
NO_GROUP = (
    "You are signed in, but in no group that may see the desk. Ask who runs this bot to add you."
)
TOO_MANY = (
    "You are in more groups than the sign-in service names. Ask who runs it to name only the "
    "groups of this application."
)


@dataclass(frozen=True, slots=True)
class Groups:
    """Which groups are let in as what. `claim` is where the issuer names a person's groups; one
    that holds a single word ("email", say) counts as one group."""

    claim: str
    readers: frozenset[str]
    comms: frozenset[str]
    owners: frozenset[str]

    def standing(self, claims: Json) -> AccessLevel:
        """The highest of those that the person's groups give. Raises SignInRefused."""
        mine = self._named(claims)
        for standing, groups in self._from_the_top():
            if mine & groups:
                return standing
        # Entra leaves the claim out, and says so, where somebody is in too many groups.
        if self.claim not in claims and "_claim_names" in claims:
            raise SignInRefused(TOO_MANY, "too many groups for a token")
        raise SignInRefused(NO_GROUP, "in no group of the desk")

    def _from_the_top(self) -> tuple[tuple[AccessLevel, frozenset[str]], ...]:
        return (
            (AccessLevel.OWNER, self.owners),
            (AccessLevel.COMMS, self.comms),
            (AccessLevel.READER, self.readers),
        )

    def _named(self, claims: Json) -> frozenset[str]:
        if self.claim == "email" and claims.get("email_verified") is False:
            return frozenset()
        named = claims.get(self.claim, ())
        return frozenset([named] if isinstance(named, str) else _words(named))


def person_of(claims: Json) -> Person:
    key = f"oidc:{claims['sub']}"
    if len(key) > LONGEST_KEY:
        raise SignInRefused("Your account's number is longer than this bot takes.", "a long number")
    names = (claims.get(claim) for claim in ("name", "preferred_username", "email"))
    name = next((str(name) for name in names if name), "A colleague")
    return Person(key, name[:LONGEST_KEY])


def _words(named: object) -> list[str]:
    return [each for each in named if isinstance(each, str)] if isinstance(named, list) else []
