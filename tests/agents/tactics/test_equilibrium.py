"""Equilibrium play against Rubinstein (1982) and Stahl (1972), on pies that are cut in steps."""

from collections.abc import Callable

import pytest
from accord.agents.bargaining import Answer, View
from accord.agents.tactics.equilibrium import Equilibrium
from accord.analysis.theory.bargaining import rubinstein, stahl
from accord.models import Negotiation
from accord.models.deal import Ending
from hypothesis import given, settings
from hypothesis import strategies as st

PAIRS = [(0.9, 0.8), (0.8, 0.9), (0.9, 0.9), (0.99, 0.99), (0.5, 0.5)]
STEPS = 100_000


def play(
    discounts: tuple[float, float], deadline: int | None, reservation: tuple[float, float] = (0, 0)
) -> Negotiation:
    """Return a pie's division by two who play the equilibrium."""
    return Negotiation(
        domain={"name": "pie", "steps": STEPS, "discount": discounts, "reservation": reservation},
        tactic="equilibrium",
        rivals="equilibrium",
        information="complete",
        deadline=deadline,
    ).run()


@pytest.mark.parametrize("discounts", PAIRS)
@pytest.mark.parametrize("deadline", [None, 1, 2, 3, 4, 10, 100, 100_000])
def test_immediate_agreement_on_what_theory_says(
    discounts: tuple[float, float], deadline: int | None
) -> None:
    own, other = discounts
    (deal,) = play(discounts, deadline).deals
    expected = rubinstein(own, other) if deadline is None else stahl(deadline, own, other)
    error = (1 + other) / STEPS / (1 - own * other)  # a step in each round, passed on to the round before
    assert deal.outcome / STEPS == pytest.approx(expected, abs=error)
    assert (deal.round, deal.ending) == (0, Ending.AGREED)


@settings(deadline=None, max_examples=40)
@given(
    st.integers(1, 300),
    st.tuples(st.floats(0.1, 1), st.floats(0.1, 0.99)),
    st.tuples(st.floats(0.3, 2), st.floats(0.3, 2)),
    st.none() | st.integers(1, 40),
)
def test_agreement_is_immediate_however_the_pie_is_cut_and_liked(
    steps: int, discounts: tuple[float, float], powers: tuple[float, float], deadline: int | None
) -> None:
    pie = {"name": "pie", "steps": steps, "discount": discounts, "powers": powers}
    play = {"tactic": "equilibrium", "rivals": "equilibrium", "information": "complete"}
    (deal,) = Negotiation(domain=pie, deadline=deadline, **play).run().deals
    assert (deal.round, deal.ending) == (0, Ending.AGREED)


@pytest.mark.parametrize(
    ("seen", "offer", "answer"),
    [
        ({"deadline": 1}, None, 10),  # the last word: everything
        ({"deadline": 1, "round": 1}, 0, Answer.ACCEPT),  # no word left: takes nothing
        ({"deadline": 2}, None, 5),  # the rival would get all in the next round, half of that is .5
        ({"deadline": 3}, None, 7),  # .75, down to a tenth
        ({"deadline": 3, "round": 1}, 2, 5),  # by waiting it gets .25
        ({"deadline": 3, "round": 1}, 3, Answer.ACCEPT),
        ({"deadline": 1, "round": 1, "reservation": 0.4}, 3, 10),
        ({"deadline": 1, "round": 1, "reservation": 0.4}, 4, Answer.ACCEPT),
    ],
)
def test_plays(see: Callable[..., View], seen: dict[str, float], offer: int | None, answer: object) -> None:
    assert Equilibrium().respond(see(discount=0.5, **seen), offer) == answer


def test_outside_options_bind_only_where_they_are_better_than_waiting() -> None:
    # waiting is worth .9 * .5263 = .474 to the rival: .3 changes nothing, .6 is what it gets
    assert play((0.9, 0.9), None, (0, 0.3)).deals == play((0.9, 0.9), None).deals
    assert play((0.9, 0.9), None, (0, 0.6)).deals[0].outcome / STEPS == pytest.approx(0.4, abs=1 / STEPS)


def test_where_nothing_suits_both_there_is_no_deal() -> None:
    for deadline in (1, 2, 7):
        model = play((0.9, 0.9), deadline, (0.6, 0.6))
        assert model.deals[0].ending == Ending.DEADLINE
        assert {offer.outcome for offer in model.tables[0].offers} <= {0, STEPS}  # each the best for itself


def test_if_waiting_costs_nothing_the_last_word_has_all() -> None:
    assert play((1, 1), 4).deals[0].outcome == 0
    assert play((1, 1), 5).deals[0].outcome / STEPS == 1
    assert play((1, 1), 1_000_001).deals[0].outcome / STEPS == 1
