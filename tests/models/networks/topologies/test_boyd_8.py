import numpy as np
import pytest
from accord.models.networks.topologies.boyd_8 import Boyd8


def test_known_answers() -> None:
    # Boyd, ICM 2006, and the CVX example small_example
    built = Boyd8().build()
    assert (built.n, built.m) == (8, 13)
    assert built.degrees.tolist() == [2, 5, 3, 3, 3, 2, 5, 3]
    eigenvalues = np.linalg.eigvalsh(np.diag(built.degrees) - built.adjacency.toarray())
    assert eigenvalues[1] == pytest.approx(1.103729, abs=1e-6)
    assert eigenvalues[-1] == pytest.approx(6.557279, abs=1e-6)
