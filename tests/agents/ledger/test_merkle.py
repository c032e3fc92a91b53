"""Merkle trees: every vector of RFC 6962, the recursion that defines them, and what no proof may get past."""

import hashlib
import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.agents.ledger.hashing import Hashing
from accord.agents.ledger.merkle import (
    MerkleTree,
    root_from_inclusion_proof,
    verify_consistency,
    verify_inclusion,
    way_to_root,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

# the vectors that implementations of Certificate Transparency share; recomputed with five of them
VECTORS = [
    bytes.fromhex(leaf)
    for leaf in [
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    bytes.fromhex(root)
    for root in [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
]
LEAF_1 = bytes.fromhex("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7")
NODE_2_3 = bytes.fromhex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e")
NODE_4_7 = bytes.fromhex("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")
NODE_4_5 = bytes.fromhex("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a")
LEAF_4 = bytes.fromhex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")
NODE_6_7 = bytes.fromhex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0")
ENTRIES = [b"%d" % index for index in range(41)]
HASHINGS = [Hashing(), Hashing(bits=12), Hashing("blake2b", salt=7)]


def mth(entries: Sequence[bytes], hashing: Hashing = HASHINGS[0]) -> bytes:
    """Return the Merkle tree hash as RFC 6962, section 2.1, defines it."""
    if len(entries) < 2:
        return hashing.leaf(entries[0]) if entries else hashing.empty()
    k = 1 << (len(entries) - 1).bit_length() - 1
    return hashing.node(mth(entries[:k], hashing), mth(entries[k:], hashing))


def path(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """Return PATH(m, D[n]) (section 2.1.1)."""
    if len(entries) == 1:
        return []
    k = 1 << (len(entries) - 1).bit_length() - 1
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def subproof(m: int, entries: Sequence[bytes], known: bool = True) -> list[bytes]:
    """Return SUBPROOF(m, D[n], b) (section 2.1.2)."""
    if m == len(entries):
        return [] if known else [mth(entries)]
    k = 1 << (len(entries) - 1).bit_length() - 1
    if m <= k:
        return [*subproof(m, entries[:k], known), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], False), mth(entries[:k])]


@pytest.fixture
def counting() -> tuple[Hashing, list[int]]:
    """Return hashes that are counted, and the count, in a list of one."""
    count = [0]

    def counted(new: Callable[[], Any]) -> Callable[[], Any]:
        def begin() -> Any:
            count[0] += 1
            return new()

        return begin

    hashing = Hashing("blake2s")
    vars(hashing).update(new_leaf=counted(hashing.new_leaf), new_node=counted(hashing.new_node))
    return hashing, count


def test_vectors() -> None:
    tree = MerkleTree(VECTORS)
    assert [tree.root(size) for size in range(9)] == ROOTS
    assert [MerkleTree(VECTORS[:size]).root() for size in range(9)] == ROOTS
    assert tree.inclusion_proof(0, 8) == (LEAF_1, NODE_2_3, NODE_4_7)
    assert tree.inclusion_proof(5, 8) == (LEAF_4, NODE_6_7, ROOTS[4])
    assert tree.inclusion_proof(2, 3) == (ROOTS[2],)
    assert tree.inclusion_proof(1, 5) == (ROOTS[1], NODE_2_3, LEAF_4)
    assert tree.consistency_proof(1, 8) == tree.inclusion_proof(0, 8)
    assert tree.consistency_proof(6, 8) == (NODE_4_5, NODE_6_7, ROOTS[4])
    assert tree.consistency_proof(2, 5) == (NODE_2_3, LEAF_4)


@pytest.mark.parametrize("size", range(1, 42))
def test_proofs_are_those_of_the_recursion(size: int) -> None:
    tree, entries = MerkleTree(ENTRIES), ENTRIES[:size]
    assert tree.root(size) == mth(entries)
    for index in range(size):
        assert tree.inclusion_proof(index, size) == tuple(path(index, entries))
        assert tree.consistency_proof(index + 1, size) == tuple(subproof(index + 1, entries))


@pytest.mark.parametrize("hashing", HASHINGS, ids=str)
def test_every_proof_is_verified(hashing: Hashing) -> None:
    tree = MerkleTree(ENTRIES, hashing)
    roots = [tree.root(size) for size in range(42)]
    for size, root in enumerate(roots):
        assert all(
            verify_inclusion(root, index, size, ENTRIES[index], tree.inclusion_proof(index, size), hashing)
            for index in range(size)
        )
        assert all(
            verify_consistency(roots[old], root, old, size, list(tree.consistency_proof(old, size)), hashing)
            for old in range(size + 1)
        )


@pytest.mark.parametrize("hashing", HASHINGS, ids=str)
def test_the_way_to_the_root_goes_by_the_hashes_of_ever_larger_parts(hashing: Hashing) -> None:
    for size in (1, 2, 7, 8, 41):
        tree = MerkleTree(ENTRIES[:size], hashing)
        for index in range(size):
            found = way_to_root(index, size, ENTRIES[index], tree.inclusion_proof(index), hashing)
            assert found is not None
            way, lefts = found
            parts = [ENTRIES[index : index + 1]]
            first, last = index, index + 1
            for left in lefts:  # the part of the list beside is as large as its hash says
                ends = range(first) if left else range(last + 1, size + 1)
                beside = tree.inclusion_proof(index)[len(parts) - 1]
                end = next(
                    each
                    for each in ends
                    if beside == mth(ENTRIES[each:first] if left else ENTRIES[last:each], hashing)
                )
                first, last = (end, last) if left else (first, end)
                parts.append(ENTRIES[first:last])
            assert way == [mth(part, hashing) for part in parts]
            assert parts[-1] == ENTRIES[:size]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["append", "extend", "replace"]), st.integers(0, 40)), max_size=12))
