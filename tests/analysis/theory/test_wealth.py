from itertools import product

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.wealth import (
    coin_distribution,
    coin_gini,
    exponential_lorenz,
    geometric_gini,
    geometric_lorenz,
    mean_wealth_beside_defaulters,
)
from accord.models.inequality import gini, lorenz


def ways(n: int, coins: int) -> np.ndarray:
    return np.array([each for each in product(range(coins + 1), repeat=n) if sum(each) == coins])


@pytest.mark.parametrize(("n", "coins"), [(2, 1), (2, 5), (3, 4), (4, 3), (5, 5)])
def test_it_is_the_mean_over_all_ways_to_distribute_the_coins(n: int, coins: int) -> None:
    every = ways(n, coins)
    counts = np.bincount(every[:, 0], minlength=coins + 1)
    assert coin_distribution(n, coins) == pytest.approx(counts / len(every))
    assert coin_gini(n, coins) == pytest.approx(np.mean([gini(each) for each in every]))


@pytest.mark.parametrize("pays", [1.0, 0.7, 0.1])
def test_defaulters_hold_what_the_stationary_chain_gives_them(pays: float) -> None:
    # the chain itself: an ordered pair is drawn, and the first gives a coin if it has one and if it pays
    every = [tuple(each) for each in ways(3, 4).tolist()]
    number = {each: k for k, each in enumerate(every)}
    chain = np.zeros((len(every), len(every)))
    for state, row in number.items():
        for i, j in ((i, j) for i in range(3) for j in range(3) if i != j):
            given = (pays if i == 2 else 1.0) if state[i] else 0.0
            after = list(state)
            after[i] -= 1
            after[j] += 1
            chain[row, row] += (1 - given) / 6
            if given:
                chain[row, number[tuple(after)]] += given / 6
    stationary = np.linalg.matrix_power(chain, 20_000)[0]
    means = stationary @ np.array(every)
    assert mean_wealth_beside_defaulters(2, 1, 4, pays) == pytest.approx((means[0], means[2]))


def test_limits() -> None:
    # Dragulescu and Yakovenko 2000: exponential, Gini 1/2; the values of the one-coin chain for T = 1, 5, 10, 100
    for mean, known in ((1, 0.666667), (5, 0.545455), (10, 0.523810), (100, 0.502488)):
        assert geometric_gini(mean) == pytest.approx(known, abs=5e-7)
        assert coin_gini(2000, 2000 * mean) == pytest.approx(known, abs=4e-4)
        assert coin_distribution(2000, 2000 * mean)[0] == pytest.approx(1 / (1 + mean), rel=1e-3)
    assert coin_distribution(500, 500).sum() == pytest.approx(1)


@pytest.mark.parametrize("mean", [0.3, 1.0, 10.0])
def test_lorenz_curves_enclose_the_gini_coefficient(mean: float) -> None:
    share = np.linspace(0, 1, 20_001)
    middle = (share[1:] + share[:-1]) / 2
    assert 1 - 2 * geometric_lorenz(mean, middle).mean() == pytest.approx(geometric_gini(mean), abs=1e-5)
    assert 1 - 2 * exponential_lorenz(middle).mean() == pytest.approx(0.5, abs=1e-5)
    assert geometric_lorenz(1e3, share) == pytest.approx(exponential_lorenz(share), abs=1e-2)
    assert geometric_lorenz(mean, [0, 1]).tolist() == [0, 1]


def test_lorenz_curve_of_honest_and_defaulters_is_that_of_draws() -> None:
    mean, part, pays = 2.0, 0.2, 0.6
    # z = 0.8 gives the honest 0.48/0.52 and the others 4; here z is what gives 2 on average
    rng, share = np.random.default_rng(1), np.linspace(0, 1, 11)
    z = next(
        z for z in np.linspace(0.5, 1, 100_001) if 0.8 * 0.6 * z / (1 - 0.6 * z) + 0.2 * z / (1 - z) >= 2
    )
    held = np.concatenate((rng.geometric(1 - pays * z, 400_000) - 1, rng.geometric(1 - z, 100_000) - 1))
    drawn = np.interp(share, np.linspace(0, 1, len(held) + 1), lorenz(held))
    assert geometric_lorenz(mean, share, defaulters=part, pays=pays) == pytest.approx(drawn, abs=0.005)


def test_those_who_always_pay_are_no_defaulters() -> None:
    share = np.linspace(0, 1, 11)
    assert geometric_lorenz(3, share, defaulters=0.3).tolist() == pytest.approx(
        geometric_lorenz(3, share).tolist()
    )
    assert geometric_lorenz(3, [0.7], defaulters=0.3, pays=0).tolist() == pytest.approx([0.0])


def test_bad_input() -> None:
    with pytest.raises(InputError, match="there must be coins and somebody who pays"):
        geometric_lorenz(1, 0.5, defaulters=1.0)
    with pytest.raises(InputError, match="exchange takes two parties and a coin"):
        coin_gini(1, 5)
    with pytest.raises(InputError, match="exchange takes two parties and a coin"):
        coin_distribution(3, 0)
    with pytest.raises(InputError, match="a probability is in"):
        mean_wealth_beside_defaulters(2, 1, 4, 1.5)
