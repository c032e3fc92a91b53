"""Replicas, message by message."""

from collections.abc import Sequence
from typing import Any

import pytest
from accord.agents.client import Reply, Request
from accord.agents.command import Command
from accord.agents.keys import Keys
from accord.agents.ledger.certificates import (
    Checkpoint,
    Commit,
    Fetch,
    NewView,
    Prepare,
    Prepared,
    PrePrepare,
    Stable,
    Transfer,
    ViewChange,
    digest,
)
from accord.agents.machine import Commit as Enter
from accord.agents.machine import Effect, Machine, Message, Seat, Send, Step, Timer
from accord.agents.protocols.pbft import PBFT
from hypothesis import given, settings
from hypothesis import strategies as st

SECRET = b"run"
X, Y = Command(4, 0, 0, 7), Command(5, 0, 0, 8)  # what the clients of four servers ask for


def keys(*nodes: int) -> Keys:
    return Keys(nodes, SECRET)


def seat(node: int, servers: int = 4, clients: int = 2, f: int = 1, **more: Any) -> Seat:
    return Seat(node, servers + clients, f, servers=servers, keys=keys(node), **more)


def server(node: int, **parameters: Any) -> tuple[Machine, Any]:
    machine = PBFT(**parameters).machine(seat(node))
    return machine, machine.start()[0]


def request(command: Command) -> Request:
    return Request(command, keys(command.client).sign(command.client, command))


def proposal(*batch: Command, view: int = 0, number: int = 1) -> PrePrepare:
    vouched = tuple(keys(command.client).sign(command.client, command) for command in batch)
    return PrePrepare(
        view, number, batch, prepare(view % 4, *batch, view=view, number=number).signature, vouched
    )


def prepare(node: int, *batch: Command, view: int = 0, number: int = 1) -> Prepare:
    name = digest(batch)
    return Prepare(view, number, name, keys(node).sign(node, ("prepare", view, number, name)))


def commit(*batch: Command, view: int = 0, number: int = 1) -> Commit:
    return Commit(view, number, digest(batch))


def change(
    node: int, view: int, prepared: tuple[Prepared, ...] = (), stable: Stable | None = None
) -> ViewChange:
    stable = stable or Stable()
    return ViewChange(view, stable, prepared, keys(node).sign(node, ("view-change", view, stable, prepared)))


def proof(*batch: Command, view: int = 0, number: int = 1, by: Sequence[int] = (0, 1, 2)) -> Prepared:
    signatures = tuple(prepare(node, *batch, view=view, number=number).signature for node in by)
    return Prepared(view, number, batch, signatures)


def checkpoint(node: int, number: int, name: bytes) -> Checkpoint:
    return Checkpoint(number, name, keys(node).sign(node, ("checkpoint", number, name)))


def settled(*batches: tuple[Command, ...], by: Sequence[int] = (0, 1, 2)) -> Stable:
    name = b""
    for batch in batches:
        name = digest((name, batch))
    number = len(batches)
    return Stable(number, name, tuple(checkpoint(node, number, name).signature for node in by))


def told(
    machine: Machine, state: Any, *messages: tuple[int, Message]
) -> tuple[Any, list[tuple[Effect, ...]]]:
    """Return the state after some messages, and what each of them led to, but for timers."""
    said = []
    for sender, message in messages:
        state, effects = machine.receive(state, sender, message)
        said.append(tuple(effect for effect in effects if not isinstance(effect, Timer)))
    return state, said


# A table of plays: what one server of n = 4, f = 1 does, message by message


def test_the_primary_gives_a_number_to_what_it_is_asked() -> None:
    machine, state = server(0)
    assert told(machine, state, (4, request(X)))[1] == [(Send((1, 2, 3), proposal(X)),)]


def test_a_batch_passes_through_three_phases() -> None:
    machine, state = server(3)
    _, said = told(
        machine,
        state,
        (0, proposal(X)),
        (1, prepare(1, X)),  # with the primary's and its own a quorum
        (2, prepare(2, X)),
        (1, commit(X)),
        (2, commit(X)),
        (0, commit(X)),
    )
    assert said == [
        (Send((0, 1, 2), prepare(3, X)),),
        (Send((0, 1, 2), commit(X)),),
        (),
        (),
        (Enter(0, X), Send((4,), Reply(0, 7))),
        (),
    ]


