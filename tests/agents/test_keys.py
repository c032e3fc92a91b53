"""Signatures: everybody can check them, and nobody can make those of others."""

import pickle

import pytest
from accord.agents.keys import Joint, Keys, Signature
from hypothesis import given, settings
from hypothesis import strategies as st

CONTENT = st.recursive(
    st.none() | st.integers() | st.text(max_size=5), lambda part: st.tuples(part, part), max_leaves=4
)
MINE, YOURS = Keys((0,), b"run"), Keys((1,), b"run")


@settings(deadline=None, max_examples=50)
@given(CONTENT, CONTENT)
def test_it_is_under_its_content_only(content: object, other: object) -> None:
    signature = MINE.sign(0, content)
    assert YOURS.verify(signature, content)
    assert YOURS.verify(signature, other) == (repr(other) == repr(content))
    assert signature == MINE.sign(0, content)


@pytest.mark.parametrize("keys", [Keys(), YOURS, Keys((1, 2, 3), b"run")])
def test_nobody_signs_for_another(keys: Keys) -> None:
    with pytest.raises(PermissionError, match="not for 0"):
        keys.sign(0, "attack")


def test_a_coalition_signs_for_its_members() -> None:
    coalition = Keys((1, 3), b"run")
    assert MINE.verify(coalition.sign(3, "attack"), "attack")
    assert coalition.sign(1, "attack") == YOURS.sign(1, "attack")


@pytest.mark.parametrize(
    "forged",
    [
        Signature(0, YOURS.sign(1, "attack").tag),  # another's
        Signature(1, MINE.sign(0, "attack").tag),
        Signature(0, b""),
        Signature(0, b"12345678"),
        Signature(-1, b"12345678"),
        Signature("0", b"12345678"),  # type: ignore[arg-type]
        Signature(None, None),  # type: ignore[arg-type]
        Keys((0,), b"another run").sign(0, "attack"),
        *(None, 0, "s0", ()),
    ],
)
def test_whatever_is_no_signature_is_told_and_does_not_raise(forged: object) -> None:
    assert not MINE.verify(forged, "attack")


def test_so_many_sign_together() -> None:
    everybody = [Keys((node,), b"run").sign(node, "attack") for node in range(4)]
    joint = MINE.join(everybody[:3], "attack", 3, 4)
    assert isinstance(joint, Joint)
    assert joint == YOURS.join(everybody[1:], "attack", 3, 4)  # whoever they are
    assert YOURS.verify(joint, "attack")
    assert not YOURS.verify(joint, "retreat")
    for forged in (Joint(2, 4, joint.tag), Joint(3, 5, joint.tag), Joint(3, 4, b"12345678")):
        assert not YOURS.verify(forged, "attack")


@pytest.mark.parametrize(
    "signatures",
    [
        [],
        [MINE.sign(0, "attack"), YOURS.sign(1, "attack")],
        [MINE.sign(0, "attack")] * 3,  # one counts once
        [*(Keys((node,), b"run").sign(node, "attack") for node in (0, 1, 4))],  # not of the group
        [MINE.sign(0, "attack"), YOURS.sign(1, "attack"), Signature(2, b"12345678")],
        [MINE.sign(0, "attack"), YOURS.sign(1, "attack"), Joint(3, 4, b""), None],
    ],
)
def test_fewer_do_not(signatures: list[Signature]) -> None:
    assert MINE.join(signatures, "attack", 3, 4) is None
    assert MINE.join([Keys((2,), b"run").sign(2, "attack"), *signatures], "attack", 4, 4) is None


def test_the_secret_is_shown_to_nobody() -> None:
    assert repr(MINE) == "Keys((0,))"
    assert b"run" not in MINE.sign(0, "attack").tag
    assert str(MINE.sign(0, "attack")) == "s0"


def test_they_are_the_same_in_every_process() -> None:
    assert pickle.loads(pickle.dumps(MINE)) == MINE
    assert MINE.sign(0, (1, "attack")).tag.hex() == "47759f8c16f71519"  # BLAKE2b by hashlib


def test_some_bits_are_common_to_all_in_a_run() -> None:
    mine, yours, other = Keys((0,), b"run"), Keys((1,), b"run"), Keys((0,), b"another")
    assert mine.common("salt") == yours.common("salt") < 2**64
    assert len({mine.common("salt"), mine.common("pepper"), other.common("salt")}) == 3
