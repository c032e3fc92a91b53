"""Disks: the tree of RFC 6962, kept as a value."""

from typing import Any, ClassVar

import pytest
from accord.agents.errors import InputError
from accord.agents.ledger.disk import Disk
from accord.agents.ledger.hashing import Hashing
from accord.agents.ledger.merkle import MerkleTree, verify_inclusion
from accord.analysis.theory.merkle import longest_path, path_length, shortest_path
from hypothesis import given, settings
from hypothesis import strategies as st


def nodes(*disks: Disk) -> int:
    """Return how many nodes some disks are made of, shared ones counted once."""
    seen: dict[int, Any] = {}
    left = [disk._top for disk in disks]
    while left:
        node = left.pop()
        if id(node) not in seen:
            seen[id(node)] = node
            left += node[1:] if len(node) == 3 else ()
    return len(seen)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.binary(max_size=9)), max_size=12))
def test_it_is_the_tree_of_the_same_blocks(size: int, writes: list[tuple[int, bytes]]) -> None:
    disk, tree, blocks = Disk.blank(size, b"-"), MerkleTree([b"-"] * size), [b"-"] * size
    for place, block in writes:
        index = place % size
        disk = disk.put(index, block)
        tree.replace(index, block)
        blocks[index] = block
        assert disk.root == tree.root()
    assert [disk[index] for index in range(size)] == blocks
    assert all(disk.proof(index) == tree.inclusion_proof(index) for index in range(size))


def test_paths_are_as_long_as_they_should_be() -> None:
    lengths = {size: [len(Disk.blank(size).proof(index)) for index in range(size)] for size in (100, 1000)}
    assert (max(lengths[100]), min(lengths[100]), max(lengths[1000]), min(lengths[1000])) == (7, 4, 10, 8)
    for size in (1, 2, 3, 10**6, 2**20, 10**9 + 7, 2**64 - 1):
        disk = Disk.blank(size)
        assert len(disk.proof(0)) == longest_path(size)
        assert len(disk.proof(size - 1)) == shortest_path(size)
        assert len(disk.proof(size // 3)) == path_length(size // 3, size)


def test_every_disk_proves_what_it_held_in_its_own_time() -> None:
    first = Disk.blank(11, b"-")
    second = first.put(3, b"new")
    third, other = second.put(3, b"newer"), second.put(9, b"elsewhere")
    for disk, block in ((first, b"-"), (second, b"new"), (third, b"newer"), (other, b"new")):
        assert disk[3] == block
        assert verify_inclusion(disk.root, 3, 11, block, disk.proof(3))
    for old in (first, second, other):
        assert not verify_inclusion(third.root, 3, 11, old[3], old.proof(3))
    assert third.put(3, b"new") == second
    assert len({first, second, third, other, third.put(3, b"-")}) == 4
    assert first != Disk.blank(12, b"-")
    assert first != Disk.blank(11, b"-", Hashing(bits=8))
    assert first != "a disk"
    assert repr(first) == f"<Disk of 11 blocks, {first.root.hex()[:8]}>"


def test_disks_whose_cut_hashes_collide_are_not_equal() -> None:
    blank = Disk.blank(4, b"-", Hashing(bits=1))
    twin = next(disk for n in range(99) if (disk := blank.put(0, b"%d" % n)).root == blank.root)
    assert twin != blank


class Counting(Hashing):
    """Counts what it hashes one by one."""

    made: ClassVar[list[str]] = []

    def leaf(self, data: bytes) -> bytes:
        self.made.append("leaf")
        return super().leaf(data)

    def node(self, left: bytes, right: bytes) -> bytes:
        self.made.append("node")
        return super().node(left, right)


def test_a_rewritten_block_takes_a_hash_a_level_and_shares_the_rest() -> None:
    Counting.made.clear()
    blank = Disk.blank(10**6, b"-", Counting())
    assert len(Counting.made) == nodes(blank) < 2 * 20
    Disk.blank(10**6, b"-", Counting())
    assert len(Counting.made) < 2 * 20  # it is made once
    Counting.made.clear()
    disk = blank.put(123_456, b"new")
    assert Counting.made == ["leaf"] + ["node"] * 20
    assert nodes(blank, disk) - nodes(blank) == 21


def test_bad_input_is_refused() -> None:
    for size in (0, -1, 2**64):
        with pytest.raises(InputError, match=rf"size={size} must be from 1 to 18446744073709551615"):
            Disk.blank(size)
    disk = Disk.blank(5)
    for index in (-1, 5):
        for do in (disk.__getitem__, disk.proof, lambda place: disk.put(place, b"")):
            with pytest.raises(InputError, match=f"index={index} must be from 0 to 4 on a disk of 5 blocks"):
                do(index)
