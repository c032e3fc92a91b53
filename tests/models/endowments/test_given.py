import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.endowments.given import Given

RNG = np.random.default_rng(1)


def test_rows_are_parties() -> None:
    assert Given([1, 2]).build(2, 1, RNG).tolist() == [[1], [2]]
    assert Given([[1, 2], [3, 4], [5, 6]]).build(3, 2, RNG).tolist() == [[1, 2], [3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        (
            [1.0, 2.0],
            "endowment gives 1 amounts to a party, and there are 2 goods; give each party one for each good",
        ),
        ([[1.0, 2.0]], "endowment gives amounts to 1 parties, but there are 2; give one entry a node"),
    ],
)
def test_what_does_not_fit(amounts: list[float], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Given(amounts).build(2, 2, RNG)


@pytest.mark.parametrize("amounts", [[1.0, -1.0], [[1.0, -1.0]], [float("nan")], []])
def test_what_cannot_be_held(amounts: list[float]) -> None:
    with pytest.raises(InputError):
        Given(amounts)
