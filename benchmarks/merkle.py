"""Merkle trees of 1e5 leaves: building against the bare hashing of their nodes, proofs against pymerkle.

Either side verifies from the leaf's content to the verdict, with the proof as an object in memory.
"""

import hashlib
from collections.abc import Callable, Iterator
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from accord.agents.ledger.merkle import MerkleTree, verify_consistency, verify_inclusion

SIZE = 100_000
PROOFS = 200


def measure() -> Iterator[str]:
    """Yield the times, the rates and their ratios."""
    leaves = [b"%d" % index for index in range(SIZE)]
    indices = np.random.default_rng(1).integers(SIZE, size=PROOFS).tolist()
    yield from _build(leaves)
    yield from _prove(leaves, indices)
    yield from _change(leaves, indices)


def _build(leaves: list[bytes]) -> Iterator[str]:
    tree = MerkleTree(leaves)
    below = [level for level in tree._levels if len(level) > 1]
    pairs = [left + right for level in below for left, right in zip(level[::2], level[1::2], strict=False)]
    hashed = [b"\x00" + leaf for leaf in leaves] + [b"\x01" + pair for pair in pairs]

    def bare() -> None:
        new = hashlib.sha256
        for data in hashed:
            new(data).digest()

    def append() -> MerkleTree:
        tree = MerkleTree()
        for leaf in leaves:
            tree.append(leaf)
        return tree

    seconds = _medians({"bare": bare, "bulk": lambda: MerkleTree(leaves), "append": append}, 10)
    yield f"bare hashing of the {len(hashed):,} nodes: {seconds['bare'] * 1e3:.0f} ms"
    yield (
        f"building the tree: {seconds['bulk'] * 1e3:.0f} ms, "
        f"{seconds['bulk'] / seconds['bare']:.2f} times as long (promised: at most 1.4)"
    )
    yield (
        f"leaf by leaf: {seconds['append'] * 1e3:.0f} ms, {seconds['append'] / SIZE * 1e6:.1f} µs "
        f"and {len(hashed) / SIZE:.5f} hashes a leaf (promised: O(1) amortised)"
    )


def _prove(leaves: list[bytes], indices: list[int]) -> Iterator[str]:
    from pymerkle import InmemoryTree
    from pymerkle import verify_inclusion as their_verify
    from pymerkle.hasher import MerkleHasher

    ours, theirs = MerkleTree(leaves), InmemoryTree("sha256")
    theirs.append_entries(leaves)
    root = ours.root()
    assert root == theirs.get_root()
    proofs = [ours.inclusion_proof(index) for index in indices]
    their_proofs = [theirs.prove_inclusion(index + 1) for index in indices]
    claims = list(zip(indices, proofs, strict=True))
    their_claims = list(zip(indices, their_proofs, strict=True))
    hash_leaf = MerkleHasher("sha256").hash_buff

    def verify() -> None:
        for index, proof in claims:
            assert verify_inclusion(root, index, SIZE, leaves[index], proof)

    def verify_theirs() -> None:  # raises if it is false
        for index, proof in their_claims:
            their_verify(hash_leaf(leaves[index]), root, proof, index=index + 1, size=SIZE)

    def bare() -> None:
        new = hashlib.sha256
        for index, proof in claims:
            digest = new(b"\x00" + leaves[index]).digest()
            for beside in proof:
                digest = new(b"\x01" + digest + beside).digest()

    seconds = _medians(
        {
            "prove": lambda: [ours.inclusion_proof(index) for index in indices],
            "prove theirs": lambda: [theirs.prove_inclusion(index + 1) for index in indices],
            "verify": verify,
            "verify theirs": verify_theirs,
            "bare": bare,
        },
        100,
    )
    rate = {name: PROOFS / each for name, each in seconds.items()}
    yield (
        f"proofs: {rate['prove']:,.0f} a second, pymerkle {rate['prove theirs']:,.0f}: "
        f"{rate['prove'] / rate['prove theirs']:.0f} times as fast (promised: at least 10)"
    )
    yield (
        f"verified: {rate['verify']:,.0f} a second, pymerkle {rate['verify theirs']:,.0f}: "
        f"{rate['verify'] / rate['verify theirs']:.1f} times as fast (promised: at least 2)"
    )
    yield f"the bare hashing of a path takes {rate['verify'] / rate['bare']:.0%} of a verification"


def _change(leaves: list[bytes], indices: list[int]) -> Iterator[str]:
    tree = MerkleTree(leaves)
    olds = [index + 1 for index in indices]
    roots = {old: tree.root(old) for old in olds}
    root = tree.root()
    proofs = [tree.consistency_proof(old) for old in olds]

    def verify() -> None:
        for old, proof in zip(olds, proofs, strict=True):
            assert verify_consistency(roots[old], root, old, SIZE, proof)

    def replace() -> None:
        for index in indices:
            tree.replace(index, leaves[index])

    seconds = _medians(
        {
            "replace": replace,
            "root": lambda: [tree.root(old) for old in olds],
            "prove": lambda: [tree.consistency_proof(old) for old in olds],
            "verify": verify,
        },
        100,
    )
    yield ", ".join(
        f"{name} {PROOFS / seconds[key]:,.0f}"
        for name, key in [
            ("a second: leaves replaced", "replace"),
            ("roots of older sizes", "root"),
            ("consistency proofs", "prove"),
            ("verified", "verify"),
        ]
    )


def _medians(works: dict[str, Callable[[], Any]], repeats: int) -> dict[str, float]:
    """Return the median seconds of processor time of each piece of work, done twice and the second time measured.

    They are done in turns, and others at work on the machine are not counted, or all would be as moody as it is.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            work()
            start = process_time()
            result = work()
            times[name].append(process_time() - start)
            del result  # whose end is not counted
    return {name: median(each) for name, each in times.items()}
