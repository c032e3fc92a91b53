"""Registers: versions, and the servers that keep them."""

from math import nan
from typing import Any

import pytest
from accord.agents.keys import Keys, Signature
from accord.agents.machine import Commit, Message, Persist, Seat, Send
from accord.agents.register import Answer, Keeper, Query, Shelf, Stamp, Version, Write, Written

SERVERS = 3
OLD, NEW = Version(7, Stamp(1, 4), 5), Version(7, Stamp(2, 3), 6)


def keeper(*, signed: bool = False) -> Keeper:
    return Keeper(Seat(0, 5, 1, keys=Keys((0,), b"run"), servers=SERVERS), SERVERS, signed)


def told(machine: Keeper, state: Shelf, sender: int, message: Message) -> tuple[Shelf, Any]:
    state, effects = machine.receive(state, sender, message)
    return state, [each.message for each in effects if isinstance(each, Send)]


def test_a_server_keeps_the_newest_version_of_each_key() -> None:
    machine = keeper()
    state, effects = machine.start()
    assert effects == ()
    for message, answer in [
        (Query(0, 7), Answer(0, Stamp(0, 0), 0)),
        (Write(0, *OLD), Written(0)),
        (Query(1, 7), Answer(1, OLD.stamp, 5)),
        (Query(2, 8), Answer(2, Stamp(0, 0), 0)),
        (Write(3, *NEW), Written(3)),
        (Write(4, *OLD), Written(4)),  # too late, and nobody need know
        (Query(5, 7), Answer(5, NEW.stamp, 6)),
        (Write(6, *NEW._replace(stamp=Stamp(2, 4), value=9)), Written(6)),  # of one number, by a later client
        (Query(7, 7), Answer(7, Stamp(2, 4), 9)),
    ]:
        state, said = told(machine, state, 3, message)
        assert said == [answer]


def test_it_is_written_down_before_anybody_is_told() -> None:
    machine = keeper()
    state, effects = machine.receive(machine.start()[0], 4, Write(0, *OLD))
    assert effects == (Persist(state), Commit(0, OLD), Send((4,), Written(0)))
    back, effects = machine.recover(state)
    assert (back, effects) == (state, ())
    assert machine.recover(None)[0] == Shelf()
    _, effects = machine.receive(state, 4, Write(1, *OLD))
    assert effects == (Send((4,), Written(1)),)


def test_it_heeds_clients_only() -> None:
    machine = keeper()
    state, _ = machine.start()
    for sender in (0, 1, 2):
        for message in (Write(0, *OLD), Query(0, 7)):
            assert machine.receive(state, sender, message) == (state, ())


NONSENSE = (None, True, -1, 1.5, nan, 10**400, "x", b"", (), (1,), (1, 2, 3), (-1, 2), (None, 1), Message())


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda each: str(type(each)))
def test_nonsense_is_neither_kept_nor_answered(nonsense: Any) -> None:
    machine = keeper()
    state, _ = machine.receive(machine.start()[0], 3, Write(0, *OLD))
    for changed in (Write(nonsense, *OLD), Write(0, nonsense, *OLD[1:]), Write(0, 7, nonsense, 1)):
        assert machine.receive(state, 3, changed) == (state, ())
    for message in (Query(nonsense, 7), Query(0, nonsense), Answer(0, *OLD[1:]), Written(0), nonsense):
        assert machine.receive(state, 3, message) == (state, ())


def test_only_a_client_can_sign_and_only_for_itself() -> None:
    for signer, stamp, genuine in [(3, Stamp(1, 3), True), (4, Stamp(1, 3), False), (2, Stamp(1, 2), False)]:
        keys = Keys((signer,), b"run")
        version = Version(0, stamp, 5)
        signature = keys.sign(signer, ("version", 0, *stamp, 5))
        assert version._replace(signature=signature).is_genuine(Keys((), b"run"), SERVERS) is genuine
    signed = Version(0, Stamp(1, 3), 5).by(Keys((3,), b"run"))
    assert signed.is_genuine(Keys((), b"run"), SERVERS)
    for forged in (
        signed._replace(value=6),
        signed._replace(key=1),
        signed._replace(stamp=Stamp(2, 3)),
        signed._replace(signature=None),
        signed._replace(signature=Signature(3, b"")),
    ):
        assert not forged.is_genuine(Keys((), b"run"), SERVERS)
    assert Version(9).is_genuine(Keys((), b"run"), SERVERS)  # what was there at first
    assert not Version(9, value=1).is_genuine(Keys((), b"run"), SERVERS)


def test_where_versions_are_signed_no_other_is_kept() -> None:
    machine, keys = keeper(signed=True), Keys((3,), b"run")
    state, _ = machine.start()
    signed = Version(7, Stamp(1, 3), 5).by(keys)
    assert machine.receive(state, 3, Write(0, *signed._replace(value=6))) == (state, ())
    state, said = told(machine, state, 4, Write(0, *signed))  # whoever brings it
    assert said == [Written(0)]
    assert state.of(7) == signed


def test_a_lie_about_the_value_is_told_in_the_same_form() -> None:
    assert Answer(0, OLD.stamp, 5).saying(0) == Answer(0, OLD.stamp, 0)
    assert Write(0, *OLD).saying(0).version == OLD._replace(value=0)
    assert Query(0, 7).saying(1) == Query(0, 7)
