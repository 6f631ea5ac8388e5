"""A progress bar on standard error, for work that takes longer than a person waits in silence."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from index.encoding import Progress as Report


@contextmanager
def progress_bars() -> Iterator[Report]:
    """What is yielded starts a bar for each task it is told of."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    tasks: dict[str, TaskID] = {}

    def report(task: str, done: int, of: int) -> None:
        bars.start()  # not before: a display without a bar leaves an empty line
        if task not in tasks:
            tasks[task] = bars.add_task(task, total=of)
        bars.update(tasks[task], completed=done)

    try:
        yield report
    finally:
        if tasks:
            bars.stop()
