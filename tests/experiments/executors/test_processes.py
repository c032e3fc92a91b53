"""Worker processes: whatever one run does to its process, the others come home."""

import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from accord.agents.errors import InputError
from accord.experiments import sweep
from accord.experiments.executors.processes import processes
from accord.experiments.loading import load_model
from accord.experiments.plan import Plan


def test_each_run_meets_its_own_fate(walks: Any) -> None:
    # runs side by side: whoever fails takes the block down first, and only itself in the end
    result = sweep(
        walks,
        {"trouble": ["none", "raise", "die", "hang"]},
        replicates=3,
        workers=2,
        time_limit=0.5,
        record=(),
    )
    statuses = result.runs.pivot(index="trouble", columns="replicate", values="status")
    assert statuses.loc["none"].tolist() == ["ok", "ok", "ok"]
    assert statuses.loc["raise"].tolist() == ["ok", "failed", "ok"]
    assert statuses.loc["die"].tolist() == ["ok", "crashed", "ok"]
    assert statuses.loc["hang"].tolist() == ["ok", "timeout", "ok"]
    failed = result.failed.set_index("status")
    assert failed.loc["failed", "error"] == "RuntimeError: the path is blocked"
    assert failed.loc["crashed", "error"] == "its process died (exit code 3)"
    assert failed.loc["timeout", "error"] == "killed at the time limit of 0.5 s"
    assert failed.loc["timeout", "seconds"] == pytest.approx(0.5, abs=0.4)
    assert failed["end"].isna().all()
    assert "Traceback" in failed.loc["failed", "traceback"]


def test_no_worker_outlives_its_sweep(walk: Any) -> None:
    plan = Plan.of(walk, {"pause": 0.01}, 4, 0, ())
    packets = processes(plan.job, plan.blocks(np.zeros(4, dtype=bool), 1), workers=1, time_limit=None)
    others = set(psutil.Process().children())
    next(packets)
    assert set(psutil.Process().children()) - others
    packets.close()
    assert not set(psutil.Process().children()) - others


def test_a_model_that_cannot_be_sent_is_told(walk: Any) -> None:
    class Unsendable(walk):  # type: ignore[misc]
        lock = sys.stdout

    with pytest.raises(InputError, match=r"Unsendable cannot be sent to worker processes .*use workers=1"):
        sweep(Unsendable, {}, replicates=2, workers=2)


def test_a_model_that_a_worker_cannot_load_is_told(
    tmp_path: Path, walks_file: Path, monkeypatch: Any
) -> None:
    (tmp_path / "parents_only.py").write_text(
        f"import os\nassert os.getpid() == {os.getpid()}, 'only in the parent'\n{walks_file.read_text()}"
    )
    monkeypatch.syspath_prepend(tmp_path)
    model = load_model("parents_only:Walk")
    with pytest.raises(InputError, match="cannot load the model: AssertionError: only in the parent"):
        sweep(model, {}, replicates=2, workers=2)
