"""Slots: water marks, what is kept for later, and what is let go."""

from typing import Any

import pytest
from accord.agents.keys import Keys, Signature
from accord.agents.ledger.certificates import Checkpoint, Commit, Prepare, Stable, ViewChange
from accord.agents.ledger.slots import Slot, State, latest, voted

WINDOW = 8


def signed(node: int, *content: Any) -> Signature:
    return Keys((node,)).sign(node, content)


def vote(node: int, number: int, name: bytes = b"x") -> Checkpoint:
    return Checkpoint(number, name, signed(node, "checkpoint", number, name))


def change(node: int, view: int) -> ViewChange:
    return ViewChange(view, Stable(), (), signed(node, "view-change", view))


@pytest.mark.parametrize(
    ("view", "number", "is_open"),
    [
        (2, 4, False),  # settled
        (2, 5, False),  # settled when the view began
        (3, 5, True),  # but perhaps not in a later one
        (2, 6, True),
        (2, 12, True),
        (2, 13, False),  # beyond the high-water mark
        (1, 6, False),  # of a view that is over
        (1 << 62, 6, False),
        (2, 6.0, False),
        (None, 6, False),
        (True, 6, False),
    ],
)
def test_water_marks(view: Any, number: Any, is_open: bool) -> None:
    state = State(stable=Stable(4, b"x"), view=2, floor=5)
    assert state.is_open(view, number, WINDOW) is is_open


def test_slots_are_found_by_number() -> None:
    state = State(stable=Stable(4, b"x")).with_slot(6, Slot(view=1))
    assert [state.slot(number).view for number in (5, 6, 7)] == [-1, 1, -1]
    assert state.with_slot(6, Slot(view=2)).with_slot(5, Slot(view=3)).slots == (Slot(3), Slot(2))
    assert state.slots == (Slot(), Slot(1)), "a state is a value"


def test_of_each_sender_the_latest_message_of_a_kind_is_kept_for_later() -> None:
    state, said = (
        State(),
        [
            *((0, Commit(0, 1, b"a")), (1, Commit(0, 1, b"a")), (0, Commit(1, 1, b"b"))),
            (0, Prepare(0, 1, b"a", signed(0))),
        ],
    )
    for sender, message in said:
        state = state.with_early(1, state.slot(1), sender, message)
    assert state.slot(1).early == tuple(said[1:])


def test_a_checkpoint_settles_by_a_quorum_if_all_before_it_is_executed() -> None:
    votes = tuple(vote(node, number) for number in (2, 4) for node in range(3))
    state = State(slots=tuple(map(Slot, range(5))), executed=3, checkpoints=votes)
    assert state.settled(quorum=4) is state
    settled = state.settled(quorum=3)
    assert settled.stable == Stable(2, b"x", tuple(each.signature for each in votes[:3]))
    assert settled.slots == tuple(map(Slot, (2, 3, 4)))
    assert settled.checkpoints == votes[3:]
    assert state._replace(executed=4).settled(quorum=3).stable.number == 4


def test_votes_of_two_names_do_not_count_together() -> None:
    votes = (vote(0, 2), vote(1, 2), vote(2, 2, b"y"))
    assert State(executed=2, checkpoints=votes).settled(quorum=3).stable == Stable()


def test_of_each_server_two_votes_are_kept() -> None:
    votes: tuple[Checkpoint, ...] = ()
    for each in (vote(0, 4), vote(1, 2), vote(0, 2), vote(0, 4, b"y"), vote(0, 6), vote(0, 1)):
        votes = voted(votes, each)
    assert votes == (vote(1, 2), vote(0, 6), vote(0, 4))


def test_of_each_server_the_latest_view_that_it_wants_is_kept() -> None:
    changes: tuple[ViewChange, ...] = ()
    for each in (change(2, 1), change(0, 1), change(2, 3), change(0, 1), change(2, 2)):
        changes = latest(changes, each)
    assert changes == (change(0, 1), change(2, 3))
