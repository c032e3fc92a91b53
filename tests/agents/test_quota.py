"""Quotas."""

import pytest
from accord.agents.errors import InputError
from accord.agents.parameters import Parameters
from accord.agents.quota import Quota, votes_of
from hypothesis import given
from hypothesis import strategies as st


class Chamber(Parameters):
    quota: Quota = "majority"


def test_words() -> None:
    assert [votes_of("majority", n) for n in range(1, 8)] == [1, 2, 2, 3, 3, 4, 4]
    assert [votes_of("two-thirds", n) for n in range(1, 8)] == [1, 2, 2, 3, 4, 4, 5]
    assert [votes_of("unanimity", n) for n in range(1, 8)] == [1, 2, 3, 4, 5, 6, 7]


@given(st.integers(1, 1000))
def test_each_word_asks_for_more_than_the_one_before(n: int) -> None:
    most, thirds, everybody = (votes_of(word, n) for word in ("majority", "two-thirds", "unanimity"))
    assert 2 * (most - 1) <= n < 2 * most
    assert 3 * (thirds - 1) < 2 * n <= 3 * thirds
    assert everybody == n


def test_numbers_may_be_written_in_digits() -> None:
    assert [Chamber(quota=each).quota for each in (3, "3", "unanimity")] == [3, 3, "unanimity"]
    assert votes_of(3, 10) == 3


@pytest.mark.parametrize("wrong", [0, -1, 1.5, "half", "", None, "1.5"])
def test_what_is_no_quota(wrong: object) -> None:
    with pytest.raises(InputError, match="is no quota; use a number of votes from 1, or one of majority"):
        Chamber(quota=wrong)
