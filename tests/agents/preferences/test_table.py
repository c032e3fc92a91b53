"""A table of utilities."""

import pytest
from accord.agents.errors import InputError
from accord.agents.outcomes import Categorical, Integer, Space
from accord.agents.preferences.table import Table

SPACE = Space([Categorical("where", ["opera", "football"]), Integer("seats", 1, 2)])


def test_the_last_issue_runs_fastest() -> None:
    utilities = Table([1, 2, 3, 4])(SPACE)
    assert utilities[SPACE.index(["opera", 2])] == 2
    assert utilities[SPACE.index(["football", 1])] == 3


def test_what_cannot_be() -> None:
    with pytest.raises(InputError, match=r"3 entries, but there are 4 outcomes \(2 x 2\)"):
        Table([1, 2, 3])(SPACE)
    with pytest.raises(InputError, match="finite"):
        Table([1, float("inf")])
    with pytest.raises(InputError, match="at least 1"):
        Table([])
