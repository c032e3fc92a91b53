"""Intervals against published numbers, and against their own promise."""

import math

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.intervals import bootstrap, stratified, wilson
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (
            81,
            263,
            0.2553,
            0.3662,
        ),  # R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (8, 10, 0.4902, 0.9433),
        (10, 10, 0.7225, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_gives_published_intervals(successes: int, trials: int, low: float, high: float) -> None:
    assert np.round(wilson(successes, trials), 4).tolist() == [low, high]


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_agrees_with_scipy_one_by_one(successes: int, trials: int, confidence: float) -> None:
    successes = min(successes, trials)
    other = binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    assert np.allclose(wilson(successes, trials, confidence), (other.low, other.high), atol=1e-12)


def test_wilson_keeps_the_shape_and_its_mirror() -> None:
    successes = np.arange(12).reshape(3, 4)
    low, high = wilson(successes, 11)
    mirrored_low, mirrored_high = wilson(11 - successes, 11)
    assert low.shape == (3, 4)
    assert np.allclose(low, 1 - mirrored_high, atol=1e-15)
    assert np.allclose(high, 1 - mirrored_low, atol=1e-15)
    assert low[0, 0] == 0.0
    assert high[2, 3] == 1.0


@pytest.mark.parametrize(("successes", "trials"), [(3, 2), (-1, 2), ([1, 5], [2, 4]), (math.nan, 2)])
def test_wilson_refuses_more_successes_than_trials(successes: object, trials: object) -> None:
    with pytest.raises(InputError, match=r"successes=.* of trials="):
        wilson(successes, trials)


@pytest.mark.parametrize("confidence", [0, 1, 95, math.nan])
def test_a_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(InputError, match="confidence"):
        wilson(1, 2, confidence)
    with pytest.raises(InputError, match="confidence"):
        bootstrap([1, 2], confidence)


def test_bootstrap_repeats_and_ignores_order() -> None:
    sample = np.random.default_rng(0).exponential(size=25)
    assert bootstrap(sample) == bootstrap(sample[::-1])
    assert bootstrap(sample) != bootstrap(sample, seed=1)


def test_bootstrap_of_little() -> None:
    assert np.isnan(bootstrap([])).all()
    assert np.isnan(bootstrap([3.0])).all()
    assert np.isnan(bootstrap([1.0, math.inf])).all()
    assert np.isnan(bootstrap([1.0, math.nan, 2.0])).all()
    assert bootstrap([3.0, 3.0, 3.0]) == (3.0, 3.0)
    assert bootstrap([0.0, 1.0]) == (0.0, 1.0)


@pytest.mark.parametrize("scale", [1e-300, 1e-9, 1e12, 1e300])
def test_bootstrap_moves_and_stretches_with_the_sample(scale: float) -> None:
    sample = np.array([0.1, 0.2, 0.7, 0.9, 0.4])
    assert np.allclose(
        np.array(bootstrap(sample * scale)) / scale, bootstrap(sample), atol=0.05
    )  # ties resample anew
    assert bootstrap(np.nextafter(sample[0], [0, 1, 0]))[1] <= 0.1 + 1e-15


def test_bootstrap_covers_the_mean_about_as_often_as_it_says() -> None:
    # 200 samples of 30: a true coverage of .92 or more falls below 170 of 200 less than once in 2,000 tries
    rng = np.random.default_rng(5)
    covered = 0
    for _ in range(200):
        low, high = bootstrap(rng.exponential(size=30))
        covered += low <= 1.0 <= high
    assert 170 <= covered < 200


# Strata -------------------------------------------------------------------------------------------


def test_one_stratum_has_wilsons_interval() -> None:
    alone = 15 / 148, *map(float, wilson(15, 148))
    assert stratified([15, 3], [148, 9], [1, 0]) == pytest.approx(alone)
    assert stratified([15, 0], [148, 0], [1, 0]) == pytest.approx(alone)


def test_distances_add_as_variances_do() -> None:
    (low, lower), (high, higher) = wilson([8, 81], [10, 263])
    share, below, above = stratified([8, 81], [10, 263], [0.25, 0.5])
    assert share == pytest.approx(0.25 * 0.8 + 0.5 * 81 / 263)
    assert share - below == pytest.approx(math.hypot(0.25 * (0.8 - low), 0.5 * (81 / 263 - lower)))
    assert above - share == pytest.approx(math.hypot(0.25 * (high - 0.8), 0.5 * (higher - 81 / 263)))


def test_a_stratum_without_trials_leaves_nothing_to_say() -> None:
    assert np.isnan(stratified([8, 0], [10, 0], [0.5, 0.5])).all()


def test_stratified_intervals_cover_what_they_promise() -> None:
    rng = np.random.default_rng(1)
    shares, weights = np.array([0.98, 0.6, 0.1]), np.array([0.6, 0.3, 0.1])
    drawn = rng.binomial(30, shares, size=(2000, 3))
    ends = np.array([stratified(each, 30, weights) for each in drawn])
    covered = np.mean((ends[:, 1] <= shares @ weights) & (shares @ weights <= ends[:, 2]))
    assert 0.93 <= covered <= 0.985  # wrong once in 10^4: four standard errors are 0.02
