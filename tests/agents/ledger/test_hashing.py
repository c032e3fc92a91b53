"""The hashes of a Merkle tree, held to hashlib and to what cutting and salting mean."""

import copy
import hashlib
import pickle
from typing import Any, get_args

import pytest
from accord.agents.errors import InputError
from accord.agents.ledger.hashing import Hashing
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = get_args(Hashing.model_fields["name"].annotation)


@pytest.mark.parametrize("name", NAMES)
def test_domains_are_those_of_the_rfc(name: Any) -> None:
    hashing = Hashing(name)
    assert hashing.empty() == hashlib.new(name, b"").digest()
    assert hashing.leaf(b"x") == hashlib.new(name, b"\x00x").digest()
    assert hashing.node(b"x", b"y") == hashlib.new(name, b"\x01xy").digest()
    assert hashing.size == len(hashing.empty())


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.binary(max_size=5), max_size=9), st.integers(1, 256), st.none() | st.integers(0, 2**64 - 1)
)
def test_many_are_hashed_as_one_by_one(entries: list[bytes], bits: int, salt: int | None) -> None:
    hashing = Hashing(bits=bits, salt=salt)
    assert hashing.leaves(entries) == list(map(hashing.leaf, entries))
    pairs = zip(entries[::2], entries[1::2], strict=False)
    assert hashing.nodes(entries) == [hashing.node(left, right) for left, right in pairs]
    assert hashing.made(hashing.leaves(entries), len(entries))


@pytest.mark.parametrize("bits", range(1, 257))
def test_cut_keeps_the_leading_bits(bits: int) -> None:
    whole, cut = Hashing().leaf(b"x"), Hashing(bits=bits).leaf(b"x")
    size = len(cut)
    assert size == Hashing(bits=bits).size == -(-bits // 8)
    kept = int.from_bytes(whole, "big") >> 256 - bits
    assert int.from_bytes(cut, "big") == kept << 8 * size - bits


def test_salt_precedes_whatever_is_hashed() -> None:
    salted = Hashing(salt=258)
    assert salted.leaf(b"x") == hashlib.sha256(b"\0\0\0\0\0\0\x01\x02\x00x").digest()
    assert salted.node(b"x", b"y") == hashlib.sha256(b"\0\0\0\0\0\0\x01\x02\x01xy").digest()
    assert len({Hashing(salt=salt).leaf(b"x") for salt in (None, 0, 1, 2**64 - 1)}) == 4


@pytest.mark.parametrize(
    "value",
    [None, 0, "a" * 32, bytes(31), bytes(33), bytearray(32), memoryview(bytes(32)), [0] * 32],
)
def test_whatever_was_not_made_here_is_told(value: Any) -> None:
    assert Hashing().made((bytes(32),), 1)
    assert not Hashing().made((value,), 1)
    assert not Hashing().made([bytes(32), value], 2)
    assert not Hashing().made(value, 1)


def test_bits_that_are_not_kept_must_be_zero() -> None:
    assert Hashing(bits=12).made((b"\xab\xc0",), 1)
    assert not Hashing(bits=12).made((b"\xab\xc1",), 1)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"bits": 0}, "hashing: bits=0 must be at least 1"),
        ({"bits": 257}, "hashing: bits=257: sha256 has 256 bits; use bits <= 256"),
        ({"name": "blake2s", "bits": 300}, "hashing: bits=300: blake2s has 256 bits; use bits <= 256"),
        ({"salt": -1}, "hashing: salt=-1 must be at least 0"),
        ({"salt": 2**64}, "hashing: salt=18446744073709551616 must be less than 18446744073709551616"),
        ({"name": "crc32"}, "hashing: name='crc32': input should be 'sha256', .*"),
    ],
)
def test_bad_input(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=f"^{message}$"):
        Hashing(**parameters)


def test_it_is_a_parameter_like_any_other() -> None:
    hashing = Hashing("blake2b", bits=16)
    hashing.leaf(b"")
    assert str(hashing) == "hashing(name=blake2b, bits=16)"
    for copied in (pickle.loads(pickle.dumps(hashing)), copy.copy(hashing), copy.deepcopy(hashing)):
        assert copied == hashing == Hashing("blake2b", 16)
        assert copied.node(b"x", b"y") == hashing.node(b"x", b"y")
    assert hash(hashing) == hash(Hashing("blake2b", 16))
