"""The client of registers."""

from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.keys import Keys
from accord.agents.machine import Invoke, Message, Return, Seat, Send, Timer
from accord.agents.quorums import Listed, Quorums, Threshold
from accord.agents.register import Answer, Query, Stamp, Version, Write, Written
from accord.agents.register_client import RegisterClient

PUT, GET = Command(5, 0, 7, 9), Command(5, 0, 7)
ALL, THREE = (0, 1, 2, 3, 4), Threshold(5, 3)


def client(*commands: Command, pause: float = 0, quorums: Quorums = THREE, **settings: Any) -> Any:
    seat = Seat(5, 6, 1, keys=Keys((5,), b"run"), servers=5, commands=commands, pause=pause)
    given: dict[str, Any] = {"patience": 9, "repair": True, **settings}
    return RegisterClient(seat, quorums, quorums, **given)


def hear(machine: RegisterClient, state: Any, *answers: tuple[int, Message]) -> Any:
    """Return state and effects after the last of some answers; nothing comes of those before."""
    *early, last = answers
    for sender, message in early:
        state, effects = machine.receive(state, sender, message)
        assert effects == ()
    return machine.receive(state, *last)


def kept(*versions: tuple[int, int, int], number: int = 0) -> list[tuple[int, Message]]:
    """Return the answers of servers 0, 1, ..: number and client of a stamp, and a value."""
    return [(server, Answer(number, Stamp(*stamp), value)) for server, (*stamp, value) in enumerate(versions)]


def test_a_write_surpasses_what_a_quorum_keeps() -> None:
    machine = client(PUT)
    state, effects = machine.start()
    assert effects == (Invoke(PUT), Send(ALL, Query(0, 7)), Timer((0, 0), 9))
    state, effects = hear(machine, state, *kept((3, 6, 1), (4, 5, 2), (2, 8, 3)))
    assert effects == (Send(ALL, Write(0, 7, Stamp(5, 5), 9)), Timer((0, 1), 9))
    state, effects = hear(machine, state, *((server, Written(0)) for server in (0, 3, 4)))
    assert effects == (Return(PUT, 9),)


def test_a_read_returns_the_newest_and_has_a_quorum_keep_it_before() -> None:
    machine = client(GET)
    answers = kept((3, 6, 1), (4, 5, 2), (4, 4, 3))
    state, effects = hear(machine, machine.start()[0], *answers)
    assert effects[0] == Send(ALL, Write(0, 7, Stamp(4, 5), 2))
    state, effects = hear(machine, state, *((server, Written(0)) for server in (0, 3, 4)))
    assert effects == (Return(GET, 2),)
    machine = client(GET, repair=False)
    assert hear(machine, machine.start()[0], *answers)[1] == (Return(GET, 2),)


def test_it_asks_those_again_who_have_not_answered() -> None:
    machine = client(GET)
    state, _ = hear(machine, machine.start()[0], *kept((1, 5, 1), (1, 5, 1)))
    state, effects = machine.timeout(state, (0, 0))
    assert effects == (Send((2, 3, 4), Query(0, 7)), Timer((0, 1), 9))
    state, effects = hear(machine, state, (3, Answer(0, Stamp(1, 5), 1)))
    assert effects[0].to == ALL
    assert machine.timeout(state, (0, 1)) == (state, ())
    state, _ = hear(machine, state, (4, Written(0)))
    assert machine.timeout(state, (0, 2))[1][0] == Send((0, 1, 2, 3), Write(0, 7, Stamp(1, 5), 1))


def test_each_server_counts_once_and_in_its_phase_and_clients_do_not() -> None:
    machine = client(GET)
    start, _ = machine.start()
    answer = Answer(0, Stamp(1, 5), 1)
    state, effects = hear(machine, start, (0, answer), (0, answer), (5, answer), (1, Written(0)), (1, answer))
    assert effects == ()
    for number in (1, -1, None):
        assert machine.receive(state, 2, Answer(number, Stamp(1, 5), 1)) == (state, ())  # type: ignore[arg-type]
    state, effects = hear(machine, state, (2, answer))
    assert effects[0] == Send(ALL, Write(0, 7, Stamp(1, 5), 1))
    assert hear(machine, state, (0, answer), (0, Written(0)), (0, Written(0)), (1, Written(0)))[1] == ()


