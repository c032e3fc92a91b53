"""The same synchronous update by plain Mesa agents."""

import time
from collections.abc import Iterator

import mesa
import numpy as np
from accord.models import Averaging
from accord.models.networks import network, weights

SPEC = "random-regular(n=10000, d=8, seed=1)"


class Averager(mesa.Agent):
    """An agent that averages over its neighbours, as Mesa's tutorials would write it."""

    def __init__(self, model: mesa.Model, opinion: float) -> None:
        super().__init__(model)
        self.opinion = self.next = opinion
        self.neighbours: list[tuple[Averager, float]] = []

    def look(self) -> None:
        self.next = self.opinion + sum(w * (other.opinion - self.opinion) for other, w in self.neighbours)

    def move(self) -> None:
        self.opinion = self.next


class Crowd(mesa.Model):
    def __init__(self) -> None:
        super().__init__(rng=1)
        graph = network(SPEC)
        matrix = weights(graph, "metropolis")
        people = [Averager(self, opinion) for opinion in np.random.default_rng(1).random(graph.n)]
        for i, person in enumerate(people):
            row = slice(matrix.indptr[i], matrix.indptr[i + 1])
            pairs = zip(matrix.indices[row], matrix.data[row], strict=True)
            person.neighbours = [(people[j], float(w)) for j, w in pairs if j != i]

    def step(self) -> None:
        self.agents.do("look")
        self.agents.do("move")


def measure() -> Iterator[str]:
    crowd, model = Crowd(), Averaging(network=SPEC, tolerance=1e-300, max_steps=100_000, rng=1)
    theirs, ours = [], []
    for _ in range(7):
        start = time.perf_counter()
        crowd.step()
        middle = time.perf_counter()
        for _ in range(10):
            model.step()
        ours.append((time.perf_counter() - middle) / 10)
        theirs.append(middle - start)
    agents, arrays = sorted(theirs)[3], sorted(ours)[3]
    yield f"n = 10,000, degree 8, Mesa {mesa.__version__}; medians of 7"
    times = agents / arrays
    yield f"agents {agents * 1e3:.1f} ms, accord {arrays * 1e3:.3f} ms a step: {times:.0f} times faster (target 50)"
