import numpy as np
import pytest
from accord.models.networks.schemes.fastest import Fastest
from accord.models.networks.topologies import topologies

RATES = {  # published with CVX (Boyd, ICM 2006) for the first; star: (n-1)/(n+1) and 1 - 1/(n-1)
    "boyd-8": (0.643331, 0.680961),
    "karate": (0.924589, 0.953552),
    "star(8)": (7 / 9, 6 / 7),
    "petersen": (3 / 7, 3 / 7),
}


def rate(W):
    return np.abs(np.linalg.eigvalsh(W.toarray() - 1 / W.shape[0])).max()


@pytest.mark.parametrize("name", RATES)
def test_reference_networks(name):
    network = topologies.choose(name).build()
    free, nonnegative = Fastest().matrix(network), Fastest(nonnegative=True).matrix(network)
    assert (rate(free), rate(nonnegative)) == pytest.approx(RATES[name], abs=1e-6)
    assert nonnegative.data.min() >= -1e-15


@pytest.mark.parametrize("name", ["barbell(5, 0)", "grid(3, 5)", "wheel(7)"])
@pytest.mark.parametrize("nonnegative", [False, True])
def test_small_changes_do_not_help(name, nonnegative):
    network = topologies.choose(name).build()
    W = Fastest(nonnegative=nonnegative).matrix(network).toarray()
    best = np.abs(np.linalg.eigvalsh(W - 1 / len(W))).max()
    rng = np.random.default_rng(5)
    tried = 0
    for size in (1e-1, 1e-2, 1e-3):
        for _ in range(30):
            change = np.triu(network.adjacency.toarray() * rng.normal(size=W.shape) * size, 1)
            other = W + change + change.T
            other -= np.diag(other.sum(axis=1) - 1)
            if nonnegative:
                other = np.maximum(other, 0)
                other += np.diag(1 - other.sum(axis=1))
                if other.min() < 0:
                    continue
            tried += 1
            assert np.abs(np.linalg.eigvalsh(other - 1 / len(W))).max() > best - 1e-7
    assert tried > 5
