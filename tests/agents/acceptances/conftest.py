"""One profile that all conditions are asked for: from .25, its reservation value, to 1."""

import numpy as np
import pytest
from accord.agents.profile import Profile


@pytest.fixture
def profile() -> Profile:
    """Return utilities 0, 1/8, ..., 1 and a reservation value of .25."""
    return Profile(np.arange(9) / 8, reservation=0.25)
