"""Traitors on the first nodes."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.network import Network
from accord.models.placements.first import First


def test_the_first_ids() -> None:
    line = Network.from_edges(5, [0, 1, 2, 3], [1, 2, 3, 4])
    candidates = First().candidates(line, 2, np.random.default_rng(1))
    assert candidates.tolist() == [[0, 1]]
    assert First().candidates(line, 0, np.random.default_rng(1)).shape == (1, 0)


def test_others_may_come_before_them() -> None:
    line = Network.from_edges(5, [0, 1, 2, 3], [1, 2, 3, 4])
    assert First(after=1).candidates(line, 2, np.random.default_rng(1)).tolist() == [[1, 2]]
    with pytest.raises(
        InputError, match=r"4 traitors after 2 others are more than the 5 nodes .* use after <= 1"
    ):
        First(after=2).candidates(line, 4, np.random.default_rng(1))
