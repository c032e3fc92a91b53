import numpy as np
import pytest
from accord.models.networks.topologies.boyd_64 import Boyd64


def test_known_answers() -> None:
    # Boyd, ICM 2006, and the CVX example cut_grid_example
    built = Boyd64().build()
    assert (built.n, built.m) == (64, 95)
    eigenvalues = np.linalg.eigvalsh(np.diag(built.degrees) - built.adjacency.toarray())
    assert eigenvalues[1] == pytest.approx(0.029143, abs=1e-6)
    assert eigenvalues[-1] == pytest.approx(7.364253, abs=1e-6)
