"""When borders are there, and what they promise."""

from typing import Any

import numpy as np
import pytest
from accord.agents.machine import Message
from accord.models.borders import Border
from accord.models.channels import Row, channels
from accord.models.channels.partition import Partition

KINDS = ["partition", "bridge", "majority-ring"]


def sent(channel: Any, now: float) -> Any:
    """Return when a message from 0 to 2 arrives, of four parties."""
    row = Row.of(channel).among(4, 4)
    return row.route(
        np.random.default_rng(1), now, 0, 3 if "bridge" in str(channel) else 2, Message(), (now,)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_all_keep_the_same_time(kind: str) -> None:
    lost = channels.choose(f"{kind}(at=3, until=5, every=5)")
    assert [now for now in range(16) if sent(lost, now) == ()] == [3, 4, 8, 9, 13, 14]
    held = channels.choose(f"{kind}(at=3, until=6, holds=true)")
    assert [sent(held, now)[0] for now in (2.5, 3.0, 5.5, 6.0)] == [3.5, 6.0, 6.5, 7.0]


@pytest.mark.parametrize("kind", KINDS)
def test_all_promise_the_same(kind: str) -> None:
    for settings in ({}, {"holds": True}, {"every": 30}, {"every": 30, "holds": True}):
        border = channels[kind](at=2, until=9, **settings)
        assert isinstance(border, Border)
        assert border.worst(1) == (7 if len(settings) == 2 else 1)
        assert border.stable_from(0) == (9 if settings == {"holds": True} else 0)
        assert border.reliable(True) == ("holds" in settings)
        told = border.among(4, 4)
        assert isinstance(told, Partition)
        assert (told.worst(1), told.stable_from(0)) == (border.worst(1), border.stable_from(0))
        assert told.timing == border.timing
