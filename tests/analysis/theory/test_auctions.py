"""Auctions: what the seller gets, by formula, by simulation, and why nobody would bid otherwise."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.auctions import first_price_bid, revenue


def test_known_revenues() -> None:
    assert [revenue(n) for n in (1, 2, 5)] == [0, pytest.approx(1 / 3), pytest.approx(2 / 3)]


@pytest.mark.parametrize("bidders", [2, 3, 5])
def test_both_auctions_bring_as_much(bidders: int) -> None:
    # 100,000 auctions: 4.5 standard errors, so that a right program fails once in 100,000 times
    values = np.sort(np.random.default_rng(bidders).random((100_000, bidders)), axis=1)
    for paid in (values[:, -2], first_price_bid(values[:, -1], bidders)):
        assert abs(paid.mean() - revenue(bidders)) < 4.5 * paid.std() / np.sqrt(len(paid))


@pytest.mark.parametrize("bidders", [2, 5])
@pytest.mark.parametrize("value", [0.3, 0.9])
def test_no_other_bid_gains_more_against_the_equilibrium(bidders: int, value: float) -> None:
    bids = np.linspace(0, 1, 10_001)
    wins = np.clip(bids * bidders / (bidders - 1), 0, 1) ** (bidders - 1)  # the others' values lie below
    best = bids[((value - bids) * wins).argmax()]
    assert best == pytest.approx(float(first_price_bid(value, bidders)), abs=1e-4)


def test_nobody_is_no_auction() -> None:
    with pytest.raises(InputError, match="bidders=0: an auction needs one at least; use bidders >= 1"):
        revenue(0)
