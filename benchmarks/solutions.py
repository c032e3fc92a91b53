"""Frontier and solutions of 1e6 outcomes, against one sort of a million utilities.

The sort is the one that ranks the outcomes for a party: numpy.argsort of one column. Where all outcomes are on
the frontier the column is in order already, so the sort of a shuffled one is taken.
"""

from collections.abc import Callable, Iterator
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from accord.agents.solutions import pareto, solve
from accord.models.domains.pie import Pie
from accord.models.domains.random import Random


def measure() -> Iterator[str]:
    """Yield the times and their ratios."""
    rng = np.random.default_rng(1)
    million = {"issues": 6, "levels": 10}
    for name, utilities in {
        "additive, 6 issues of 10 levels": Random(**million).build(rng).utilities,
        "the same, opposition 0.6": Random(**million, opposition=0.6).build(rng).utilities,
        "three parties": Random(**million, parties=3).build(rng).utilities,
        "independent utilities": rng.random((10**6, 2)),
        "a pie, all of it on the frontier": Pie(steps=10**6 - 1).build().utilities,
    }.items():
        column = rng.permutation(utilities[:, 0])
        sort = _seconds(lambda column=column: np.argsort(column))
        whole = _seconds(lambda table=utilities: solve(table))
        yield (
            f"{name}: frontier of {len(pareto(utilities)):,}; one sort {sort * 1e3:.0f} ms, frontier and solutions "
            f"{whole * 1e3:.0f} ms, {whole / sort:.1f} times as long (promised: at most 5)"
        )
    start = process_time()
    Random(**million, opposition=0.4).build(rng)
    yield f"drawing a domain of 1e6 outcomes with a wanted opposition: {process_time() - start:.1f} s"


def _seconds(work: Callable[[], Any]) -> float:
    """Return the median seconds of processor time, after a first time that is not counted."""
    work()
    times = []
    for _ in range(5):
        start = process_time()
        work()
        times.append(process_time() - start)
    return median(times)
