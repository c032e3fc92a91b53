"""Disagreement mode by mode: what the spectrum says is what a run does."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.modes import modal_disagreement
from accord.models import Averaging
from scipy.sparse import csr_array


def test_one_mode_of_the_petersen_graph() -> None:
    # W = I - L/4 has the eigenvalues 1/2 (5 times) and -1/4 (4 times) off the constant vector
    model = Averaging(network="petersen", weights="constant(alpha=0.25)", rng=0)
    values, vectors = np.linalg.eigh(model.matrix.toarray())
    for place, factor in ((0, 0.25), (8, 0.5)):
        found = modal_disagreement(model.matrix, 7 + vectors[:, place], np.arange(30))
        assert np.allclose(found, factor ** np.arange(30), rtol=1e-10), values[place]


@pytest.mark.parametrize("network", ["karate", "florentine-families"])
@pytest.mark.parametrize("weights", ["metropolis", "best-constant"])
def test_a_run_follows_it_at_every_step(network: str, weights: str) -> None:
    model = Averaging(network=network, weights=weights, rng=4)
    first = model.opinions.copy()
    columns = model.run().step_columns()
    assert np.allclose(
        modal_disagreement(model.matrix, first, columns["step"]), columns["disagreement"], rtol=1e-7
    )


def test_refuses_matrices_without_orthogonal_modes() -> None:
    with pytest.raises(InputError, match="symmetric"):
        modal_disagreement(csr_array([[0.5, 0.5], [0.25, 0.75]]), [0, 1], [1])
