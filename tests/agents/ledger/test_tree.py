"""The tree: what is locked, committed and voted for, block by block."""

import pytest
from accord.agents.ledger.blocks import CERTAIN, FIRST, Block, Certificate
from accord.agents.ledger.log import Log
from accord.agents.ledger.tree import State


def of(block: Block) -> Certificate:
    """Return a certificate; who has signed does not matter here."""
    return Certificate(block.view, block.digest, CERTAIN.signature)


def branch(*views: int, after: Block = FIRST) -> list[Block]:
    """Return blocks of some views, each the parent of the next."""
    chain = [after]
    for view in views:
        chain.append(Block(view, of(chain[-1])))
    return chain[1:]


A, B, C, D = branch(1, 2, 3, 4)
STATE = State(tree=(A, B, C, D))


def test_one_certificate_is_known_two_lock_and_three_commit() -> None:
    # the paper's one-chain, two-chain and three-chain
    one, two, three = (STATE.certified(of(block)) for block in (A, B, C))
    assert [(state.high.view, state.locked.view) for state in (one, two, three)] == [(1, 0), (2, 1), (3, 2)]
    assert [STATE.confirmed(of(block), 3) for block in (A, B, C, D)] == [None, FIRST, A, B]
    assert STATE.confirmed(of(B), 2) == A


@pytest.mark.parametrize("views", [(1, 3, 4), (1, 2, 4), (2, 4, 6)])
def test_where_views_do_not_follow_each_other_nothing_is_committed(views: tuple[int, ...]) -> None:
    chain = branch(*views)
    state = State(tree=tuple(chain))
    assert state.certified(of(chain[2])).locked == of(chain[1])
    assert state.confirmed(of(chain[2]), 3) is None


def test_what_is_known_never_gets_older() -> None:
    state = STATE.certified(of(C))
    assert state.certified(of(A)) is state
    assert state.certified(of(branch(9)[0])) is state, "its block is not there"
    fork = branch(5, after=A)[0]
    later = state._replace(tree=(*state.tree, fork)).certified(of(fork))
    assert (later.high.view, later.locked.view) == (5, 2)


def test_votes_go_to_what_extends_the_lock_or_follows_a_later_certificate() -> None:
    state = STATE.certified(of(C))  # locked on B
    assert state.locked == of(B)
    assert state.is_safe(Block(9, of(B)))
    assert state.is_safe(Block(9, of(C)))
    assert not state.is_safe(Block(9, of(A)))
    assert not state.is_safe(Block(9, CERTAIN))
    (elsewhere,) = branch(3, after=A)
    assert state._replace(tree=(*state.tree, elsewhere)).is_safe(Block(9, of(elsewhere))), (
        "it is of a later view"
    )
    (older,) = branch(2)
    assert not state._replace(tree=(older, *state.tree)).is_safe(Block(9, of(older))), "of the same view"


def test_paths_lead_on_from_what_is_committed() -> None:
    fork = branch(5, 6, after=A)
    state = State(chain=Log((FIRST, A)), tree=(B, C, *fork))
    assert state.path(C.digest) == (B, C)
    assert state.path(fork[1].digest) == tuple(fork)
    assert state.path(A.digest) == ()
    assert state.path(D.digest) is None
    assert state.path(branch(7)[0].digest) is None
    assert [state.found(each.digest) for each in (A, C, FIRST, D)] == [A, C, None, None]
