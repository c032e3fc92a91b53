"""The store: what was written stays, whatever happens next."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.experiments import Result, store, sweep
from accord.experiments.block import perform
from accord.experiments.plan import Plan
from accord.experiments.store import StorageError, Store
from filelock import FileLock

RUNS = 12


@pytest.fixture
def plan(walk: Any) -> Plan:
    return Plan.of(walk, {"drift": [0.0, 1.0, 2.0]}, 4, 0, ("steps",))


def packets(plan: Plan, done: Any = None) -> Iterator[Any]:
    for block in plan.blocks(np.zeros(RUNS, dtype=bool) if done is None else done, 1):
        yield perform(plan.job, block)


def same_frames(one: Result, two: Result) -> bool:
    return one.runs.drop(columns="seconds").equals(two.runs.drop(columns="seconds")) and one.steps.equals(
        two.steps
    )


@pytest.fixture
def whole(plan: Plan) -> Result:
    return sweep(plan.model, {"drift": [0.0, 1.0, 2.0]}, replicates=4)


@pytest.mark.parametrize("per_shard", [5, 100])
def test_a_store_that_is_left_at_any_time_is_gone_on_with(
    plan: Plan, whole: Result, tmp_path: Path, monkeypatch: Any, per_shard: int
) -> None:
    monkeypatch.setattr(store, "_SHARD_RUNS", per_shard)
    for kept in (0, 1, 4, 5, 6, RUNS):
        folder = tmp_path / str(kept)
        killed = Store(folder, plan)
        for _, packet in zip(range(kept), packets(plan), strict=False):
            killed.append(packet)
        killed._lock.release()  # a kill closes nothing and writes nothing
        assert len(Result.open(folder).runs) == kept
        with Store(folder, plan) as again:
            assert int(again.done.sum()) == kept
            for packet in packets(plan, again.done.copy()):
                again.append(packet)
        result = Result.open(folder)
        assert same_frames(result, whole)
        assert result.counts == {"ok": RUNS}
        assert len(list(folder.glob("runs-*.parquet"))) in (-(-RUNS // per_shard), max(RUNS // per_shard, 1))
        assert not list(folder.glob("journal*"))


def test_a_disk_that_fills_up_costs_nothing_that_was_written(
    plan: Plan, whole: Result, tmp_path: Path, monkeypatch: Any
) -> None:
    real, left = os.write, 7

    def write(file: int, data: Any) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, data)

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(
        StorageError, match=r"the disk is full; free some space.*the 7 runs that it holds are safe"
    ) as caught:
        sweep(plan.model, {"drift": [0.0, 1.0, 2.0]}, replicates=4, out=tmp_path / "out")
    assert "\n" not in str(caught.value)
    monkeypatch.undo()
    assert len(Result.open(tmp_path / "out").runs) == 7
    assert same_frames(
        sweep(plan.model, {"drift": [0.0, 1.0, 2.0]}, replicates=4, out=tmp_path / "out"), whole
    )


def test_a_disk_that_fills_up_while_a_shard_is_written(
    plan: Plan, whole: Result, tmp_path: Path, monkeypatch: Any
) -> None:
    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    opened = Store(tmp_path / "out", plan)
    for packet in packets(plan):
        opened.append(packet)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="the disk is full"):
        opened.close()
    monkeypatch.undo()
    assert same_frames(Result.open(tmp_path / "out"), whole)
    with Store(tmp_path / "out", plan) as again:
        assert again.done.all()
    assert same_frames(Result.open(tmp_path / "out"), whole)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "change its permissions"),
        (errno.EROFS, "change its permissions"),
        (errno.EIO, "Input/output"),
    ],
)
def test_a_folder_that_cannot_be_written_to_is_told(
    plan: Plan, tmp_path: Path, monkeypatch: Any, number: int, words: str
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError, match=words) as caught:
        Store(tmp_path / "out", plan)
    assert isinstance(caught.value, InputError)
    assert "give another folder as out" in str(caught.value)


def test_a_file_in_the_way_is_told(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    for out in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(StorageError, match="a file is in the way"):
            Store(out, plan)


def test_two_processes_cannot_write_to_one_folder(plan: Plan, tmp_path: Path) -> None:
    with FileLock(tmp_path / ".lock"), pytest.raises(InputError, match="another process is writing"):
        Store(tmp_path, plan)
    with Store(tmp_path, plan):
        pass


def test_a_refused_folder_is_let_go_of(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(InputError, match="not empty"):
        Store(tmp_path, plan)
    with FileLock(tmp_path / ".lock", timeout=0):
        pass


def test_a_study_is_noted_and_stays(plan: Plan, tmp_path: Path) -> None:
    with Store(tmp_path, plan, {"name": "mine"}):
        pass
    with Store(tmp_path, plan):
        pass
    manifest = Result.open(tmp_path).manifest
    assert manifest["study"] == {"name": "mine"}
    assert len(manifest["sessions"]) == 2
