import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.laplacian import laplacian
from accord.models.networks.network import Network
from accord.models.networks.schemes.constant import Constant
from accord.models.networks.spectrum import spectrum
from accord.models.networks.topologies import topologies


def build(text):
    return topologies.choose(text).build()


def test_it_is_identity_minus_alpha_laplacian():
    network = Network.from_edges(4, [0, 1, 2], [1, 2, 3], [1.0, 2.0, 0.5])
    expected = np.eye(4) - 0.2 * laplacian(network).toarray()
    np.testing.assert_allclose(Constant(alpha=0.2).matrix(network).toarray(), expected, atol=1e-15)


@pytest.mark.parametrize("name", ["petersen", "karate", "path(8)", "star(8)", "ring(6)"])
def test_it_is_stable_below_two_over_lambda_n(name):
    network = build(name)
    limit = spectrum(network).largest_stable_step
    Constant(alpha=0.999 * limit).matrix(network)
    for alpha in (limit, 1.001 * limit, 10.0):
        with pytest.raises(InputError, match=r"alpha < 2/lambda_n = .*allow_unstable=True"):
            Constant(alpha=alpha).matrix(network)
        W = Constant(alpha=alpha, allow_unstable=True).matrix(network)
        assert abs(np.linalg.eigvalsh(W.toarray())).max() >= 1 - 1e-12


def test_the_error_gives_the_limit():
    with pytest.raises(InputError, match=r"constant: alpha=0.5 on petersen: .* = 0.4; use a smaller alpha"):
        Constant(alpha=0.5).matrix(build("petersen"))


@pytest.mark.parametrize("alpha", [0, -0.1, float("nan"), float("inf")])
def test_alpha_is_a_positive_number(alpha):
    with pytest.raises(InputError, match="alpha"):
        Constant(alpha=alpha)


def test_unstable_can_be_allowed_on_a_disconnected_network_too():
    network = Network.from_edges(4, [0, 2], [1, 3])
    with pytest.raises(InputError, match="2/lambda_n = 1"):
        Constant(alpha=1).matrix(network)
    assert Constant(alpha=2, allow_unstable=True).matrix(network).toarray()[0, 0] == -1
