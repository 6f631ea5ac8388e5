"""txtai's embeddings database, with its defaults."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from txtai import Embeddings

from benchmarks.peers import COUNT, Near


class Txtai:
    def __init__(self, texts: Sequence[str], model: Path) -> None:
        self._embeddings = Embeddings(path=str(model), content=True)
        self._embeddings.index(texts)
        # All its searches share one SQLite cursor, and it leaves the locking to its caller.
        self._one_at_a_time = Lock()

    def search(self, text: str) -> Sequence[Near]:
        with self._one_at_a_time:
            rows = self._embeddings.search(text, COUNT)
        return [Near(int(row["id"]), float(row["score"])) for row in rows]