def test_however_it_came_about_it_is_the_tree_of_its_leaves(steps: list[tuple[str, int]]) -> None:
    tree, entries = MerkleTree(), list[bytes]()
    for number, (step, amount) in enumerate(steps):
        new = b"new %d" % number
        if step == "append":
            assert tree.append(new) == len(entries)
            entries.append(new)
        elif step == "extend":
            tree.extend([new] * amount)
            entries += [new] * amount
        elif entries:
            tree.replace(amount % len(entries), new)
            entries[amount % len(entries)] = new
        size = amount % (len(entries) + 1)
        assert (len(tree), tree.root(), tree.root(size)) == (len(entries), mth(entries), mth(entries[:size]))


def test_appending_makes_the_hash_of_each_complete_subtree_once(counting: tuple[Hashing, list[int]]) -> None:
    hashing, count = counting
    tree = MerkleTree(hashing=hashing)
    count[0] = 0
    for size in range(1, 1025):
        tree.append(b"")
        assert count[0] == 2 * size - size.bit_count()  # as many as there are: less than two a leaf
    count[0] = 0
    MerkleTree([b""] * 1000, hashing)
    assert count[0] == 2 * 1000 - (1000).bit_count()


def test_what_is_asked_for_takes_few_hashes(counting: tuple[Hashing, list[int]]) -> None:
    hashing, count = counting
    entries = [b"%d" % index for index in range(1000)]
    tree = MerkleTree(entries, hashing)
    for size in range(1, 1001):
        count[0] = 0
        root = tree.root(size)
        assert count[0] == size.bit_count() - 1  # the nodes above the complete subtrees
        count[0] = 0
        proof = tree.inclusion_proof(size // 2, size)
        assert count[0] == 0  # the right edge is still there
        assert verify_inclusion(root, size // 2, size, entries[size // 2], proof, hashing)
        assert count[0] == len(proof) + 1
    for index in (0, 511, 512, 999):
        count[0] = 0
        tree.replace(index, b"new")
        assert count[0] <= math.log2(1000) + 1


def test_old_sizes_go_with_the_leaves_that_stand_there_now() -> None:
    tree = MerkleTree(ENTRIES)
    old = tree.root(), tree.root(20), tree.inclusion_proof(3)
    tree.replace(3, b"rewritten")
    assert not verify_inclusion(tree.root(), 3, 41, b"3", old[2])  # a stale block
    assert verify_inclusion(tree.root(), 3, 41, b"rewritten", old[2])  # its siblings are the same
    assert not verify_consistency(
        old[1], tree.root(), 20, 41, tree.consistency_proof(20)
    )  # it did not only grow
    assert not verify_inclusion(
        tree.root(), 4, 41, b"4", MerkleTree(ENTRIES).inclusion_proof(4)
    )  # a stale proof
    tree.replace(3, b"3")
    assert (tree.root(), tree.root(20), tree.inclusion_proof(3)) == old


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 11, 13])
def test_every_byte_counts(size: int) -> None:
    tree = MerkleTree(ENTRIES[:size])
    root = tree.root()
    for index in range(size):
        proof, leaf = tree.inclusion_proof(index), ENTRIES[index]
        assert verify_inclusion(root, index, size, leaf, proof)
        assert not any(verify_inclusion(bad, index, size, leaf, proof) for bad in tampered(root))
        assert not any(verify_inclusion(root, index, size, bad, proof) for bad in tampered(leaf))
        for place, each in enumerate(proof):
            for bad in tampered(each):
                forged = (*proof[:place], bad, *proof[place + 1 :])
                assert not verify_inclusion(root, index, size, leaf, forged)
    for old in range(1, size):
        proof, older = tree.consistency_proof(old), tree.root(old)
        assert verify_consistency(older, root, old, size, proof)
        assert not any(verify_consistency(bad, root, old, size, proof) for bad in tampered(older))
        assert not any(verify_consistency(older, bad, old, size, proof) for bad in tampered(root))
        for place, each in enumerate(proof):
            for bad in tampered(each):
                forged = (*proof[:place], bad, *proof[place + 1 :])
                assert not verify_consistency(older, root, old, size, forged)


