"""Frames: what measures and figures ask of a DataFrame before they read it."""

from collections.abc import Iterable

import pandas as pd

from ..agents.errors import InputError

__all__ = ["at_the_end", "finished", "like_the_first", "require"]


def require(frame: pd.DataFrame, columns: Iterable[str], asker: str) -> None:
    """Check that a frame has rows and the columns that somebody is going to read.

    Raises
    ------
    InputError
        If there are no rows, or with the name of the first column that is missing.
    """
    if frame.empty:
        raise InputError(f"{asker} needs rows, and the frame has none: no run of this kind has finished")
    missing = next((column for column in columns if column not in frame.columns), None)
    if missing is not None:
        raise InputError(
            f"{asker} needs the column {missing!r}, and the frame has {', '.join(map(str, frame.columns))}"
        )


def finished(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of runs that ended by themselves; all, if the frame has no `status`."""
    return runs[runs["status"] == "ok"] if "status" in runs.columns else runs


def at_the_end(recorded: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of each run's last step, of a frame of steps or parties."""
    return recorded[recorded["step"] == recorded.groupby("run")["step"].transform("max")]


def like_the_first(runs: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return the rows that have the first one's level of a column, and so on, column by column; missing is a level.

    >>> like_the_first(pd.DataFrame({"deadline": [None, 9, None], "rule": ["a", "a", "b"]}), ["deadline", "rule"])
       deadline rule
    0       NaN    a
    """
    for column in columns:
        runs = runs[runs[column].isin(runs[column].iloc[:1])]
    return runs
