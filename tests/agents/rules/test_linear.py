"""Linear averaging against DeGroot's arithmetic."""

import numpy as np
from accord.agents.rules.linear import Linear


def test_degroot_limit_of_a_row_stochastic_matrix() -> None:
    # W = [[1/2, 1/2], [1/4, 3/4]] converges to (1/3, 2/3) x0: the left eigenvector of eigenvalue 1
    x = np.array([1.0, 0.0])
    for _ in range(200):
        x = Linear()(x, x[::-1][None], np.array([[0.5, 0.25]]))
    assert np.allclose(x, 1 / 3, atol=1e-12)


def test_the_silent_keep_their_weight_with_the_listener() -> None:
    assert Linear()(1.0, [np.nan, 3.0], [0.5, 0.25]) == 1.5


def test_shapes_broadcast_over_parties_and_runs() -> None:
    own, heard = np.zeros((4, 3)), np.ones((2, 4, 3))
    assert np.array_equal(Linear()(own, heard, np.full((2, 4, 1), 0.25)), np.full((4, 3), 0.5))
