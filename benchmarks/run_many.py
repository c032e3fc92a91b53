"""64 replicates side by side against one at a time, rows equal."""

import time
from collections.abc import Iterator

from accord.models import Averaging
from accord.models.seeds import Seed

CASES = [  # network, steps, target
    ("random-regular(n=100, d=6, seed=1)", 300, 10.0),
    ("random-regular(n=100, d=6)", 300, 10.0),
    ("random-regular(n=100000, d=10, seed=1)", 60, 1.5),
]


def measure() -> Iterator[str]:
    for spec, steps, target in CASES:
        seeds = [Seed(1, replicate) for replicate in range(64)]
        scenario = Averaging.Scenario(network=spec, max_steps=steps, tolerance=1e-12)
        Averaging(scenario, rng=1).step()  # what is built once is built
        alone, together = [], []
        for _ in range(3):  # in turn, so that the machine's moods meet both
            start = time.perf_counter()
            many = Averaging.run_many(scenario, seeds)
            middle = time.perf_counter()
            single = [Averaging(scenario, rng=seed).run().recorded() for seed in seeds]
            alone.append(time.perf_counter() - middle)
            together.append(middle - start)
            assert many == single
        one, all_at_once = sorted(alone)[1], sorted(together)[1]
        yield (
            f"{spec}: one at a time {one:.2f} s, together {all_at_once:.2f} s: "
            f"{one / all_at_once:.1f} times faster (target {target:g})"
        )
