"""Clarke's payments: the known auctions, and that nobody gains by a lie."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.vcg import best_alternative, clarke, double_auction, units_auction
from accord.models.schedules import Schedules, equilibrium
from accord.models.valuations.smith import Smith
from hypothesis import given, settings
from hypothesis import strategies as st

amounts = st.integers(0, 9)
tables = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=1, max_size=4)
)
bidders = st.lists(st.lists(amounts, max_size=3), min_size=1, max_size=4)


def test_with_one_good_it_is_the_second_price_auction() -> None:
    # W. Vickrey, Journal of Finance 16 (1961) 8-37
    sold = units_auction([[3], [8], [5]], units=1)
    assert sold.choice.tolist() == [0, 1, 0]
    assert sold.payments.tolist() == [0, 5, 0]


def test_with_several_units_a_winner_pays_the_bids_that_it_keeps_out() -> None:
    sold = units_auction([[10, 8], [9, 6], [7]], units=3)
    assert sold.choice.tolist() == [2, 1, 0]
    assert sold.payments.tolist() == [6 + 7, 7, 0]


def test_what_nobody_wants_stays_where_it_is() -> None:
    sold = units_auction([[4, 0], []], units=3)
    assert sold.choice.tolist() == [1, 0]
    assert sold.payments.tolist() == [0, 0]


def test_only_the_parties_that_make_a_difference_pay() -> None:
    # a choice that all others would have made without a party costs them nothing
    assert best_alternative([[0, 0, 0], [9, 1, 1]]).payments.tolist() == [0, 0, 0]
    assert best_alternative([[0, 0, 0], [9, -4, -3]]).payments.tolist() == [7, 0, 0]


@given(tables, st.data())
@settings(deadline=None, max_examples=50)
def test_nobody_gains_by_a_lie_and_nobody_is_paid_who_could_stay_away(
    table: list[list[int]], data: st.DataObject
) -> None:
    truth = np.array(table, dtype=float)
    told = best_alternative(truth)
    assert told.values.sum() == truth.sum(axis=1).max()
    assert (told.payments >= 0).all()
    liar = data.draw(st.integers(0, truth.shape[1] - 1))
    claims = truth.copy()
    claims[:, liar] = data.draw(st.lists(st.integers(-20, 20), min_size=len(truth), max_size=len(truth)))
    lied = best_alternative(claims)
    honest_gain = told.values[liar] - told.payments[liar]
    assert truth[lied.choice, liar] - lied.payments[liar] <= honest_gain + 1e-9


@given(bidders, st.integers(1, 5), st.data())
@settings(deadline=None, max_examples=50)
def test_no_bid_for_units_gains_more_than_the_truth(
    values: list[list[int]], units: int, data: st.DataObject
) -> None:
    truth = [sorted(each, reverse=True) for each in values]
    liar = data.draw(st.integers(0, len(truth) - 1))
    lie = sorted(data.draw(st.lists(amounts, max_size=3)), reverse=True)
    told, lied = (units_auction(bids, units) for bids in (truth, [*truth[:liar], lie, *truth[liar + 1 :]]))
    worth = sum(truth[liar][: lied.choice[liar]])
    assert worth - lied.payments[liar] <= told.values[liar] - told.payments[liar] + 1e-9
    assert (told.payments <= told.values + 1e-9).all()  # nobody loses by coming
    assert told.choice.sum() <= units


@given(
    st.lists(st.lists(amounts, min_size=1, max_size=2), min_size=1, max_size=3),
    st.lists(st.lists(amounts, min_size=1, max_size=2), min_size=1, max_size=3),
)
@settings(deadline=None, max_examples=50)
def test_a_market_trades_as_in_equilibrium_and_somebody_has_to_add_money(
    values: list[list[int]], costs: list[list[int]]
) -> None:
    market = Schedules(tuple(map(tuple, values)), tuple(map(tuple, costs)), low=0, high=9)
    traded = double_auction(market)
    assert traded.values.sum() == pytest.approx(equilibrium(market).surplus)
    assert traded.choice[: market.buyers].sum() == equilibrium(market).gainful
    assert (traded.values - traded.payments >= -1e-9).all()
    assert traded.payments.sum() <= 1e-9


def test_the_money_that_smiths_market_lacks() -> None:
    # each of five buyers pays what keeps a sixth seller out, 2.00, and each of five sellers gets the same
    traded = double_auction(Smith().build())
    assert traded.payments[:5].tolist() == pytest.approx([2] * 5)
    assert traded.payments.sum() == pytest.approx(0)


def test_any_way_to_find_what_is_best_will_do() -> None:
    costs = np.array([4.0, 6.0])  # who of two does a job; it can be bought for 9

    def cheapest(without: int | None) -> tuple[str, list[float]]:
        offered = [9.0 if each == without else cost for each, cost in enumerate(costs)]
        chosen = int(np.argmin(offered))
        return f"party {chosen}", [-costs[each] if each == chosen else 0.0 for each in range(2)]

    done = clarke(cheapest)
    assert done.choice == "party 0"
    assert done.payments.tolist() == [-6, 0]  # it is paid what the other would have cost


def test_what_cannot_be() -> None:
    with pytest.raises(InputError, match=r"values of shape \(0,\): give finite numbers"):
        best_alternative([])
    with pytest.raises(InputError, match="finite"):
        best_alternative([[float("nan")]])
    with pytest.raises(InputError, match="bidder 1 bids more for a later unit"):
        units_auction([[1], [1, 2]], units=1)
    with pytest.raises(InputError, match="0 bidders, units=1"):
        units_auction([], units=1)
