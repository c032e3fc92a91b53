"""The rate of capture: spectra that are known, and runs that show it."""

import numpy as np
import pytest
from accord.analysis.theory.capture import captured_rate
from accord.models import Averaging
from scipy.sparse import csr_array, eye_array


@pytest.mark.parametrize("n", [2, 5, 40])
def test_complete_network_with_equal_weights(n: int) -> None:
    assert captured_rate(csr_array(np.full((n, n), 1 / n)), [n - 1]) == pytest.approx(1 - 1 / n, abs=1e-12)


@pytest.mark.parametrize("n", [3, 10, 50])
def test_path_held_at_one_end(n: int) -> None:
    # the grounded path has the eigenvalues 2 - 2 cos((2k - 1) pi / (2n - 1)), k = 1, ..., n - 1
    steps = np.arange(n - 1)
    laplacian = np.diag(np.r_[1.0, np.full(n - 2, 2.0), 1.0])
    laplacian[steps, steps + 1] = laplacian[steps + 1, steps] = -1
    smallest, largest = (2 - 2 * np.cos((2 * k - 1) * np.pi / (2 * n - 1)) for k in (1, n - 1))
    expected = max(abs(1 - 0.4 * smallest), abs(1 - 0.4 * largest))
    assert captured_rate(csr_array(np.eye(n) - 0.4 * laplacian), [0]) == pytest.approx(expected, abs=1e-12)


def test_nobody_left_and_nobody_reached() -> None:
    still = eye_array(4, format="csr")
    assert captured_rate(still, [0, 1, 2, 3]) == 0
    assert captured_rate(still, [0]) == 1


def test_large_networks_agree_with_the_formula() -> None:
    n = 1500
    star = csr_array(
        (np.full(2 * n - 2, 1 / n), (np.r_[np.zeros(n - 1, int), 1:n], np.r_[1:n, np.zeros(n - 1, int)]))
    )
    star = (star + csr_array((np.r_[1 / n, np.full(n - 1, 1 - 1 / n)], (range(n), range(n))))).tocsr()
    assert captured_rate(star, [0]) == pytest.approx(1 - 1 / n, rel=1e-9)


def test_a_long_run_is_captured_at_that_rate() -> None:
    model = Averaging(network="petersen", traitors=1, conduct="stubborn(value=3)", rng=2, tolerance=1e-7)
    distance = []
    while model.running:
        model.step()
        distance.append(np.linalg.norm(np.delete(model.opinions, model.traitors) - 3))
    assert distance[-1] / distance[-2] == pytest.approx(captured_rate(model.matrix, model.traitors), abs=1e-6)
