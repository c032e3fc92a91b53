"""Sizes of quorums, held to every pair of sets."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from accord.agents.errors import InputError
from accord.agents.machine import Seat
from accord.agents.protocols.bracha import Bracha
from accord.analysis.theory.quorums import (
    QUORUMS,
    availability,
    available,
    dissemination,
    flexible,
    majority,
    masking,
    overlap,
)
from accord.models import Servers


def sets(n: int, size: int) -> Iterable[frozenset[int]]:
    return map(frozenset, combinations(range(n), size))


def least_shared(n: int, one: int, other: int) -> int:
    """Return the least number shared, by trying every pair."""
    # by symmetry the first set can be fixed; all pairs are tried where that is quick
    firsts = list(sets(n, one)) if n <= 6 else [frozenset(range(one))]
    return min(len(first & second) for first in firsts for second in sets(n, other))


@pytest.mark.parametrize("n", range(1, 10))
def test_overlap(n: int) -> None:
    for one in range(n + 1):
        for other in range(n + 1):
            assert overlap(n, one, other) == least_shared(n, one, other)


@pytest.mark.parametrize("n", range(1, 10))
def test_majorities_share_one_and_no_fewer_do(n: int) -> None:
    quorum = majority(n)
    assert least_shared(n, quorum, quorum) >= 1
    assert least_shared(n, quorum - 1, quorum - 1) == 0
    assert all((quorum <= n - f) == (n >= 2 * f + 1) for f in range(n))


@pytest.mark.parametrize("n", range(1, 10))
def test_dissemination_shares_an_honest_one(n: int) -> None:
    for b in range(n):
        quorum = dissemination(n, b)
        assert (quorum <= n - b) == (n >= 3 * b + 1)
        if quorum <= n:
            assert least_shared(n, quorum, quorum) >= b + 1
            assert least_shared(n, quorum - 1, quorum - 1) < b + 1


@pytest.mark.parametrize("n", range(1, 10))
def test_masking_shares_a_majority_of_honest_ones(n: int) -> None:
    for b in range(n):
        quorum = masking(n, b)
        assert (quorum <= n - b) == (n >= 4 * b + 1)
        if quorum <= n:
            assert least_shared(n, quorum, quorum) >= 2 * b + 1
            assert least_shared(n, quorum - 1, quorum - 1) < 2 * b + 1


@pytest.mark.parametrize("f", range(1, 30))
def test_byzantine_quorum_is_two_f_and_one_of_three_f_and_one(f: int) -> None:
    assert dissemination(3 * f + 1, f) == 2 * f + 1
    for n in range(3 * f + 1, 4 * f + 2):
        assert Bracha().machine(Seat(0, n, f)).echo == dissemination(n, f)  # type: ignore[attr-defined]


@pytest.mark.parametrize("n", range(1, 10))
def test_flexible_quorums_meet_across_kinds_only(n: int) -> None:
    for other in range(1, n + 1):
        quorum = flexible(n, other)
        assert least_shared(n, quorum, other) == 1
        assert least_shared(n, quorum - 1, other) == 0
    if n > 2:
        assert least_shared(n, 1, 1) == 0 < least_shared(n, flexible(n, 1), 1)


@pytest.mark.parametrize(
    ("n", "quorum", "expected"),
    [(1, 1, 0.9), (2, 1, 0.99), (3, 1, 0.999), (4, 1, 0.9999), (5, 3, 0.99144), (5, 0, 1.0), (3, 4, 0.0)],
)
def test_availability(n: int, quorum: int, expected: float) -> None:
    assert availability(n, quorum, 0.1) == pytest.approx(expected, abs=1e-12)  # recomputed


@pytest.mark.parametrize("n", range(1, 8))
def test_availability_is_the_share_of_patterns_that_leave_a_quorum(n: int) -> None:
    p = 0.3
    for quorum in range(n + 1):
        chance = sum(
            (1 - p) ** len(up) * p ** (n - len(up))
            for size in range(n + 1)
            for up in sets(n, size)
            if len(up) >= quorum
        )
        assert availability(n, quorum, p) == pytest.approx(chance, abs=1e-12)


def test_protocols_by_name() -> None:
    assert available("raft(heartbeat=9)", 5, 0, 0.1) == available("abd", 5, 2, 0.1) == availability(5, 3, 0.1)
    assert available("read-one", 5, 0, 0.1) == availability(5, 1, 0.1)
    assert available("pbft", 7, 2, 0.1) == available("hotstuff", 7, 2, 0.1) == availability(7, 5, 0.1)
    assert available("my-own", 5, 0, 0.1) is None


@pytest.mark.parametrize(
    ("protocol", "n", "f"), [("raft", 4, 1), ("raft", 5, 2), ("pbft", 4, 1), ("hotstuff", 5, 1)]
)
def test_clients_are_answered_as_long_as_a_quorum_is_up(protocol: str, n: int, f: int) -> None:
    spared = n - QUORUMS[protocol](n, f)

    def answered(crashed: int) -> bool:
        model = Servers(
            network=f"complete(n={n})", protocol=protocol, f=f, traitors=crashed, conduct="crash(at=0)",
            clients=1, commands=2, allow_below_bound=True, max_steps=200, rng=1,
        )  # fmt: skip
        return bool(model.run().outcome()["answered"] == 2)

    assert [answered(spared), answered(spared + 1)] == [True, False]


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"p=1.5 must be a probability; give one from 0 to 1"):
        availability(5, 3, 1.5)
