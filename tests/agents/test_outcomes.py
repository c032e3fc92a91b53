"""Outcome spaces: numbering, values, grids, and what cannot be."""

import pickle

import numpy as np
import pytest
from accord.agents.errors import InputError, UnknownNameError
from accord.agents.outcomes import MOST_OUTCOMES, Categorical, Continuous, Integer, Issue, Ordinal, Space
from hypothesis import given, settings
from hypothesis import strategies as st


def issues() -> st.SearchStrategy[list[Issue]]:
    sizes = st.lists(st.tuples(st.sampled_from("cois"), st.integers(2, 4)), min_size=1, max_size=4)

    def made(kinds: list[tuple[str, int]]) -> list[Issue]:
        found: list[Issue] = []
        for number, (kind, size) in enumerate(kinds):
            name = f"issue {number}"
            words = [f"{kind}{k}" for k in range(size)]
            if kind == "c":
                found.append(Categorical(name, words))
            elif kind == "o":
                found.append(Ordinal(name, words))
            elif kind == "i":
                found.append(Integer(name, -1, size - 2))
            else:
                found.append(Continuous(name, -0.3, 0.7, levels=size))
        return found

    return sizes.map(made)


@settings(deadline=None, max_examples=40)
@given(issues())
def test_numbers_and_outcomes_are_the_same_thing(given: list[Issue]) -> None:
    space = Space(given)
    for index in range(space.size):
        outcome = space.outcome(index)
        assert space.index(outcome) == index
        assert space.index(tuple(outcome.values())) == index
        assert space.levels(index) == tuple(column[index] for column in space.columns)
    assert (np.ravel_multi_index(space.columns, space.shape) == np.arange(space.size)).all()


@settings(deadline=None, max_examples=20)
@given(issues())
def test_a_space_survives_pickling_without_its_columns(given: list[Issue]) -> None:
    space = Space(given)
    bare = len(pickle.dumps(space))
    assert space.columns[0].flags.writeable is False
    assert len(pickle.dumps(space)) == bare
    assert pickle.loads(pickle.dumps(space)) == space


def test_values_of_each_kind() -> None:
    assert Categorical("colour", ["red", "green"]).value(1) == "green"
    assert not Categorical("colour", ["red"]).is_ordered
    assert Ordinal("size", [1, 2.5]).quantities.tolist() == [1, 2.5]
    assert Integer("price", -2, 2).quantities.tolist() == [-2, -1, 0, 1, 2]
    assert Integer("price", -2, 2).level(np.int64(-1)) == 1
    share = Continuous("share", 0, 10, levels=101)
    assert share.value(67) == pytest.approx(6.7, abs=1e-15)
    assert share.level(6.7) == 67
    assert share.quantities[67] == share.value(67)
    assert Continuous("share").size is None
    assert Space([Continuous("share", 1, 3), Integer("n", 0, 1)]).gridded(3).shape == (3, 2)


def test_a_description_goes_to_text_and_back_to_pickle() -> None:
    assert str(Categorical("colour", ["red", "green"])) == "categorical(name=colour, values=[red, green])"
    assert hash(Integer("n", 1, 2)) == hash(Integer("n", 1, 2))
    assert pickle.loads(pickle.dumps(Continuous("x", 1, 2))) == Continuous("x", 1, 2)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Space([]), "at least one issue"),
        (lambda: Space([Integer("n"), Integer("n")]), "two issues are called 'n'"),
        (lambda: Categorical("c", []), "0 entries and must have at least 1"),
        (lambda: Categorical("c", ["a", "a"]), "'a' twice"),
        (lambda: Categorical("c", [1, True]), "twice"),
        (lambda: Categorical("", ["a"]), "name"),
        (lambda: Integer("n", 2, 1), "low=2 must be at most high=1"),
        (lambda: Continuous("x", 1, 1), "low=1 must be less than high=1"),
        (lambda: Continuous("x", 0, float("nan")), "finite"),
        (lambda: Continuous("x", -1.7e308, 1.7e308), "must be less"),
        (lambda: Continuous("x", 0, 1, levels=1), "at least 2"),
        (lambda: Continuous("x").value(0), "space.gridded"),
        (lambda: Space([Continuous("x")]).size, "'x' is continuous; use space.gridded"),
        (lambda: Categorical("c", [1, 2]).quantities, "no quantities"),
        (lambda: Ordinal("c", ["a"]).quantities, "no quantities"),
        (lambda: Integer("n").level(3.5), "whole numbers from 0 to 10"),
        (lambda: Integer("n").level("3"), "no value '3'"),
        (lambda: Integer("n").level(float("inf")), "no value inf"),
        (lambda: Continuous("x", 0, 1, levels=3).level(0.4), r"0\.5 is near"),
        (lambda: Continuous("x", 0, 1, levels=3).level(2), "3 evenly spaced numbers from 0 to 1"),
        (lambda: Space([Integer("n")]).outcome(11), "no outcome 11"),
        (lambda: Space([Integer("n")]).index({}), "nothing of 'n'"),
        (lambda: Space([Integer("n")]).index([1, 2]), "2 values for 1 issues"),
    ],
)
def test_what_cannot_be(make: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        make()  # type: ignore[operator]


def test_what_is_unknown_is_told_the_nearest() -> None:
    space = Space([Categorical("colour", ["red", "green"])])
    with pytest.raises(UnknownNameError, match="did you mean 'green'"):
        space.index({"colour": "grean"})
    with pytest.raises(UnknownNameError, match="did you mean 'colour'"):
        space.index({"color": "red"})


def test_hostile_sizes_take_no_memory() -> None:
    space = Space([Integer(f"n{k}", 1, 1000) for k in range(4)])
    assert space.size == 10**12
    assert space.outcome(10**12 - 1) == {f"n{k}": 1000 for k in range(4)}
    with pytest.raises(InputError, match=r"about 1e12 outcomes \(1000 x 1000 x 1000 x 1000\) are more than"):
        space.columns  # noqa: B018
    with pytest.raises(InputError, match="more than"):
        Space([Integer("n", 0, 10**400)]).require_room()
    assert Space([Integer("n", 1, MOST_OUTCOMES)]).require_room().size == MOST_OUTCOMES
    with pytest.raises(InputError, match=r"50,000,001 outcomes"):
        Space([Integer("n", 0, MOST_OUTCOMES)]).require_room()
