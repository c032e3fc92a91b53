"""64 replicates side by side against one at a time, rows equal."""

import time
from collections.abc import Iterator

from accord.models import Averaging
from accord.models.seeds import Seed

CASES = [  # network, steps, target
    ("random-regular(n=100, d=6, seed=1)", 300, 10.0),
    ("random-regular(n=100, d=6)", 300, 10.0),
    ("random-regular(n=100000, d=10, seed=1)", 20, 1.5),
]


def measure() -> Iterator[str]:
    for spec, steps, target in CASES:
        seeds = [Seed(1, replicate) for replicate in range(64)]
        scenario = Averaging.Scenario(network=spec, max_steps=steps, tolerance=1e-12)
        Averaging(scenario, rng=1).step()  # what is built once is built
        start = time.perf_counter()
        together = Averaging.run_many(scenario, seeds)
        middle = time.perf_counter()
        alone = [Averaging(scenario, rng=seed).run().recorded() for seed in seeds]
        end = time.perf_counter()
        assert together == alone
        one, many = end - middle, middle - start
        yield f"{spec}: alone {one:.2f} s, together {many:.2f} s: {one / many:.1f} times faster (target {target:g})"
