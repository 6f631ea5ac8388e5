"""From what an issuer says of a person to what they may do at the desk."""

from dataclasses import dataclass

from desk.model.errors import SignInRefused
from desk.model.people import Person
from desk.model.sign_in import AccessLevel
from handlers.web.auth.login_method import OIDC_KEY
from handlers.web.auth.openid import Json

LONGEST_KEY = 200
# Some issuers send the word.
VERIFIED = (True, "true")
NO_GROUP = (
    "You are signed in, but in no group that may see the desk. Ask the person who runs this bot "
    "to add you."
)
NOT_VERIFIED = (
    "The sign-in service does not say that your e-mail address is verified, so it cannot open "
    "the desk. Ask the person who runs the sign-in service."
)
TOO_MANY = (
    "You are in more groups than the sign-in service names. Ask the person who runs it to name "
    "only the groups of this application."
)


@dataclass(frozen=True, slots=True)
class Groups:
    """Which groups are let in as what. `claim` is where the issuer names a person's groups; one
    that holds a single word ("email", say) counts as one group."""

    claim: str
    readers: frozenset[str]
    comms: frozenset[str]
    owners: frozenset[str]

    def access(self, claims: Json) -> AccessLevel:
        """The highest that the person's groups give. Raises SignInRefused."""
        mine = _comparable(self._named(claims))
        for access, groups in self._from_the_top():
            if mine & _comparable(groups):
                return access
        if self.claim == "email" and "email" in claims and not _is_verified(claims):
            raise SignInRefused(NOT_VERIFIED, "the e-mail address is not verified")
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
        if self.claim == "email" and not _is_verified(claims):
            return frozenset()
        named = claims.get(self.claim, ())
        return frozenset([named] if isinstance(named, str) else _texts(named))


def person_of(claims: Json) -> Person:
    """Raises SignInRefused for an account whose id is too long to keep."""
    key = f"{OIDC_KEY}{claims['sub']}"
    if len(key) > LONGEST_KEY:
        raise SignInRefused("Your account's id is longer than this bot can keep.", "a long id")
    shown = ["name", "preferred_username", *(["email"] if _is_verified(claims) else [])]
    name = next((str(claims[claim]) for claim in shown if claims.get(claim)), "A colleague")
    return Person(key, name[:LONGEST_KEY])


def _is_verified(claims: Json) -> bool:
    return claims.get("email_verified") in VERIFIED


def _comparable(names: frozenset[str]) -> frozenset[str]:
    """E-mail addresses compare without case; ids of groups as they are."""
    return frozenset(name.casefold() if "@" in name else name for name in names)


def _texts(named: object) -> list[str]:
    return [each for each in named if isinstance(each, str)] if isinstance(named, list) else []
