import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.gnm import Gnm
from scipy.stats import chisquare


@pytest.mark.parametrize("m", [0, 1, 17, 60, 119, 120])
def test_has_m_edges(m: int) -> None:
    assert Gnm(16, m, connected="any").build().m == m


def test_every_network_is_equally_likely() -> None:
    # the 15 networks of 4 nodes and 2 edges, 3000 draws; a good sampler fails once in a million
    rng = np.random.default_rng(1)
    seen: dict[bytes, int] = {}
    for _ in range(3000):
        drawn = Gnm(4, 2, connected="any").build(rng).adjacency.toarray().tobytes()
        seen[drawn] = seen.get(drawn, 0) + 1
    assert len(seen) == 15
    assert chisquare(list(seen.values())).pvalue > 1e-6


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 5, "m": 11}, "5 nodes have 10 pairs; use m <= 10 or a larger n"),
        ({"n": 5, "m": 3}, "a connected network needs n - 1 edges; use m >= 4, or connected='giant'"),
        ({"m": -1}, "m=-1 must be at least 0"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Gnm(**parameters)
