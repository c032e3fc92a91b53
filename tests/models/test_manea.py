"""Bargaining with replacement: Manea's shares, exactly, and the equilibrium that tends to them."""

from fractions import Fraction
from itertools import chain, combinations

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.links import Links
from accord.models.manea import equilibrium, limit_shares
from accord.models.networks import network
from accord.models.networks.network import Network
from hypothesis import given, settings
from hypothesis import strategies as st

TREE = [("A", "B"), ("B", "C"), ("B", "D"), ("D", "E")]

# what the iterated shortage ratios of Manea 2011, doi:10.1257/aer.101.5.2042, come to
KNOWN = [
    ("path(n=3)", "1/3 2/3 1/3"),
    ("path(n=4)", "1/2 1/2 1/2 1/2"),
    ("path(n=5)", "2/5 3/5 2/5 3/5 2/5"),
    ("path(n=7)", "3/7 4/7 3/7 4/7 3/7 4/7 3/7"),
    ("star(n=4)", "3/4 1/4 1/4 1/4"),
    ("star(n=6)", "5/6 1/6 1/6 1/6 1/6 1/6"),
    ("complete-bipartite(a=2, b=3)", "3/5 3/5 2/5 2/5 2/5"),
    ("ring(n=3)", "1/2 1/2 1/2"),
    ("ring(n=6)", "1/2 1/2 1/2 1/2 1/2 1/2"),
    (TREE, "1/3 2/3 1/3 1/2 1/2"),
    ("florentine-families", " ".join(["1/2"] * 15)),
]


def drawn(seed: int, n: int, edges: int, weighted: bool = False) -> Links:
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, n, (edges, 2))
    return Links.of(
        Network.from_edges(n, ends[:, 0], ends[:, 1], rng.uniform(0.1, 2, edges) if weighted else None)
    )


def by_all_sets(links: Links) -> list[Fraction]:
    """Return the limit as the paper defines it: over every set of nodes no two of which are linked."""
    near = [set(links.targets[links.sources == node].tolist()) for node in range(links.n)]
    left, shares = {node for node in range(links.n) if near[node]}, [Fraction(0)] * links.n
    while left:
        sets = chain.from_iterable(combinations(sorted(left), size) for size in range(1, len(left) + 1))
        found: list[tuple[Fraction, int, set[int], set[int]]] = []
        for each in sets:
            partners = set().union(*(near[node] & left for node in each))
            if not partners & set(each):
                found.append((Fraction(len(partners), len(each)), -len(each), set(each), partners))
        ratio, _, strangers, partners = min(
            found, key=lambda each: each[:2], default=(Fraction(1), 0, set(), set())
        )
        if ratio >= 1:
            return [Fraction(1, 2) if node in left else share for node, share in enumerate(shares)]
        for node in strangers:
            shares[node] = ratio / (1 + ratio)
        for node in partners:
            shares[node] = 1 / (1 + ratio)
        left -= strangers | partners
    return shares


def iterated(links: Links, discount: float, rounds: int) -> np.ndarray:
    """Return what everybody hopes for after so many steps of the values' own equation, which contracts."""
    hoped = np.zeros(links.n)
    for _ in range(rounds):
        left = np.maximum(links.worths - discount * (hoped[links.sources] + hoped[links.targets]), 0)
        hoped = discount * hoped + np.bincount(links.sources, left, links.n) / (2 * links.m)
    return hoped


@pytest.mark.parametrize(("choice", "shares"), KNOWN)
def test_the_shares_of_patient_parties(choice: object, shares: str) -> None:
    assert " ".join(map(str, limit_shares(Links.of(network(choice))))) == shares


def test_karate_is_still_far_from_its_limit_at_a_discount_of_9999() -> None:
    links = Links.of(network("karate"))
    apart = np.abs(equilibrium(links, 0.9999) - np.array(limit_shares(links), dtype=float))
    assert apart.max() == pytest.approx(0.0094, abs=5e-5)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
@settings(deadline=None, max_examples=50)
def test_minimum_cuts_find_what_all_sets_do(seed: int, edges: int) -> None:
    links = drawn(seed, 8, edges)
    assert list(limit_shares(links)) == by_all_sets(links)


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.98))
@settings(deadline=None, max_examples=20)
def test_the_equilibrium_solves_its_equation(seed: int, discount: float) -> None:
    links = drawn(seed, 12, 20, weighted=True)
    hoped = equilibrium(links, discount)
    left = np.maximum(links.worths - discount * (hoped[links.sources] + hoped[links.targets]), 0)
    assert (1 - discount) * hoped == pytest.approx(
        np.bincount(links.sources, left, links.n) / (2 * links.m), abs=1e-12
    )
    assert hoped == pytest.approx(iterated(links, discount, 2500), abs=1e-9)


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_patience_leads_to_the_shortest_vector_that_no_link_blocks(seed: int) -> None:
    links = drawn(seed, 10, 14)
    limit = np.array(limit_shares(links), dtype=float)
    assert np.abs(equilibrium(links, 1 - 1e-9) - limit).max() < 1e-5
    assert (limit[links.sources] + limit[links.targets] >= 1 - 1e-12).all()


def test_who_has_no_link_gets_nothing() -> None:
    links = Links.of(Network.from_edges(4, [0], [1]))
    assert [str(share) for share in limit_shares(links)] == ["1/2", "1/2", "0", "0"]
    assert equilibrium(links, 0.9).tolist()[2:] == [0, 0]
    nobody = Links.of(Network.from_edges(2, [], []))
    assert limit_shares(nobody) == (0, 0)
    assert equilibrium(nobody, 0.9).tolist() == [0, 0]


def test_links_of_different_worth_have_no_limit_by_counting() -> None:
    with pytest.raises(InputError, match="links are worth 3 to 4"):
        limit_shares(Links.of(network([(0, 1, 4.0), (1, 2, 3.0)])))


@pytest.mark.parametrize("discount", [0, 1, -0.5, float("nan")])
def test_a_discount_lies_between_zero_and_one(discount: float) -> None:
    with pytest.raises(InputError, match="0 < discount < 1"):
        equilibrium(Links.of(network("path(n=3)")), discount)
