"""What a negotiator sees."""

import pytest
from accord.agents.bargaining import View
from accord.agents.outcomes import Integer, Space
from accord.agents.profile import Profile


@pytest.mark.parametrize(
    ("number", "deadline", "time"),
    [(0, 10, 0.0), (5, 10, 0.5), (10, 10, 1.0), (1, 1, 1.0), (7, None, 0.0)],  # without a deadline never late
)
def test_time_is_the_share_of_the_rounds_that_are_over(
    number: int,
    deadline: int | None,
    time: float,
) -> None:
    assert View(Space([Integer("price", 0, 1)]), Profile([0, 1]), number, deadline).time == time
