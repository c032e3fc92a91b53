"""Prices of those who know nothing: where they can lie, and that they lie anywhere there alike."""

import numpy as np
from accord.agents.traders import Asked
from accord.agents.traders.zero_intelligence import ZeroIntelligence
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import chisquare


def prices(
    buys: bool, limit: float, luck: NDArray[np.float64], constrained: bool = True
) -> NDArray[np.float64]:
    m = len(luck)
    asked = Asked(np.zeros(m, dtype=int), np.full(m, buys), np.full(m, limit), 1.0, 20.0, luck)
    return ZeroIntelligence(constrained=constrained).prices(asked)


def test_every_price_that_loses_nothing_is_equally_likely() -> None:
    luck = np.random.default_rng(1).random(20_000)
    for buys, limit, possible in ((True, 7.0, range(1, 8)), (False, 7.0, range(7, 21))):
        named, counts = np.unique(prices(buys, limit, luck), return_counts=True)
        assert named.tolist() == list(possible)
        assert chisquare(counts).pvalue > 1e-3


def test_the_unconstrained_name_any_price() -> None:
    luck = np.random.default_rng(1).random(20_000)
    for buys in (True, False):
        named, counts = np.unique(prices(buys, 7.0, luck, constrained=False), return_counts=True)
        assert named.tolist() == list(range(1, 21))
        assert chisquare(counts).pvalue > 1e-3


@settings(deadline=None, max_examples=50)
@given(st.booleans(), st.floats(-5, 30), st.floats(0, 1, exclude_max=True))
def test_the_constrained_never_lose(buys: bool, limit: float, luck: float) -> None:
    (price,) = prices(buys, limit, np.array([luck]))
    possible = limit >= 1 if buys else limit <= 20
    if possible:
        assert (1 <= price <= limit) if buys else (limit <= price <= 20)
        assert price == round(price)
    else:
        assert np.isnan(price)


def test_who_has_no_unit_names_none() -> None:
    for constrained in (True, False):
        assert np.isnan(prices(True, np.nan, np.array([0.5]), constrained)).all()
