"""A buyer and a seller."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.solutions import nash, rational
from accord.models.domains.trade import Trade


def test_the_zone_of_agreement_lies_between_cost_and_value() -> None:
    bargain = Trade(value=80, cost=30).build()
    zone = rational(bargain.utilities, bargain.disagreement)
    prices = bargain.space.issues[0].quantities[zone]
    assert (prices.min(), prices.max()) == (30, 80)
    assert bargain.space.outcome(nash(bargain.utilities)) == {"price": 55}  # type: ignore[arg-type]
    assert bargain.utilities.sum(axis=1).tolist() == [50] * 101
    assert [profile.name for profile in bargain.profiles] == ["buyer", "seller"]


def test_no_zone_is_a_result() -> None:
    bargain = Trade(value=30, cost=80).build()
    assert rational(bargain.utilities, bargain.disagreement).size == 0
    assert nash(bargain.utilities, bargain.disagreement) is None


def test_drawn_values_are_uniform_and_independent_and_follow_the_seed() -> None:
    domain = Trade(low=0, high=1, steps=1)
    assert domain.is_random
    rng = np.random.default_rng(5)
    drawn = np.array(
        [domain.build(rng).utilities[0] * [1, -1] for _ in range(2000)]  # at price 0: value, cost
    )
    # mean of max(v - c, 0) is 1/6, its variance 1/18; a correlation of 0 has a standard error of 1/sqrt(2000): allow 5
    gains = np.maximum(drawn[:, 0] - drawn[:, 1], 0)
    assert gains.mean() == pytest.approx(1 / 6, abs=5 * (1 / 18 / 2000) ** 0.5)
    assert drawn.mean(axis=0) == pytest.approx([0.5, 0.5], abs=5 * (1 / 12 / 2000) ** 0.5)
    assert abs(np.corrcoef(drawn.T)[0, 1]) < 5 / 2000**0.5
    again = Trade().build(np.random.default_rng(1)).digest
    assert Trade().build(np.random.default_rng(1)).digest == again
    assert Trade().build(np.random.default_rng(2)).digest != again


def test_one_side_may_be_known() -> None:
    domain = Trade(cost=20)
    assert domain.is_random
    assert not Trade(value=1, cost=0).is_random
    assert domain.build(np.random.default_rng(1)).utilities[0, 1] == -20


def test_what_cannot_be() -> None:
    with pytest.raises(InputError, match="low=5 must be less than high=5"):
        Trade(low=5, high=5)
    with pytest.raises(InputError, match="finite"):
        Trade(value=float("nan"))
    with pytest.raises(InputError, match="discount has 1 entries for 2 parties"):
        Trade(value=1, cost=0, discount=[0.5]).build()
