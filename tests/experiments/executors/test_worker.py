"""A worker: what a model prints, reads or outlives does not disturb its messages."""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import cloudpickle
from accord.experiments.block import Block, Job
from accord.experiments.loading import load_model
from accord.models.seeds import Seed

LOUD = """
import os, subprocess, sys
from accord.models.agreement import AgreementModel
from accord.models.scenario import Scenario

class Loud(AgreementModel):
    class Scenario(Scenario):
        pass
    def setup(self):
        print("to python's output", flush=True)
        os.write(1, b"to the process's output\\n")
        self.read = sys.stdin.read()
    def advance(self): self.running = False
    def judge(self): return []
    def outcome(self): return {"read": self.read, "threads": os.environ["OPENBLAS_NUM_THREADS"]}
"""


def test_a_worker_serves_one_block_and_ends_with_its_parent(tmp_path: Path) -> None:
    (tmp_path / "loud.py").write_text(LOUD)
    model: Any = load_model(f"{tmp_path}/loud.py:Loud")
    cloudpickle.register_pickle_by_value(sys.modules[model.__module__])
    messages = [sys.path, Job(model, ()), Block({}, (3,), (Seed(0),))]
    worker = subprocess.Popen(
        [sys.executable, "-P", "-c", "from accord.experiments.executors.worker import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OPENBLAS_NUM_THREADS": "1"},
    )
    with worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        assert worker.stderr is not None
        for message in messages:
            worker.stdin.write(cloudpickle.dumps(message))
        worker.stdin.flush()
        assert pickle.load(worker.stdout) is None, "it is ready"
        packet = pickle.load(worker.stdout)
        assert (packet.runs, packet.statuses) == ((3,), ("ok",))
        assert b'"read": "", "threads": "1"' in packet.payload
        worker.stdin.close()
        assert worker.wait(timeout=30) == 0
        assert worker.stderr.read().decode().splitlines() == ["to python's output", "to the process's output"]


def test_what_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from accord.experiments.executors.worker import main; main()"],
        input=pickle.dumps(sys.path) + b"cno_such_module\nThing\n.",
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 1
    assert pickle.loads(done.stdout) == "ModuleNotFoundError: No module named 'no_such_module'"
