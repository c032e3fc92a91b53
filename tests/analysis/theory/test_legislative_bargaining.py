"""Divisions by a quota: the paper's numbers, and value iteration that knows no formula."""

from itertools import pairwise

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.legislative_bargaining import (
    one_proposer,
    proposers_by_lot,
    proposers_in_turn,
)
from hypothesis import given, settings
from hypothesis import strategies as st

quotas = st.integers(1, 9).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n)))
discounts = st.floats(0.01, 1)


def proposal(proposer: int, hopes: np.ndarray, quota: int) -> np.ndarray:
    """Return the shares that a proposer gives who buys the cheapest votes, each for what its owner hopes for otherwise.

    Of those with equal hopes each is bought with the same probability, and shares are means.
    """
    others = [party for party in range(len(hopes)) if party != proposer]
    shares, wanted = np.zeros(len(hopes)), quota - 1
    for price in sorted({hopes[party].round(12) for party in others}):
        alike = [party for party in others if hopes[party].round(12) == price]
        bought = min(wanted, len(alike))
        shares[alike] = hopes[alike] * bought / len(alike)
        wanted -= bought
    shares[proposer] = 1 - shares.sum()
    return shares


def by_lot(n: int, quota: int, discount: float, rounds: int) -> float:
    """Return the first proposer's share, by backward induction."""
    values = np.zeros(n)
    for _ in range(rounds):
        divisions = [proposal(proposer, discount * values, quota) for proposer in range(n)]
        values = np.mean(divisions, axis=0)
    return float(divisions[0][0])


def in_turn(n: int, quota: int, discount: float, rounds: int) -> np.ndarray:
    """Return the shares in the order of proposing, by backward induction."""
    values = np.zeros(n)
    for _ in range(rounds):
        values = proposal(0, discount * np.roll(values, 1), quota)  # who is next now is first then
    return values


@pytest.mark.parametrize(
    ("n", "quota", "discount", "shares"),
    [  # Baron, Ferejohn 1989
        (3, 2, 1.0, [2 / 3, 1 / 3, 0]),
        (5, 3, 0.8, [0.68, 0.16, 0.16, 0, 0]),
        (4, 4, 1.0, [0.25] * 4),
        (4, 1, 0.9, [1, 0, 0, 0]),
        (1, 1, 0.5, [1]),
    ],
)
def test_by_lot(n: int, quota: int, discount: float, shares: list[float]) -> None:
    assert proposers_by_lot(n, quota, discount) == pytest.approx(shares, abs=1e-12)


def test_a_large_legislature() -> None:
    shares = proposers_by_lot(101, 51, 1.0)
    assert shares[0] == pytest.approx(0.504950, abs=5e-7)
    assert shares[1:51] == pytest.approx(0.009901, abs=5e-7)
    assert not shares[51:].any()


@given(quotas, discounts)
@settings(deadline=None, max_examples=60)
def test_by_lot_is_what_backward_induction_finds(sizes: tuple[int, int], discount: float) -> None:
    n, quota = sizes
    share = proposers_by_lot(n, quota, discount)[0]
    for rounds in (2, 3, 20):
        assert by_lot(n, quota, discount, rounds) == pytest.approx(share, abs=1e-9)
    assert by_lot(n, quota, discount, 1) == 1


@given(quotas, st.floats(0.01, 0.93))
@settings(deadline=None, max_examples=40)
def test_in_turn_is_what_backward_induction_finds(sizes: tuple[int, int], discount: float) -> None:
    n, quota = sizes
    assert in_turn(n, quota, discount, 300) == pytest.approx(proposers_in_turn(n, quota, discount), abs=1e-9)
    if quota < n:
        assert in_turn(n, quota, discount, 2)[0] == 1


@given(quotas, discounts)
@settings(deadline=None, max_examples=60)
def test_shares(sizes: tuple[int, int], discount: float) -> None:
    for rule in (proposers_by_lot, proposers_in_turn, one_proposer):
        shares = rule(*sizes, discount)
        assert shares.shape == sizes[:1]
        assert shares.sum() == pytest.approx(1, abs=1e-12)
        assert np.all(shares >= 0)
        assert np.all(np.diff(shares) <= 1e-12)  # the proposer gets most
        assert np.count_nonzero(shares) <= sizes[1]  # nobody is bought who is not needed


@pytest.mark.parametrize("n", [2, 5, 9])
def test_a_greater_quota_costs_the_proposer_and_impatience_pays_it(n: int) -> None:
    kept = [proposers_by_lot(n, quota, 0.9)[0] for quota in range(1, n + 1)]
    assert all(less < more for more, less in pairwise(kept))
    kept = [proposers_by_lot(n, n // 2 + 1, discount)[0] for discount in (0.2, 0.5, 0.9, 1)]
    assert all(less < more for more, less in pairwise(kept))


def test_who_always_proposes_takes_all() -> None:
    # whoever never proposes may hope for nothing: with values e_0 every vote is free
    values = np.array([1.0, 0, 0, 0])
    assert proposal(0, 0.9 * values, 4).tolist() == one_proposer(4, 4, 0.9).tolist() == values.tolist()


def test_two_in_turn_are_rubinsteins() -> None:
    assert proposers_in_turn(2, 2, 0.9)[0] == pytest.approx(0.5263158, abs=5e-8)


@pytest.mark.parametrize("rule", [proposers_by_lot, proposers_in_turn, one_proposer])
def test_bad_input(rule) -> None:  # type: ignore[no-untyped-def]
    for quota in (0, 6):
        with pytest.raises(InputError, match=rf"quota={quota}, n=5: .* use quota=1..5"):
            rule(5, quota, 0.9)
    for discount in (0, 1.5, float("nan")):
        with pytest.raises(InputError, match=r"a discount factor is in \(0, 1\]"):
            rule(5, 3, discount)
    with pytest.raises(InputError, match="n=0: there must be a party"):
        rule(0, 1, 0.9)
