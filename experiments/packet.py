"""Packets: finished runs as bytes, on their way from whoever ran them into the folder of results.

A packet is one line of JSON, with the runs' rows and the layout of their arrays, and then the arrays as
they lie in memory. It holds plain values only, so that opening somebody else's folder runs no code.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models.records import Record

__all__ = ["Outcome", "Packet", "RunStatus", "Series", "unpack"]


class RunStatus(StrEnum):
    """How a run ended."""

    OK = "ok"  # it left a record
    FAILED = "failed"  # it raised an exception
    TIMEOUT = "timeout"  # it was killed at the time limit
    CRASHED = "crashed"  # it took its process down


@dataclass(frozen=True)
class Outcome:
    """One finished run: its number in the sweep, how it ended, and what it left behind."""

    run: int
    status: RunStatus
    seconds: float
    record: Record | None = None
    error: str | None = None
    traceback: str | None = None


@dataclass(frozen=True)
class Series:
    """A column of the frame of steps or parties, for some runs one below the other.

    Parameters
    ----------
    values : (sum of the runs' lengths,)
        Numbers; or, where there are `words`, which of these, -1 where there is none.
    words
        The distinct texts of a column of texts.
    """

    values: NDArray[Any]
    words: list[str] | None = None


@dataclass(frozen=True)
class Packet:
    """Finished runs as bytes.

    Parameters
    ----------
    runs, statuses
        The runs' numbers and how each ended.
    payload
        Everything, for `unpack`.
    """

    runs: tuple[int, ...]
    statuses: tuple[str, ...]
    payload: bytes

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "Packet":
        """Pack finished runs.

        Raises
        ------
        TypeError, ValueError
            If a record holds what does not fit a frame.
        """
        buffers: list[bytes] = []
        records = [(each.run, each.record) for each in outcomes if each.record is not None]
        header = {
            "rows": [
                {
                    "run": each.run,
                    "status": each.status,
                    "seconds": each.seconds,
                    "error": _text(each.error),
                    "traceback": _text(each.traceback),
                    "outcome": {} if each.record is None else _plain(each.record.run),
                }
                for each in outcomes
            ],
            "steps": _lay_out([(run, record.steps) for run, record in records], buffers),
            "parties": _lay_out([(run, record.parties) for run, record in records], buffers),
        }
        payload = b"\n".join([json.dumps(header).encode(), b"".join(buffers)])
        return cls(tuple(each.run for each in outcomes), tuple(each.status for each in outcomes), payload)


@dataclass(frozen=True)
class Unpacked:
    """A packet that was read.

    Parameters
    ----------
    rows
        One mapping a run: run, status, seconds, error, traceback and outcome.
    series
        For "steps" and "parties", the column `run` and the recorded ones; empty where nothing was recorded.
    """

    rows: list[dict[str, Any]]
    series: Mapping[str, Mapping[str, Series]] = field(default_factory=dict)


def unpack(payload: bytes) -> Unpacked:
    """Return what a packet's payload holds; arrays are views on it."""
    line, _, buffers = payload.partition(b"\n")
    header = json.loads(line)
    view, start, series = memoryview(buffers), 0, {}
    for frame in ("steps", "parties"):
        layout, columns = header[frame], {}
        if layout:
            runs = np.repeat(np.array(layout["runs"], dtype=np.int64), layout["lengths"])
            columns["run"] = Series(runs)
            for name, dtype, words in layout["columns"]:
                stop = start + np.dtype(dtype).itemsize * len(runs)
                columns[name] = Series(np.frombuffer(view[start:stop], dtype), words)
                start = stop
        series[frame] = columns
    return Unpacked(header["rows"], series)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    plain = {}
    for name, value in row.items():
        if isinstance(value, np.generic):
            value = value.item()
        if value is not None and not isinstance(value, bool | int | float | str):
            raise TypeError(
                f"outcome {name!r} is a {type(value).__name__}; a row holds numbers, texts, flags or None"
            )
        plain[name] = _text(value) if isinstance(value, str) else value
    return plain


def _text(text: str | None) -> str | None:
    """Return a text that UTF-8 can hold: the undecodable bytes of a file's name are written out."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()


def _lay_out(frames: Sequence[tuple[int, Mapping[str, Any]]], buffers: list[bytes]) -> dict[str, Any] | None:
    """Append the arrays of some runs' frames to the buffers and return how they lie there."""
    frames = [(run, columns) for run, columns in frames if columns]
    if not frames:
        return None
    names = list(frames[0][1])
    lengths: list[int] = []
    for _, columns in frames:
        if list(columns) != names:
            raise ValueError(f"runs recorded different columns: {names} and {list(columns)}")
        sizes = {len(values) for values in columns.values()}
        if len(sizes) > 1:
            raise ValueError(
                f"recorded columns differ in length: { {n: len(v) for n, v in columns.items()} }"
            )
        lengths += sizes
    layout = []
    for name in names:
        parts = [np.asarray(columns[name]) for _, columns in frames]
        if any(part.ndim != 1 for part in parts):
            raise ValueError(f"recorded column {name!r} must have one dimension, not {parts[0].ndim}")
        values = parts[0] if len(parts) == 1 else np.concatenate(parts)
        words = None
        if values.dtype.kind not in "biuf":
            values, words = _worded(values)
        elif values.dtype.kind == "f" and values.dtype.itemsize > 8:
            values = values.astype(np.float64)  # Parquet holds no longer ones
        buffers.append(np.ascontiguousarray(values).tobytes())
        layout.append([name, values.dtype.str, words])
    return {"runs": [run for run, _ in frames], "lengths": lengths, "columns": layout}


def _worded(values: NDArray[Any]) -> tuple[NDArray[Any], list[str]]:
    """Return texts as numbers of the distinct ones."""
    numbers: dict[str, int] = {}
    places = [-1 if each is None else numbers.setdefault(str(each), len(numbers)) for each in values.tolist()]
    return np.array(places, dtype=np.int32), [str(_text(each)) for each in numbers]