def test_what_comes_early_counts_later() -> None:
    machine, state = server(3)
    early = [(1, commit(X)), (2, commit(X)), (1, prepare(1, X)), (2, prepare(2, X))]
    state, said = told(machine, state, *early)
    assert said == [()] * 4
    assert told(machine, state, (0, proposal(X)))[1] == [
        (
            Send((0, 1, 2), prepare(3, X)),
            Send((0, 1, 2), commit(X)),
            Enter(0, X),
            Send((4,), Reply(0, 7)),
        )
    ]


def test_commands_are_executed_in_the_order_of_their_numbers() -> None:
    machine, state = server(3)
    second = [
        (0, proposal(Y, number=2)),
        *((node, prepare(node, Y, number=2)) for node in (1, 2)),
        *((node, commit(Y, number=2)) for node in (0, 1, 2)),
    ]
    state, said = told(machine, state, *second)
    assert not [effect for effects in said for effect in effects if isinstance(effect, Enter)]
    first = [(0, proposal(X)), (1, prepare(1, X)), (0, commit(X)), (1, commit(X))]
    assert [each for each in told(machine, state, *first)[1][-1] if isinstance(each, Enter)] == [
        Enter(0, X),
        Enter(1, Y),
    ]


def test_only_the_first_proposal_of_a_number_is_prepared() -> None:
    machine, state = server(3)
    state, said = told(machine, state, (0, proposal(X)), (0, proposal(Y)), (0, proposal(X)))
    assert said == [(Send((0, 1, 2), prepare(3, X)),), (), ()]


@pytest.mark.parametrize(
    "message",
    [
        PrePrepare(
            0, 1, (X,), proposal(Y).signature, proposal(X).vouched
        ),  # the primary signed something else
        PrePrepare(0, 1, (X,), prepare(2, X).signature, proposal(X).vouched),  # a backup proposes
        PrePrepare(0, 1, (X,), proposal(X).signature, proposal(Y).vouched),  # nobody asked for it
        PrePrepare(0, 1, (X,), proposal(X).signature),
        proposal(),
        proposal(X, number=0),
        proposal(X, number=65),  # beyond the water mark
    ],
)
def test_proposals_that_are_not_prepared(message: PrePrepare) -> None:
    machine, state = server(3)
    assert machine.receive(state, 0, message) == (state, ())


def test_a_batch_holds_no_more_than_it_may() -> None:
    machine, state = server(3, batch=1)
    assert machine.receive(state, 0, proposal(X, Y)) == (state, ())
    machine, state = server(3, batch=2)
    assert machine.receive(state, 0, proposal(X, Y))[1]


def test_prepares_count_by_server_and_batch_and_only_if_signed() -> None:
    machine, state = server(3)
    state, said = told(
        machine,
        state,
        (0, proposal(X)),
        (0, prepare(0, X)),  # the proposal was its prepare
        (1, prepare(1, Y)),
        (1, prepare(2, X)),  # another's signature
        (1, Prepare(0, 1, digest((X,)), prepare(1, X, number=2).signature)),
        (1, prepare(1, X, view=1)),
        (1, prepare(1, X)),
    )
    assert said[1:] == [(), (), (), (), (), (Send((0, 1, 2), commit(X)),)]
    assert state.slots[0].proof == proof(X, by=(0, 3, 1))


def test_commits_count_by_server_and_batch() -> None:
    machine, state = server(3)
    commits = [*((1, commit(X)) for _ in range(3)), (2, commit(Y)), (2, commit(X, view=1))]
    _, said = told(
        machine, state, (0, proposal(X)), (1, prepare(1, X)), *commits, (0, commit(X)), (2, commit(X))
    )
    assert said[2:] == [*[()] * 5, (Enter(0, X), Send((4,), Reply(0, 7))), ()]


