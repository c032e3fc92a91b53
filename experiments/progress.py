"""A bar on standard error that tells how far a sweep is, how long it will take, and what went wrong."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

__all__ = ["bar"]


@contextmanager
def bar(
    name: str, total: int, found: int, shown: bool | None
) -> Iterator[Callable[[Mapping[str, int]], None]]:
    """Show a bar while the block runs.

    Parameters
    ----------
    name
        What is running.
    total, found
        Number of runs, and how many were there already.
    shown
        True or False; None shows it if standard error is a terminal.

    Yields
    ------
    callable
        To be called with the number of finished runs by status.
    """
    if shown is None:
        shown = sys.stderr is not None and sys.stderr.isatty()
    if not shown:
        yield lambda counts: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[trouble]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(name, total=total, completed=found, trouble="")

        def show(counts: Mapping[str, int]) -> None:
            trouble = ", ".join(
                f"{number} {_WORDS[status]}" for status, number in counts.items() if status in _WORDS
            )
            progress.update(task, completed=sum(counts.values()), trouble=trouble)

        yield show


_WORDS = {"failed": "failed", "timeout": "timed out", "crashed": "crashed"}