def test_before_it_asks_nobody_is_heard() -> None:
    machine = client(GET, GET._replace(number=1), pause=4, repair=False)
    state, effects = hear(machine, machine.start()[0], *kept((1, 5, 1), (1, 5, 1), (1, 5, 1)))
    assert effects == (Return(GET, 1), Timer((1, -1), 4))
    for each in kept((9, 9, 9), (9, 9, 9), (9, 9, 9), number=1):
        assert machine.receive(state, *each) == (state, ())
    state, effects = machine.timeout(state, (1, -1))
    assert effects[0] == Invoke(GET._replace(number=1))
    assert machine.recover(None)[1] == ()
    assert machine.timeout(machine.recover(None)[0], (1, 0))[1] == ()


def test_any_quorums_will_do() -> None:
    machine = client(GET, repair=False, quorums=Listed(5, [{0, 1}, {1, 2, 3}]))
    state, _ = machine.start()
    answer = Answer(0, Stamp(1, 5), 1)
    assert hear(machine, state, *((server, answer) for server in (0, 2, 3, 4)))[1] == ()
    assert hear(machine, state, *((server, answer) for server in (0, 3, 1)))[1] == (Return(GET, 1),)


# Lies -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ([(3, 5, 1), (3, 5, 1), (3, 5, 1), (9, 9, 8)], 1),  # one liar of five, n = 4f + 1
        ([(3, 5, 1), (3, 5, 1), (2, 5, 4), (9, 9, 8)], 1),
        ([(3, 5, 1), (3, 5, 1), (4, 5, 4), (4, 5, 4)], 4),
        ([(3, 5, 1), (3, 5, 2), (4, 5, 3), (4, 5, 4)], None),  # stamps alike, values not
        ([(3, 5, 1), (4, 6, 2), (5, 6, 3), (9, 9, 8)], None),  # writes are under way
        ([(3, 5, 1), (4, 6, 2), (0, 0, 0), (0, 0, 0)], 0),  # and a liar sides with one who missed all
    ],
)
def test_what_enough_servers_tell_is_believed(answers: list[tuple[int, int, int]], result: Any) -> None:
    machine = client(GET, quorums=Threshold(5, 4), vouchers=2, repair=False)
    assert hear(machine, machine.start()[0], *kept(*answers))[1] == (Return(GET, result),)


def test_who_says_it_twice_vouches_once() -> None:
    machine = client(GET, quorums=Threshold(5, 4), vouchers=2, repair=False)
    lie, truth = Answer(0, Stamp(9, 9), 8), Answer(0, Stamp(3, 5), 1)
    answers = [(0, lie), (0, lie), (1, truth), (0, lie), (2, truth), (3, truth)]
    assert hear(machine, machine.start()[0], *answers)[1] == (Return(GET, 1),)


def test_no_liar_drives_stamps_up() -> None:
    machine = client(PUT, PUT._replace(number=1), quorums=Threshold(5, 4), vouchers=2)
    state, effects = hear(
        machine, machine.start()[0], *kept((3, 5, 1), (3, 5, 1), (2, 5, 4), (1 << 60, 9, 8))
    )
    assert effects[0].message == Write(0, 7, Stamp(4, 5), 9)
    # what it has taken once it does not take again, even if so many lie that it is told of nothing
    state, _ = hear(machine, state, *((server, Written(0)) for server in ALL[:4]))
    state, effects = hear(machine, state, *kept(*[(0, 0, 0)] * 4, number=1))
    assert effects[0].message.stamp == Stamp(5, 5)


def test_where_versions_are_signed_no_other_is_believed() -> None:
    keys = Keys((6,), b"run")
    signed = Version(7, Stamp(4, 6), 2).by(keys)
    machine = client(GET, signed=True, repair=False)
    state, _ = machine.start()
    for lie in (signed._replace(value=3), signed._replace(stamp=Stamp(9, 6)), Version(7, Stamp(9, 6), 3)):
        assert machine.receive(state, 0, Answer(0, *lie[1:])) == (state, ())
    first = Version(7)
    answers = [(0, first), (1, signed), (2, first)]
    step = hear(machine, state, *((server, Answer(0, *version[1:])) for server, version in answers))
    assert step[1] == (Return(GET, 2),)
    writer = client(PUT, signed=True)
    state, effects = hear(writer, writer.start()[0], *kept(*[(0, 0, 0)] * 3))
    assert effects[0].message.version.is_genuine(Keys((), b"run"), servers=5)
