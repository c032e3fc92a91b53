"""Time-dependent tactics against the curves of Faratin, Sierra and Jennings (1998), section 4.1."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from accord.agents.bargaining import Answer, View
from accord.agents.errors import InputError
from accord.agents.tactics.time_dependent import TimeDependent
from accord.analysis.theory.concession import exponential, polynomial
from accord.models import Negotiation

QUARTERS = np.array([0.25, 0.5, 0.75])


@pytest.mark.parametrize(
    ("beta", "conceded"),
    [
        (0.2, [0.00098, 0.03125, 0.23730]),
        (0.5, [0.0625, 0.25, 0.5625]),
        (1, [0.25, 0.5, 0.75]),
        (2, [0.5, 0.70711, 0.86603]),
        (5, [0.75786, 0.87055, 0.94409]),
    ],
)
def test_polynomial_curves(beta: float, conceded: list[float]) -> None:
    tactic = TimeDependent(beta=beta)
    assert tactic.conceded(QUARTERS) == pytest.approx(conceded, abs=5e-6)
    assert tactic.conceded(QUARTERS) == pytest.approx(polynomial(QUARTERS, beta), rel=1e-14)
    assert (tactic.conceded(0.0), tactic.conceded(1.0)) == (0, 1)
    assert TimeDependent(beta=beta, k=0.1).conceded(QUARTERS) == pytest.approx(
        polynomial(QUARTERS, beta, k=0.1), rel=1e-14
    )


def test_exponential_curves() -> None:
    tactic = TimeDependent(beta=1, k=0.1, form="exponential")
    assert tactic.conceded(QUARTERS) == pytest.approx([0.17783, 0.31623, 0.56234], abs=5e-6)
    assert (tactic.conceded(0.0), tactic.conceded(1.0)) == (pytest.approx(0.1), 1)
    assert tactic.but(beta=3).conceded(QUARTERS) == pytest.approx(exponential(QUARTERS, 3, k=0.1), rel=1e-14)


@pytest.mark.parametrize(
    ("parameters", "seen", "bid"),
    [
        ({"beta": 1}, {"round": 0}, 10),
        ({"beta": 1}, {"round": 3}, 7),
        ({"beta": 1}, {"round": 10}, 0),
        ({"beta": 1}, {"round": 3, "deadline": 40}, 10),  # aspires to .925: the nearest above is the best
        ({"beta": 1}, {"round": 5, "reservation": 0.4}, 7),  # half of the way from 1 to .4
        ({"beta": 1}, {"round": 10, "reservation": 0.35}, 4),
        ({"beta": 1, "k": 0.5}, {"round": 0}, 5),
        ({"beta": 0.2}, {"round": 5}, 10),  # Boulware: .96875
        ({"beta": 5}, {"round": 5}, 2),  # Conceder: .12945
        ({"beta": 1, "k": 0.1, "form": "exponential"}, {"round": 5}, 7),  # .68377
        ({"beta": 1}, {"round": 99, "deadline": None}, 10),  # no deadline: it is never late
    ],
)
def test_plays(see: Callable[..., View], parameters: dict[str, Any], seen: dict[str, Any], bid: int) -> None:
    assert TimeDependent(**parameters).bid(see(**seen)) == bid


def test_takes_what_it_is_about_to_ask_for(see: Callable[..., View]) -> None:
    tactic = TimeDependent(beta=1)
    assert tactic.respond(see(round=4), 6) is Answer.ACCEPT
    assert tactic.respond(see(round=4), 5) == 6
    assert tactic.respond(see(), None) == 10
    assert tactic.respond(see(reservation=1.1), 10) is Answer.LEAVE


def test_two_linear_conceders_meet_at_three_quarters_of_the_time() -> None:
    # a seller from 25 to 15, a buyer from 10 to 20: 17.5 at t/T = 3/4; the seller gets what is above 10, the
    # buyer what is below 25
    price, linear = "pie(size=15, steps=1500, reservation=5)", TimeDependent(beta=1)
    (deal,) = Negotiation(domain=price, tactic=linear, rivals=linear, deadline=1000).run().deals
    assert (deal.round, deal.outcome) == (pytest.approx(750, abs=1), pytest.approx(750, abs=1))


def test_with_a_trade_off_it_offers_what_the_rival_has_asked_for(see: Callable[..., View]) -> None:
    tactic = TimeDependent(beta=1, trade_off=0.2)  # half-way through everything from .5 to .7 will do
    assert [tactic.bid(see(heard, round=5)) for heard in ([6], [1, 7, 7, 6], [4])] == [6, 7, 7]
    assert tactic.bid(see([3], round=0)) == 10


def test_trading_off_finds_better_deals_for_both() -> None:
    # 20 paired draws, every table with a deal; sign test: 15 or more of 20 by chance has p = 0.02
    def welfare(trade_off: float) -> list[float]:
        tactic = TimeDependent(beta=1, trade_off=trade_off)
        settings = {"domain": "random(opposition=0.2)", "tactic": tactic, "rivals": tactic}
        return [Negotiation(rng=seed, **settings).run().outcome()["welfare"] for seed in range(20)]

    assert np.sum(np.array(welfare(0.15)) > np.array(welfare(0.0))) >= 15


def test_what_cannot_be() -> None:
    with pytest.raises(InputError, match="beta=0 must be greater than 0"):
        TimeDependent(beta=0)
    with pytest.raises(InputError, match="k=0: an exponential curve begins above 0"):
        TimeDependent(form="exponential")
