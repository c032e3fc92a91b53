"""Results: frames when they are asked for, and runs that can be looked into."""

import gc
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.machine import Decide, Machine, Message, Seat, Step, Value
from accord.agents.protocols import Problem, Protocol, Timing
from accord.experiments import Result, sweep


def test_a_temporary_folder_lives_as_long_as_its_result(walk: Any) -> None:
    result = sweep(walk, {})
    folder = result.folder
    assert folder.exists()
    runs = result.runs
    del result
    gc.collect()
    assert not folder.exists()
    assert len(runs) == 1


def test_opened_results_are_the_same(walk: Any, tmp_path: Path) -> None:
    made = sweep(walk, {"drift": [0, 1]}, replicates=2, out=tmp_path, record=("steps", "parties"))
    opened = Result.open(str(tmp_path))
    assert opened.runs.equals(made.runs)
    assert opened.steps.equals(made.steps)
    assert opened.parties.equals(made.parties)
    assert opened.factors == {"drift": (0, 1)}
    assert opened.columns["runs"]["drift"].meaning == "mean of a step"
    merged = opened.steps.merge(opened.runs, on="run")
    assert merged.groupby("drift")["place"].count().tolist() == [8, 8]


def test_it_tells_how_many_runs_ended_how(walk: Any) -> None:
    result = sweep(walk, {"trouble": ["none", "raise"], "length": 3}, replicates=2)
    assert result.counts == {"ok": 3, "failed": 1}
    assert repr(result).startswith("<Result of walk: 4 runs (3 ok, 1 failed) in ")
    assert result.failed["error"].tolist() == ["RuntimeError: the path is blocked"]
    assert result.failed["trouble"].tolist() == ["raise"]


def test_some_runs_are_a_result_of_their_own(walk: Any, tmp_path: Path) -> None:
    factors = {"drift": [0.5, 1.5], "trouble": ["none", "raise"], "length": 3}
    whole = sweep(walk, factors, replicates=3, out=tmp_path, record=("steps", "parties"))
    _ = whole.runs, whole.steps  # read before
    part = whole.only([7, 1, 10])
    assert part.runs["run"].tolist() == [1, 7, 10]
    assert part.runs.equals(whole.runs[whole.runs["run"].isin([1, 7, 10])].reset_index(drop=True))
    assert set(part.steps["run"]) == set(part.parties["run"]) == {1, 7}
    assert part.counts == {"ok": 2, "failed": 1}
    assert part.failed["run"].tolist() == [10]
    assert part.only([10, 11]).runs["run"].tolist() == [10]
    assert part.replay(7).verdict.arrival == part.runs["arrival"][1]
    assert whole.counts == {"ok": 10, "failed": 2}


def test_a_part_keeps_a_temporary_folder(walk: Any) -> None:
    part = sweep(walk, {}, replicates=2).only([1])
    gc.collect()
    assert len(part.runs) == 1


@pytest.mark.parametrize("opened", [False, True])
def test_a_run_can_be_made_again(walk: Any, tmp_path: Path, opened: bool) -> None:
    result = sweep(walk, {"drift": [0.5, 1.5], "length": [2, 3]}, replicates=3, seed=4, out=tmp_path)
    model = (Result.open(tmp_path) if opened else result).replay(7)
    row = result.runs.iloc[7]
    assert (model.scenario.drift, model.scenario.length, model.seed.replicate) == (1.5, 2, 1)
    assert model.recorded().run["end"] == row["end"]
    assert model.verdict.arrival == row["arrival"]


def test_there_is_no_run_beyond_the_last(walk: Any) -> None:
    with pytest.raises(InputError, match="numbered 0 to 0"):
        sweep(walk, {}).replay(1)


def test_what_was_not_recorded_is_told(walk: Any) -> None:
    result = sweep(walk, {}, record=())
    with pytest.raises(InputError, match=r"steps were not recorded; sweep with record=\('steps',\)"):
        _ = result.steps
    with pytest.raises(InputError, match=r"parties were not recorded; sweep with record=\('parties',\)"):
        _ = result.parties


def test_a_folder_without_results_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no results"):
        Result.open(tmp_path)


def test_a_run_whose_file_has_changed_is_not_made_again(tmp_path: Path) -> None:
    network = tmp_path / "mine.csv"
    network.write_text("source,target\n1,2\n2,3\n")
    sweep("averaging", {"network": str(network), "max_steps": 5}, out=tmp_path / "results")
    assert Result.open(tmp_path / "results").replay(0).network.m == 2
    network.write_text("source,target\n1,2\n2,3\n3,1\n")
    with pytest.raises(InputError, match="run 0 cannot be made again as it was"):
        Result.open(tmp_path / "results").replay(0)


