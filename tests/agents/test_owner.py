"""The owner of a disk: it believes what its root proves, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.keys import Keys, Signature
from accord.agents.ledger.disk import Disk
from accord.agents.ledger.hashing import Hashing
from accord.agents.machine import Accuse, Commit, Effect, Invoke, Message, Return, Seat, Send, Timer
from accord.agents.owner import BLANK, Checked, Claim, Fetch, Owner, Write, Written, as_block
from hypothesis import given, settings
from hypothesis import strategies as st

RFC = Hashing()
SIZE = 7
READ, WRITE, LAST = Command(3, 0, 5), Command(3, 1, 5, 8), Command(3, 2, 5)
DISK = Disk.blank(SIZE, BLANK)
NEW = DISK.put(5, (8).to_bytes(8, "big"))
LIE = Accuse(0, "false claim about block 5")


def owner(*commands: Command, f: int = 1, pause: float = 0.0) -> Owner:
    keys = Keys((3,), b"run")
    seat = Seat(3, 4, f, keys=keys, servers=3, commands=commands, pause=pause, size=SIZE)
    return Owner(seat, RFC, RFC, patience=4)


def claim(number: int, disk: Disk, version: int, key: int = 5) -> Claim:
    return Claim(number, version, int.from_bytes(disk[key], "big"), disk.proof(key))


def checked(command: Command, server: int, value: Any, disk: Disk = DISK, **found: bool) -> Checked:
    verdict = {"believed": True, "old": False} | found
    return Checked(command, server, value, **verdict, hashes=4, length=96, path=disk.proof(5), root=disk.root)


def test_it_reads_writes_and_reads_again() -> None:
    machine = owner(READ, WRITE, LAST)
    state, effects = machine.start()
    assert effects == (Invoke(READ), Send((0,), Fetch(0, 0, 5)), Timer((0, 0), 4))
    state, effects = machine.receive(state, 0, claim(0, DISK, 0))
    assert effects == (
        *(Commit(0, checked(READ, 0, 0)), Return(READ, 0)),
        *(Invoke(WRITE), Send((1,), Fetch(1, 0, 5)), Timer((1, 0), 4)),
    )
    state, effects = machine.receive(state, 1, claim(1, DISK, 0))
    signature = machine.seat.keys.sign(3, (1, WRITE))
    assert tuple(effects) == (
        Commit(1, checked(WRITE, 1, 0)),
        *(Send((0, 1, 2), Write(1, WRITE, signature)), Timer((1, 1), 4)),
    )
    assert str(effects[0].command) == "block 5 = 0 by server 1: believed"
    assert state.root == NEW.root
    # not yet two that have done it
    for sender, version in ((0, 1), (0, 1), (1, 0), (3, 1), (2, None), (2, 0.5)):
        state, effects = machine.receive(state, sender, Written(version))  # type: ignore[arg-type]
        assert effects == ()
    again = machine.timeout(state, (1, 1))[1]
    assert again == (Send((1, 2), Write(1, WRITE, signature)), Timer((1, 2), 4))
    state, effects = machine.receive(state, 2, Written(1))
    assert effects == (Return(WRITE, 8), Invoke(LAST), Send((2,), Fetch(2, 1, 5)), Timer((2, 0), 4))
    state, effects = machine.receive(state, 2, claim(2, NEW, 1))
    assert tuple(effects) == (Commit(2, checked(LAST, 2, 8, NEW)), Return(LAST, 8))
    assert machine.receive(state, 2, claim(3, NEW, 1)) == (state, ())
    assert machine.timeout(state, (2, 0)) == (state, ())


GENUINE = claim(0, DISK, 0)
FALSE: dict[str, Claim] = {
    "another block": replace(GENUINE, value=1),
    "a block that is none": replace(GENUINE, value=0.5),
    "nothing": replace(GENUINE, value=None),  # type: ignore[arg-type]
    "no path": replace(GENUINE, path=()),
    "a path cut short": replace(GENUINE, path=GENUINE.path[:-1]),
    "a path too long": replace(GENUINE, path=(*GENUINE.path, bytes(32))),
    "a hash cut short": replace(GENUINE, path=(GENUINE.path[0][:-1], *GENUINE.path[1:])),
    "another hash": replace(GENUINE, path=(DISK.root, *GENUINE.path[1:])),
    "hashes in another order": replace(GENUINE, path=GENUINE.path[::-1]),
    "the path of another block": replace(GENUINE, path=DISK.put(0, b"x").proof(4)),
    "the path in another tree": replace(GENUINE, path=Disk.blank(SIZE + 1, BLANK).proof(5)),
    "no list": replace(GENUINE, path=5),  # type: ignore[arg-type]
    "of no time": replace(GENUINE, value=1, version="now"),  # type: ignore[arg-type]
    "of a later time": replace(GENUINE, value=1, version=9),
}


@pytest.mark.parametrize("false", FALSE.values(), ids=list(FALSE))
def test_a_false_claim_is_rejected_its_server_accused_and_the_next_asked(false: Claim) -> None:
    machine = owner(READ)
    state, _ = machine.start()
    state, effects = machine.receive(state, 0, false)
    entry, accusation, ask, timer = effects
    assert isinstance(entry, Commit)
    assert not entry.command.believed
    assert (entry.command.path, entry.command.root) == (false.path, DISK.root)
    assert (accusation, ask, timer) == (LIE, Send((1,), Fetch(0, 0, 5)), Timer((0, 1), 4))
    assert Return(READ, 0) in machine.receive(state, 1, GENUINE)[1]


def test_after_a_round_of_rejections_it_waits() -> None:
    machine = owner(READ)
    state, _ = machine.start()
    # who was not asked is accused as well
    for server, asked in ((0, True), (0, False), (1, True), (2, False)):
        state, effects = machine.receive(state, server, FALSE["no path"])
        assert any(isinstance(each, Accuse) and each.node == server for each in effects)
        assert any(isinstance(each, Send) for each in effects) is asked
    state, effects = machine.timeout(state, (0, 2))
    assert effects == (Send((0,), Fetch(0, 0, 5)), Timer((0, 3), 4))
    late = machine.receive(state, 2, GENUINE)[1]  # the truth may come from anybody, at any time
    assert Return(READ, 0) in late


def test_what_was_true_once_is_rejected_and_nobody_accused_of_it() -> None:
    machine = owner(WRITE._replace(number=0), LAST._replace(number=1))
    state, _ = machine.start()
    state, _ = machine.receive(state, 0, claim(0, DISK, 0))
    for server in (0, 1):
        state, _ = machine.receive(state, server, Written(1))
    command = machine.seat.commands[1]
    # the server may not have heard of the write
    state, effects = machine.receive(state, 1, claim(1, DISK, 0))
    assert effects[0] == Commit(1, checked(command, 1, 0, NEW, believed=False, old=True))
    assert not any(isinstance(each, Accuse) for each in effects)
    assert Send((2,), Fetch(1, 1, 5)) in effects
    state, effects = machine.receive(state, 2, claim(1, DISK, 1))  # it says that it has
    assert Accuse(2, "false claim about block 5") in effects


def test_answers_to_other_questions_are_ignored() -> None:
    machine = owner(READ, WRITE, pause=5)
    state, _ = machine.start()
    for number in (1, -1, None, "0"):
        assert machine.receive(state, 0, replace(GENUINE, number=number)) == (state, ())
    for sender, message in ((3, GENUINE), (0, Written(0)), (0, Message())):
        assert machine.receive(state, sender, message) == (state, ())
    state, effects = machine.receive(state, 0, GENUINE)
    assert effects[1:] == (Return(READ, 0), Timer((1, -1), 5))
    assert machine.receive(state, 0, claim(1, DISK, 0)) == (state, ())  # nothing has been asked yet
    assert machine.timeout(state, (0, 0)) == (state, ())
    assert machine.timeout(state, (1, -1))[1][0] == Invoke(WRITE)


def test_who_has_lost_its_root_asks_for_nothing_more() -> None:
    machine = owner(READ)
    state, effects = machine.recover(None)
    assert effects == ()
    assert machine.receive(state, 0, GENUINE) == (state, ())


def test_blocks_are_whole_numbers_of_eight_bytes() -> None:
    assert as_block(0) == as_block(0.0) == as_block(False) == BLANK
    assert as_block(-1) == as_block(-1.0) == b"\xff" * 8
    for wrong in (0.5, 2**63, -(2**63) - 1, float("nan"), float("inf"), None, "1", b"1", ()):
        assert as_block(wrong) is None


def test_messages_tell_what_they_are_about() -> None:
    assert (GENUINE.about, GENUINE.saying(3).value, str(GENUINE)) == (0, 3, "claim(0, 0, 0)")
    write = Write(1, WRITE, Signature(3, b"tag"))
    assert (write.about, write.saying(9)) == (8, replace(write, command=WRITE._replace(value=9)))
    odd: Any = Write(1, None)  # type: ignore[arg-type]
    assert (odd.about, odd.saying(3)) == (None, odd)


# Whatever servers say -----------------------------------------------------------------------------------

PARTS = st.one_of(
    *(st.none(), st.booleans(), st.integers(-2, 3), st.floats(), st.binary(max_size=33), st.text(max_size=2)),
    *(st.sampled_from([*DISK.proof(5), *NEW.proof(5)]), st.just(10**400)),
)
TRUE_PATHS = st.sampled_from([DISK.proof(5), NEW.proof(5), DISK.proof(6)])
PATHS = st.one_of(st.lists(PARTS, max_size=5).map(tuple), TRUE_PATHS, PARTS)
NUMBERS = st.one_of(st.integers(0, 3), PARTS)
WORDS = st.one_of(
    st.builds(Claim, NUMBERS, NUMBERS, NUMBERS, PATHS),
    st.builds(Written, NUMBERS),
    st.builds(Fetch, NUMBERS, NUMBERS, NUMBERS),
    st.sampled_from([claim(0, DISK, 0), claim(1, DISK, 0), claim(2, NEW, 1), claim(2, DISK, 0), Written(1)]),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.integers(0, 3), WORDS), max_size=30))
def test_nothing_that_servers_say_is_believed_unless_it_is_true(said: list[tuple[int, Message]]) -> None:
    machine = owner(READ, WRITE, LAST, f=2)
    state, effects = machine.start()
    done: list[Effect] = [*effects]
    for sender, message in said:
        state, effects = machine.receive(state, sender, message)
        done += effects
        hash((state, tuple(effects)))
    assert [each.result for each in done if isinstance(each, Return)] in ([], [0], [0, 8], [0, 8, 8])
    assert state.root in (DISK.root, NEW.root)
    for each in done:
        if isinstance(each, Commit) and each.command.believed:
            assert each.command.value == (8 if each.command.command == LAST else 0)
