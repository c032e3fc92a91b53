"""Victims come last."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models import Generals
from accord.models.schedulers.blind import Blind


def test_victims_hear_and_are_heard_when_all_else_is_done(watch: Any) -> None:
    went = watch("blind(victims=[1])", "exponential(mean=5)", n=4, rounds=0, answers=3).went
    starved = [1 in event[2:4] for _, event in went if 0 <= event[3] != event[2]]
    first = starved.index(True)
    assert first == 6 + 3 * 3  # three others greet each other, and answer three times each
    # an answer to a victim, or its own, wakes nobody else up
    assert all(starved[first:])


def test_the_others_decide_without_it(watch: Any) -> None:
    model = Generals(network="complete(n=4)", f=1, scheduler="blind(victims=[3])", rng=1).run()
    decided = [made[0].time for made in model.simulation.decisions]
    assert max(decided[:3]) < decided[3]
    assert model.verdict.violated == ()


def test_in_rounds_a_victim_is_served_in_time(watch: Any) -> None:
    went = watch("blind(victims=[1])", "constant", n=3, rounds=3).went
    for number in range(3):
        spoken = [event for _, event in went if 0 <= event[3] != event[2] and event[4].round == number]
        starved = [1 in event[2:4] for event in spoken]
        assert starved == sorted(starved)


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"blind: victims has 0 entries and must have at least 1"):
        Blind(victims=[])
    with pytest.raises(InputError, match=r"blind: victims.0=-1 must be at least 0"):
        Blind(victims=[-1])
    with pytest.raises(InputError, match=r"victims=\[1, 9\] name party 9, and there are 4 parties; use ids"):
        Generals(network="complete(n=4)", scheduler="blind(victims=[1, 9])")
