"""What a browser keeps while its user is away at the issuer, signed so that nobody changes it."""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta

from joserfc import jwt
from joserfc.jwk import OctKey

from desk.model.clock import Clock
from desk.model.errors import SignInRefused
from handlers.web.auth.openid import MALFORMED, LoginSecrets

LASTS = timedelta(minutes=10)
TOO_LATE = "That sign-in took too long, or began in another browser. Start again."


@dataclass(frozen=True, slots=True)
class LoginState:
    """`to` is the page of the desk to come back to."""

    secrets: LoginSecrets
    to: str


def new_login_state(to: str) -> LoginState:
    return LoginState(LoginSecrets(*(secrets.token_urlsafe(32) for _ in range(3))), to)


class StateCookie:
    """All replicas share the client's secret, so each of them reads what another has signed."""

    def __init__(self, client_secret: str, clock: Clock) -> None:
        digest = hashlib.sha256(b"login state\0" + client_secret.encode()).digest()
        self._key = OctKey.import_key(digest)
        self._clock = clock

    def sign(self, state: LoginState) -> str:
        until = int((self._clock.now() + LASTS).timestamp())
        claims = asdict(state.secrets) | {"to": state.to, "exp": until}
        return jwt.encode({"alg": "HS256"}, claims, self._key)

    def read(self, signed: str, state: str) -> LoginState:
        """Raises SignInRefused for what is not ours, is too old, or is of another sign-in."""
        try:
            claims = jwt.decode(signed, self._key, algorithms=["HS256"]).claims
            now = int(self._clock.now().timestamp())
            jwt.JWTClaimsRegistry(now=now, exp={"essential": True}).validate(claims)
        except MALFORMED as error:
            raise SignInRefused(TOO_LATE, "no sign-in was begun here") from error
        # As bytes: the state in the address may hold any character.
        if not secrets.compare_digest(str(claims["state"]).encode(), state.encode()):
            raise SignInRefused(TOO_LATE, "the state is of another sign-in")
        kept = LoginSecrets(claims["state"], claims["nonce"], claims["verifier"])
        return LoginState(kept, claims["to"])
