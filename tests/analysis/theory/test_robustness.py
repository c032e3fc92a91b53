import itertools

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory import robustness
from accord.analysis.theory.robustness import is_rs_robust, largest_s, r_robustness, tolerated_traitors
from accord.models.networks.network import Network
from accord.models.networks.topologies import topologies
from hypothesis import given, settings
from hypothesis import strategies as st

R = {  # LeBlanc et al. 2013 for complete networks, ceil(n/2); the others recomputed from the definition
    "complete(2)": 1,
    "complete(5)": 3,
    "complete(6)": 3,
    "complete(7)": 4,
    "ring(6)": 1,
    "path(5)": 1,
    "star(8)": 1,
    "hypercube(3)": 1,  # although three-connected
    "petersen": 1,
    "complete-bipartite(3, 3)": 2,
    "complete-bipartite(4, 4)": 2,
    "circulant(8, [1, 2])": 2,
    "circulant(8, [1, 2, 3])": 3,
    "hypercube(4)": 1,
    "grid(4, 4)": 1,
}

S = {"complete-bipartite(3, 3)": 4, "complete-bipartite(4, 4)": 6, "circulant(8, [1, 2])": 4}


def build(text):
    return topologies.choose(text).build(np.random.default_rng(1))


def from_seed(seed, smallest=2, largest=7):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(smallest, largest + 1))
    return Network.from_edges(n, *np.argwhere(np.triu(rng.random((n, n)) < rng.uniform(0.3, 1), 1)).T)


def by_definition(network, r):
    """Return the largest s for which the network is (r, s)-robust, pair of sets by pair of sets."""
    n, linked = network.n, network.adjacency.toarray() > 0
    best = n
    for sides in itertools.product((0, 1, 2), repeat=n):
        one, other = (np.equal(sides, side) for side in (1, 2))
        if one.any() and other.any():
            well = [
                int(sum(linked[i, ~each].sum() >= r for i in np.flatnonzero(each))) for each in (one, other)
            ]
            if well[0] < one.sum() and well[1] < other.sum():
                best = min(best, sum(well))
    return best


@pytest.fixture
def by_programs(monkeypatch):
    """Have small networks solved as large ones are."""
    monkeypatch.setattr(robustness, "ENUMERABLE", 0)


@pytest.mark.parametrize("name", R)
def test_known_r(name):
    assert r_robustness(build(name)) == R[name]


@pytest.mark.parametrize("name", R)
@pytest.mark.usefixtures("by_programs")
def test_known_r_by_programs(name):
    assert r_robustness(build(name)) == R[name]


def test_karate_is_one_robust():
    assert r_robustness(build("karate")) == 1
    assert tolerated_traitors(build("karate")) == 0


@pytest.mark.parametrize("name", S)
def test_known_s(name):
    network = build(name)
    assert largest_s(network, 2) == S[name]
    assert is_rs_robust(network, 2, S[name])
    assert not is_rs_robust(network, 2, S[name] + 1)


@pytest.mark.parametrize("n", [4, 5, 8])
def test_complete_networks_are_robust_to_the_full(n):
    network = build(f"complete({n})")
    for r in range(1, (n + 1) // 2 + 1):
        assert largest_s(network, r) == n
    assert largest_s(network, (n + 1) // 2 + 1) < n


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10**6), r=st.integers(1, 4))
def test_enumeration_follows_the_definition(seed, r):
    network = from_seed(seed)
    expected = by_definition(network, r)
    assert largest_s(network, r) == expected
    assert (r_robustness(network) >= r) == (expected >= 1)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("r", [1, 2, 3])
def test_programs_and_enumeration_agree(seed, r, monkeypatch):
    network = from_seed(seed, 5, 10)
    enumerated = r_robustness(network), largest_s(network, r)
    monkeypatch.setattr(robustness, "ENUMERABLE", 0)
    assert (r_robustness(network), largest_s(network, r)) == enumerated


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10**6))
def test_twice_as_robust_is_robust_to_as_many(seed):
    # LeBlanc et al. 2013: (2F + 1)-robust networks are (F + 1, F + 1)-robust, and those (F + 1)-robust
    network = from_seed(seed, 4, 10)
    r = r_robustness(network)
    f = max((r - 1) // 2, 0)
    if r:
        assert is_rs_robust(network, f + 1, f + 1)
        assert f <= tolerated_traitors(network) <= r - 1


@pytest.mark.parametrize(
    ("name", "same", "equivocating"),
    [
        ("complete(4)", 1, 0),
        ("complete(7)", 3, 1),
        ("circulant(8, [1, 2])", 1, 0),
        ("circulant(8, [1, 2, 3])", 2, 1),
        ("complete-bipartite(3, 3)", 1, 0),
        ("hypercube(3)", 0, 0),
        ("petersen", 0, 0),
    ],
)
def test_tolerated_traitors(name, same, equivocating):
    assert tolerated_traitors(build(name)) == same
    assert tolerated_traitors(build(name), equivocating=True) == equivocating


def test_edge_weights_do_not_matter(monkeypatch):
    heads, tails, _ = build("circulant(8, [1, 2])").edge_list
    weighted = Network.from_edges(8, heads, tails, np.linspace(0.1, 9, len(heads)))
    assert (r_robustness(weighted), largest_s(weighted, 2)) == (2, 4)
    monkeypatch.setattr(robustness, "ENUMERABLE", 0)
    assert (r_robustness(weighted), largest_s(weighted, 2)) == (2, 4)


def test_bad_input():
    with pytest.raises(InputError, match="two nodes or more"):
        r_robustness(Network.from_edges(1, [], []))
    with pytest.raises(InputError, match="r=0 must be at least 1"):
        largest_s(build("petersen"), 0)
    apart = Network.from_edges(4, [0, 2], [1, 3])
    assert r_robustness(apart) == 0
    with pytest.raises(InputError, match="giant component"):
        tolerated_traitors(apart)


def test_time_limit():
    network = build("gnm(n=60, m=700)")
    with pytest.raises(TimeoutError, match=r"undecided after 0.05 s \(at least \d+\)"):
        r_robustness(network, time_limit=0.05)


def test_what_time_does_not_allow_to_decide_falls_back_on_r(monkeypatch):
    def never(*_, **__):
        raise TimeoutError

    network = build("complete(7)")
    monkeypatch.setattr(robustness, "is_rs_robust", never)
    assert tolerated_traitors(network) == 1