def test_nothing_is_executed_before_it_is_prepared() -> None:
    machine, state = server(3)
    commits = [(node, commit(X)) for node in range(3)]
    _, said = told(machine, state, (0, proposal(X)), *commits, (1, prepare(1, X)))
    assert said[1:4] == [()] * 3
    assert said[4][:2] == (Send((0, 1, 2), commit(X)), Enter(0, X))


def test_who_is_not_primary_passes_a_request_on_once() -> None:
    machine, state = server(3)
    _, said = told(machine, state, (4, request(X)), (4, request(X)), (5, request(Y)), (1, request(X)))
    assert said == [(Send((0,), request(X)),), (), (Send((0,), request(Y)),), ()]


@pytest.mark.parametrize(
    "message",
    [
        Request(X),
        Request(X, keys(5).sign(5, X)),
        request(Command(4, -1, 0)),
        request(Command(1, 0, 0)),  # a server is no client
        request(Command(4, 0, 0, float("nan"))),
    ],
)
def test_requests_that_are_not_heard(message: Request) -> None:
    machine, state = server(0)
    assert machine.receive(state, 4, message) == (state, ())


def test_a_request_that_comes_again_is_answered_as_before() -> None:
    machine, state = server(3)
    done = [(0, proposal(X)), (1, prepare(1, X)), (0, commit(X)), (1, commit(X))]
    state, _ = told(machine, state, *done)
    assert told(machine, state, (4, request(X)), (1, request(X)))[1] == [(Send((4,), Reply(0, 7)),), ()]
    later = Command(4, 1, 0)
    done = [(0, proposal(later, number=2)), (1, prepare(1, later, number=2))]
    state, _ = told(machine, state, *done, *((node, commit(later, number=2)) for node in (0, 1)))
    asked = told(machine, state, (4, request(X)), (4, request(later)))[1]
    assert asked == [(), (Send((4,), Reply(1, 7)),)], "what it asked for before has been answered"


def test_what_waits_for_a_number_shares_one() -> None:
    machine, state = server(0, pipeline=1)
    more = Command(6, 0, 1)
    machine = PBFT(pipeline=1).machine(seat(0, clients=3))
    done = [(1, prepare(1, X)), (2, prepare(2, X)), (1, commit(X)), (2, commit(X))]
    _, said = told(machine, state, (4, request(X)), (5, request(Y)), (6, request(more)), *done)
    assert said[:3] == [(Send((1, 2, 3), proposal(X)),), (), ()]
    assert said[-1][-1] == Send((1, 2, 3), proposal(Y, more, number=2))


def rung(machine: Machine, state: Any, effects: Sequence[Effect]) -> Step:
    """Let the last timer of some effects go off."""
    timers = [effect for effect in effects if isinstance(effect, Timer)]
    return machine.timeout(state, timers[-1].name)


def test_who_waits_asks_and_then_leaves() -> None:
    machine, state = server(3)
    state, effects = machine.receive(state, 4, request(X))
    assert [each.after for each in effects if isinstance(each, Timer)] == [5.0]
    state, effects = rung(machine, state, effects)
    assert effects[0] == Send((0, 1, 2), Fetch(0, True, 0))
    state, effects = rung(machine, state, effects)
    assert effects[0] == Send((0, 1, 2), change(3, 1))
    assert machine.receive(state, 0, proposal(X)) == (state, ()), "it listens to the view no longer"


def test_who_waits_for_nothing_is_quiet() -> None:
    machine, state = server(3)
    state, effects = machine.receive(state, 4, request(X))
    done = [(0, proposal(X)), (1, prepare(1, X)), (0, commit(X)), (1, commit(X))]
    state, _ = told(machine, state, *done)
    state, effects = rung(machine, state, effects)
    assert effects == ()
    assert not state.watched


def test_patience_doubles_from_view_to_view() -> None:
    machine, state = server(3)
    state, effects = machine.receive(state, 4, request(X))
    state, effects = rung(machine, state, effects)
    state, effects = rung(machine, state, effects)
    waited = []
    for view in range(1, 5):
        state, _ = machine.receive(state, 0, change(0, view))
        state, effects = machine.receive(state, 1, change(1, view))
        timers = [each for each in effects if isinstance(each, Timer) and each.name[0] == "new-view"]
        if view % 4 == 3:  # its own view begins
            assert state.active
            break
        waited.append(timers[0].after)
        state, _ = machine.timeout(state, timers[0].name)
    assert waited == [10.0, 20.0]


