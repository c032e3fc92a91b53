"""Lengths of proofs, held to the recursion of RFC 6962; false accepts, to enumeration and recorded measurements."""

from math import ceil, log2

import pytest
from accord.agents.errors import InputError
from accord.agents.ledger.merkle import MerkleTree
from accord.analysis.theory.merkle import (
    collision,
    consistency_length,
    false_accept,
    longest_path,
    mean_path,
    path_length,
    shortest_path,
)


def split(size: int) -> int:
    """Return the greatest power of two below a size (RFC 6962, section 2.1)."""
    return 1 << (size - 1).bit_length() - 1


def depths(size: int) -> list[int]:
    if size == 1:
        return [0]
    return [1 + depth for part in (split(size), size - split(size)) for depth in depths(part)]


def subproof(old: int, size: int, known: bool) -> int:
    """Return the length of SUBPROOF(m, D[n], b) (RFC 6962, section 2.1.2)."""
    if old == size:
        return 0 if known else 1
    k = split(size)
    return 1 + (subproof(old, k, known) if old <= k else subproof(old - k, size - k, False))


@pytest.mark.parametrize(("size", "longest", "shortest"), [(100, 7, 4), (1000, 10, 8), (1, 0, 0), (7, 3, 2)])
def test_known_lengths(size: int, longest: int, shortest: int) -> None:
    assert (longest_path(size), shortest_path(size)) == (longest, shortest)  # recomputed


@pytest.mark.parametrize("size", [*range(1, 70), 100, 127, 128, 129, 1000])
def test_lengths_are_those_of_the_recursion(size: int) -> None:
    lengths = depths(size)
    assert [path_length(index, size) for index in range(size)] == lengths
    assert longest_path(size) == max(lengths) == ceil(log2(size))
    assert shortest_path(size) == min(lengths)
    assert mean_path(size) == pytest.approx(sum(lengths) / size, rel=1e-12)


@pytest.mark.parametrize("size", range(1, 41))
def test_proofs_have_these_lengths(size: int) -> None:
    tree = MerkleTree(map(str.encode, map(str, range(size))))
    for index in range(size):
        assert len(tree.inclusion_proof(index)) == path_length(index, size)
        old = index + 1
        assert len(tree.consistency_proof(old)) == consistency_length(old, size) == subproof(old, size, True)
    assert consistency_length(0, size) == 0


def test_a_consistency_proof_is_at_most_one_longer_than_a_path() -> None:
    # RFC 6962, section 2.1.2: bounded by ceil(log2(n)) + 1
    for size in range(1, 200):
        assert max(consistency_length(old, size) for old in range(size + 1)) <= ceil(log2(size)) + 1


@pytest.mark.parametrize(
    ("bits", "length", "expected"), [(4, 6, 0.3635), (8, 6, 0.02703), (8, 16, 0.0644), (10, 10, 0.01069)]
)
def test_every_level(bits: int, length: int, expected: float) -> None:
    assert false_accept(bits, length + 1) == pytest.approx(expected, abs=6e-5)  # recomputed


def test_false_accepts() -> None:
    for bits in (1, 8, 53, 60, 256):
        assert false_accept(bits) == pytest.approx(2.0**-bits, rel=1e-12)
        assert false_accept(bits, 0) == 0
    # independent tries are more comparisons of the same kind
    assert false_accept(5, 7 * 11) == pytest.approx(1 - (1 - false_accept(5, 7)) ** 11, rel=1e-12)
    # about (d + 1) 2^-k where that is small
    assert false_accept(100, 18) == pytest.approx(18 * 2.0**-100, rel=1e-12)


def test_collision_is_the_birthday_problem() -> None:
    for bits, hashes in [(10, 3), (16, 2**8), (20, 2**10), (32, 2**12)]:
        distinct = 1.0
        for each in range(hashes):
            distinct *= 1 - each / 2**bits
        assert collision(bits, hashes) == pytest.approx(1 - distinct, abs=hashes**3 / 4**bits)
    assert collision(8, 0) == collision(8, 1) == 0
    assert collision(64, 2**32) == pytest.approx(0.3935, abs=1e-4)  # 1 - exp(-1/2)


def test_bad_input() -> None:
    with pytest.raises(InputError, match="index=7 must be from 0 to size - 1 = 6"):
        path_length(7, 7)
    with pytest.raises(InputError, match="old_size=8 must be from 0 to size=7"):
        consistency_length(8, 7)
    with pytest.raises(InputError, match="size=0 must be at least 1: an empty tree has no paths"):
        mean_path(0)
    with pytest.raises(InputError, match="bits=0 must be at least 1"):
        false_accept(0)
    with pytest.raises(InputError, match="compared=-1 must be at least 0"):
        false_accept(1, -1)
