"""Oral messages OM(m): everybody tells everybody what everybody told them, m times over, and the majority counts.

**Rule.** The general (party 0) sends its order to all lieutenants. In OM(m) each of them passes on what it heard to all
others by being the general of OM(m - 1) among them; OM(0) believes what it hears. A lieutenant's verdict on what a
general said is the majority of what it heard itself and of its verdicts on the others' reports; 0, retreat, where there
is none or nothing was heard. All of these run side by side: in round r every lieutenant gets one message for each path
of r different parties, from the general on, that its order can have come by.
**Guarantee.** Synchronous, m Byzantine parties of n > 3m. All honest lieutenants obey the same order (IC1), and the
general's if it is honest (IC2).
**Cost.** m + 1 rounds; the sum over k = 0..m of (n - 1)(n - 2)...(n - 1 - k) messages, whoever lies: exponential in m.
**Names.** OM(m), interactive consistency, exponential information gathering (EIG), unauthenticated Byzantine generals.

`m` below the number of traitors is too shallow: ``oral-messages(m=0)`` believes whatever the general says.

References
----------
.. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming Languages
       and Systems 4 (1982) 382-401, doi:10.1145/357172.357176, section 3.
.. [2] M. Pease, R. Shostak, L. Lamport, "Reaching agreement in the presence of faults", Journal of the ACM 27
       (1980) 228-234, doi:10.1145/322186.322188.

Examples
--------
>>> from accord.agents.machine import Seat
>>> protocol = OralMessages()
>>> order = protocol.machine(Seat(0, n=4, f=1, value=1)).start()[1][0]
>>> machine = protocol.machine(Seat(2, n=4, f=1))
>>> state, _ = machine.receive(machine.start()[0], 0, order.message)
>>> passed_on = machine.timeout(state, 1)[1][0]
>>> print(passed_on.to, passed_on.message)
(1, 3) order(1, (0,))
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from math import perm
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..crowd import Crowd
from ..errors import InputError
from ..machine import Decide, Effect, Machine, Message, Seat, Send, Step, Timer, Value, is_value
from . import Problem, Protocol, Timing, at_least

__all__ = ["OralMessages"]

_MOST_MESSAGES = 5_000_000  # beyond it no memory would do
_MOST_LIES = 100  # for each value: there is one path for every message

_Path = tuple[int, ...]  # who spoke, the general first


@dataclass(frozen=True, slots=True)
class _Order(Message):
    value: Value
    path: _Path  # who spoke before the sender


class OralMessages(Protocol):
    """OM(m): majorities of majorities, m deep."""

    problem: ClassVar[Problem] = Problem.BROADCAST
    timing: ClassVar[Timing] = Timing.SYNCHRONOUS

    m: int | None = Field(None, ge=0, description="how often orders are passed on; by default f")

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"m": at_least(f)}

    def least(self, f: int) -> int:
        """Return 3f + 1."""
        return 3 * f + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party.

        Raises
        ------
        InputError
            If the messages would be too many for any computer.
        """
        return _Machine(seat, self._depth(seat))

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return reports of what one might have been told, true or not; where there are many, the first rounds'."""
        node = seat.node
        levels = _tree(seat.n, self._depth(seat)).levels
        paths = (path[:-1] for level in levels for path in level if path[-1] == node)
        return tuple(_Order(value, path) for path in islice(paths, _MOST_LIES) for value in values)

    def _depth(self, seat: Seat) -> int:
        m = seat.f if self.m is None else self.m
        total = product = 1
        for k in range(min(m, seat.n - 2) + 1):
            product *= seat.n - 1 - k
            total += product
            if total > _MOST_MESSAGES:
                raise InputError(
                    f"{self}: OM({m}) sends more than {_MOST_MESSAGES} messages among n={seat.n} parties; "
                    f"use m <= {k - 1}, fewer parties, or signed-messages"
                )
        return m


