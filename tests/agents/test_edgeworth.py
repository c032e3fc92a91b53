import numpy as np
import pytest
from accord.agents.edgeworth import marginal_rates, utilities, walras_allocation, walras_price
from hypothesis import given, settings
from hypothesis import strategies as st

amounts = st.floats(0.1, 100)
parties = st.lists(st.tuples(amounts, amounts, st.floats(0.05, 0.95)), min_size=1, max_size=6)


def test_two_who_have_what_the_other_wants() -> None:
    # Mas-Colell, Whinston, Green, example 15.B.1: endowments (1, 2) and (2, 1); with exponents a and a the price
    # of the first good is a/(1-a)
    holdings = np.array([[1.0, 2.0], [2.0, 1.0]])
    for a in (0.25, 0.5, 0.8):
        assert walras_price(holdings, np.array([a, a])) == pytest.approx(a / (1 - a))


@given(parties)
@settings(deadline=None, max_examples=50)
def test_at_the_price_of_walras_demand_is_supply_and_nobody_loses(
    rows: list[tuple[float, float, float]],
) -> None:
    table = np.array(rows)
    holdings, exponents = table[:, :2], table[:, 2]
    after, price = walras_allocation(holdings, exponents), walras_price(holdings, exponents)
    assert after.sum(axis=0) == pytest.approx(holdings.sum(axis=0))
    assert after @ [price, 1] == pytest.approx(holdings @ [price, 1])  # nobody gets more than it pays for
    assert marginal_rates(after, exponents) == pytest.approx(np.full(len(rows), price))
    assert (utilities(after, exponents) >= utilities(holdings, exponents) * (1 - 1e-12)).all()


def test_twice_as_much_is_worth_twice_as_much() -> None:
    holdings, exponents = np.array([[3.0, 5.0], [1.0, 1.0]]), np.array([0.3, 0.9])
    assert utilities(2 * holdings, exponents) == pytest.approx(2 * utilities(holdings, exponents))
