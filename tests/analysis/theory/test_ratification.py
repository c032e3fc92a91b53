"""Ratification in theory: bounds, and how likely enough approve."""

from itertools import combinations, product

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.quorums import dissemination
from accord.analysis.theory.ratification import approval, most_borne, most_safe, passes
from accord.models.domains.random import Random
from hypothesis import given
from hypothesis import strategies as st


def test_bounds_are_those_of_every_pair_of_quorums() -> None:
    for n in range(2, 8):
        for quorum in range(1, n + 1):
            sets = [set(each) for each in combinations(range(n), quorum)]
            shared = min(len(one & other) for one, other in product(sets, sets))
            # with so many liars each two share an honest party, and with one more some do not
            assert most_safe(n, quorum) == (shared - 1 if 2 * quorum > n else -1)
            assert most_borne(n, quorum) == n - quorum


@pytest.mark.parametrize(("n", "f"), [(4, 1), (7, 2), (10, 3)])
def test_both_can_be_had_with_fewer_than_a_third(n: int, f: int) -> None:
    quorum = dissemination(n, f)
    assert min(most_safe(n, quorum), most_borne(n, quorum)) == f
    assert all(min(most_safe(n, q), most_borne(n, q)) <= f for q in range(1, n + 1))


@given(n=st.integers(2, 9), p=st.floats(0, 1), data=st.data())
def test_passes_counts_every_vote(n: int, p: float, data: st.DataObject) -> None:
    silent = data.draw(st.integers(0, n - 1))
    willing = data.draw(st.integers(0, n - 1 - silent))
    quorum = data.draw(st.integers(1, n))
    drawn = n - 1 - silent - willing
    brute = sum(
        np.prod([p if vote else 1 - p for vote in votes])
        for votes in product([False, True], repeat=drawn)
        if 1 + willing + sum(votes) >= quorum
    )
    assert passes(n, quorum, p, silent=silent, willing=willing) == pytest.approx(brute, abs=1e-12)


def test_certain_votes() -> None:
    assert [passes(10, 7, 1, silent=silent) for silent in range(6)] == [1, 1, 1, 1, 0, 0]
    assert [passes(10, 7, 0, willing=willing) for willing in (5, 6)] == [0, 1]


@pytest.mark.parametrize(("levels", "reservation"), [(2, 0.5), (3, 0.7), (10, 0.25), (10, 1.0)])
def test_approval_is_that_of_the_domain(levels: int, reservation: float) -> None:
    rng = np.random.default_rng(1)
    domain = Random(issues=1, levels=levels, parties=101, reservation=reservation)
    shares = []
    for _ in range(40):
        bargain = domain.build(rng)
        best = int(bargain.utilities[:, 0].argmax())
        shares.append(np.mean(bargain.utilities[best, 1:] >= reservation))
    p = approval(levels, reservation)
    error = np.sqrt(p * (1 - p) / (100 * 40))
    assert abs(np.mean(shares) - p) < 4 * error  # wrong once in 16,000 seeds


@pytest.mark.parametrize(("p", "silent"), [(-0.1, 0), (1.1, 0), (0.5, 4)])
def test_what_cannot_be(p: float, silent: int) -> None:
    with pytest.raises(InputError, match=r"give one from 0 to 1|has 3 others; use fewer"):
        passes(4, 3, p, silent=silent)
