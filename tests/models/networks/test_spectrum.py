import math
from importlib import import_module

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.laplacian import laplacian
from accord.models.networks.network import Network
from accord.models.networks.spectrum import extreme_eigenvalues, largest_eigenvalue_bound, spectrum
from accord.models.networks.topologies import topologies

module = import_module("accord.models.networks.spectrum")  # the package has the function by that name


def build(text, seed=1):
    return topologies.choose(text).build(np.random.default_rng(seed))


def path(n):
    return 2 - 2 * np.cos(np.pi * np.arange(n) / n)


def ring(n):
    return 2 - 2 * np.cos(2 * np.pi * np.arange(n) / n)


def sums(one, other):
    return np.add.outer(one, other).ravel()


FAMILIES = {  # textbook spectra, e.g. Brouwer and Haemers, Spectra of Graphs (2012), section 1.4
    "path(8)": path(8),
    "path(101)": path(101),
    "ring(9)": ring(9),
    "ring(10)": ring(10),
    "star(8)": [0, *[1] * 6, 8],
    "complete(7)": [0, *[7] * 6],
    "complete-bipartite(3, 5)": [0, *[3] * 4, *[5] * 2, 8],
    "grid(4, 4)": sums(path(4), path(4)),
    "grid(3, 7)": sums(path(3), path(7)),
    "torus(5, 6)": sums(ring(5), ring(6)),
    "hypercube(5)": np.repeat(2 * np.arange(6), [math.comb(5, k) for k in range(6)]),
    "petersen": [0, *[2] * 5, *[5] * 4],
    "wheel(9)": [0, 9, *(3 - 2 * np.cos(2 * np.pi * np.arange(1, 8) / 8))],
}

