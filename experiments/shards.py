"""Shards: packets as Parquet files, and Parquet files as pandas DataFrames."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ..agents.errors import InputError
from ..models.records import Column
from .design import Design, label
from .journal import read_journal
from .packet import Series, unpack

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FRAMES", "Layout", "atomically", "read_frame", "read_statuses", "write_shards"]

FRAMES = ("steps", "parties", "runs")  # in the order of writing: runs last, which makes a shard valid

_ARROW = {
    "int64": pa.int64(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "boolean": pa.bool_(),
    "str": pa.string(),
}


@dataclass(frozen=True)
class Layout:
    """How a sweep's frames are laid out: what its runs' numbers mean, and which columns there are.

    Parameters
    ----------
    design
        The factors, with labels for levels.
    replicates, seed
        As in the sweep.
    columns
        By frame, as `schema` gives them.
    """

    design: Design
    replicates: int
    seed: int
    columns: Mapping[str, Mapping[str, Column]]

    @property
    def total(self) -> int:
        """Number of runs."""
        return len(self.design) * self.replicates

    def told(self, runs: NDArray[np.int64]) -> dict[str, Any]:
        """Return the columns that follow from the runs' numbers alone."""
        columns: dict[str, Any] = {"run": pa.array(runs)}
        for factor, places in self.design.places(runs // self.replicates).items():
            kind = _ARROW[self.columns["runs"][factor].dtype]
            labels = [label(level) for level in self.design.levels[factor]]
            levels = pa.array([str(each) for each in labels] if kind == pa.string() else labels, kind)
            columns[factor] = levels.take(pa.array(places))
        columns["replicate"] = pa.array(runs % self.replicates)
        columns["seed"] = pa.array(np.full(len(runs), self.seed))
        return columns


def write_shards(folder: Path, number: int, layout: Layout) -> None:
    """Write the journal of a number as Parquet files of the same number."""
    for frame, table in _tables(read_journal(folder / f"journal-{number:05}"), layout, FRAMES).items():
        if len(table):
            path = folder / f"{frame}-{number:05}.parquet"
            atomically(path, lambda file, table=table: pq.write_table(table, file, compression="zstd"))  # type: ignore[misc]


def read_frame(folder: Path, frame: str, layout: Layout) -> "pd.DataFrame":
    """Return a frame with everything that was written, sorted by run, with the dtypes of the schema."""
    import pandas as pd

    tables = []
    for number in _numbers(folder):
        if (folder / f"runs-{number:05}.parquet").exists():
            path = folder / f"{frame}-{number:05}.parquet"
            if path.exists():
                tables.append(_read(path))
            elif frame == "steps" and "ok" in _read(_beside(path), ["status"])["status"].to_pylist():
                raise InputError(f"{path} is missing; {_way_out(path)}")
        else:
            tables.append(_tables(read_journal(folder / f"journal-{number:05}"), layout, [frame])[frame])
    table = _joined([each for each in tables if each.num_columns])
    declared = layout.columns[frame]
    if table.num_columns:
        runs = table.column("run").to_numpy()
        if (np.diff(runs) < 0).any():
            table = table.take(pa.array(np.argsort(runs, kind="stable")))
    if frame == "runs" or not table.num_columns:  # of the others, only what was recorded
        for name in [each for each in declared if each not in table.column_names]:
            table = table.append_column(name, pa.nulls(len(table), _ARROW.get(declared[name].dtype)))
    order = [name for name in declared if name in table.column_names]
    names = order + [name for name in table.column_names if name not in declared]
    if frame == "runs":  # what a model has not declared stands before the columns that end the frame
        ending = [name for name in ("seconds", "error", "traceback") if name in order]
        names = [name for name in names if name not in ending] + ending
    return pd.DataFrame({name: _series(table.column(name), declared.get(name)) for name in names})


def read_statuses(folder: Path, layout: Layout) -> tuple[NDArray[np.int64], list[str]]:
    """Return the numbers and statuses of the runs that were written, in no order."""
    runs: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    statuses: list[str] = []
    for number in _numbers(folder):
        path = folder / f"runs-{number:05}.parquet"
        if path.exists():
            table = _read(path, ["run", "status"])
            runs.append(table.column("run").to_numpy())
            if len(table) and runs[-1].max() >= layout.total:
                raise InputError(f"{path} belongs to another sweep; take it out of {folder}")
            statuses += table.column("status").to_pylist()
        else:
            for payload in read_journal(folder / f"journal-{number:05}"):
                rows = unpack(payload).rows
                runs.append(np.array([row["run"] for row in rows], dtype=np.int64))
                statuses += [row["status"] for row in rows]
    return np.concatenate(runs), statuses


def _read(path: Path, columns: list[str] | None = None) -> pa.Table:
    try:
        return pq.read_table(path, columns=columns)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path} is damaged; {_way_out(path)}") from error


