"""A sweep of 10,000 tiny runs: overhead a run in one process, memory of the parent."""

import gc
import time
from collections.abc import Iterator

import accord
import psutil
from accord.models import Averaging
from accord.models.seeds import Seed

TINY = {"network": "complete(n=4)", "weights": "metropolis", "max_steps": 2}


def measure() -> Iterator[str]:
    process = psutil.Process()
    for points, replicates in ((500, 20), (10_000, 1)):
        tolerances = [1e-6 * (1 + point) for point in range(points)]
        scenarios = [Averaging.Scenario(**TINY, tolerance=tolerance) for tolerance in tolerances]
        seeds = [Seed(1, replicate) for replicate in range(replicates)]
        start = time.perf_counter()
        for scenario in scenarios:
            Averaging.run_many(scenario, seeds)
        middle = time.perf_counter()
        gc.collect()
        before = process.memory_info().rss
        result = accord.sweep("averaging", {**TINY, "tolerance": tolerances}, replicates=replicates, seed=1)
        took = time.perf_counter() - middle
        grown = process.memory_info().rss - before
        overhead = (took - (middle - start)) / 10_000
        yield (
            f"{points} points x {replicates}: the runs alone {middle - start:.2f} s, as a sweep {took:.2f} s: "
            f"{overhead * 1e3:.2f} ms a run (target 1); the parent grew by {grown / 1e6:.0f} MB (target 200)"
        )
        assert len(result.runs) == 10_000
