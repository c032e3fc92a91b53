import math
from importlib import import_module

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.design import design
from accord.models.networks.network import Network
from accord.models.networks.topologies import topologies
from scipy.sparse import csr_array

module = import_module("accord.models.networks.design")

# Rate and condition number with weights of any sign, the same with edge weights >= 0, rate with W >= 0. Those
# of boyd-8 and boyd-64 are published, .643331/.680961 and .988292/.988826 (S. Boyd, "Convex optimization of
# graph Laplacian eigenvalues", ICM 2006, CVX examples); the others from a general solver at 1e-10.
TABLE = {
    "boyd-8": (0.643331, 4.60745, 0.645497, 4.64170, 0.680961),
    "petersen": (0.428571, 2.50000, 0.428571, 2.50000, 0.428571),
    "karate": (0.924589, 25.52120, 0.925028, 25.67666, 0.953552),
    "grid(4, 4)": (0.824389, 10.38879, 0.824389, 10.38879, 0.824389),
    "star(8)": (0.777778, 8.00000, 0.777778, 8.00000, 0.857143),
    "barbell(5, 0)": (0.894427, 17.94427, 0.894427, 17.94427, 0.917742),
    "path(8)": (0.923880, 25.27414, 0.923880, 25.27414, 0.923880),
    "boyd-64": (0.988292, 169.82167, 0.988502, 172.94677, 0.988826),
}

CLOSED_FORMS = {  # any sign, W >= 0 where the diagonal does not bind: edge-transitive networks, and the path
    "hypercube(3)": 2 / 4,
    "hypercube(5)": 4 / 6,
    "ring(9)": (math.cos(2 * math.pi / 9) + math.cos(math.pi / 9))
    / (2 - math.cos(2 * math.pi / 9) + math.cos(math.pi / 9)),
    "torus(4, 4)": (8 - 2) / (8 + 2),
    "path(20)": math.cos(math.pi / 20),
    "complete(6)": 0.0,
    "complete(2)": 0.0,
    "complete-bipartite(4, 4)": 1 / 3,
}


def build(text):
    return topologies.choose(text).build(np.random.default_rng(1))


def matrix(network, found):
    weights = csr_array((found.neighbour_weights, network.indices, network.indptr), shape=(network.n,) * 2)
    return weights.toarray() + np.diag(1 - weights.sum(axis=1))


def rate(W):
    return np.abs(np.linalg.eigvalsh(W - 1 / len(W))).max()


@pytest.mark.parametrize("name", TABLE)
def test_reference_networks(name):
    network = build(name)
    free, edges, everything = (design(network, nonnegative=kind) for kind in (None, "edges", "all"))
    rates = free.rate, edges.rate, everything.rate
    np.testing.assert_allclose(rates, np.array(TABLE[name])[[0, 2, 4]], rtol=0, atol=1e-6)
    kappas = free.condition_number, edges.condition_number
    np.testing.assert_allclose(kappas, np.array(TABLE[name])[[1, 3]], rtol=0, atol=1e-5)
    for found in (free, edges, everything):
        W = matrix(network, found)
        np.testing.assert_array_equal(W, W.T)
        assert rate(W) == pytest.approx(found.rate, abs=1e-12)
        assert 0 <= found.gap < 1e-7
    assert edges.neighbour_weights.min() >= 0
    assert matrix(network, everything).min() >= -1e-15


@pytest.mark.parametrize("name", CLOSED_FORMS)
def test_closed_forms(name):
    assert design(build(name)).rate == pytest.approx(CLOSED_FORMS[name], abs=1e-7)
    assert design(build(name), nonnegative="all").rate == pytest.approx(CLOSED_FORMS[name], abs=1e-7)