@pytest.mark.parametrize("harm", ["truncate", "remove"])
def test_damaged_shards_are_named_with_a_way_out(tmp_path: Path, harm: str) -> None:
    factors = {"network": "petersen", "max_steps": 5}
    whole = sweep("averaging", factors, replicates=3, seed=1, out=tmp_path / "results").steps
    shard = tmp_path / "results" / "steps-00000.parquet"
    if harm == "remove":
        shard.unlink()
    else:
        shard.write_bytes(shard.read_bytes()[:100])
    with pytest.raises(
        InputError, match=r"steps-00000.parquet is (missing|damaged); delete runs-00000.parquet"
    ):
        Result.open(tmp_path / "results").steps  # noqa: B018
    (tmp_path / "results" / "runs-00000.parquet").unlink()
    again = sweep("averaging", factors, replicates=3, seed=1, out=tmp_path / "results")
    assert again.steps.equals(whole)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"factors": ["network"]}, "give a dict of levels by factor"),
        ({"factors": {"traitors": range(10**9)}}, "sweep in parts"),
        ({"factors": {"traitors": "0..1000000000"}}, "sweep in parts"),
        ({"factors": {}, "replicates": 10**30}, "sweep in parts"),
        ({"factors": {}, "record": 3}, "record=3: give names"),
        ({"factors": {}, "time_limit": "5"}, "time_limit='5'"),
        ({"factors": {}, "seed": 1.5}, "seed=1.5 must be a non-negative integer"),
        ({"factors": {"network": "ring(n=4)", "network.n": [10]}}, "network.n is given twice"),
    ],
)
def test_what_cannot_be_swept_is_told_at_once(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        sweep("averaging", **arguments)
    assert message in str(caught.value)


SPLIT = {
    "network": "complete(n=4)",
    "protocol": "bracha(echo=2, amplify=2, deliver=2)",
    "traitors": 1,
    "f": 1,
    "conduct": "equivocating",
    "placement": "first",
    "channel": "uniform",
}


class Majority(Protocol):
    """Decides on what it put in."""

    problem: ClassVar[Problem] = Problem.CONSENSUS
    timing: ClassVar[Timing] = Timing.ASYNCHRONOUS

    def least(self, f: int) -> int:
        return 1

    def machine(self, seat: Seat) -> Machine:
        return _Stubborn(seat.value)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        return ()


@dataclass(frozen=True)
class _Stubborn(Machine):
    value: Value

    def start(self) -> Step:
        return None, (Decide(self.value),)

    def receive(self, state: None, sender: int, message: Message) -> Step:
        return state, ()


def test_runs_with_parts_of_ones_own_are_made_again_from_the_result(tmp_path: Path) -> None:
    result = sweep("generals", {"protocol": [Majority()], "initial": "bits"}, out=tmp_path)
    assert result.replay(0).verdict.violated == ("agreement",)
    assert len(result.shrink(0).schedule) == 2  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="unknown protocol 'majority'") as caught:
        Result.open(tmp_path).replay(0)
    assert "if a part is your own, replay or shrink from the Result that sweep() returned" in str(
        caught.value
    )


@pytest.mark.parametrize("run", [None, "a", 0.5, 0.0, True, -1, 1])
def test_runs_are_numbered_by_integers(run: Any, tmp_path: Path) -> None:
    result = sweep("generals", {}, out=tmp_path)
    assert result.replay(np.int64(0)).verdict == result.replay(0).verdict  # type: ignore[arg-type]
    with pytest.raises(InputError, match=rf"run={run!r}: the runs of this sweep are numbered 0 to 0"):
        result.replay(run)


def test_a_run_can_be_shrunk(tmp_path: Path) -> None:
    result = sweep("generals", SPLIT, replicates=12, out=tmp_path)
    runs = result.runs
    run = int(runs.loc[runs["agreement"] == "violated", "run"].iloc[0])
    shrunk: Any = Result.open(tmp_path).shrink(run)
    assert shrunk.verdict.violated == ("agreement",)
    assert len(shrunk.schedule) <= 15
    assert shrunk.simulation.events < result.replay(run).outcome()["events"]  # type: ignore[attr-defined]
    held = int(runs.loc[runs["agreement"] == "held", "run"].iloc[0])
    with pytest.raises(InputError, match="the run violates no property"):
        result.shrink(held)
    with pytest.raises(InputError, match="numbered 0 to 11"):
        result.shrink(12)
