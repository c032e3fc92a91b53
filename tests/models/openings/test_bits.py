"""Random bits."""

import numpy as np
from accord.models.networks.network import Network
from accord.models.openings.bits import Bits

PAIR = Network.from_edges(1000, [0], [1])


def test_ones_and_zeros_in_proportion() -> None:
    drawn = Bits(p=0.3).opinions(PAIR, np.random.default_rng(1))
    assert set(drawn.tolist()) == {0.0, 1.0}
    # standard error 0.0145; 5 sigma, error rate 6e-7
    assert abs(drawn.mean() - 0.3) < 0.073


def test_all_ones_and_all_zeros_are_certain() -> None:
    rng = np.random.default_rng(1)
    assert Bits(1).opinions(PAIR, rng).all()
    assert not Bits(0).opinions(PAIR, rng).any()