@pytest.mark.parametrize("n", [5, 12])
def test_a_star_pays_for_nonnegative_weights(n):
    # with weights of any sign the hub gives away more than it has: (n-1)/(n+1) against 1 - 1/(n-1)
    star = build(f"star({n})")
    assert design(star).rate == pytest.approx((n - 1) / (n + 1), abs=1e-7)
    assert design(star, nonnegative="all").rate == pytest.approx(1 - 1 / (n - 1), abs=1e-7)


@pytest.mark.parametrize("name", ["boyd-8", "karate", "barbell(5, 0)"])
def test_smallest_condition_number_is_another_view_of_the_fastest_rate(name):
    network = build(name)
    found = design(network)
    eigenvalues = np.linalg.eigvalsh(np.eye(network.n) - matrix(network, found))
    kappa = eigenvalues[-1] / eigenvalues[1]
    assert found.rate == pytest.approx((kappa - 1) / (kappa + 1), abs=1e-7)
    assert found.condition_number == pytest.approx(kappa, rel=1e-5)


def test_karate_needs_a_negative_weight():
    assert design(build("karate")).neighbour_weights.min() == pytest.approx(-0.313, abs=1e-3)


def test_a_few_hundred_edges_are_proven_optimal():
    network = build("watts-strogatz(n=100, k=6, p=0.2)")
    for kind in (None, "edges", "all"):
        assert design(network, nonnegative=kind).gap < 1e-7


@pytest.mark.parametrize("kind", [None, "edges", "all"])
def test_the_bound_holds_at_every_stage(kind):
    # no weights whatever do better, so a bound taken anywhere on the way is below the optimum
    network = build("boyd-8")
    optimum = design(network, nonnegative=kind).rate
    program = module._Program(network, kind)
    bounds = [program.lower_bound()]
    for _ in range(8):
        program.step()
        bounds.append(program.lower_bound())
        assert program.s >= optimum - 1e-9
    assert max(bounds) <= optimum + 1e-12
    assert bounds[-1] > optimum - 1e-3


@pytest.mark.parametrize("kind", [None, "edges", "all"])
def test_the_gap_is_told_where_the_solver_stops_early(kind, monkeypatch):
    network = build("karate")
    optimum = design(network, nonnegative=kind).rate
    monkeypatch.setattr(module, "_TARGET", 1e-3)
    monkeypatch.setattr(module, "_ACCEPTABLE", 1e-2)
    early = design(network, nonnegative=kind)
    assert 1e-7 < early.rate - optimum <= early.gap <= 1e-3


def test_results_do_not_depend_on_the_numbering():
    network = build("karate")
    order = np.random.default_rng(3).permutation(34)
    heads, tails, _ = network.edge_list
    shuffled = Network.from_edges(34, order[heads], order[tails])
    one, other = matrix(network, design(network)), matrix(shuffled, design(shuffled))
    np.testing.assert_allclose(other[np.ix_(order, order)], one, atol=1e-3)  # the optimum is flat
    assert design(shuffled).rate == pytest.approx(design(network).rate, abs=1e-7)


def test_edge_weights_are_ignored():
    network = build("boyd-8")
    heads, tails, _ = network.edge_list
    weighted = Network.from_edges(8, heads, tails, np.arange(1.0, 14.0))
    np.testing.assert_array_equal(design(weighted).neighbour_weights, design(network).neighbour_weights)


def test_one_node_needs_no_weights():
    found = design(Network.from_edges(1, [], []))
    assert (found.rate, found.gap, len(found.neighbour_weights)) == (0, 0, 0)


@pytest.mark.parametrize("name", ["path(2001)", "complete(101)"])
def test_too_large_is_refused(name):
    with pytest.raises(
        InputError, match=r"at most 2000 nodes and 5000 edges.*use metropolis or best-constant"
    ):
        design(build(name))


def test_what_is_not_proven_is_not_returned(monkeypatch):
    monkeypatch.setattr(module, "_ITERATIONS", 3)
    with pytest.raises(ArithmeticError, match="only proven above"):
        design(build("karate"))
