"""First opinions from a list."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.network import Network
from accord.models.openings.given import Given

PATH = Network.from_edges(3, [0, 1], [1, 2], name="path")


def test_one_a_node() -> None:
    assert Given((1, 2, 3)).opinions(PATH, np.random.default_rng(1)).tolist() == [1, 2, 3]


@pytest.mark.parametrize("values", [(1.0,), (1.0, 2.0, 3.0, 4.0)])
def test_not_one_a_node(values: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match=f"gives {len(values)} opinions, but path has 3 nodes"):
        Given(values).opinions(PATH, np.random.default_rng(1))


def test_no_nan() -> None:
    with pytest.raises(InputError, match="finite"):
        Given((1.0, float("nan")))
