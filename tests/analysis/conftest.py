"""A small sweep that shows everything the main study shows, made once."""

from pathlib import Path

import pytest
from accord import Result, sweep


@pytest.fixture(scope="session")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder: Path = tmp_path_factory.mktemp("sweep") / "results"
    return sweep(
        "averaging",
        {
            "network": ["complete(n=6)", "petersen"],
            "rule": ["linear", "w-msr", "median"],
            "traitors": [0, 1],
            "placement": ["random", "highest-degree"],
            "conduct": "stubborn(value=3)",
            "tolerance": 1e-9,
        },
        replicates=3,
        seed=2,
        out=folder,
        record=("steps", "parties"),
    )
