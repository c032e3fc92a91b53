"""What is due first arrives first."""

import numpy as np
import pytest
from accord.models.schedulers.earliest import Earliest


def test_by_time_then_by_order() -> None:
    queue = Earliest().queue(None, np.random.default_rng(1))  # type: ignore[arg-type]
    events = [(2.0, 0, 0, 1, "a"), (1.0, 2, 0, 1, "b"), (1.0, 1, 0, 1, "c"), (0.5, 3, 0, 1, "d")]
    for event in events:
        queue.push(event)
    assert sorted(queue) == sorted(events)
    assert [queue.pop()[4] for _ in events] == ["d", "c", "b", "a"]
    with pytest.raises(IndexError):
        queue.pop()