def tampered(content: bytes) -> list[bytes]:
    """Return what differs in a byte, or has one too many or too few."""
    changed = [
        content[:place] + bytes((byte ^ 1 << place % 8,)) + content[place + 1 :]
        for place, byte in enumerate(content)
    ]
    return [*changed, content[:-1], content + b"\0"]


def test_proofs_are_for_one_place_and_one_length() -> None:
    tree = MerkleTree(ENTRIES[:13])
    root = tree.root()
    for index in range(13):
        proof, leaf = tree.inclusion_proof(index), ENTRIES[index]
        assert [other for other in range(-1, 15) if verify_inclusion(root, other, 13, leaf, proof)] == [index]
        wrong = [proof[:-1], proof[1:], (*proof, root), (root, *proof), proof[::-1]]
        assert not any(verify_inclusion(root, index, 13, leaf, bad) for bad in wrong if bad != proof)
    for old in range(1, 13):
        proof, older = tree.consistency_proof(old), tree.root(old)
        accepted = [other for other in range(-1, 15) if verify_consistency(older, root, other, 13, proof)]
        assert accepted == [old]
        wrong = [proof[:-1], proof[1:], (*proof, root), (root, *proof)]
        assert not any(verify_consistency(older, root, old, 13, bad) for bad in wrong)


def test_a_path_for_another_size_leads_to_another_root() -> None:
    # of sizes with the same shape on the way to a leaf the root decides: whoever verifies must know the size
    tree = MerkleTree(ENTRIES)
    for size in range(1, 42):
        for index in range(size):
            proof = tree.inclusion_proof(index, size)
            for other in {size - 1, size + 1, size // 2, 2 * size} & set(range(42)) - {size}:
                assert not verify_inclusion(tree.root(other), index, other, ENTRIES[index], proof)


def test_the_empty_tree_has_nothing_to_prove() -> None:
    empty = MerkleTree()
    assert (len(empty), empty.root(), empty.consistency_proof(0)) == (0, ROOTS[0], ())
    assert not verify_inclusion(ROOTS[0], 0, 0, b"", ())
    assert verify_consistency(ROOTS[0], ROOTS[0], 0, 0, ())
    assert verify_consistency(ROOTS[0], ROOTS[8], 0, 8, ())
    assert not verify_consistency(ROOTS[0], ROOTS[1], 0, 0, ())
    assert not verify_consistency(ROOTS[1], ROOTS[1], 0, 0, ())
    assert not verify_consistency(ROOTS[1], ROOTS[8], 0, 8, ())
    assert not verify_consistency(ROOTS[0], ROOTS[8], 0, 8, (ROOTS[0],))
    assert not verify_consistency(ROOTS[0], ROOTS[8], 8, 8, ())


def test_no_odd_leaf_is_doubled() -> None:
    # CVE-2012-2459: where the last of an odd level is paired with itself, as in Bitcoin, different lists share a root
    def doubling(level: list[bytes]) -> bytes:
        while len(level) > 1:
            level += level[-1:] if len(level) % 2 else []
            level = Hashing().nodes(level)
        return level[0]

    one, other = [b"1", b"2", b"3", b"4", b"5", b"6"], [b"1", b"2", b"3", b"4", b"5", b"6", b"5", b"6"]
    assert doubling(Hashing().leaves(one)) == doubling(Hashing().leaves(other))
    assert MerkleTree(one).root() != MerkleTree(other).root()
    assert doubling(Hashing().leaves(one[:3])) == doubling(Hashing().leaves([*one[:3], b"3"]))
    assert MerkleTree(one[:3]).root() != MerkleTree([*one[:3], b"3"]).root()


def test_no_node_passes_for_a_leaf() -> None:
    # without prefixes two leaves that are the hashes of two each have the root of the four: a second preimage
    def unprefixed(entries: Sequence[bytes]) -> bytes:
        level = [hashlib.sha256(entry).digest() for entry in entries]
        while len(level) > 1:
            level = [hashlib.sha256(level[at] + level[at + 1]).digest() for at in range(0, len(level), 2)]
        return level[0]

    def inner(hashed: Callable[[bytes], bytes]) -> list[bytes]:
        return [hashed(ENTRIES[at]) + hashed(ENTRIES[at + 1]) for at in (0, 2)]

    plain = inner(lambda entry: hashlib.sha256(entry).digest())
    assert unprefixed(ENTRIES[:4]) == unprefixed(plain)
    tree = MerkleTree(ENTRIES[:4])
    for forged in (plain, inner(Hashing().leaf)):
        assert MerkleTree(forged).root() != tree.root()
        assert not verify_inclusion(tree.root(), 0, 2, forged[0], tree.inclusion_proof(0)[1:])


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**60, 2**70)
    | st.floats()
    | st.text(max_size=3)
    | st.binary(max_size=40)
    | st.binary(min_size=32, max_size=32),
    lambda part: st.lists(part, max_size=5) | st.lists(part, max_size=5).map(tuple) | st.sets(st.integers()),
    max_leaves=6,
)
LIKELY = st.sampled_from(ROOTS) | st.integers(-1, 9) | st.lists(st.sampled_from(ROOTS), max_size=4).map(tuple)


