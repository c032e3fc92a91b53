"""The client of a store."""

from typing import Any

from accord.agents.client import Client, Elsewhere, Reply, Request
from accord.agents.command import Command
from accord.agents.keys import Keys
from accord.agents.machine import Invoke, Return, Seat, Send, Timer

WORK = (Command(3, 0, 0, 5), Command(3, 1, 0))


def client(pause: float = 0.0, **settings: Any) -> Client:
    seat = Seat(3, 4, 1, keys=Keys((3,), b"run"), servers=3, commands=WORK, pause=pause)
    return Client(seat, patience=9, **settings)


def test_it_asks_for_one_command_after_another() -> None:
    machine = client()
    state, effects = machine.start()
    assert effects == (Invoke(WORK[0]), Send((0,), Request(WORK[0])), Timer((0, 0), 9))
    state, effects = machine.receive(state, 0, Reply(0, 5))
    assert effects == (Return(WORK[0], 5), Invoke(WORK[1]), Send((0,), Request(WORK[1])), Timer((1, 0), 9))
    state, effects = machine.receive(state, 0, Reply(1, 5))
    assert effects == (Return(WORK[1], 5),)
    assert machine.receive(state, 0, Reply(2, 5)) == machine.timeout(state, (1, 0)) == (state, ())


def test_it_asks_the_next_server_when_nobody_answers() -> None:
    machine = client()
    state, _ = machine.start()
    state, effects = machine.timeout(state, (0, 0))
    assert effects == (Send((1,), Request(WORK[0])), Timer((0, 1), 9))
    assert machine.timeout(state, (0, 0)) == (state, ())


def test_it_goes_where_it_is_sent_and_stays_there() -> None:
    machine = client()
    state, _ = machine.start()
    assert machine.receive(state, 1, Elsewhere(0, 2)) == (state, ())  # it has not asked this one
    for wrong in (0, 3, -1, "x", None):
        assert machine.receive(state, 0, Elsewhere(0, wrong)) == (state, ())  # type: ignore[arg-type]
    state, effects = machine.receive(state, 0, Elsewhere(0, 2))
    assert effects == (Send((2,), Request(WORK[0])), Timer((0, 1), 9))
    state, effects = machine.receive(state, 2, Reply(0, 5))
    assert Send((2,), Request(WORK[1])) in effects


def test_it_believes_enough_equal_replies_of_different_servers() -> None:
    machine = client(matching=2, signed=True)
    state, effects = machine.start()
    assert machine.seat.keys.verify(effects[1].message.signature, WORK[0])  # type: ignore[union-attr]
    for sender, value in [(0, 5), (0, 5), (1, 6), (3, 5), (1, 6)]:
        state, effects = machine.receive(state, sender, Reply(0, value))
        assert effects == ()
    state, effects = machine.receive(state, 2, Reply(0, 5))
    assert effects[0] == Return(WORK[0], 5)
    state, effects = machine.timeout(state, (1, 0))
    assert effects[0].to == (0, 1, 2)  # type: ignore[union-attr]


def test_it_pauses_after_an_answer() -> None:
    machine = client(pause=4)
    state, _ = machine.start()
    state, effects = machine.receive(state, 0, Reply(0, 5))
    assert effects == (Return(WORK[0], 5), Timer((1, -1), 4))
    state, effects = machine.timeout(state, (1, -1))
    assert effects[0] == Invoke(WORK[1])


def test_it_survives_anything() -> None:
    machine = client()
    state, _ = machine.start()
    for garbage in (
        Reply("x", 1),
        Reply(0, "x"),
        Reply(0, float("nan")),
        Request(WORK[0]),
        Elsewhere(None, 1),
    ):  # type: ignore[arg-type]
        assert machine.receive(state, 0, garbage) == (state, ())
    assert machine.recover(None)[1] == ()


def test_before_it_asks_no_reply_counts() -> None:
    machine = client(pause=4)
    state, _ = machine.receive(machine.start()[0], 0, Reply(0, 5))
    assert machine.receive(state, 0, Reply(1, 9)) == (state, ())
    state, effects = machine.timeout(state, (1, -1))
    assert effects[0] == Invoke(WORK[1])
    assert machine.receive(state, 0, Reply(1, 9))[1] == (Return(WORK[1], 9),)
