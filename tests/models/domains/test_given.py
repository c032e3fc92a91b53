"""Bargains made in Python."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.domains import domains
from accord.models.domains.given import Given
from accord.models.domains.pie import Pie


def test_a_bargain_is_taken_as_it_is() -> None:
    bargain = Pie(steps=4).build()
    domain = domains.choose(bargain)
    assert domain.build() is bargain
    assert domain == Given(bargain)
    assert str(domain) == f"given(pie(steps=4)#{bargain.digest[:8]})"
    assert domain.canonical() == {"name": "given", "sha256": bargain.digest}
    assert hash(domain) == hash(Given(bargain))


def test_an_array_of_utilities_is_enough() -> None:
    bargain = domains.choose(np.array([[1, 0], [0.5, 0.5]])).build()
    assert bargain.space.outcome(1) == {"outcome": 1}
    assert bargain.utilities.tolist() == [[1, 0], [0.5, 0.5]]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([1, 2], "is no bargain: give a name such as"),
        ([], "is no bargain"),
        (object(), "is no bargain"),
        ([["a", "b"]], "is no bargain"),
        ([[1], [2]], "1 profiles are too few"),
        ([[1, float("nan")]], "outcome 0 is nan"),
    ],
)
def test_what_cannot_be(given: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Given(given)


def test_a_label_is_not_the_thing() -> None:
    with pytest.raises(InputError, match="was made in Python; hand over the object itself again"):
        domains.choose("given('pie#0123')")