@settings(deadline=None, max_examples=400)
@given(*[ANYTHING | LIKELY] * 5)
@example(ROOTS[8], 10**10_000, 10**10_001, b"", ())
@example(ROOTS[8], 2**64 - 2, 2**64 - 1, b"", (ROOTS[0],) * 64)
@example(ROOTS[8], 0, 2**64, b"", (ROOTS[0],) * 64)
@example(ROOTS[8], -(10**10_000), 8, b"", (ROOTS[0],) * 3)
@example(ROOTS[8], True, 8, b"", (ROOTS[0],) * 3)
@example(ROOTS[8], 0, 8, bytearray(b""), (ROOTS[0],) * 3)
@example(float("nan"), float("inf"), float("nan"), None, None)
def test_verifying_never_raises(root: Any, index: Any, size: Any, leaf: Any, proof: Any) -> None:
    for hashing in HASHINGS:
        led = root_from_inclusion_proof(index, size, leaf, proof, hashing)
        assert verify_inclusion(root, index, size, leaf, proof, hashing) is (led is not None and root == led)
        assert type(verify_consistency(root, leaf, index, size, proof, hashing)) is bool
        found = way_to_root(index, size, leaf, proof, hashing)
        assert (found and found[0][-1]) == led


@settings(deadline=None, max_examples=200)
@given(st.data(), st.integers(1, 41))
def test_genuine_proofs_with_anything_else_in_one_place(data: st.DataObject, size: int) -> None:
    tree, index = MerkleTree(ENTRIES), data.draw(st.integers(0, size - 1))
    old = index + 1
    inclusion = [tree.root(size), index, size, ENTRIES[index], tree.inclusion_proof(index, size)]
    consistency = [tree.root(old), tree.root(size), old, size, tree.consistency_proof(old, size)]
    place, other = data.draw(st.integers(0, 4)), data.draw(ANYTHING)
    for verify, genuine in ((verify_inclusion, inclusion), (verify_consistency, consistency)):
        changed = [*genuine[:place], other, *genuine[place + 1 :]]
        numbers = (2, 3) if verify is verify_consistency else (1, 2)
        same = type(other) is type(genuine[place]) and other == genuine[place]
        if place == 4:
            same = type(other) in (list, tuple) and tuple(other) == genuine[4]
        if place in numbers and type(other) is int:  # the shape decides, as tested above
            assert verify(*changed) in (False, True)
        else:
            assert verify(*changed) == same


def test_no_numbers_out_of_range_fit_a_path_of_others() -> None:
    # each of these climbs to the root all the same
    tree, node = MerkleTree(VECTORS), Hashing().node
    assert not verify_inclusion(ROOTS[4], -1, 1, VECTORS[3], tree.inclusion_proof(3, 4))
    assert not verify_inclusion(ROOTS[2], 1, 1, VECTORS[1], tree.inclusion_proof(1, 2))
    assert not verify_consistency(ROOTS[4], ROOTS[4], 8, 4, ())
    one, two, three = ROOTS[:3]
    assert not verify_consistency(node(three, one), node(three, node(one, two)), -4, 4, (one, two, three))


