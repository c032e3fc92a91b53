"""One view that all conducts are shown, and one chatterbox that all puppets are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any, NamedTuple

import numpy as np
import pytest
from accord.agents.conducts import Claims, Conduct, View, conducts
from accord.agents.keys import Keys
from accord.agents.machine import Flip, Machine, Message, Persist, Seat, Send, Step, Timer
from accord.agents.puppet import Role


@pytest.fixture
def view() -> View:
    """Two listeners of one traitor; the honest started in [0, 1] and are in [0.2, 0.8] now."""
    return View(
        step=3,
        own=np.array([0.5, 0.5]),
        opening=np.array([0.4, 0.4]),
        listener=np.array([0.25, 0.75]),
        low=np.zeros(2),
        high=np.ones(2),
        honest_low=np.full(2, 0.2),
        honest_high=np.full(2, 0.8),
        turn=np.array([0.0, 1.0]),
        luck=np.array([0.1, 0.9]),
    )


@pytest.fixture
def claims() -> Claims:
    """Two values of buyers, and two costs of sellers, of which nobody believes any beyond 0 and 200."""
    return Claims(
        truth=np.array([100.0, 80.0, 40.0, 60.0]),
        buys=np.array([True, True, False, False]),
        low=np.zeros(4),
        high=np.full(4, 200.0),
    )


@dataclass(frozen=True, slots=True)
class _Word(Message):
    value: Any
    round: int


@dataclass(frozen=True, slots=True)
class _Letter(Message):
    message: Message


@dataclass(frozen=True, slots=True)
class _Over(Message):
    pass


class _State(NamedTuple):
    round: int
    heard: int
    written: int


@dataclass(frozen=True)
class _Chatter(Machine):
    """Says its input to all in rounds 0, 1 and 2, writes down each round, and sends a letter back to whoever writes."""

    seat: Seat

    def start(self) -> Step:
        return self._spoken(_State(-1, 0, -1))

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        state = state._replace(heard=state.heard + 1)
        if isinstance(message, _Letter) and sender != self.seat.node:
            return state, (Send((sender,), message),)
        return state, ()

    def timeout(self, state: _State, name: Any) -> Step:
        return self._spoken(state)

    def recover(self, kept: Any) -> Step:
        return self._spoken(_State(-1 if kept is None else kept, 0, -1))

    def _spoken(self, state: _State) -> Step:
        now = state.round + 1
        word = Send(self.seat.everyone, _Word(self.seat.value, now))
        after = state._replace(round=now, written=now)
        return after, (Persist(now), word, *((Timer(now + 1, 1),) if now < 2 else ()))


@pytest.fixture
def chatter() -> Callable[..., Role]:
    """Return what makes the role of party 0 among five, of which others may be traitors too."""

    def made(coalition: tuple[int, ...] = (0,), n: int = 5, value: int = 0) -> Role:
        seat = Seat(0, n, len(coalition), value, Keys(coalition, b"run"))
        return Role(
            seat,
            coalition,
            honest=lambda own: _Chatter(seat.but(value=own)),
            alphabet=(_Word(0, 0), _Word(1, 0), _Letter(_Word(1, 7)), _Over()),
        )

    return made


@pytest.fixture
def letter() -> Callable[[int], Message]:
    """Return what makes a message carried inside another one."""
    return lambda value: _Letter(_Word(value, 0))


@pytest.fixture
def transcript() -> Callable[..., list[str]]:
    """Return what writes down what one puppet says to others."""
    return _transcript


def _transcript(
    conduct: str | Conduct,
    role: Role,
    heard: Iterable[tuple[float, int, Message]] = (),
    coins: Sequence[int] = (),
    until: float = 9,
) -> list[str]:
    """Return lines "time: message -> recipients"; `heard` is (time, sender, message), `coins` are sides."""
    puppet = conducts.choose(conduct).puppet(role)
    lines: list[str] = []
    sides = iter(coins)
    queue: list[Any] = []
    for number, (due, sender, message) in enumerate(heard):
        heappush(queue, (due, number - 1000, "message", (sender, message)))
    state, now, count = None, 0.0, 0

    def perform(effects: Any) -> None:
        nonlocal state, count
        for effect in effects:
            hash(effect)
            if isinstance(effect, Send):
                to = [node for node in effect.to if node != role.seat.node]
                if to:
                    lines.append(f"{now:g}: {effect.message} -> {' '.join(map(str, to))}")
            elif isinstance(effect, Timer):
                count += 1
                heappush(queue, (now + effect.after, count, "timer", effect.name))
            elif isinstance(effect, Flip):
                state, more = puppet.flip(state, effect.key, effect.domain[next(sides)])
                perform(more)
            else:
                assert isinstance(effect, Persist), "nobody judges what a traitor decides"

    state, effects = puppet.start()
    perform(effects)
    while queue and queue[0][0] <= until:
        now, _, kind, what = heappop(queue)
        state, effects = puppet.timeout(state, what) if kind == "timer" else puppet.receive(state, *what)
        hash(state)
        perform(effects)
    return lines
