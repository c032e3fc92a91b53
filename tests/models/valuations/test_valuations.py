"""The catalogue of valuations: names, and what else it knows when it sees it."""

import numpy as np
import pytest
from accord.agents.errors import InputError, UnknownNameError
from accord.models.valuations import Valuation, valuations

FIXED = [name for name in valuations if name not in ("file", "given")]


@pytest.mark.parametrize("name", FIXED)
def test_the_same_luck_makes_the_same_schedules(name: str) -> None:
    valuation: Valuation = valuations.choose(name)
    first, again, other = (valuation.build(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first == again
    assert (first == other) == (not valuation.is_random)
    assert first.name == str(valuation)


def test_what_is_no_choice() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'smith'"):
        valuations.choose("smiht")
    with pytest.raises(InputError, match="is not a valuation"):
        valuations.choose(7)
