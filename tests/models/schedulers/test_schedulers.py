"""What holds for every scheduler: nothing is lost, time goes on, promises are kept, and a seed says it all."""

from math import inf
from typing import Any

import pytest
from accord.models import Generals
from accord.models.channels import Row, channels
from accord.models.schedulers import schedulers
from accord.models.simulation import START, TIMER
from hypothesis import given, settings
from hypothesis import strategies as st

CHANNELS = [
    "constant",
    "constant(delay=0)",
    "uniform(high=1)",
    "uniform(high=1) + duplication(p=0.3)",
    "exponential(mean=2)",
    "loss(p=0.2)",
    "exponential(mean=3) + loss(p=0.3) + stabilisation(at=4, bound=1)",
    "partition(groups=[[0, 1]], at=1, until=3, holds=true)",
]
every_scheduler = pytest.mark.parametrize("scheduler", schedulers)


@every_scheduler
@given(st.sampled_from(CHANNELS), st.integers(0, 1000), st.integers(0, 3), st.integers(0, 3), st.booleans())
@settings(deadline=None, max_examples=40)
def test_promises(
    watch: Any, scheduler: str, channel: str, seed: int, rounds: int, answers: int, alone: bool
) -> None:
    seen = watch(scheduler, channel, seed=seed, rounds=rounds, answers=answers, alone=alone)
    # nothing is lost or invented, and time does not run backwards
    assert sorted(event[1] for _, event in seen.went) == sorted(seen.came)
    times = [time for time, _ in seen.went]
    assert times == sorted(times)
    row = Row.of(channels.choose(channel))
    bound, stable = row.worst(), row.stable_from()
    started = set()
    for place, (time, (due, order, node, sender, _)) in enumerate(seen.went):
        # nobody hears anything before it starts, and nothing happens before it is due
        assert (sender == START) != (node in started)
        started.add(node)
        assert time >= due
        if bound < inf and sender == TIMER:
            assert time == due
            later = [event for _, event in seen.went[place + 1 :] if event[3] != TIMER]
            assert all(event[0] > due or seen.came[event[1]][0] >= due for event in later)
        if bound < inf and rounds and not alone and sender >= 0 and time <= rounds:
            assert time <= max(seen.came[order][0], stable) + bound


@every_scheduler
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_seed_says_it_all(watch: Any, scheduler: str, channel: str) -> None:
    def order(seed: int) -> Any:
        return watch(scheduler, channel, seed=seed, answers=2).went

    assert order(5) == order(5)


@every_scheduler
def test_messages_to_oneself_are_not_held_up(watch: Any, scheduler: str) -> None:
    seen = watch(scheduler, "exponential(mean=5)", rounds=0, answers=2)
    own = [(time, seen.came[event[1]][0]) for time, event in seen.went if event[2] == event[3]]
    assert len(own) == 4
    assert all(time == sent for time, sent in own)


@every_scheduler
@pytest.mark.parametrize("channel", ["constant", "exponential(mean=5)", "uniform(high=3) + reordering"])
def test_what_a_protocol_owes_and_costs_does_not_depend_on_the_order(scheduler: str, channel: str) -> None:
    model = Generals(network="complete(n=7)", f=2, scheduler=scheduler, channel=channel, rng=3).run()
    outcome = model.outcome()
    assert (outcome["messages"], outcome["own_messages"], outcome["decided"]) == (6 * 15, 15, 7)
    assert outcome["events"] == 7 * 15 + 7
    assert model.verdict.violated == ()
    assert outcome["ended"] == "decided"


@every_scheduler
@pytest.mark.parametrize("seed", range(5))
def test_a_protocol_in_rounds_is_in_time_under_all(scheduler: str, seed: int) -> None:
    model = Generals(
        network="complete(n=5)",
        protocol="two-phase-commit(timeout=2)",
        initial="given(values=[1, 1, 1, 1, 1])",
        channel="uniform(high=1)",
        scheduler=scheduler,
        rng=seed,
    ).run()
    assert model.outcome()["covered"]
    assert model.outcome()["value"] == 1