class _Tree(NamedTuple):
    """All paths, by how many spoke, and each one's place in the order of all."""

    levels: tuple[tuple[_Path, ...], ...]
    places: Mapping[_Path, int]


@lru_cache(maxsize=4)
def _tree(n: int, m: int) -> _Tree:
    levels: list[tuple[_Path, ...]] = [((0,),)]
    while len(levels) <= m and levels[-1]:
        levels.append(tuple((*path, node) for path in levels[-1] for node in range(n) if node not in path))
    return _Tree(tuple(levels), {path: place for place, path in enumerate(chain.from_iterable(levels))})


# for each value, ascending, on which paths it came: bit k is place k, and stands for one value only
_Heard = tuple[tuple[Value, int], ...]


class _State(NamedTuple):
    round: int  # rounds that have ended
    heard: _Heard


@dataclass(frozen=True)
class _Machine(Machine):
    seat: Seat
    m: int

    def start(self) -> Step:
        seat = self.seat
        orders = (Send(seat.others, _Order(seat.value, ())),) if seat.node == 0 else ()
        return _State(0, ()), (*orders, Timer(1, 1))

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        if not isinstance(message, _Order) or not _is_sound(message) or len(message.path) < state.round:
            return state, ()
        place = self._tree.places.get((*message.path, sender))
        if place is None:
            return state, ()
        return _State(state.round, _with(state.heard, message.value, 1 << place)), ()

    def timeout(self, state: _State, name: Any) -> Step:
        now = state.round + 1
        told = self._told(state.heard)
        if now <= self.m:
            return state._replace(round=now), (*self._reports(told, now), Timer(now + 1, 1))
        value = self.seat.value if self.seat.node == 0 else self._verdict(told, (0,))
        return _State(now, ()), (Decide(value, now),)

    @property
    def _tree(self) -> _Tree:
        return _tree(self.seat.n, self.m)

    def _told(self, heard: _Heard) -> list[Value]:
        """Return what came on each path, 0 where nothing did."""
        told: list[Value] = [0] * len(self._tree.places)
        for value, places in heard:
            for place, bit in enumerate(reversed(f"{places:b}")):
                if bit == "1":
                    told[place] = value
        return told

    def _reports(self, told: list[Value], now: int) -> list[Effect]:
        """Return what one passes on of the round that has just ended."""
        tree, node = self._tree, self.seat.node
        reports: list[Effect] = []
        for path in tree.levels[now - 1] if now <= len(tree.levels) else ():
            others = tuple(other for other in self.seat.others if other not in path)
            if node not in path and others:
                reports.append(Send(others, _Order(told[tree.places[path]], path)))
        return reports

    def _verdict(self, told: list[Value], path: _Path) -> Value:
        """Return what the last of a path said, by the majority of what oneself and the others heard."""
        own = told[self._tree.places[path]]
        if len(path) > self.m:
            return own
        reports = [self._verdict(told, (*path, other)) for other in self.seat.others if other not in path]
        return _majority([own, *reports])

    # Many runs side by side ---------------------------------------------------------------------

    @property
    def load(self) -> int:
        """Entries of the largest array that one run of a crowd takes."""
        return 2 * self.seat.n * len(_branches(self.seat.n, self.m)[-1].last)

    def play(self, crowd: Crowd) -> None:
        """Play for a crowd: the same tree, each level of it an array of (runs, copies, paths)."""
        n = self.seat.n
        # values as their places in order: trees are large, and bytes are small
        lies = crowd.instead[~np.isnan(crowd.instead)]
        values = np.unique([0.0, *crowd.inputs.flat, *lies.flat])
        nothing = int(np.searchsorted(values, 0.0))
        telling = [np.searchsorted(values, crowd.told(np.full_like(crowd.inputs, value))) for value in values]
        tells = np.stack(telling, axis=2).astype(np.int8)  # by what a copy is to say
        told = [np.searchsorted(values, crowd.inputs)[..., None].astype(np.int8)]
        tree = _branches(n, self.m)
        party = np.arange(crowd.copies) % n
        for level, (parent, last, _) in enumerate(tree, 1):
            heard = np.full((crowd.runs, crowd.copies, len(last)), nothing, dtype=np.int8)
            for speaker in range(n):
                paths, copies = np.flatnonzero(last == speaker), slice(speaker, None, n)
                true = told[-1][:, copies][..., parent[paths]]
                said = np.take_along_axis(tells[:, copies], true, axis=2)
                whom = crowd.hears[speaker][..., None]
                said = np.take_along_axis(said, np.maximum(whom // n, 0), axis=1)
                heard[..., paths] = np.where(whom >= 0, said, nothing)
            told.append(heard)
            # from each to each: of the paths so far, those that neither of the two is on
            speak, listen = (party == 0, True) if level == 1 else (party > 0, np.arange(n) > 0)
            reports = perm(n - 3, level - 2) if 1 < level < n else int(level == 1)
            crowd.count(reports * (speak[:, None] & listen), 1 + 8 * level)
            crowd.pass_round()
        verdict = told.pop()
        for level in range(self.m, 0, -1):
            own, place = told.pop(), tree[level][2][party]
            reported = verdict.reshape(*own.shape, n - level)
            to_itself = np.take_along_axis(reported, np.maximum(place, 0)[None, ..., None], axis=3)[..., 0]
            verdict = np.full_like(own, nothing)
            for code in range(len(values)):
                votes = (reported == code).sum(axis=3, dtype=np.int16) + (own == code)
                votes -= (to_itself == code) & (place >= 0)
                verdict[2 * votes > n - level] = code
        decisions = values[verdict[..., 0]]
        decisions[:, ::n] = crowd.inputs[:, ::n]  # the general obeys its own order
        crowd.decide(decisions)


class _Level(NamedTuple):
    """The paths that come in one round, in the order of `_Tree`, as (paths,) arrays."""

    parent: NDArray[np.intp]  # the place of the path without its last party, a level above
    last: NDArray[np.intp]
    place: NDArray[
        np.intp
    ]  # (n, paths above): where each party stands among those that a path goes on to; or -1


@lru_cache(maxsize=4)
def _branches(n: int, m: int) -> tuple[_Level, ...]:
    levels = []
    paths = np.zeros((1, 0), dtype=np.intp)
    for level in range(m + 1):
        free = np.ones((len(paths), n), dtype=bool)
        free[np.arange(len(paths))[:, None], paths] = False
        if level == 0:
            free[:, 1:] = False
        parent, last = np.nonzero(free)
        levels.append(_Level(parent, last, np.where(free, free.cumsum(axis=1) - 1, -1).T))
        paths = np.concatenate([paths[parent], last[:, None]], axis=1)
    return tuple(levels)


def _is_sound(order: _Order) -> bool:
    path = order.path
    return is_value(order.value) and isinstance(path, tuple) and all(type(node) is int for node in path)


def _with(heard: _Heard, value: Value, bit: int) -> _Heard:
    """Return what was heard and one word more; of two on one path the lesser counts, and the other is forgotten."""
    for at, (known, places) in enumerate(heard):
        if known <= value and places & bit:
            return heard
        if known == value:
            return (*heard[:at], (known, places | bit), *_without(heard[at + 1 :], bit))
        if known > value:
            return (*heard[:at], (value, bit), *_without(heard[at:], bit))
    return (*heard, (value, bit))


def _without(heard: _Heard, bit: int) -> _Heard:
    return tuple((known, places & ~bit) for known, places in heard if places != bit)


def _majority(votes: list[Value]) -> Value:
    middle = sorted(votes)[len(votes) // 2]  # whatever has a majority is in the middle
    return middle if 2 * votes.count(middle) > len(votes) else 0
