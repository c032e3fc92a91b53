"""Replacement: everybody gets, on average, what Manea's equilibrium gives."""

import numpy as np
import pytest
from accord.models.links import Links
from accord.models.manea import equilibrium
from accord.models.matchings.replacement import Replacement
from accord.models.networks import network


def played(choice: object, rounds: int = 200, discount: float = 0.999, tell=lambda own: own):  # type: ignore[no-untyped-def]
    links = Links.of(network(choice))
    play = Replacement(discount=discount, rounds=rounds).begin(links, np.random.default_rng(1))
    while not play.over:
        signed = play.round(tell)
        play.book(signed, signed.shares)
    return links, play


@pytest.mark.parametrize("discount", [0.9, 0.99, 0.9999])
@pytest.mark.parametrize(
    "choice", ["path(n=3)", "path(n=4)", [(0, 1, 4.0), (1, 2, 3.0)], "florentine-families"]
)
def test_gains_are_on_average_what_may_be_hoped_for(choice: object, discount: float) -> None:
    links, play = played(choice, 400, discount)
    hoped = equilibrium(links, discount)
    # standard errors are below 0.008 of the worth, as gains lie between 0 and it, and above 4,000 leave in all
    assert play.gains == pytest.approx(hoped, abs=0.04 * links.top)
    assert play.blocking(links) == ()
    assert play.unbalanced(links) == ()


def test_a_round_has_as_many_periods_as_there_are_links() -> None:
    links = Links.of(network("ring(n=7)"))
    play = Replacement(rounds=3).begin(links, np.random.default_rng(1))
    periods = [play.round(lambda own: own).periods for _ in range(3)]
    assert play.over
    assert [(each.min(), each.max()) for each in periods] == [(0, 6), (7, 13), (14, 20)]  # all agree at once


def test_waiting_costs_what_the_discount_says() -> None:
    links = Links.of(network("path(n=2)"))
    play = Replacement(discount=0.5, rounds=2).begin(links, np.random.default_rng(1))
    signed = play.round(lambda own: own)
    play.book(signed._replace(periods=np.array([3])), np.array([[0.8, 0.4]]))
    assert sorted(play.gains) == [0.4 * 0.5**3, 0.8 * 0.5**3]
    play.book(signed._replace(periods=np.array([5])), np.array([[0.8, 0.4]]))  # who came at 4 waited once
    assert sorted(play.gains) == [0.4 * (0.5**3 + 0.5) / 2, 0.8 * (0.5**3 + 0.5) / 2]


def test_who_asks_for_more_than_is_left_makes_no_deal() -> None:
    links, play = played("path(n=2)", tell=lambda own: np.ones_like(own))
    assert play.gains.tolist() == [0, 0]
    assert play.blocking(links) in ((0, 1), (1, 0))


def test_who_asks_for_less_gets_less_and_that_is_seen() -> None:
    def humble(own: np.ndarray) -> np.ndarray:
        return np.where(np.arange(len(own)) == 0, 0.1, own)

    _, play = played("path(n=2)", tell=humble)
    assert play.gains[0] < 0.4 < 0.6 < play.gains[1]
    assert play.unbalanced(_) == (1, 0)


def test_who_is_silent_makes_no_deal() -> None:
    _, play = played("path(n=3)", tell=lambda own: np.where(np.arange(4) == 0, np.nan, own))
    assert play.gains[0] == 0
    assert play.gains[2] > 0
