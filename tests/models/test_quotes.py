"""Quotes: who hears what of whom, and which lies can be seen."""

from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import Conduct, conducts
from accord.models.networks import network
from accord.models.quotes import Quotes

PRICES = np.array([1.0, 2.0, 3.0, 4.0])


def quotes(topology: str, traitors: list[int], conduct: str = "misreport") -> Quotes:
    chosen: Conduct = conducts.choose(conduct)
    return Quotes(
        network(topology), np.array(traitors, dtype=int), chosen, (0.0, 8.0), np.random.default_rng(1)
    )


def test_the_honest_quote_what_they_hold() -> None:
    said = quotes("path(n=4)", [2])  # who misreports costs is honest about prices
    assert said.say(1, PRICES, PRICES) is PRICES
    assert said.heard(PRICES)[:, 1:3].T.tolist() == [[1, 3], [2, 4]]
    assert np.isnan(said.heard(PRICES)[1, [0, 3]]).all()
    assert said.of(2) == {}


def test_a_liar_holds_what_it_says() -> None:
    said = quotes("ring(n=4)", [1, 2], "stubborn(value=9)")
    held = said.say(1, PRICES, PRICES)
    assert held.tolist() == [1, 9, 9, 4]
    assert said.heard(held).tolist() == [[9, 1, 9, 1], [4, 9, 4, 9]]
    assert said.of(2) == {1: 9, 3: 9}


def test_who_equivocates_holds_the_middle_of_it() -> None:
    said = quotes("star(n=4)", [0], "equivocating")
    held = said.say(1, PRICES, PRICES)
    assert said.of(0) == {1: 0, 2: 4, 3: 8}
    assert held.tolist() == [4, 2, 3, 4]
    assert said.heard(held)[0, 1:].tolist() == [0, 4, 8]


def test_silence_is_heard_as_nothing() -> None:
    said = quotes("complete(n=4)", [3], "silent")
    held = said.say(1, PRICES, PRICES)
    assert held.tolist() == PRICES.tolist()
    assert np.isnan(said.heard(held)[2, :3]).all()
    assert said.lies.silent == [3]


@pytest.mark.parametrize(
    ("topology", "traitors", "conduct", "exposed"),
    [
        ("complete(n=4)", [3], "equivocating", {3}),
        ("ring(n=4)", [3], "equivocating", set()),  # its neighbours cannot talk to each other
        ("complete(n=4)", [3], "stubborn", set()),
        ("complete(n=4)", [3], "silent", set()),
        ("complete(n=3)", [1, 2], "equivocating", set()),  # the one that hears both lies is alone
        ("complete(n=4)", [0, 2], "random", {0, 2}),
    ],
)
def test_whose_lies_the_honest_can_compare(
    topology: str, traitors: list[int], conduct: str, exposed: set[int]
) -> None:
    n = network(topology).n
    made = quotes(topology, traitors, conduct)
    made.say(1, PRICES[:n], PRICES[:n])
    assert made.lies.exposed == exposed


def test_a_view_is_of_everybody() -> None:
    seen: dict[str, Any] = {}

    class Watching(Conduct):
        def quote(self, view: Any) -> Any:
            seen["view"] = view
            return view.own

    made = Quotes(network("ring(n=4)"), np.array([2]), Watching(), (0.0, 8.0), np.random.default_rng(1))
    made.say(7, PRICES, PRICES + 10)
    view = seen["view"]
    assert (view.step, view.own.tolist(), view.opening.tolist()) == (7, [3, 3], [13, 13])
    assert (view.listener.tolist(), view.turn.tolist()) == ([2, 4], [0, 1])
    assert (view.low.tolist(), view.high.tolist()) == ([0, 0], [8, 8])
    assert (view.honest_low.tolist(), view.honest_high.tolist()) == ([1, 1], [4, 4])
