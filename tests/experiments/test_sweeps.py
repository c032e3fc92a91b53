"""Sweeps from end to end: the same frames whatever the workers and whoever interrupts."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from accord.agents.errors import InputError
from accord.experiments import Result, resume, sweep
from accord.experiments.design import paired

FACTORS: dict[str, Any] = {"drift": [0.0, 1.0], "length": [2, 5], "trouble": ["none", "raise"]}


def script(text: str, **more: Any) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-c", text] if more.pop("inline", True) else [sys.executable, text],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        # whoever runs the tests in the background has them ignore it
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        **more,
    )


def assert_same(one: Result, two: Result) -> None:
    for frame in ("runs", "steps", "parties"):
        left, right = (
            getattr(each, frame).drop(columns=["seconds", "traceback"], errors="ignore")
            for each in (one, two)
        )
        assert left.equals(right), frame


def test_frames_are_the_same_whatever_the_workers(walk: Any, walks: Any) -> None:
    settings: Any = {"replicates": 4, "seed": 2, "record": ("steps", "parties")}
    alone = sweep(walk, FACTORS, **settings)
    assert alone.counts == {"ok": 28, "failed": 4}
    assert_same(sweep(walks, FACTORS, **settings), alone)
    assert_same(sweep(walks, FACTORS, workers=3, **settings), alone)


def test_the_rows_say_which_run_is_which(walk: Any) -> None:
    runs = sweep(walk, {"drift": [0, 1], "length": [2, 5]}, replicates=3, seed=9).runs
    assert runs["run"].tolist() == list(range(12))
    assert runs["drift"].tolist() == [0] * 6 + [1] * 6
    assert runs["length"].tolist() == [2, 2, 2, 5, 5, 5] * 2
    assert runs["replicate"].tolist() == [0, 1, 2] * 4
    assert set(runs["seed"]) == {9}


def test_replicates_share_their_luck_across_points(walk: Any) -> None:
    runs = sweep(walk, {"drift": [0.0, 1.0], "length": 2}, replicates=3, seed=9).runs
    ends = runs.pivot(index="replicate", columns="drift", values="end")
    assert (ends[1.0] - ends[0.0]).tolist() == pytest.approx([2.0] * 3)
    assert ends[0.0].nunique() == 3


def test_another_seed_is_other_luck(walk: Any) -> None:
    one, two = (sweep(walk, {}, seed=seed).runs["end"].item() for seed in (0, 1))
    assert one != two


def test_pairs_run_side_by_side(walk: Any) -> None:
    runs = sweep(walk, paired({"drift": [0, 1], "length": [2, 5]})).runs
    assert list(zip(runs["drift"], runs["steps"], strict=True)) == [(0, 2), (1, 5)]


def test_points_that_are_left_out_have_no_runs(walk: Any, tmp_path: Path) -> None:
    factors = {"drift": [0, 1, 2], "length": [2, 3]}
    whole = sweep(walk, factors, replicates=2).runs
    result = sweep(walk, factors, where="drift < length - 1", replicates=2, out=tmp_path, workers=2)
    wanted = whole[whole["drift"] < whole["length"] - 1]
    assert len(wanted) == 6
    for column in ("drift", "length", "replicate", "end"):
        assert result.runs[column].tolist() == wanted[column].tolist()
    assert result.runs["run"].tolist() == list(range(6))
    assert result.counts == {"ok": 6}
    assert result.replay(4).recorded().run["end"] == wanted["end"].iloc[4]
    opened = Result.open(tmp_path)
    assert opened.replay(4, walk).recorded().run["end"] == wanted["end"].iloc[4]
    assert_steps_equal(resume(tmp_path), result)
    with pytest.raises(InputError, match="where is drift < length - 1 there and None here"):
        sweep(walk, factors, replicates=2, out=tmp_path)


def test_a_finished_design_says_itself_where(walk: Any) -> None:
    with pytest.raises(InputError, match="a finished design says itself"):
        sweep(walk, paired({"drift": [0, 1]}), where="drift > 0")


def test_points_that_are_left_out_may_be_impossible(walk: Any) -> None:
    assert sweep(walk, {"length": [0, 1]}, where="length > 0").counts == {"ok": 1}


def test_a_finished_sweep_is_only_read(walk: Any, tmp_path: Path, monkeypatch: Any) -> None:
    first = sweep(walk, FACTORS, replicates=2, out=tmp_path)
    monkeypatch.setattr(walk, "run_many", None)  # nothing may run
    assert_steps_equal(sweep(walk, FACTORS, replicates=2, out=tmp_path, workers=2), first)
    assert_steps_equal(resume(tmp_path), first)


def assert_steps_equal(one: Result, two: Result) -> None:
    assert one.runs.equals(two.runs)
    assert one.steps.equals(two.steps)


@pytest.mark.parametrize("workers", [1, 2])
def test_kill_9_loses_only_the_runs_under_way(
    walk: Any, walks_file: Path, tmp_path: Path, workers: int
) -> None:
    settings = {"replicates": 25, "seed": 3, "record": ("steps", "parties"), "workers": workers}
    factors: dict[str, Any] = {"pause": 0.02, "drift": [0.0, 1.0]}
    call = f"""
