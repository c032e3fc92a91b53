import numpy as np
import pytest
from accord.models.networks.network import Network
from accord.models.networks.schemes.best_constant import BestConstant
from accord.models.networks.schemes.constant import Constant
from accord.models.networks.topologies import topologies

RATES = {  # boyd-8 0.7119 and boyd-64 0.9921 are published with CVX (Boyd, ICM 2006)
    "boyd-8": 0.711858,
    "petersen": 0.428571,
    "karate": 0.949635,
    "grid(4, 4)": 0.841983,
    "star(8)": 0.777778,
    "barbell(5, 0)": 0.914732,
    "path(8)": 0.923880,
    "boyd-64": 0.992116,
}


def rate(W):
    return np.abs(np.linalg.eigvalsh(W.toarray() - 1 / W.shape[0])).max()


@pytest.mark.parametrize("name", RATES)
def test_reference_networks(name):
    network = topologies.choose(name).build()
    assert rate(BestConstant().matrix(network)) == pytest.approx(RATES[name], abs=1e-6)


def test_no_other_step_is_faster():
    network = topologies.choose("karate").build()
    best = BestConstant().neighbour_weights(network)[0]
    for alpha in (0.99 * best, 1.01 * best):
        assert rate(Constant(alpha=alpha).matrix(network)) > rate(BestConstant().matrix(network))


def test_the_unit_of_edge_weights_does_not_matter():
    one, other = (
        Network.from_edges(4, [0, 1, 2], [1, 2, 3], unit * np.array([1.0, 2.0, 3.0])) for unit in (1, 60)
    )
    np.testing.assert_allclose(BestConstant().matrix(one).toarray(), BestConstant().matrix(other).toarray())
