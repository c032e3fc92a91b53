"""One view that all conducts are shown."""

import numpy as np
import pytest
from accord.agents.conducts import View


@pytest.fixture
def view() -> View:
    """Two listeners of one traitor; the honest started in [0, 1] and are in [0.2, 0.8] now."""
    return View(
        step=3,
        own=np.array([0.5, 0.5]),
        opening=np.array([0.4, 0.4]),
        listener=np.array([0.25, 0.75]),
        low=np.zeros(2),
        high=np.ones(2),
        honest_low=np.full(2, 0.2),
        honest_high=np.full(2, 0.8),
        turn=np.array([0.0, 1.0]),
        luck=np.array([0.1, 0.9]),
    )
