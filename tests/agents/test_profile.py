"""Profiles: sorted once, asked often."""

import gc
import pickle
import weakref

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.profile import Profile, once_a_pair
from hypothesis import given, settings
from hypothesis import strategies as st

UTILITIES = st.lists(st.integers(-5, 5), min_size=1, max_size=20)


@settings(deadline=None, max_examples=100)
@given(UTILITIES, st.integers(-6, 6))
def test_binary_search_answers_what_looking_through_would(utilities: list[int], target: int) -> None:
    profile = Profile(utilities, reservation=target)
    enough = [number for number, utility in enumerate(utilities) if utility >= target]
    assert profile.count(target) == len(enough)
    assert sorted(profile.acceptable) == enough
    least = min((utilities[number] for number in enough), default=max(utilities))
    assert profile.above(target) == utilities.index(least)


@settings(deadline=None, max_examples=100)
@given(UTILITIES, st.integers(-6, 6), st.integers(0, 4))
def test_a_band_holds_what_is_worth_so_much_and_never_nothing(
    utilities: list[int], low: int, width: int
) -> None:
    profile = Profile(utilities)
    enough = [utility for utility in utilities if utility >= low]
    most = max([low + width, min(enough, default=max(utilities))])  # as little as any of them suffices
    wanted = [number for number in profile.order.tolist() if low <= utilities[number] <= most]
    assert profile.between(low, low + width).tolist() == (wanted or [utilities.index(max(utilities))])


def test_shares_of_the_way_from_the_reservation_to_the_best() -> None:
    profile = Profile([0.2, 0.6, 1.0], reservation=0.5)
    assert profile.best == 1
    assert profile.at([0, 0.5, 1]).tolist() == [0.5, 0.75, 1]
    assert profile.above(profile.at([0, 0.2, 0.3, 1])).tolist() == [1, 1, 2, 2]
    assert Profile([0.2], reservation=0.5).at(1) == pytest.approx(0.2)  # nothing to gain


@settings(deadline=None, max_examples=50)
@given(UTILITIES)
def test_order_is_stable_from_best_to_worst(utilities: list[int]) -> None:
    profile = Profile(utilities)
    assert profile.order.tolist() == sorted(range(len(utilities)), key=lambda k: (-utilities[k], k))
    assert profile.ranked.tolist() == sorted(utilities, reverse=True)


def test_a_reservation_above_everything_is_a_result() -> None:
    profile = Profile([0.1, 0.2], reservation=0.5)
    assert profile.acceptable.tolist() == []
    assert profile.above(0.5) == 1


def test_arrays_are_copied_and_cannot_be_written() -> None:
    utilities = np.array([1.0, 2.0])
    profile = Profile(utilities)
    utilities[0] = 9
    assert profile.utilities.tolist() == [1, 2]
    for array in (profile.utilities, profile.order, profile.ranked):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_digest_and_pickle() -> None:
    profile = Profile([1, 2], 0.5, 0.9, "Ada")
    again = pickle.loads(pickle.dumps(profile))
    assert again.digest == profile.digest
    assert (again.name, again.reservation, again.discount) == ("Ada", 0.5, 0.9)
    others = [
        Profile([1, 3], 0.5, 0.9, "Ada"),
        Profile([1, 2], 0.6, 0.9, "Ada"),
        Profile([1, 2], 0.5, 1, "Ada"),
    ]
    assert len({profile.digest, *(other.digest for other in others), Profile([1, 2], 0.5, 0.9).digest}) == 5


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"utilities": []}, "at least one"),
        ({"utilities": [[1.0]]}, r"shape \(1, 1\)"),
        ({"utilities": [1, float("nan")]}, "outcome 1 is nan; utilities must be finite"),
        ({"utilities": [float("-inf")]}, "outcome 0 is -inf"),
        ({"utilities": [1], "reservation": float("nan")}, "reservation=nan must be a finite number"),
        ({"utilities": [1], "discount": 0}, "discount=0 must lie above 0"),
        ({"utilities": [1], "discount": 1.01, "name": "Ada"}, "profile 'Ada': discount=1.01 must"),
        ({"utilities": [1], "discount": float("nan")}, "discount=nan"),
    ],
)
def test_what_cannot_be(parameters: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Profile(**parameters)  # type: ignore[arg-type]


def test_a_pair_is_worked_out_once_and_forgotten_with_either() -> None:
    asked = []

    @once_a_pair
    def together(one: Profile, other: Profile) -> float:
        asked.append((id(one), id(other)))
        return float(one.utilities.sum() + other.utilities.sum())

    one, other, third = (Profile([k, 1.0]) for k in range(3))
    assert [together(one, other), together(one, other), together(other, one)] == [3, 3, 3]
    assert len(asked) == 2
    assert together(one, third) == 4
    gone = weakref.ref(third)
    del third
    gc.collect()
    assert gone() is None