def test_it_follows_two_to_the_nearer_view() -> None:
    machine, state = server(3)
    state, said = told(machine, state, (1, change(1, 7)), (1, change(1, 7)), (2, change(2, 2)))
    assert said == [(), (), (Send((0, 1, 2), change(3, 2)),)]


def test_a_view_that_some_have_given_up_is_given_up_in_time() -> None:
    machine, state = server(3)
    state, effects = machine.receive(state, 4, request(X))
    for _ in range(2):
        state, effects = rung(machine, state, effects)
    state, effects = machine.receive(state, 1, change(1, 2))
    assert effects == ()
    state, effects = machine.receive(
        state, 2, change(2, 1)
    )  # no quorum wants view 1, and f alone a later one
    assert [each.name for each in effects if isinstance(each, Timer)] == [("new-view", 1)]
    state, _ = rung(machine, state, effects)
    assert state.view == 2


def test_a_view_begins_with_what_was_prepared_in_the_latest() -> None:
    machine, state = server(2)
    z = Command(4, 1, 1, 9)
    brought = [
        change(0, 2, (proof(X), proof(Y, number=3))),
        change(1, 2, (proof(Y, view=1), proof(z, number=3, by=(0, 1, 3)))),
        change(3, 2),
    ]
    state, said = told(machine, state, (0, brought[0]), (1, brought[1]))
    new = said[1][1].message  # type: ignore[attr-defined]
    assert isinstance(new, NewView)
    assert [each.view for each in new.changes] == [2, 2, 2]
    begun = [slot.proposal.batch for slot in state.slots]
    assert begun == [(Y,), (), (Y,)], "of two batches of one view the first is as good as the other"
    backup, there = server(3)
    there, effects = backup.receive(there, 2, new)
    assert [effect.message for effect in effects if isinstance(effect, Send)] == [
        prepare(3, Y, view=2, number=1),
        prepare(3, view=2, number=2),
        prepare(3, Y, view=2, number=3),
    ]
    assert there.active
    assert there.view == 2
    assert backup.receive(there, 2, new) == (there, ()), "a view begins once"
    assert backup.receive(there, 1, change(1, 2)) == (there, ())


def _began(view: int, changes: tuple[ViewChange, ...], *batches: tuple[Command, ...]) -> NewView:
    primary = view % 4
    prepares = tuple(
        prepare(primary, *batch, view=view, number=number).signature
        for number, batch in enumerate(batches, 1)
    )
    return NewView(
        view, changes, prepares, keys(primary).sign(primary, ("new-view", view, changes, prepares))
    )


@pytest.mark.parametrize(
    ("new", "begins"),
    [
        (_began(1, (change(0, 1), change(1, 1), change(2, 1))), True),
        (_began(1, (change(0, 1), change(1, 1, (proof(X),)), change(2, 1)), (X,)), True),
        (_began(1, (change(0, 1), change(1, 1, (proof(X),)), change(2, 1)), (Y,)), False),
        (_began(1, (change(0, 1), change(1, 1, (proof(X),)), change(2, 1))), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1)), (X,)), False),
        (_began(1, (change(0, 1), change(1, 1))), False),
        (_began(1, (change(0, 1), change(1, 1), change(1, 1))), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 2))), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1, (proof(X, by=(0, 1)),))), (X,)), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1, (proof(X, by=(1, 2, 3)),))), (X,)), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1, (proof(X, by=(0, 1, 1)),))), (X,)), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1, (proof(X, by=(0, 1, 4)),))), (X,)), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1, (proof(X), proof(Y)))), (X,)), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1, (proof(X, number=65),))), (X,)), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1, (proof(X, view=1),))), (X,)), False),
        (_began(1, (change(0, 1), change(1, 1), change(2, 1, stable=Stable(32, b"x")))), False),
    ],
)
def test_how_a_view_may_begin(new: NewView, begins: bool) -> None:
    machine, state = server(3)
    assert machine.receive(state, 1, new)[0].active
    assert (machine.receive(state, 1, new)[0].view == 1) == begins


