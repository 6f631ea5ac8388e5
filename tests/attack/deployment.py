"""The bot as its settings build it, over the toy policy, on a free port of this machine."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.serve import surfaces
from app.web_application import Surface, application, listening
from desk.model.case import Case
from handlers.conversation.services import Services
from handlers.web.auth.local_login import LocalLogin
from settings import read_settings
from tests.desk.council import incoming
from tests.toy_service import Toy, in_folder

UNSURE = "who runs the training and the meeting?"
START_S = 30


@dataclass(frozen=True)
class Bot:
    port: int
    services: Services
    surfaces: list[Surface]

    def case(self) -> Case:
        """Somebody has asked what comms must answer."""
        self.services.conversation.ask(incoming(text=UNSURE))
        return self.services.desk.casework.listed()[-1]

    def printed_link(self) -> str:
        """The path that opens the desk on this machine; empty where there is none."""
        return next((each.link("") for each in self.surfaces if isinstance(each, LocalLogin)), "")


@contextmanager
def bot(folder: Path, **settings: object) -> Iterator[Bot]:
    """Run the bot until the context ends. `settings` are those of .env."""
    chosen = read_settings(_env_file=None, data=folder, **settings)
    services = Toy(in_folder(folder), public_url=chosen.public_url).service()
    parts = surfaces(chosen, services)
    started, stop = threading.Event(), asyncio.Event()
    port = 0

    async def run() -> None:
        nonlocal port
        async with listening(application(services, parts), "127.0.0.1", 0) as port:
            started.set()
            await stop.wait()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=[run()], daemon=True)
    thread.start()
    try:
        assert started.wait(START_S)
        yield Bot(port, services, parts)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(START_S)
        loop.close()
        services.desk.close()
