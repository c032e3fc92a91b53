import numpy as np
import pytest
from accord.agents.errors import InputError, UnknownNameError
from accord.models.networks.network import Network
from accord.models.networks.schemes.constant import Constant
from accord.models.networks.weights import weights

PATH = Network.from_edges(3, [0, 1], [1, 2])


def test_the_default_is_metropolis():
    expected = [[2 / 3, 1 / 3, 0], [1 / 3, 1 / 3, 1 / 3], [0, 1 / 3, 2 / 3]]
    np.testing.assert_allclose(weights(PATH).toarray(), expected)


@pytest.mark.parametrize(
    ("scheme", "parameters"),
    [
        ("constant(alpha=0.25)", {}),
        ("constant", {"alpha": 0.25}),
        (Constant(alpha=0.25), {}),
        (Constant(alpha=0.1), {"alpha": 0.25}),
    ],
)
def test_every_way_to_name_a_scheme(scheme, parameters):
    expected = [[0.75, 0.25, 0], [0.25, 0.5, 0.25], [0, 0.25, 0.75]]
    np.testing.assert_allclose(weights(PATH, scheme, **parameters).toarray(), expected)


def test_bad_names_and_parameters():
    with pytest.raises(UnknownNameError, match="did you mean 'metropolis'"):
        weights(PATH, "metroplis")
    with pytest.raises(InputError, match="alpha is missing"):
        weights(PATH, "constant")
    with pytest.raises(InputError, match="alpha=-1 must be greater than 0"):
        weights(PATH, "constant", alpha=-1)
    with pytest.raises(InputError, match="unknown constant parameter 'beta'"):
        weights(PATH, "constant", alpha=0.1, beta=2)
