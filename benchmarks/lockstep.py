"""100 runs in lockstep side by side on arrays against one at a time on the event queue, records equal."""

import time
from collections.abc import Iterator

from accord.models import Generals
from accord.models.seeds import Seed

CASES = [  # protocol, parties, traitors
    ("phase-king", 13, 3),
    ("berman-garay-perry", 13, 4),
    ("approximate", 13, 4),
    ("oral-messages", 10, 3),
]
RUNS = 100


def measure() -> Iterator[str]:
    """Yield the seconds for all runs, and their ratio."""
    seeds = [Seed(1, replicate) for replicate in range(RUNS)]
    for protocol, n, traitors in CASES:
        scenario = Generals.Scenario(
            network=f"complete(n={n})", protocol=protocol, traitors=traitors, conduct="equivocating"
        )
        start = time.perf_counter()
        together = Generals.run_many(scenario, seeds)
        middle = time.perf_counter()
        alone = [Generals(scenario, rng=seed).run().recorded() for seed in seeds]
        end = time.perf_counter()
        assert together == alone
        yield (
            f"{protocol}, {n} parties, {traitors} traitors: on the queue {end - middle:.2f} s, "
            f"side by side {middle - start:.2f} s: {(end - middle) / (middle - start):.0f} times faster"
        )
