"""What holds for every channel of the catalogue, alone and in a row."""

import pickle
from math import inf, isfinite

import numpy as np
import pytest
from accord.agents.machine import Message
from accord.models.channels import Arrivals, Channel, Row, channels
from hypothesis import given, settings
from hypothesis import strategies as st

CHOICES = [
    "constant",
    "constant(delay=0)",
    "uniform(low=0.5, high=3)",
    "exponential(mean=5)",
    "heavy-tailed",
    "loss(p=0.3)",
    "duplication(p=0.5)",
    "reordering(p=0.5, extra=4)",
    "partition(groups=[[0]], at=5, until=20)",
    "partition(groups=[[0, 1], [2]], at=5, until=20, holds=true)",
    "partition(groups=[[0, 2]], at=0.3, until=2.1, every=3.7, holds=true, blocks=out)",
    "bridge(at=5, until=20)",
    "majority-ring(at=5, until=12, every=20, holds=true)",
    "stabilisation(at=15, bound=2)",
]
ROWS = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=5).map(" + ".join)
TIMES = [*np.linspace(0, 60, 241).tolist()]


def test_no_channel_is_left_out() -> None:
    assert {choice.partition("(")[0] for choice in CHOICES} == set(channels)


def routed(channel: Channel, seed: int) -> list[tuple[float, Arrivals]]:
    """Return when messages were sent and arrived, between several pairs of parties."""
    row, rng = Row.of(channel).among(4, 4), np.random.default_rng(seed)
    pairs = [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (1, 3)]
    return [
        (now, row.route(rng, now, *pairs[place % 6], Message(), (now,))) for place, now in enumerate(TIMES)
    ]


def keeps_its_promise(channel: Channel, seed: int) -> None:
    row = Row.of(channel)
    worst, stable, reliable = row.worst(), row.stable_from(), row.reliable()
    assert worst >= 0
    assert isfinite(stable)
    for now, arrivals in routed(channel, seed):
        assert all(arrival >= now and isfinite(arrival) for arrival in arrivals)
        assert arrivals or not reliable
        if worst < inf:
            assert all(arrival <= max(now, stable) + worst + 1e-9 for arrival in arrivals)


@pytest.mark.parametrize("choice", CHOICES)
def test_alone(choice: str) -> None:
    channel = channels.choose(choice)
    keeps_its_promise(channel, 1)
    assert routed(channel, 2) == routed(channel, 2)
    assert routed(pickle.loads(pickle.dumps(channel)), 2) == routed(channel, 2)
    channel.among(4, 4).check(4)
    assert channel.among(4, 4).among(4, 4) == channel.among(4, 4)


@given(ROWS, st.integers(0, 1000))
@settings(deadline=None, max_examples=60)
def test_in_a_row(text: str, seed: int) -> None:
    keeps_its_promise(channels.choose(text), seed)


@given(ROWS, ROWS, ROWS)
@settings(deadline=None, max_examples=30)
def test_rows_are_associative(one: str, two: str, three: str) -> None:
    a, b, c = map(channels.choose, (one, two, three))
    left, right = (a + b) + c, a + (b + c)
    assert left == right == channels.choose(f"{one} + {two} + {three}")
    assert routed(left, 3) == routed(right, 3)


@pytest.mark.parametrize("choice", CHOICES)
def test_promises_are_not_claimed_in_vain(choice: str) -> None:
    """A bound is met, and a channel that is called unreliable does lose something."""
    row = Row.of(channels.choose(choice))
    seen = routed(row, 4)
    assert row.reliable() == all(arrivals for _, arrivals in seen)
    if row.worst() < inf:
        latest = max(arrival - max(now, row.stable_from()) for now, arrivals in seen for arrival in arrivals)
        assert latest > 0.45 * row.worst() or row.worst() == 0
