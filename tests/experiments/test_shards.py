"""Shards: frames come out as they went in, whatever they were made of."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.experiments.design import Design
from accord.experiments.journal import Journal
from accord.experiments.packet import Outcome, Packet, RunStatus
from accord.experiments.shards import Layout, atomically, read_frame, read_statuses, write_shards
from accord.models.records import Column, Record

LAYOUT = Layout(
    Design({"size": (10, 20), "kind": ("a", None)}),
    replicates=2,
    seed=2**62 + 1,
    columns={
        "runs": {
            "run": Column("int64", "1", ""),
            "size": Column("int64", "1", ""),
            "kind": Column("str", "1", ""),
            "count": Column("Int64", "1", ""),
            "share": Column("float64", "1", ""),
        },
        "steps": {"run": Column("int64", "1", ""), "step": Column("int64", "1", "")},
        "parties": {},
    },
)


def write(folder: Path, number: int, *records: tuple[int, dict[str, Any], dict[str, Any]]) -> None:
    journal = Journal(folder / f"journal-{number:05}")
    for run, row, steps in records:
        outcome = Outcome(run, RunStatus.OK, 0.0, Record(row, {k: np.array(v) for k, v in steps.items()}))
        journal.append(Packet.of([outcome]).payload)
    journal.close()


def test_runs_come_sorted_with_factors_from_their_numbers(tmp_path: Path) -> None:
    write(tmp_path, 0, (7, {"count": 1}, {}), (2, {"count": None}, {}))
    write_shards(tmp_path, 0, LAYOUT)
    write(tmp_path, 1, (5, {"count": 2**53 + 1}, {}))
    frame = read_frame(tmp_path, "runs", LAYOUT)
    assert frame["run"].tolist() == [2, 5, 7]
    assert frame["size"].tolist() == [10, 20, 20]
    assert frame["kind"].tolist() == ["None", "a", "None"]
    assert frame["replicate"].tolist() == [0, 1, 1]
    assert frame["seed"].tolist() == [2**62 + 1] * 3
    assert frame["count"].dtype == "Int64"
    assert frame["count"].tolist() == [pd.NA, 2**53 + 1, 1]
    assert frame["share"].isna().all()
    assert frame["share"].dtype == "float64"
    assert list(frame)[:5] == ["run", "size", "kind", "count", "share"]


def test_steps_keep_their_order_within_a_run(tmp_path: Path) -> None:
    write(tmp_path, 0, (3, {}, {"step": [0, 1], "x": [9.0, 8.0]}), (1, {}, {"step": [0, 1], "x": [7, 6]}))
    frame = read_frame(tmp_path, "steps", LAYOUT)
    assert frame.to_dict("list") == {"run": [1, 1, 3, 3], "step": [0, 1, 0, 1], "x": [7.0, 6.0, 9.0, 8.0]}


def test_a_shard_counts_once_its_runs_are_there(tmp_path: Path) -> None:
    write(tmp_path, 0, (1, {"count": 1}, {"step": [0]}))
    write_shards(tmp_path, 0, LAYOUT)  # the journal lies there still: a kill came between
    assert read_statuses(tmp_path, LAYOUT)[0].tolist() == [1]
    assert len(read_frame(tmp_path, "runs", LAYOUT)) == len(read_frame(tmp_path, "steps", LAYOUT)) == 1
    (tmp_path / "runs-00000.parquet").unlink()  # the kill came before the runs
    write(tmp_path, 0, (2, {"count": 1}, {"step": [0]}))
    assert read_statuses(tmp_path, LAYOUT)[1] == ["ok", "ok"]
    assert len(read_frame(tmp_path, "runs", LAYOUT)) == len(read_frame(tmp_path, "steps", LAYOUT)) == 2


@pytest.mark.parametrize("rolled", [False, True])
def test_columns_of_mixed_kinds_lose_nothing(tmp_path: Path, rolled: bool) -> None:
    write(
        tmp_path,
        0,
        (0, {"odd": 1, "count": 1}, {"step": [0], "x": ["b"]}),
        (1, {"odd": "a", "count": 1.5}, {}),
    )
    if rolled:
        write_shards(tmp_path, 0, LAYOUT)
    write(tmp_path, 1, (2, {"odd": 2.5, "count": 3, "late": True}, {"step": [0], "y": [1.5]}))
    frame = read_frame(tmp_path, "runs", LAYOUT)
    assert frame["odd"].tolist() == ["1", "a", "2.5"]
    assert frame["count"].tolist() == [1, 1.5, 3]
    assert frame["late"].tolist()[2] is True
    steps = read_frame(tmp_path, "steps", LAYOUT)
    assert steps["x"].tolist()[0] == "b"
    assert steps["y"].tolist()[1] == 1.5
    assert steps["run"].tolist() == [0, 2]


def test_frames_of_nothing_have_their_columns(tmp_path: Path) -> None:
    assert list(read_frame(tmp_path, "runs", LAYOUT)) == ["run", "size", "kind", "count", "share"]
    steps = read_frame(tmp_path, "steps", LAYOUT)
    assert list(steps) == ["run", "step"]
    assert steps["run"].dtype == "int64"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomically(path, lambda file: file.write(b"old"))

    def fail(file: Any) -> None:
        file.write(b"half")
        raise OSError("broken off")

    with pytest.raises(OSError, match="broken off"):
        atomically(path, fail)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
