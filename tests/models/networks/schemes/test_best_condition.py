import numpy as np
import pytest
from accord.models.networks.schemes.best_condition import BestCondition
from accord.models.networks.schemes.fastest import Fastest
from accord.models.networks.topologies import topologies

KAPPAS = {  # any sign, edge weights >= 0
    "boyd-8": (4.60745, 4.64170),
    "karate": (25.52120, 25.67666),
    "barbell(5, 0)": (17.94427, 17.94427),
    "star(8)": (8.0, 8.0),
}


@pytest.mark.parametrize("name", KAPPAS)
@pytest.mark.parametrize("nonnegative", [False, True])
def test_reference_networks(name, nonnegative):
    network = topologies.choose(name).build()
    W = BestCondition(nonnegative=nonnegative).matrix(network).toarray()
    eigenvalues = np.linalg.eigvalsh(np.eye(len(W)) - W)  # of the weighted Laplacian
    kappa = eigenvalues[-1] / eigenvalues[1]
    assert kappa == pytest.approx(KAPPAS[name][nonnegative], abs=1e-5)
    # it stands at its best scale, where both ends contract alike
    assert 1 - eigenvalues[1] == pytest.approx(eigenvalues[-1] - 1, abs=1e-6)
    if nonnegative:
        assert (W - np.diag(np.diag(W))).min() >= 0


def test_without_signs_it_is_the_fastest_scheme():
    network = topologies.choose("karate").build()
    one, other = BestCondition().neighbour_weights(network), Fastest().neighbour_weights(network)
    np.testing.assert_array_equal(one, other)