def test_numbers_settled_before_a_view_are_closed_in_it() -> None:
    machine, state = server(3, checkpoint=2)
    stable = settled((X,), (Y,))
    begun = change(0, 1, stable=stable), change(1, 1), change(2, 1, (proof(Y),))
    state, effects = machine.receive(state, 1, _began(1, begun))
    assert effects[0] == Send((0, 1, 2), Fetch(1, True, 0)), "it has not seen what was settled"
    assert machine.receive(state, 1, proposal(Y, view=1)) == (state, ())
    z = Command(4, 1, 1, 9)
    said = told(machine, state, (1, proposal(z, view=1, number=3)), (0, Transfer(stable, 0, ((X,), (Y,)))))[1]
    assert said[0] == (Send((0, 1, 2), prepare(3, z, view=1, number=3)),)
    assert said[1] == (Enter(0, X), Enter(1, Y), Send((0, 1, 2), Fetch(1, True, 2)))


def test_a_checkpoint_is_stable_with_a_quorum_and_lets_go_of_what_is_before() -> None:
    machine, state = server(3, checkpoint=1)
    done = [(0, proposal(X)), (1, prepare(1, X)), (0, commit(X)), (1, commit(X))]
    state, said = told(machine, state, *done)
    stable = settled((X,))
    assert said[-1][-1] == Send((0, 1, 2), checkpoint(3, 1, stable.digest))
    state, _ = told(
        machine, state, (0, checkpoint(0, 1, stable.digest)), (1, checkpoint(1, 1, b"something else"))
    )
    assert len(state.slots) == 1
    state, _ = told(machine, state, (2, checkpoint(2, 1, stable.digest)))
    assert state.slots == ()
    assert state.stable[:2] == stable[:2]


def test_votes_for_checkpoints_that_are_not_due_are_not_kept() -> None:
    machine, state = server(3, checkpoint=2)
    name = settled((X,)).digest
    for vote in checkpoint(0, 1, name), checkpoint(1, 2, name), Checkpoint(2, name, proposal(X).signature):
        assert machine.receive(state, 0, vote) == (state, ())
    for number in (2, 4, 6, 8):
        state, _ = machine.receive(state, 0, checkpoint(0, number, name))
    assert [each.number for each in state.checkpoints] == [8, 6]


def test_it_takes_a_ledger_that_a_checkpoint_proves_and_no_other() -> None:
    machine, state = server(3)
    stable = settled((X,), (Y,))
    for batches in ((X,), (X,)), ((Y,), (X,)), ((X,),), ((X,), (Y,), (Y,)):
        assert machine.receive(state, 0, Transfer(stable, 0, batches)) == (state, ())
    few = settled((X,), (Y,), by=(0, 1))
    assert machine.receive(state, 0, Transfer(few, 0, ((X,), (Y,)))) == (state, ())
    state, effects = machine.receive(state, 0, Transfer(stable, 0, ((X,), (Y,))))
    assert effects[:2] == [Enter(0, X), Enter(1, Y)]
    assert state.store.after(Command(4, 1, 0))[1] == 8
    assert state.stable == stable


def test_it_takes_of_a_ledger_what_it_lacks() -> None:
    machine, state = server(3)
    done = [(0, proposal(X)), (1, prepare(1, X)), (0, commit(X)), (1, commit(X))]
    state, _ = told(machine, state, *done)
    said = told(machine, state, (0, Transfer(settled((X,), (Y,)), 0, ((X,), (Y,)))))[1][0]
    assert said == (Enter(1, Y), Send((0, 1, 2), Fetch(0, True, 2)))
    assert told(machine, state, (0, Transfer(settled((X,), (Y,), (Y,)), 2, ((Y,),))))[1] == [()]