TABLE = {  # lambda_2, lambda_n, kappa, best step, best rate
    "boyd-8": (1.103729, 6.557279, 5.941022, 0.261062, 0.711858),
    "petersen": (2.0, 5.0, 2.5, 0.285714, 0.428571),
    "karate": (0.468525, 18.136696, 38.710180, 0.107497, 0.949635),
    "grid(4, 4)": (0.585786, 6.828427, 11.656854, 0.269752, 0.841983),
    "star(8)": (1.0, 8.0, 8.0, 0.222222, 0.777778),
    "barbell(5, 0)": (0.298438, 6.701562, 22.455467, 0.285714, 0.914732),
    "path(8)": (0.152241, 3.847759, 25.274142, 0.5, 0.923880),
    "boyd-64": (0.029143, 7.364253, 252.691234, 0.270512, 0.992116),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_families_have_their_textbook_spectra(name):
    found = spectrum(build(name))
    expected = np.sort(FAMILIES[name])
    np.testing.assert_allclose(found.eigenvalues, expected, rtol=0, atol=1e-12)
    assert found.eigenvalues[0] == 0
    assert found.lambda_2 == pytest.approx(expected[1], abs=1e-12)
    assert found.lambda_n == pytest.approx(expected[-1], abs=1e-12)


@pytest.mark.parametrize("name", TABLE)
def test_reference_networks(name):
    # the rate of boyd-8 with best constant weights is published as 0.7119, with boyd-64 as 0.9921 (CVX)
    found = spectrum(build(name))
    figures = found.lambda_2, found.lambda_n, found.condition_number, found.best_step, found.best_rate
    np.testing.assert_allclose(figures, TABLE[name], rtol=0, atol=1e-6)


def test_steps_and_rates_follow_from_the_ends():
    found = spectrum(build("petersen"))
    assert found.largest_stable_step == pytest.approx(2 / 5)
    assert found.best_step == pytest.approx(2 / 7)
    assert found.best_rate == pytest.approx((found.condition_number - 1) / (found.condition_number + 1))


def test_edge_weights_scale_the_spectrum():
    karate = build("karate")
    heads, tails, _ = karate.edge_list
    tripled = spectrum(Network.from_edges(34, heads, tails, np.full(78, 3.0)))
    assert tripled.lambda_2 == pytest.approx(3 * spectrum(karate).lambda_2)
    assert tripled.condition_number == pytest.approx(spectrum(karate).condition_number)


def test_a_disconnected_network_has_a_spectrum_but_never_agrees():
    two_pairs = spectrum(Network.from_edges(4, [0, 2], [1, 3]))
    np.testing.assert_allclose(two_pairs.eigenvalues, [0, 0, 2, 2], atol=1e-12)
    assert two_pairs.lambda_2 == 0
    assert two_pairs.condition_number == math.inf
    assert two_pairs.best_rate == 1
    nobody = spectrum(Network.from_edges(3, [], []))
    assert (nobody.lambda_n, nobody.best_rate) == (0, 1)
    assert nobody.best_step == nobody.largest_stable_step == math.inf


def test_one_node_has_no_lambda_2():
    with pytest.raises(InputError, match="two nodes or more"):
        spectrum(Network.from_edges(1, [], []))


@pytest.mark.parametrize(
    ("name", "lambda_2", "lambda_n"),
    [
        ("path(20000)", path(20000)[1], path(20000)[-1]),
        ("ring(10001)", ring(10001)[1], ring(10001)[5000]),
        ("grid(60, 50)", path(60)[1], path(60)[-1] + path(50)[-1]),
        ("star(20000)", 1, 20000),
        ("complete(1100)", 1100, 1100),
        ("hypercube(11)", 2, 22),
    ],
)
def test_large_families_are_found_by_sparse_methods(name, lambda_2, lambda_n):
    found = spectrum(build(name))
    assert found.eigenvalues is None
    assert found.lambda_2 == pytest.approx(lambda_2, rel=1e-8)
    assert found.lambda_n == pytest.approx(lambda_n, rel=1e-8)


def test_both_sparse_methods_agree_with_the_dense_one():
    network = build("random-regular(n=300, d=4)")
    eigenvalues = np.linalg.eigvalsh(laplacian(network).toarray())
    ends = eigenvalues[1], eigenvalues[-1]
    assert module._lanczos(laplacian(network), 300) == pytest.approx(ends, rel=1e-9)
    assert module._by_factors(laplacian(network)) == pytest.approx(ends, rel=1e-9)


def test_sparse_results_repeat():
    matrix = laplacian(build("random-regular(n=1500, d=6)"))
    assert extreme_eigenvalues(matrix) == extreme_eigenvalues(matrix)


def test_a_large_disconnected_network_has_lambda_2_zero():
    n = 1500
    ring_of_half = np.arange(n) // 2 * 2
    network = Network.from_edges(n, ring_of_half[::2], ring_of_half[::2] + 1)  # pairs
    found = spectrum(network)
    assert found.lambda_2 == 0
    assert found.lambda_n == pytest.approx(2)


def test_a_large_network_without_edges():
    found = spectrum(Network.from_edges(1500, [], []))
    assert (found.lambda_2, found.lambda_n) == (0, 0)


def test_negative_weights_go_to_lanczos():
    matrix = laplacian(build("ring(1200)"))
    assert module._is_narrow(matrix)
    assert not module._is_narrow(-matrix)
    assert extreme_eigenvalues(-matrix) == pytest.approx((-4, -ring(1200)[1]), rel=1e-6)


def test_what_does_not_settle_is_an_error(monkeypatch):
    monkeypatch.setattr(module, "_LANCZOS_STEPS", (20, 30))
    monkeypatch.setattr(module, "_FACTOR_COST", 1e6)
    with pytest.raises(ArithmeticError, match="within 30 Lanczos steps"):
        extreme_eigenvalues(laplacian(build("random-regular(n=1500, d=6)")))


@pytest.mark.parametrize("name", FAMILIES)
def test_the_bound_on_the_largest_eigenvalue_holds(name):
    network = build(name)
    bound = largest_eigenvalue_bound(laplacian(network))
    assert bound >= spectrum(network).lambda_n - 1e-12
    assert bound == max(
        network.degrees[i] + network.degrees[network.neighbours(i)].max() for i in range(network.n)
    )
