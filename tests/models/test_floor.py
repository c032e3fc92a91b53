"""The floor: who is told what, what binds, and what traitors are caught by."""

from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import conducts
from accord.agents.traders import traders
from accord.models.deal import Catch, Ending
from accord.models.floor import Floor
from accord.models.networks import network as network_of
from accord.models.seeds import Seed

WORTHS = [[8.0, 5.0], [6.0], [2.0, 7.0], [4.0]]  # two buyers, two sellers
BUYS = np.array([True, True, False, False])


def floor(conduct: str = "silent", traitors: list[int] | None = None, edges: Any = None, **but: Any) -> Any:
    """Return a floor, with what was caught as its `seen`."""
    seen: dict[int, Catch] = {}
    network = network_of(edges or "complete(n=4)")
    made: Any = Floor(
        network,
        edges is None,
        WORTHS,
        BUYS,
        (0.0, 10.0, 0.5),
        (traders.choose(but.get("trader", "truthful")),) * 2,
        np.array(traitors or [], dtype=int),
        conducts.choose(conduct),
        100,
        Seed(1),
        seen.setdefault,
    )
    made.seen = seen
    made.open()
    return made


def test_prices_are_whole_ticks() -> None:
    assert floor().prices(np.arange(4)).tolist() == [16, 12, 4, 8]


def test_a_deal_moves_a_unit_and_its_price() -> None:
    trade = floor()
    trade.deal(2, 0, 10.0, makers=(2,))  # in any order
    assert trade.money == [-10, 0, 10, 0]
    assert trade.goods == [1, 0, -1, 0]
    assert trade.gains.tolist() == [3.0, 0.0, 3.0, 0.0]
    assert trade.deals[0][:2] == ((0, 2), 5.0)
    assert trade.limits.tolist() == [10, 12, 14, 8]  # their next units
    trade.deal(1, 3, 10.0, makers=(1,))
    assert np.isnan(trade.limits).tolist() == [False, True, False, True]
    assert trade.is_open
    trade.open()
    assert trade.limits.tolist() == [16, 12, 4, 8]
    assert trade.money == [-10, -10, 10, 10]


def test_a_market_closes_when_a_side_has_no_units() -> None:
    trade = floor()
    for buyer, seller in ((0, 2), (0, 2), (1, 3)):
        assert trade.is_open
        trade.deal(buyer, seller, 10.0, makers=(seller,))
    assert not trade.is_open


def test_of_a_breached_deal_nothing_is_left() -> None:
    trade = floor("breach", [0])
    trade.deal(0, 2, 10.0, makers=(2,))
    assert trade.deals[0].ending is Ending.BREACHED
    assert trade.money == trade.goods == [0] * 4
    assert not trade.gains.any()
    assert trade.limits.tolist() == [10, 12, 14, 8]  # the units are bound up until the period is over
    assert trade.seen == {0: Catch.SETTLEMENT}


def test_the_honest_tell_everybody_they_know_the_same() -> None:
    assert floor().tell(0, 5.0) == {0: 5.0, 1: 5.0, 2: 5.0, 3: 5.0}
    path = floor(edges=[("0", "1"), ("1", "2"), ("2", "3")])
    assert path.tell(1, 5.0) == {1: 5.0, 0: 5.0, 2: 5.0}
    assert path.reach == [[], [2], [1], []]
    assert floor().tell(0, float("nan")) == {}


def test_two_faces_are_seen_where_those_who_were_told_can_talk() -> None:
    public = floor("equivocating", [0])
    assert public.tell(0, 5.0) == {2: 0.0, 3: 20.0}
    assert public.seen == {0: Catch.COMPARISON}
    sealed = floor("equivocating", [0])
    sealed.tell(0, 5.0, aloud=False)
    assert not sealed.seen
    apart = floor("equivocating", [0], edges=[("0", "2"), ("0", "3"), ("1", "2")])
    assert apart.tell(0, 5.0) == {2: 0.0, 3: 20.0}
    assert not apart.seen
    together = floor("equivocating", [0], edges=[("0", "2"), ("0", "3"), ("1", "2"), ("2", "3")])
    together.tell(0, 5.0)
    assert together.seen == {0: Catch.COMPARISON}


def test_silence_is_noticed_where_there_was_something_to_say() -> None:
    quiet = floor("silent", [0])
    assert quiet.tell(0, float("nan")) == {}
    assert not quiet.seen
    assert quiet.tell(0, 5.0) == {}
    assert np.isnan(quiet.seal(0, 5.0))
    assert quiet.seen == {0: Catch.SILENCE}


def test_the_stubborn_stick_to_their_first_price() -> None:
    stuck = floor("stubborn", [0])
    assert stuck.seal(0, 5.0) == 5.0
    assert stuck.tell(0, 9.0) == {2: 5.0, 3: 5.0}
    assert floor("stubborn(value=3)", [0]).seal(0, 5.0) == 6.0  # three units of money, six ticks


@pytest.mark.parametrize(
    ("conduct", "limits"),
    [
        ("misreport(factor=2)", [8, 6, 8, 16]),
        ("bluff(share=0.5)", [8, 6, 12, 14]),
        ("ring", [16, 0, 4, 20]),
        ("silent", [16, 12, 4, 8]),
    ],
)
def test_claims_set_limits(conduct: str, limits: list[float]) -> None:
    assert floor(conduct, [0, 1, 2, 3]).limits.tolist() == limits