def test_who_asks_is_told_what_was_said_about_numbers_since() -> None:
    machine, state = server(3)
    state, _ = told(machine, state, (0, proposal(X)), (1, prepare(1, X)))
    said = [Send((2,), each) for each in (proposal(X), prepare(3, X), commit(X))]
    assert machine.receive(state, 2, Fetch(0, True, 0))[1] == said
    assert machine.receive(state, 2, Fetch(0, True, 1))[1] == []
    assert machine.receive(state, 2, Fetch(1, False, 0))[1] == [], "it has left the view"


def test_who_asks_is_told_how_the_view_began() -> None:
    machine, state = server(3)
    new = _began(1, (change(0, 1), change(1, 1), change(2, 1)))
    state, _ = machine.receive(state, 1, new)
    assert machine.receive(state, 2, Fetch(0, True, 0))[1] == [Send((2,), new)]
    assert machine.receive(state, 2, Fetch(1, False, 0))[1] == [Send((2,), new)]
    assert machine.receive(state, 2, Fetch(1, True, 0))[1] == []


def test_who_asks_is_told_the_ledger() -> None:
    machine, state = server(3)
    stable = settled((X,), (Y,))
    state, _ = machine.receive(state, 0, Transfer(stable, 0, ((X,), (Y,))))
    assert machine.receive(state, 2, Fetch(0, True, 1))[1] == [Send((2,), Transfer(stable, 1, ((Y,),)))]


# Anything at all ----------------------------------------------------------------------------------------

_JUNK: list[Any] = [
    *(
        None,
        True,
        -1,
        0,
        1,
        2,
        64,
        65,
        1 << 70,
        10**5000,
        1.5,
        float("nan"),
        "",
        b"",
        b"x" * 8,
        (),
        [],
        {},
        X,
    ),
    *(digest((X,)), (X,), (None,), [X], prepare(0, X).signature, prepare(1, X).signature, Stable()),
    *(
        proposal(X).vouched,
        settled((X,)),
        (proof(X),),
        (change(0, 1),),
        (change(0, 1), change(1, 1), change(2, 1)),
    ),
    *(request(X), Command(4, 0, 0, [])),  # type: ignore[arg-type]
]
_KINDS: dict[type, int] = {
    **{Request: 2, Reply: 2, PrePrepare: 5, Prepare: 4, Commit: 3, Checkpoint: 3, ViewChange: 4},
    **{NewView: 4, Fetch: 3, Transfer: 3},
}
_GENUINE: list[Message] = [
    *(request(X), request(Y), proposal(X), proposal(Y), proposal(Y, number=2), proposal(X, view=1)),
    *(prepare(node, X, view=view) for node in range(3) for view in (0, 1)),
    *(commit(X), commit(Y), commit(X, view=1), change(0, 1), change(1, 1), change(2, 1), change(0, 9)),
    *(checkpoint(node, 2, digest((X,))) for node in range(3)),
    *(
        Transfer(settled((X,)), 0, ((X,),)),
        Fetch(0, False, 0),
        _began(1, (change(0, 1), change(1, 1), change(2, 1))),
    ),
]
_messages = st.one_of(
    st.sampled_from(_GENUINE),
    st.sampled_from(list(_KINDS)).flatmap(
        lambda kind: st.builds(kind, *[st.sampled_from(_JUNK)] * _KINDS[kind])
    ),
)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 3), st.lists(st.tuples(st.integers(0, 5), _messages), max_size=40))
def test_nothing_that_peers_say_upsets_it(node: int, said: list[tuple[int, Message]]) -> None:
    machine, state = server(node, checkpoint=2)
    timers: list[Any] = []
    for sender, message in said:
        before = state
        state, effects = machine.receive(state, sender, message)
        assert (state, tuple(effects)) == _again(machine, before, sender, message)
        timers += [effect.name for effect in effects if isinstance(effect, Timer)]
        assert len(effects) < 100
        hash(state)
    for name in timers:
        state, _ = machine.timeout(state, name)
    assert len(state.slots) <= 4
    assert all(len(slot.early) <= 12 for slot in state.slots)
    assert len(state.changes) <= 4
    assert len(state.checkpoints) <= 8
    assert len(state.awaited) <= 2


def _again(machine: Machine, state: Any, sender: int, message: Message) -> Step:
    state, effects = machine.receive(state, sender, message)
    return state, tuple(effects)
