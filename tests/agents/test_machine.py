"""Messages, seats, and the machine that does nothing unless it says so."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, fields
from typing import Any, NamedTuple

import pytest
from accord.agents.keys import Keys
from accord.agents.machine import Decide, Flip, Machine, Message, Persist, Seat, Send, Step, Timer


@dataclass(frozen=True, slots=True)
class _Vote(Message):
    value: Any
    round: int = 1


@dataclass(frozen=True, slots=True)
class _Letter(Message):
    message: Message
    path: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ping(Message):
    pass


@dataclass(frozen=True, slots=True)
class _Endorsed(Message):
    value: int
    message: Any


NESTED = _Letter(_Letter(_Vote(1, 3)), (2, 0))


@pytest.mark.parametrize(
    ("message", "size"),
    [
        (_Ping(), 1),  # its kind
        (_Vote(1), 17),  # and two numbers
        (_Vote(0.5, 2), 17),
        (_Vote(None), 10),
        (_Vote(True), 10),
        (_Vote(b"12345"), 14),
        (_Letter(_Vote(1)), 18),
        (NESTED, 1 + 2 * 8 + 1 + 17),
        (
            _Endorsed(1, Keys((0,), b"").sign(0, "x")),
            1 + 8 + 1 + 8 + 8,
        ),  # a signature is a number and eight bytes
    ],
)
def test_length_in_bytes(message: Message, size: int) -> None:
    assert message.size == size


@pytest.mark.parametrize(
    ("message", "about", "lie", "text"),
    [
        (_Vote(1), 1, _Vote(7), "vote(7, 1)"),
        (_Ping(), None, _Ping(), "ping"),
        (NESTED, 1, _Letter(_Letter(_Vote(7, 3)), (2, 0)), "letter(letter(vote(7, 3), ()), (2, 0))"),
        (_Endorsed(0, _Vote(1)), 0, _Endorsed(7, _Vote(7)), "endorsed(7, vote(7, 1))"),  # both are changed
        (_Endorsed(0, "no message"), 0, _Endorsed(7, "no message"), "endorsed(7, no message)"),
        (_Letter("no message"), None, _Letter("no message"), "letter(no message, ())"),  # type: ignore[arg-type]
    ],
)
def test_a_lie_about_a_message(message: Message, about: object, lie: Message, text: str) -> None:
    assert message.about == about
    assert message.saying(7) == lie
    assert str(message.saying(7)) == text


def test_messages_and_effects_are_values() -> None:
    for each in (_Vote(1), NESTED, Send((0,), _Vote(1)), Timer("x", 1), Flip("x"), Decide(1), Persist(1)):
        assert pickle.loads(pickle.dumps(each)) == each
        assert hash(each) == hash(pickle.loads(pickle.dumps(each)))
        with pytest.raises(FrozenInstanceError):
            setattr(each, fields(each)[0].name, 2)


def test_a_seat_knows_who_else_is_there() -> None:
    seat = Seat(2, n=4, f=1, value=1)
    assert (seat.everyone, seat.others) == ((0, 1, 2, 3), (0, 1, 3))
    assert seat.but(node=0).others == (1, 2, 3)
    assert seat.but(value=0) == Seat(2, n=4, f=1)


class _Starter(Machine):
    def start(self) -> Step:
        return "started", (Decide(1),)

    def receive(self, state: Any, sender: int, message: Message) -> Step:
        return state, ()


def test_nothing_happens_unless_a_machine_says_so() -> None:
    machine = _Starter()
    assert machine.timeout("state", "name") == ("state", ())
    assert machine.flip("state", "key", 1) == ("state", ())
    assert machine.recover(None) == machine.start()  # with nothing kept it starts over


def test_messages_are_told_without_what_is_missing_and_bytes_in_short() -> None:
    @dataclass(frozen=True, slots=True)
    class Told(Message):
        some: object
        more: object = None

    class Pair(NamedTuple):
        one: int
        other: object

    assert str(Told(1)) == "told(1)"
    assert str(Told(None, 2)) == "told(None, 2)"
    assert str(Told((Pair(1, None), b"\x01\x02\x03\x04\x05"), ())) == "told(((1, None), 01020304), ())"
