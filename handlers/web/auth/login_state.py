"""What a browser keeps while its user is away at the issuer, sealed so that it is ours."""

import hashlib
import secrets
from dataclasses import asdict, dataclass

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from desk.model.clock import Clock
from desk.model.errors import SignInRefused
from handlers.web.auth.openid import Secrets

LASTS_S = 600
TOO_LATE = "That sign-in took too long, or began in another browser. Start again."


@dataclass(frozen=True, slots=True)
class LoginState:
    """`to` is the page of the desk to come back to."""

    secrets: Secrets
    to: str


def new_login_state(to: str) -> LoginState:
    return LoginState(Secrets(*(secrets.token_urlsafe(32) for _ in range(3))), to)


class StateCookie:
    """All replicas share the client's secret, so each opens what another has sealed."""

    def __init__(self, client_secret: str, clock: Clock) -> None:
        digest = hashlib.sha256(b"departure\0" + client_secret.encode()).digest()
        self._key = OctKey.import_key(digest)
        self._clock = clock

    def close(self, departure: LoginState) -> str:
        until = int(self._clock.now().timestamp()) + LASTS_S
        claims = asdict(departure.secrets) | {"to": departure.to, "exp": until}
        return jwt.encode({"alg": "HS256"}, claims, self._key)

    def open(self, sealed: str, state: str) -> LoginState:
        """Raises SignInRefused for what is not ours, is too old, or is of another sign-in."""
        try:
            claims = jwt.decode(sealed, self._key, algorithms=["HS256"]).claims
            now = int(self._clock.now().timestamp())
            jwt.JWTClaimsRegistry(now=now, exp={"essential": True}).validate(claims)
        except (JoseError, ValueError) as error:
            raise SignInRefused(TOO_LATE, "no sign-in was begun here") from error
        # In bytes: what somebody wrote into the address may hold any letter.
        if not secrets.compare_digest(str(claims["state"]).encode(), state.encode()):
            raise SignInRefused(TOO_LATE, "the state is of another sign-in")
        kept = Secrets(claims["state"], claims["nonce"], claims["verifier"])
        return LoginState(kept, claims["to"])
