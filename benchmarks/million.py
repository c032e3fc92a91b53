"""A million parties: one averaging step against the bare sparse product, building, and memory a party."""

import time
import tracemalloc
from collections.abc import Iterator

from accord.models import Averaging
from accord.models.networks import network, weights

N = 1_000_000
SPEC = f"erdos-renyi(n={N}, p=1e-5, connected=any, seed=1)"


def measure() -> Iterator[str]:
    buildings = []
    for _ in range(3):
        begun = time.perf_counter()
        graph = network(SPEC)
        matrix = weights(graph, "metropolis")
        buildings.append(time.perf_counter() - begun)
    building = sorted(buildings)[1]

    scenario = Averaging.Scenario(network=SPEC, weights="metropolis", tolerance=1e-300, max_steps=10_000)
    # everything but the matrix: network, opinions, records (numpy tells tracemalloc of its arrays)
    tracemalloc.start()
    model = Averaging(scenario, rng=1)
    model.step()
    network_bytes = graph.indptr.nbytes + graph.indices.nbytes
    held = tracemalloc.get_traced_memory()[0] + network_bytes
    tracemalloc.stop()

    x = model.opinions.copy()
    bare, ours = [], []
    for _ in range(15):  # in turn, so that the machine's moods meet both
        start = time.perf_counter()
        x = matrix @ x
        middle = time.perf_counter()
        model.step()
        ours.append(time.perf_counter() - middle)
        bare.append(middle - start)
    product, step = sorted(bare)[7], sorted(ours)[7]
    yield f"{graph.n} parties, {graph.m} links; medians of 15"
    yield (
        f"bare product W @ x {product * 1e3:.1f} ms, a step with records and verdict {step * 1e3:.1f} ms: "
        f"{step / product:.2f} times (target 1.2)"
    )
    yield f"building network and matrix {building:.2f} s: {building / step:.0f} steps (target 100)"
    yield f"memory beyond the matrix {held / N:.0f} bytes a party (target 150)"
