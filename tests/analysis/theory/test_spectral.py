import math

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.spectral import momentum_rate, predicted_disagreement, spectral_rate, steps_to
from accord.models.networks.topologies import topologies
from accord.models.networks.weights import weights
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

RATES = {  # best constant; metropolis 1/max; metropolis 1/(1 + max); fastest
    "boyd-8": (0.711858, 0.774303, 0.812555, 0.643331),
    "petersen": (0.428571, 0.666667, 0.500000, 0.428571),
    "karate": (0.949635, 0.966497, 0.968764, 0.924589),
}


def build(text):
    return topologies.choose(text).build(np.random.default_rng(1))


@pytest.mark.parametrize("name", RATES)
def test_reference_networks(name):
    network = build(name)
    schemes = "best-constant", "metropolis(plus_one=false)", "metropolis", "fastest"
    found = [spectral_rate(weights(network, scheme)) for scheme in schemes]
    np.testing.assert_allclose(found, RATES[name], rtol=0, atol=1e-6)


@pytest.mark.parametrize("scheme", ["metropolis", "fastest", "uniform"])
def test_a_long_run_shrinks_at_the_rate(scheme):
    W = weights(build("karate"), scheme)
    x = np.random.default_rng(1).random(34)
    moves = []
    for _ in range(300):
        moves.append(np.linalg.norm(W @ x - x))
        x = W @ x
    assert (moves[250] / moves[150]) ** (1 / 100) == pytest.approx(spectral_rate(W), rel=1e-3)


@pytest.mark.parametrize(
    ("name", "scheme", "rate"),
    [
        ("ring(1500)", "constant(alpha=0.25)", 1 - 0.25 * (2 - 2 * math.cos(2 * math.pi / 1500))),
        ("hypercube(11)", "best-constant", 10 / 12),
        ("hypercube(11)", "metropolis(plus_one=false)", 1.0),
        ("star(1200)", "uniform", 1 / 2),
    ],
)
def test_large_networks(name, scheme, rate):
    assert spectral_rate(weights(build(name), scheme)) == pytest.approx(rate, rel=1e-9)


def test_an_unstable_step_has_a_rate_above_one():
    W = weights(build("petersen"), "constant", alpha=0.5, allow_unstable=True)
    assert spectral_rate(W) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("trust", "rate"),  # the classroom examples of DeGroot's model, by their characteristic polynomials
    [
        ([[1 / 2, 1 / 2], [1 / 4, 3 / 4]], 1 / 4),
        ([[1 / 3, 1 / 3, 1 / 3], [1 / 2, 1 / 2, 0], [0, 1 / 4, 3 / 4]], 1 / 2),
        ([[0, 1 / 2, 1 / 2], [1, 0, 0], [0, 1, 0]], math.sqrt(1 / 2)),
    ],
)
def test_trust_need_not_be_mutual(trust, rate):
    assert spectral_rate(csr_array(trust)) == pytest.approx(rate, abs=1e-12)


def test_reducible_and_single():
    assert spectral_rate(csr_array(np.eye(3))) == pytest.approx(1)
    assert spectral_rate(csr_array([[1.0]])) == 0
    assert spectral_rate(csr_array([[1.0, 0.0], [0.5, 0.5]])) == pytest.approx(0.5)


def test_rows_have_to_sum_to_one():
    with pytest.raises(InputError, match="sum to one"):
        spectral_rate(csr_array([[0.5, 0.4], [0.4, 0.5]]))


@pytest.mark.parametrize(
    ("tolerance", "rate", "steps"),
    [
        (1e-6, 0.1, 6),
        (0.25, 0.5, 2),
        (0.2499, 0.5, 3),
        (1, 0.9, 0),
        (2, 0.9, 0),
        (1e-9, 0, 1),
        (1e-9, 1, math.inf),
        (1e-9, 1.5, math.inf),
    ],
)
def test_steps_to_known(tolerance, rate, steps):
    assert steps_to(tolerance, rate) == steps


@settings(deadline=None, max_examples=50)
@given(tolerance=st.floats(1e-12, 0.99), rate=st.floats(0.01, 0.9999))
def test_steps_to_is_the_first_that_suffices(tolerance, rate):
    steps = steps_to(tolerance, rate)
    assert rate**steps <= tolerance * (1 + 1e-6)
    assert rate ** (steps - 1) > tolerance * (1 - 1e-6)


@pytest.mark.parametrize("tolerance", [0, -1, math.nan])
def test_tolerance_is_positive(tolerance):
    with pytest.raises(InputError, match="greater than 0"):
        steps_to(tolerance, 0.5)


@pytest.mark.parametrize(
    ("rate", "expected"),
    [(0.428571429, 0.225148), (0.949635, 0.723059), (0.841983, 0.546918), (0, 0), (1, 1)],
)
def test_momentum_rates_of_petersen_karate_and_the_grid(rate, expected):
    assert momentum_rate(rate) == pytest.approx(expected, abs=3e-6)


def test_momentum_is_what_the_iteration_does():
    W = weights(build("karate"), "best-constant")
    rate = spectral_rate(W)
    omega = 2 / (1 + math.sqrt(1 - rate**2))
    companion = np.block([[omega * W.toarray(), (1 - omega) * np.eye(34)], [np.eye(34), np.zeros((34, 34))]])
    moduli = np.sort(abs(np.linalg.eigvals(companion)))
    assert moduli[-1] == pytest.approx(1)
    assert moduli[-2] == pytest.approx(momentum_rate(rate), abs=1e-6)


@pytest.mark.parametrize("rate", [-0.1, 1.1, math.nan])
def test_momentum_wants_a_rate(rate):
    with pytest.raises(InputError, match="between 0 and 1"):
        momentum_rate(rate)


def test_prediction_bounds_every_step():
    W = weights(build("karate"))
    x = np.random.default_rng(4).random(34)
    start = np.linalg.norm(x - x.mean())
    predicted = predicted_disagreement(start, spectral_rate(W), np.arange(50))
    for bound in predicted:
        assert np.linalg.norm(x - x.mean()) <= bound * (1 + 1e-12)
        x = W @ x
    assert predicted[0] == start
    assert predicted_disagreement(2.0, 0.5, 3) == 0.25
