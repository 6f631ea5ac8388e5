"""A progress bar on standard error, for work that takes longer than a person waits in silence."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from index.build import Progress as Report


@contextmanager
def progress_bars() -> Iterator[Report]:
    """What is yielded starts a bar for each task it is told of."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def report(task: str, done: int, of: int) -> None:
            if task not in tasks:
                tasks[task] = bars.add_task(task, total=of)
            bars.update(tasks[task], completed=done)

        yield report
