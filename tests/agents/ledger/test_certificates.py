"""Certificates."""

from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.keys import Keys, Signature
from accord.agents.ledger.certificates import Notary, Prepared, Stable, ViewChange, digest
from accord.agents.machine import Seat, is_count

X, Y = Command(4, 0, 0, 7), Command(4, 1, 0, 8)


def notary(node: int = 0, **changes: Any) -> Notary:
    given = {"servers": 4, "prepare": 3, "commit": 3, "change": 3, "window": 4, "batch": 2, **changes}
    return Notary(Seat(node, 5, 1, keys=Keys((node,), b"run")), **given)


def signed(*content: Any, by: tuple[int, ...] = (0, 1, 2)) -> tuple[Signature, ...]:
    return tuple(notary(node).sign(*content) for node in by)


def change(node: int, view: int, *prepared: Prepared, stable: Stable | None = None) -> ViewChange:
    stable = stable or Stable()
    return ViewChange(view, stable, prepared, notary(node).sign("view-change", view, stable, prepared))


def proof(*batch: Command, view: int = 0, number: int = 1, by: tuple[int, ...] = (0, 1, 2)) -> Prepared:
    return Prepared(view, number, batch, signed("prepare", view, number, digest(batch), by=by))


def test_digests_tell_apart_what_is_merely_equal() -> None:
    assert len({digest(value) for value in (1, 1.0, True)}) == 3


def test_counts_are_whole_numbers_that_fit() -> None:
    assert is_count(0, 1 << 62)
    assert not any(is_count(each) for each in (-1, 1 << 63, True, 1.0, None, "1"))


@pytest.mark.parametrize(
    ("signatures", "enough"),
    [
        (signed("a", by=(0, 1, 2)), True),
        (signed("a", by=(3, 1, 0, 2)), True),
        (signed("a", by=(0, 1)), False),
        (signed("a", by=(0, 1, 1)), False),
        (signed("a", by=(0, 1, 4)), False),  # a client
        (signed("a", by=(0, 1)) + signed("b", by=(2,)), False),
        (list(signed("a")), False),
        ((None, None, None), False),
    ],
)
def test_quorums(signatures: Any, enough: bool) -> None:
    assert notary(3).is_quorum(signatures, 3, "a") is enough


def test_a_checkpoint_is_stable_by_a_quorum_and_the_beginning_by_itself() -> None:
    name = b"what was done"
    assert notary().is_stable(Stable())
    assert notary().is_stable(Stable(2, name, signed("checkpoint", 2, name)))
    assert not notary().is_stable(Stable(2, name, signed("checkpoint", 4, name)))
    assert not notary().is_stable(Stable(2, name, signed("prepare", 2, name)))
    assert not notary().is_stable(Stable(0, name, signed("checkpoint", 0, name)))


@pytest.mark.parametrize(
    ("prepared", "believed"),
    [
        ((), True),
        ((proof(X), proof(Y, view=1, number=4)), True),
        ((proof(X, Y, by=(3, 0, 2)),), True),
        ((proof(),), True),
        ((proof(X), proof(X)), False),  # twice
        ((proof(Y, number=2), proof(X)), False),  # not ascending
        ((proof(X, number=5),), False),  # beyond the window
        ((proof(X, view=2),), False),  # of the view that it wants
        ((proof(X, by=(1, 2, 3)),), False),  # without the primary
        ((proof(X, view=1, by=(0, 2, 3)),), False),
        ((proof(X, Y, X),), False),  # more than a batch
        ((proof(Command(1, 0, 0)),), False),  # a server asks for nothing
        ((None,), False),
    ],
)
def test_what_a_server_may_bring_to_a_view(prepared: tuple[Prepared, ...], believed: bool) -> None:
    assert notary().is_change(change(3, 2, *prepared)) is believed


def test_a_view_begins_with_the_latest_after_the_last_checkpoint() -> None:
    stable = Stable(1, b"x", signed("checkpoint", 1, b"x"))
    changes = [
        change(0, 3, proof(X), proof(X, number=2), proof(X, number=4)),
        change(1, 3, proof(Y, view=2, number=2), stable=stable),
        change(2, 3, proof(X, view=1, number=2)),
    ]
    assert notary().beginning(changes) == (stable, ((Y,), (), (X,)))
    assert notary(keep=False).beginning(changes) == (stable, ())


def test_everybody_sees_how_a_view_must_begin() -> None:
    changes = tuple(change(node, 1, proof(X)) for node in (0, 2, 3))
    new = notary(1).begins(1, changes)
    assert notary(2).is_new_view(new, ())
    assert notary(2).is_new_view(new, changes)
    assert not notary(2).is_new_view(notary(2).begins(1, changes), ()), "not by its primary"
    assert not notary(2).is_new_view(notary(1).begins(1, changes[:2]), ())
    assert not notary(2).is_new_view(notary(1, keep=False).begins(1, changes), ())
