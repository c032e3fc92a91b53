"""Quorum systems, held to every pair of quorums and every set of faulty parties."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.agents.quorums import Listed, Purpose, Quorums, Threshold, grid, majority
from accord.analysis.theory import quorums as theory
from hypothesis import given, settings
from hypothesis import strategies as st

CRASH, DISSEMINATION, MASKING = Purpose


def mask(parties: Iterable[int]) -> int:
    return sum(1 << party for party in parties)


def listed(quorums: Threshold) -> Listed:
    return Listed(quorums.n, combinations(range(quorums.n), quorums.size))


def serves(sets: list[frozenset[int]], n: int, f: int, purpose: Purpose) -> bool:
    """Return what Malkhi and Reiter define, of all pairs of quorums and all sets of f faulty parties."""
    faulty = [frozenset(some) for some in combinations(range(n), min(f, n))]
    met = {
        # not empty; not all faulty; more than another set of faulty parties when those that are faulty are gone
        CRASH: lambda shared: bool(shared),
        DISSEMINATION: lambda shared: all(shared - some for some in faulty),
        MASKING: lambda shared: all(shared - some - other for some in faulty for other in faulty),
    }[purpose]
    consistent = all(met(one & other) for one in sets for other in sets)
    return consistent and all(any(not one & some for one in sets) for some in faulty)


# known answers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", range(1, 10))
def test_the_least_numbers_of_parties(n: int) -> None:  # Malkhi and Reiter: 2f + 1, 3f + 1, 4f + 1
    for f in range(n):
        for purpose, times in ((CRASH, 2), (DISSEMINATION, 3), (MASKING, 4)):
            some_size = any(Threshold(n, size).bears(f, purpose) for size in range(1, n + 1))
            assert some_size == (n >= times * f + 1)


@pytest.mark.parametrize("n", range(1, 10))
def test_the_least_quorums(n: int) -> None:
    def least(purpose: Purpose, f: int) -> int:
        sizes = (size for size in range(1, n + 1) if Threshold(n, size).bears(f, purpose))
        return next(sizes)

    assert least(CRASH, 0) == theory.majority(n) == majority(n).size
    for f in range((n - 1) // 3 + 1):
        assert least(DISSEMINATION, f) == theory.dissemination(n, f)
    for f in range((n - 1) // 4 + 1):
        assert least(MASKING, f) == theory.masking(n, f)


@pytest.mark.parametrize("n", range(1, 6))
def test_thresholds_by_enumeration(n: int) -> None:
    for size in range(1, n + 1):
        sets = [frozenset(some) for some in combinations(range(n), size)]
        for f in range(n + 1):
            for purpose in Purpose:
                assert Threshold(n, size).bears(f, purpose) == serves(sets, n, f, purpose)


@pytest.mark.parametrize("n", range(1, 8))
def test_all_sets_of_a_size_may_be_listed(n: int) -> None:
    for size in range(1, n + 1):
        short, long = Threshold(n, size), listed(Threshold(n, size))
        assert all(short.within(heard) == long.within(heard) for heard in range(1 << n))
        for f in range(n + 1):
            assert (short.transversal(f) is None) == (long.transversal(f) is None)
            assert all(short.bears(f, purpose) == long.bears(f, purpose) for purpose in Purpose)


@pytest.mark.parametrize(
    ("rows", "columns", "lines", "size", "count", "shared", "hit"),
    [
        (3, 3, 1, 5, 9, 2, 3),  # Maekawa's grid of 9: a row and a column
        (2, 2, 1, 3, 4, 2, 2),
        (3, 3, 2, 7, 9, 5, 2),
        (4, 4, 2, 10, 24, 4, 3),
        (1, 5, 1, 5, 5, 5, 1),
        (5, 1, 1, 5, 5, 5, 1),
    ],
)
def test_grids(rows: int, columns: int, lines: int, size: int, count: int, shared: int, hit: int) -> None:
    quorums = grid(rows, columns, lines)
    sets = list(map(frozenset, quorums.sets))
    assert ({len(each) for each in sets}, len(sets)) == ({size}, count)
    one, other = quorums.closest
    assert len(one & other) == shared == min(len(a & b) for a in sets for b in sets)
    hitting = (k for k in range(rows * columns) if quorums.transversal(k) is not None)
    assert next(hitting) == hit
    assert hit == min(
        rows - lines + 1, columns
    )  # a party in each column, or in so many rows that one is always met


def test_a_grid_that_masks() -> None:
    assert grid(5, 5, lines=2).bears(1, MASKING)
    assert not grid(5, 5, lines=1).bears(1, MASKING)


def test_a_large_threshold_is_not_enumerated() -> None:
    assert Threshold(301, 201).bears(100, DISSEMINATION)
    assert not Threshold(301, 200).bears(100, DISSEMINATION)


# properties -------------------------------------------------------------------------------------------

systems = st.lists(st.frozensets(st.integers(0, 5), min_size=1), min_size=1, max_size=5)


@given(systems, st.integers(0, 3), st.sampled_from(Purpose))
@settings(deadline=None, max_examples=300)
def test_is_what_the_definition_says(sets: list[frozenset[int]], f: int, purpose: Purpose) -> None:
    quorums = Listed(6, sets)
    assert quorums.bears(f, purpose) == serves(sets, 6, f, purpose)
    one, other = quorums.closest
    assert {one, other} <= set(sets)
    assert len(one & other) == min(len(a & b) for a in sets for b in sets)
    faulty = quorums.transversal(f)
    if faulty is not None:
        assert len(faulty) <= f
        assert all(each & faulty for each in sets)
        assert quorums.transversal(len(faulty) - 1) is None  # no fewer would do
    if quorums.bears(f, purpose):
        quorums.check(f, purpose)
    else:
        with pytest.raises(InputError):
            quorums.check(f, purpose)


@given(systems, st.integers(0, 63))
@settings(deadline=None, max_examples=200)
def test_within(sets: list[frozenset[int]], heard: int) -> None:
    assert Listed(6, sets).within(heard) == any(mask(each) & heard == mask(each) for each in sets)


def test_what_includes_a_quorum_adds_nothing() -> None:
    assert Listed(3, [{0, 1, 2}, {0, 1}, {2}, {2, 1}, {1, 0}]).masks == (mask({2}), mask({0, 1}))


# bad input --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quorums", "f", "purpose", "message"),
    [
        (
            Listed(4, [{0, 1}, {0, 2}, {2, 3}]),
            0,
            CRASH,
            r"quorums \{0, 1\} and \{2, 3\} share 0 of the parties, and crash quorums that bear f=0 "
            r"must share at least 1; use larger ones: any 3 of the 4 parties will do",
        ),
        (majority(3), 1, MASKING, r"\{0, 1\} and \{1, 2\} share 1 .* at least 3; use larger ones: n >= 5"),
        (majority(3), 1, DISSEMINATION, r"share 1 .* at least 2; use larger ones: n >= 4"),
        (
            Listed(7, [{0, 1}]),
            1,
            MASKING,
            r"quorum \{0, 1\} has 2 .* at least 3; use larger ones: any 5 of the 7 parties",
        ),
        (majority(2), 1, CRASH, r"f=1: every quorum has one of the parties \{0\}, .*; .* or use f <= 0"),
        (Listed(5, [{0, 1}, {0, 2}, {1, 2}]), 2, CRASH, r"f=2: .* parties \{0, 1\}, .* or use f <= 1"),
        (Listed(3, [{0, 1}, {0, 2}]), 2, CRASH, r"f=2: .* parties \{0\}, .* or use f <= 0"),
        (majority(3), -1, CRASH, r"f=-1: so many parties cannot be faulty; use f >= 0"),
    ],
)
def test_what_does_not_serve_is_refused(quorums: Quorums, f: int, purpose: Purpose, message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        quorums.check(f, purpose)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Listed(3, []), r"sets=\[\]: there must be a quorum"),
        (lambda: Listed(3, [{0}, set()]), r"sets\[1\] is empty"),
        (lambda: Listed(3, [{0, 3}]), r"sets\[0\] has party 3, and there are parties 0 to 2"),
        (lambda: Listed(3, [{-1}]), r"sets\[0\] has party -1"),
        (lambda: Listed(3, [{"a"}]), r"sets\[0\] has party 'a'"),  # type: ignore[list-item]
        (lambda: Listed(0, [{0}]), r"n=0: there must be a party"),
        (lambda: Threshold(3, 4), r"size=4, n=3: .* use size=1..3"),
        (lambda: Threshold(3, 0), r"size=0, n=3"),
        (lambda: Threshold(0, 1), r"n=0"),
        (lambda: grid(0, 2), r"rows=0: .* use rows >= 1"),
        (lambda: grid(2, 0), r"columns=0"),
        (lambda: grid(2, 2, 3), r"lines=3: .* use lines=1..2"),
        (lambda: grid(2, 2, 0), r"lines=0"),
    ],
)
def test_bad_input(make: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        make()