def _beside(path: Path) -> Path:
    """Return the shard of runs that belongs to a shard."""
    return path.with_name(f"runs-{path.stem.rpartition('-')[2]}.parquet")


def _way_out(path: Path) -> str:
    return f"delete {_beside(path).name} beside it and resume, to make its runs again"


def atomically(path: Path, write: Callable[[Any], object]) -> None:
    """Write a file such that at any time either the old one or the new one is there, whole."""
    draft = path.with_name(f"{path.name}.tmp")
    try:
        with draft.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _numbers(folder: Path) -> list[int]:
    names = [*folder.glob("runs-[0-9]*.parquet"), *folder.glob("journal-[0-9]*")]
    return sorted({int(each.stem.rpartition("-")[2]) for each in names})


def _tables(payloads: Iterable[bytes], layout: Layout, frames: Sequence[str]) -> dict[str, pa.Table]:
    packets = [unpack(payload) for payload in payloads]
    tables = {}
    for frame in frames:
        if frame == "runs":
            tables[frame] = _runs_table([row for packet in packets for row in packet.rows], layout)
        else:
            tables[frame] = _series_table(
                [packet.series[frame] for packet in packets if packet.series[frame]]
            )
    return tables


def _runs_table(rows: list[dict[str, Any]], layout: Layout) -> pa.Table:
    declared = layout.columns["runs"]
    told = layout.told(np.array([row["run"] for row in rows], dtype=np.int64))
    outcomes = dict.fromkeys(name for row in rows for name in row["outcome"])
    own = {name: [row[name] for row in rows] for name in ("status", "seconds", "error", "traceback")}
    for name in outcomes:
        if name not in told and name not in own:
            own[name] = [row["outcome"].get(name) for row in rows]
    typed = {name: _array(values, declared.get(name)) for name, values in own.items()}
    return pa.table({**told, **typed})


def _series_table(parts: list[Mapping[str, Series]]) -> pa.Table:
    names = dict.fromkeys(name for part in parts for name in part)
    columns = {}
    for name in names:
        if all(name in part and part[name].words is None for part in parts):
            columns[name] = pa.array(np.concatenate([part[name].values for part in parts]))
            continue
        arrays = []
        for part in parts:
            series = part.get(name)
            if series is None:
                arrays.append(pa.nulls(len(part["run"].values)))
            elif series.words is None:
                arrays.append(pa.array(series.values))
            else:
                places = pa.array(series.values, mask=series.values < 0)
                arrays.append(pa.array(series.words, pa.string()).take(places))
        columns[name] = _joined([pa.table({name: each}) for each in arrays]).column(name).combine_chunks()
    return pa.table(columns)


def _array(values: list[Any], column: Column | None) -> pa.Array:
    """Return values as declared; failing that, as what they look like; failing that, as text."""
    kind = _ARROW.get(column.dtype) if column else None
    try:
        array = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.array([None if each is None else str(each) for each in values], pa.string())
    with suppress(pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return array if kind is None else array.cast(kind)  # refuses to cut 1.5 down to 1
    return array


def _joined(tables: list[pa.Table]) -> pa.Table:
    """Return tables below each other; where types cannot be reconciled, as text."""
    if not tables:
        return pa.table({})
    try:
        return pa.concat_tables(tables, promote_options="permissive")
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        kinds: dict[str, set[str]] = {}
        for table in tables:
            for column in table.schema:
                kinds.setdefault(column.name, set()).add(str(column.type))
        mixed = {name for name, each in kinds.items() if "string" in each and len(each) > 1}
        return pa.concat_tables([_as_text(table, mixed) for table in tables], promote_options="permissive")


def _as_text(table: pa.Table, names: set[str]) -> pa.Table:
    fields = [pa.field(each.name, pa.string()) if each.name in names else each for each in table.schema]
    return table.cast(pa.schema(fields))


def _series(column: pa.ChunkedArray, declared: Column | None) -> "pd.Series[Any]":
    import pandas as pd

    nullable: dict[Any, Any] = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    dtype = declared.dtype if declared else "str"
    series: pd.Series[Any] = column.to_pandas(
        types_mapper=nullable.get if dtype in ("Int64", "boolean") else None
    )
    if dtype != "str" and str(series.dtype) != dtype:
        with suppress(TypeError, ValueError):  # not what was declared: shown as it is rather than lost
            series = series.astype(dtype)  # type: ignore[call-overload]
    return series
