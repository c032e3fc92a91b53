"""One bargain that all tactics are shown: eleven outcomes that two parties like in opposite order."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from accord.agents.bargaining import View
from accord.agents.outcomes import Integer, Space
from accord.agents.profile import Profile

See = Callable[..., View]


@pytest.fixture
def see() -> See:
    """Return a maker of views: outcome k is worth k/10 to oneself and 1 - k/10 to the rival, whom one knows."""
    space, tenths = Space([Integer("tenths", 0, 10)]), np.arange(11) / 10

    def view(
        heard: Sequence[int] = (),
        mine: Sequence[int] = (),
        round: int = 0,  # noqa: A002  # as the view calls it
        deadline: int | None = 10,
        reservation: float = 0.0,
        discount: float = 1.0,
        luck: float = 0.0,
    ) -> View:
        profile = Profile(tenths, reservation, discount)
        rival = Profile(tenths[::-1], discount=discount)
        return View(space, profile, round, deadline, mine, heard, luck, (rival,))

    return view
