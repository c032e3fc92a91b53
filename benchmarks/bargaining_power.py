"""Bargaining on networks: exact limits on Les Misérables, and balanced outcomes of 1e5 links against an LP.

The peer of a balanced outcome is the linear programme of the greatest fractional matching, whose dual is a stable
outcome: it need not be balanced. Worths are drawn, so that one matching is worth most; where all ends ask for what a
matching is worth, the outcome is proven stable, and that matching is worth most.
"""

from collections.abc import Callable, Iterator
from time import process_time
from typing import Any

import networkx as nx
import numpy as np
from accord.models.balanced import balanced
from accord.models.links import Links
from accord.models.manea import equilibrium, limit_shares
from accord.models.networks import network
from accord.models.networks.network import Network
from scipy.optimize import linprog
from scipy.sparse import coo_array

LINKS, SMALL = 100_000, 1_000


def measure() -> Iterator[str]:
    """Yield times, and ratios where there is a peer."""
    for name in ("les-miserables", "karate"):
        links = Links.of(network(name))
        limit, seconds = _timed(lambda links=links: limit_shares(links))
        _, values = _timed(lambda links=links: equilibrium(links, 0.9999))
        yield (
            f"{name}, {links.n} nodes: exact limit {seconds * 1e3:.0f} ms, {len(set(limit))} different shares "
            f"(promised: seconds); equilibrium of a finite discount {values * 1e3:.0f} ms"
        )
    links = _drawn(LINKS)
    found, seconds = _timed(lambda: balanced(links, tolerance=1e-5))
    solved, peer = _timed(lambda: _programme(links))
    yield (
        f"{links.m:,} links: {'balanced' if found.stable else 'no stable outcome'} after {found.rounds:,} rounds in "
        f"{seconds:.1f} s ({seconds / found.rounds * 1e3:.1f} ms a round; promised: seconds); the linear programme "
        f"takes {peer:.1f} s, and is worth {-solved.fun / found.gains.sum() - 1:+.1e} of it"
    )
    links = _drawn(SMALL)
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        zip(links.sources.tolist(), links.targets.tolist(), links.worths.tolist(), strict=True)
    )
    found, seconds = _timed(lambda: balanced(links, tolerance=1e-5))
    _, peer = _timed(lambda: nx.max_weight_matching(graph))
    yield (
        f"{links.m:,} links: balanced outcome {seconds:.2f} s, networkx's matching alone {peer:.2f} s, "
        f"{peer / seconds:.0f} times as long"
    )


def _drawn(edges: int) -> Links:
    """Return links between two sides, where some outcome is always stable, with worths that are drawn."""
    rng = np.random.default_rng(1)
    n = edges // 5
    ends = rng.integers(0, n, (2, edges)) + np.array([[0], [n]])
    return Links.of(Network.from_edges(2 * n, *ends, 0.5 + rng.random(edges)))


def _programme(links: Links) -> Any:
    once = links.once
    ends = np.concatenate([links.sources[once], links.targets[once]])
    sides = coo_array((np.ones(2 * links.m), (ends, np.tile(np.arange(links.m), 2))))
    return linprog(-links.worths[once], A_ub=sides.tocsr(), b_ub=np.ones(links.n), method="highs-ds")


def _timed(make: Callable[[], Any]) -> tuple[Any, float]:
    start = process_time()
    return make(), process_time() - start
