"""Offers in turn: numbers of the papers, backward induction, and fixed points of the games."""

import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.bargaining import rubinstein, stahl, unanimity
from hypothesis import given, settings
from hypothesis import strategies as st

discounts = st.floats(0.01, 0.999)


def backwards(rounds: int, own: float, other: float) -> float:
    """Return what the first proposer keeps, going back from the last round, in which the proposer keeps all."""
    kept = 1.0
    for before in range(rounds - 1, 0, -1):
        # in round `before` the responder is who proposes next: the second party if `before` is odd
        kept = 1 - (other if before % 2 else own) * kept
    return kept


@pytest.mark.parametrize(
    ("own", "other", "share"),
    [  # Rubinstein 1982
        (0.9, 0.8, 0.7142857),
        (0.8, 0.9, 0.3571429),
        (0.9, 0.9, 0.5263158),
        (0.99, 0.99, 0.5025126),
        (0.5, 0.5, 2 / 3),
        (1.0, 0.9, 1.0),
        (0.9, 1.0, 0.0),
    ],
)
def test_rubinstein(own: float, other: float, share: float) -> None:
    assert rubinstein(own, other) == pytest.approx(share, abs=5e-8)


@pytest.mark.parametrize(
    ("rounds", "share"), [(1, 1), (2, 0.1), (3, 0.91), (4, 0.181), (10, 0.342801), (100, 0.526302)]
)
def test_stahl(rounds: int, share: float) -> None:
    assert stahl(rounds, 0.9, 0.9) == pytest.approx(share, abs=5e-7)  # Stahl 1972


@given(st.integers(1, 60), st.floats(0.01, 1), st.floats(0.01, 1))
@settings(deadline=None, max_examples=200)
def test_stahl_is_backward_induction(rounds: int, own: float, other: float) -> None:
    assert stahl(rounds, own, other) == pytest.approx(backwards(rounds, own, other), abs=1e-12)


@given(discounts, discounts)
@settings(deadline=None, max_examples=100)
def test_long_games_come_near_the_endless_one_from_both_sides(own: float, other: float) -> None:
    share = rubinstein(own, other)
    assert stahl(2, own, other) - 1e-12 <= share <= stahl(3, own, other) + 1e-12
    assert stahl(100_000, own, other) == pytest.approx(share, abs=1e-12)
    assert backwards(20_000, own, other) == pytest.approx(share, abs=1e-8)


@given(discounts, discounts)
@settings(deadline=None, max_examples=100)
def test_a_proposer_offers_what_refusing_would_bring(own: float, other: float) -> None:
    assert 1 - rubinstein(own, other) == pytest.approx(other * rubinstein(other, own), abs=1e-12)


@given(discounts, discounts, discounts)
@settings(deadline=None, max_examples=100)
def test_patience_pays_and_so_does_being_first(own: float, other: float, third: float) -> None:
    low, high = sorted((other, third))
    assert rubinstein(own, low) >= rubinstein(own, high)
    assert rubinstein(high, own) >= rubinstein(low, own)
    assert rubinstein(own, own) > 1 / 2
    assert rubinstein(own, other) >= 1 - rubinstein(other, own)


def test_the_advantage_of_the_first_vanishes_with_patience() -> None:
    for impatience in (1e-3, 1e-6, 1e-12):
        assert rubinstein(1 - impatience, 1 - impatience) - 1 / 2 == pytest.approx(
            impatience / 4, rel=0.01, abs=1e-15
        )
        # who is twice as impatient gets half as much
        assert rubinstein(1 - impatience, 1 - 2 * impatience) == pytest.approx(2 / 3, abs=impatience + 1e-3)


def test_unanimity() -> None:
    assert unanimity(3, 0.9) == pytest.approx(0.3571429, abs=5e-8)  # Krishna, Serrano 1996
    assert unanimity(1, 0.9) == 1
    assert [unanimity(n, 1) for n in (2, 4, 5)] == [0.5, 0.25, 0.2]


@given(st.integers(2, 12), discounts)
@settings(deadline=None, max_examples=50)
def test_unanimity_is_a_fixed_point_where_who_refuses_proposes_next(n: int, discount: float) -> None:
    share = unanimity(n, discount)
    assert share + (n - 1) * discount * share == pytest.approx(1, abs=1e-12)
    assert share > discount * share
    assert unanimity(2, discount) == pytest.approx(rubinstein(discount, discount), abs=1e-12)
    # two refusals in turn: bargaining over what the others left, they divide it as Rubinstein's two would
    rest = 1 - (n - 2) * discount * share
    assert share == pytest.approx(rest * rubinstein(discount, discount), abs=1e-12)


@pytest.mark.parametrize("bad", [0.0, -0.1, 1.1, float("nan"), float("inf")])
def test_bad_discounts(bad: float) -> None:
    for call in (
        lambda: rubinstein(bad, 0.5),
        lambda: rubinstein(0.5, bad),
        lambda: stahl(3, bad, 1),
        lambda: unanimity(3, bad),
    ):
        with pytest.raises(
            InputError, match=r"a discount factor is in \(0, 1\]; give 1 where waiting costs nothing"
        ):
            call()


def test_other_bad_input() -> None:
    with pytest.raises(InputError, match="own=1, other=1: who loses nothing by waiting accepts nothing"):
        rubinstein(1, 1)
    with pytest.raises(InputError, match="rounds=0: somebody must be able to propose; use rounds >= 1"):
        stahl(0, 0.9, 0.9)
    with pytest.raises(InputError, match="n=0: there must be a party; use n >= 1"):
        unanimity(0, 0.9)
    assert [stahl(rounds, 1, 1) for rounds in (1, 2, 3)] == [1, 0, 1]
