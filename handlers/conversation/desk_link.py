"""The link that opens the desk once, on the machine that runs the bot."""

from datetime import timedelta

from desk.services.sign_ins import SignIns

KEY = "key"
LASTS = timedelta(days=1)
LOCAL_ADDRESS = "http://127.0.0.1:3978"
"""Where the bot listens unless it is told otherwise."""


def desk_link(sign_ins: SignIns, address: str = LOCAL_ADDRESS) -> str:
    """A new one. `address` is where the bot listens."""
    return f"{address.rstrip('/')}/desk?{KEY}={sign_ins.new_link(LASTS)}"