from accord.experiments import sweep
sweep('{walks_file}:Walk', {factors}, out={str(tmp_path)!r}, **{settings})
"""
    killed = script(call)
    journal = tmp_path / "journal-00000"
    with killed:
        while (not journal.exists() or journal.stat().st_size < 5000) and killed.poll() is None:
            time.sleep(0.01)
        children = psutil.Process(killed.pid).children()
        killed.kill()
    assert len(children) == (workers if workers > 1 else 0)
    assert not psutil.wait_procs(children, timeout=20)[1], "nobody works on for a parent that has gone"
    kept = len(Result.open(tmp_path).runs)
    assert 0 < kept < 50
    again = resume(tmp_path) if workers > 1 else sweep(walk, factors, out=tmp_path, **settings)  # type: ignore[arg-type]
    assert again.manifest["sessions"][1]["found"] == kept
    settings["workers"] = 1
    assert_same(again, sweep(walk, factors, **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(
    walks_file: Path, tmp_path: Path, workers: int
) -> None:
    call = f"""
from accord.experiments import sweep
sweep('{walks_file}:Walk', {{"pause": 0.05}}, replicates=400, out={str(tmp_path)!r}, workers={workers})
"""
    journal = tmp_path / "journal-00000"
    with script(call) as stopped:
        while (not journal.exists() or not journal.stat().st_size) and stopped.poll() is None:
            time.sleep(0.01)
        stopped.send_signal(signal.SIGINT)
        _, err = stopped.communicate(timeout=60)
    kept = len(Result.open(tmp_path).runs)
    assert kept > 0
    assert err.strip().splitlines()[-1] == (
        f"KeyboardInterrupt: stopped after {kept} of 400 runs; the same call goes on from {tmp_path}"
    )
    assert not list(tmp_path.glob("journal*")), "what is there is in shards"
    assert Result.open(tmp_path).counts == {"ok": kept, "missing": 400 - kept}


def test_ctrl_c_without_a_folder_leaves_nothing(walk: Any, monkeypatch: Any, tmp_path: Path) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(walk, "setup", stop)
    with pytest.raises(KeyboardInterrupt, match="nothing is kept"):
        sweep(walk, {})
    assert not list(tmp_path.iterdir())


MAIN = """
import os, accord.experiments, numpy as np
from accord.models.agreement import AgreementModel
from accord.models.scenario import Scenario
from accord.models.records import Column
from pydantic import Field

SCALE = 2.0

def scaled(x):
    return SCALE * x

class Mine(AgreementModel):
    class Scenario(Scenario):
        low: float = Field(0.0, ge=0, description="where it starts")
    outcomes = {"value": Column("float64", "1", "what it comes to")}
    def setup(self): self.value = scaled(self.scenario.low) + np.float64(self.seed.replicate)
    def advance(self): self.running = False
    def judge(self): return []
    def outcome(self): return {"value": self.value, "threads": os.environ.get("OPENBLAS_NUM_THREADS")}

result = accord.experiments.sweep(Mine, {"low": [1, 2]}, replicates=2, workers=2)
print(result.runs["value"].tolist(), set(result.runs["threads"]), result.counts)
"""


def test_a_script_without_a_guard_sweeps_its_own_model_in_workers(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(MAIN)
    with script(str(tmp_path / "mine.py"), inline=False) as ran:
        out, err = ran.communicate(timeout=60)
    assert (out.strip(), err) == ("[2.0, 3.0, 4.0, 5.0] {'1'} {'ok': 4}", "")


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"workers": 0}, "workers=0 must be"),
        ({"workers": 1.5}, "workers=1.5 must be"),
        ({"time_limit": 0}, "time_limit=0 must be"),
        ({"time_limit": float("nan")}, "time_limit=nan must be"),
    ],
)
def test_wrong_settings_are_told(walk: Any, settings: Any, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        sweep(walk, {}, **settings)


def test_importing_experiments_loads_neither_mesa_nor_pandas() -> None:
    text = """
import sys, accord.experiments, accord.experiments.study
from accord.experiments.studies import studies
[studies[name] for name in studies]
print(sorted({"mesa", "pandas", "pyarrow", "matplotlib", "scipy"} & set(sys.modules)))
"""
    with script(text) as ran:
        out, err = ran.communicate(timeout=60)
    assert (out.strip(), err) == ("[]", "")