def test_huge_trees_are_verified_up_to_the_largest_uint64() -> None:
    # trees of equal leaves, by their one hash a level
    hashes = Hashing().leaves([b""])
    for _ in range(64):
        hashes.append(Hashing().node(hashes[-1], hashes[-1]))
    for index in (0, 1, 2**62, 2**63 - 1):
        assert verify_inclusion(hashes[63], index, 2**63, b"", hashes[:63])
        assert not verify_inclusion(hashes[63], index, 2**63, b"0", hashes[:63])
    assert verify_consistency(hashes[62], hashes[63], 2**62, 2**63, hashes[62:63])
    assert not verify_inclusion(hashes[64], 0, 2**64, b"", hashes[:64])
    assert not verify_consistency(hashes[63], hashes[64], 2**63, 2**64, hashes[63:64])


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda tree: tree.root(4), "size=4 must be from 0 to 3 in a tree of 3 leaves"),
        (lambda tree: tree.root(-1), "size=-1 must be from 0 to 3 in a tree of 3 leaves"),
        (lambda tree: tree.inclusion_proof(3), "index=3 must be from 0 to 2 in a tree of 3 leaves"),
        (lambda tree: tree.inclusion_proof(2, 2), "index=2 must be from 0 to 1 in a tree of 3 leaves"),
        (lambda tree: tree.inclusion_proof(0, 4), "size=4 must be from 0 to 3 in a tree of 3 leaves"),
        (lambda tree: tree.consistency_proof(3, 2), "old_size=3 must be from 0 to 2 in a tree of 3 leaves"),
        (lambda tree: tree.replace(3, b""), "index=3 must be from 0 to 2 in a tree of 3 leaves"),
        (lambda tree: tree.replace(-1, b""), "index=-1 must be from 0 to 2 in a tree of 3 leaves"),
        (lambda tree: tree.replace(0, "text"), r"a leaf must be bytes \(.*\); encode it first"),
        (lambda tree: tree.append("text"), r"a leaf must be bytes \(.*\); encode it first"),
        (lambda tree: tree.extend([b"x", None]), r"a leaf must be bytes \(.*\); encode it first"),
        (lambda tree: MerkleTree().inclusion_proof(0), "index=0: the tree is empty; append a leaf first"),
        (lambda tree: MerkleTree().replace(0, b""), "index=0: the tree is empty; append a leaf first"),
    ],
)
def test_bad_input_changes_nothing(ask: Callable[[MerkleTree], object], message: str) -> None:
    tree = MerkleTree(ENTRIES[:3])
    with pytest.raises(InputError, match=f"^{message}$"):
        ask(tree)
    assert (len(tree), tree.root()) == (3, mth(ENTRIES[:3]))


def false_accepts(bits: int, depth: int, trials: int, every_level: bool) -> int:
    """Return how often a forged leaf with a genuine path is accepted, under a fresh salt each time."""
    accepted = 0
    for salt in range(trials):
        whole = Hashing(salt=salt)
        hashing = whole.but(bits=bits) if every_level else whole
        tree, index = MerkleTree(ENTRIES[: 2**depth], hashing), salt % 2**depth
        claim = (index, 2**depth, b"forged", tree.inclusion_proof(index))
        if every_level:
            accepted += verify_inclusion(tree.root(), *claim, hashing)
        else:  # the root alone is cut
            cut = whole.but(bits=bits).cut
            accepted += cut(root_from_inclusion_proof(*claim, hashing) or b"") == cut(tree.root())
    return accepted


@pytest.mark.parametrize(
    ("bits", "depth", "every_level"), [(3, 3, False), (5, 2, False), (3, 3, True), (5, 2, True), (4, 5, True)]
)
def test_false_accepts_follow_the_law(bits: int, depth: int, every_level: bool) -> None:
    # 2^-k for one comparison; for all of them 1 - (1 - 2^-k)^(d + 1): any level may collide.
    # Seeded; another seed would fail in 1 of 15,000 cases (four standard deviations), and one comparison more or
    # less would be told: that is five away or more
    trials, compared = 4000, depth + 1 if every_level else 1
    chance = 1 - (1 - 2.0**-bits) ** compared
    deviation = math.sqrt(chance * (1 - chance) / trials)
    assert abs(1 - (1 - 2.0**-bits) ** (compared + 1) - chance) > 5 * deviation
    measured = false_accepts(bits, depth, trials, every_level) / trials
    assert measured == pytest.approx(chance, abs=4 * deviation)
