"""Send many messages through a channel."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.machine import Message
from accord.models.channels import Arrivals, Channel, Row, channels

Sent = Callable[..., list[Arrivals]]


@pytest.fixture
def sent() -> Sent:
    """Return what becomes of messages sent at one time from one party to another, by a channel's text form."""

    def arrivals(
        channel: str | Channel,
        count: int = 1,
        *,
        now: float = 0.0,
        sender: int = 0,
        recipient: int = 1,
        seed: int = 1,
    ) -> list[Arrivals]:
        row, rng = Row.of(channels.choose(channel)), np.random.default_rng(seed)
        return [row.route(rng, now, sender, recipient, Message(), (now,)) for _ in range(count)]

    return arrivals
