"""Relay: a machine that reaches parties beyond its neighbours over several routes at once.

Protocols assume that everybody hears everybody. Where links are missing, parties pass on what others tell each other,
and a traitor among them can drop it or change it. The remedy is as old as the problem: send everything over routes that
have nobody in common, and believe what most of them bring.

**Rule.** A message to a neighbour goes over their link as it is, and needs no second route: the channel vouches for
who sent it. To anybody else it goes in packets, one along each route between the two. A relay hands a packet on if it
came from the party before it on the route. The recipient takes a message as sent once more than half of the routes
have brought it; where relays may fail but do not lie, as soon as one has.
**Guarantee.** f traitors sit on at most f of the routes, as no two share a party between their ends. With 2f + 1
routes (f + 1 where nobody lies) everything sent between honest parties arrives, and nothing else is believed. There
are so many between any two parties without a link exactly if the network's vertex connectivity is at least as great;
with less than 2f + 1 no protocol reaches Byzantine agreement, however it is relayed [1]_, not even an asynchronous
one that flips coins [2]_.
**Cost.** A round lasts as many rounds of the network as the longest route has links; timers are stretched to that.
Every link that a packet crosses counts as a message.
**Names.** Disjoint-path routing, reliable communication over a known topology, purifying algorithm, perfectly reliable
message transmission.

References
----------
.. [1] D. Dolev, "The Byzantine generals strike again", Journal of Algorithms 3 (1982) 14-30,
       doi:10.1016/0196-6774(82)90004-9.
.. [2] Y. Wang, R. Wattenhofer, "Asynchronous Byzantine agreement in incomplete networks", AFT 2020, 178-188,
       doi:10.1145/3419614.3423250.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from zlib import crc32

from .machine import Effect, Machine, Message, Persist, Seat, Send, State, Step, Timer

__all__ = ["Relay", "Route", "Routes"]

Route = tuple[int, ...]
"""The parties on a way through the network, both ends included."""


class _Hop(NamedTuple):
    """A party's place on a route."""

    before: int
    after: int | None  # None where the route ends


@dataclass(frozen=True, eq=False)
class Routes:
    """Who is linked with whom, and on which routes all others reach each other.

    Parameters
    ----------
    neighbours
        For each party those that it is linked with.
    between
        For any two parties without a link, in either order, the routes from the first to the second. No two of
        these share a party but their ends.
    """

    neighbours: tuple[frozenset[int], ...]
    between: Mapping[tuple[int, int], tuple[Route, ...]]

    @cached_property
    def longest(self) -> int:
        """Number of links of the longest route; 1 where everybody is linked with everybody."""
        return max((len(route) - 1 for routes in self.between.values() for route in routes), default=1)

    @cached_property
    def hops(self) -> tuple[Mapping[tuple[int, int, int], _Hop], ...]:
        """For each party its place on every route that it is on, by origin, target and the route's number."""
        hops: tuple[dict[tuple[int, int, int], _Hop], ...] = tuple({} for _ in self.neighbours)
        for (origin, target), routes in self.between.items():
            for path, route in enumerate(routes):
                for before, node, after in zip(route, route[1:], (*route[2:], None), strict=False):
                    hops[node][origin, target, path] = _Hop(before, after)
        return hops


@dataclass(frozen=True, slots=True)
class _Packet(Message):
    """A message on its way along a route. Its number tells equal messages between the same two parties apart."""

    origin: int
    target: int
    path: int
    number: int
    message: Message

    def addressee(self, to: int) -> int:
        return self.target


class _Inbox(NamedTuple):
    """What came from one far party."""

    believed: int = 0  # messages of lower numbers were, once
    ahead: frozenset[int] = frozenset()  # and of these
    open: tuple[
        tuple[int, Message, int], ...
    ] = ()  # number, message, which routes brought it: bit k is route k


class _State(NamedTuple):
    inner: State
    sent: tuple[int, ...]  # messages sent to each far party
    inboxes: tuple[_Inbox, ...]  # one for each origin
    kept: Any  # what the machine inside persisted


class _Kept(NamedTuple):
    """What survives a crash: numbers must not be given twice."""

    kept: Any
    sent: tuple[int, ...]


@dataclass(frozen=True)
class Relay(Machine):
    """A machine that hears and is heard by everybody, on a network where not all are linked.

    Parameters
    ----------
    machine
        What runs inside; it knows nothing of links.
    routes
        The same for all parties.
    liars
        Whether relays may lie, so that most routes have to agree; else the first copy of a message is believed.

    Examples
    --------
    Four parties in a ring; 0 reaches 2 by way of 1 and of 3.

    >>> from accord.agents.machine import Seat, Send
    >>> from accord.agents.protocols.bracha import Bracha
    >>> from accord.agents.relay import Relay, Routes
    >>> links = tuple(frozenset({(node - 1) % 4, (node + 1) % 4}) for node in range(4))
    >>> far = {(a, b): ((a, (a + 1) % 4, b), (a, (a + 3) % 4, b)) for a, b in [(0, 2), (1, 3), (2, 0), (3, 1)]}
    >>> sender = Relay(Bracha().machine(Seat(0, n=4, f=1, value=1)), Routes(links, far))
    >>> for effect in sender.start()[1]:
    ...     if isinstance(effect, Send):
    ...         print(effect.to, effect.message)
    (0, 1, 3) initial(1)
    (1,) packet(0, 2, 0, 0, initial(1))
    (3,) packet(0, 2, 1, 0, initial(1))
    """

    machine: Machine
    routes: Routes
    liars: bool = True

    @property
    def seat(self) -> Seat:  # type: ignore[override]
        """The seat of the machine inside."""
        return self.machine.seat

    @cached_property
    def _hops(self) -> Mapping[tuple[int, int, int], _Hop]:
        return self.routes.hops[self.seat.node]

    @cached_property
    def _near(self) -> frozenset[int]:
        return self.routes.neighbours[self.seat.node] | {self.seat.node}

    def start(self) -> Step:
        """Start the machine inside."""
        return self._carried(self._fresh(), self.machine.start())

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        """Hand a packet on, note that it arrived, or hear what a neighbour says."""
        if not isinstance(message, _Packet):
            return self._carried(state, self.machine.receive(state.inner, sender, message))
        hop = self._hops.get((message.origin, message.target, message.path)) if _sound(message) else None
        if hop is None or hop.before != sender:
            return state, ()
        if hop.after is not None:
            return state, (Send((hop.after,), message),)
        return self._arrived(state, message)

    def timeout(self, state: _State, name: Any) -> Step:
        """Wake the machine inside."""
        return self._carried(state, self.machine.timeout(state.inner, name))

    def flip(self, state: _State, key: Any, value: Any) -> Step:
        """Give the coin to the machine inside."""
        return self._carried(state, self.machine.flip(state.inner, key, value))

    def recover(self, kept: _Kept | None) -> Step:
        """Have the machine inside recover, and go on numbering where one left off."""
        if kept is None:
            return self._carried(self._fresh(), self.machine.recover(None))
        return self._carried(
            self._fresh()._replace(sent=kept.sent, kept=kept.kept), self.machine.recover(kept.kept)
        )

    def address(self, to: int, message: Message) -> Sequence[Effect]:
        """Return the effects that bring a made-up message to a party, at any time: its number is of its own."""
        if to in self._near or isinstance(message, _Packet):
            return (Send((to,), message),)
        return self._packed(to, -1 - crc32(repr(message).encode()), message)

    def _fresh(self) -> _State:
        n = self.seat.n
        return _State(None, (0,) * n, (_Inbox(),) * n, None)

    def _carried(self, state: _State, step: Step) -> Step:
        """Return a step of the machine inside with what it sends on the network's links, in the network's time."""
        inner, effects = step
        if not effects:
            return state._replace(inner=inner), ()
        sent, carried = list(state.sent), list[Effect]()
        for effect in effects:
            if isinstance(effect, Send):
                near = tuple(to for to in effect.to if to in self._near)
                if near:
                    carried.append(Send(near, effect.message))
                for to in effect.to:
                    if to not in self._near:
                        carried += self._packed(to, sent[to], effect.message)
                        sent[to] += 1
            elif isinstance(effect, Timer):
                carried.append(Timer(effect.name, effect.after * self.routes.longest))
            else:
                carried.append(effect)
        return self._written(state._replace(inner=inner), tuple(sent), carried)

    def _written(self, state: _State, sent: tuple[int, ...], effects: list[Effect]) -> Step:
        """Return state and effects once numbers given and what the machine inside persists are kept together."""
        kept, written = state.kept, list[Effect]()
        if sent != state.sent:  # kept before anything is sent
            written.append(Persist(_Kept(kept, sent)))
        for effect in effects:
            if isinstance(effect, Persist):
                kept = effect.kept
                effect = Persist(_Kept(kept, sent))
            written.append(effect)
        return state._replace(sent=sent, kept=kept), tuple(written)

    def _arrived(self, state: _State, packet: _Packet) -> Step:
        """Count a packet that has come to the end of its route, and hear its message once that is to be believed."""
        origin, number, message = packet.origin, packet.number, packet.message
        inbox = state.inboxes[origin]
        if 0 <= number < inbox.believed or number in inbox.ahead:
            return state, ()
        brought = 1 << packet.path
        others = []
        for entry in inbox.open:
            if entry[0] == number and entry[1] == message:
                brought |= entry[2]
            else:
                others.append(entry)
        routes = len(self.routes.between[origin, packet.target])
        if self.liars and 2 * brought.bit_count() <= routes:
            return _with(state, origin, inbox._replace(open=(*others, (number, message, brought)))), ()
        state = _with(state, origin, _believing(inbox, number, others))
        return self._carried(state, self.machine.receive(state.inner, origin, message))

    def _packed(self, to: int, number: int, message: Message) -> list[Send]:
        node = self.seat.node
        return [
            Send((route[1],), _Packet(node, to, path, number, message))
            for path, route in enumerate(self.routes.between.get((node, to), ()))
        ]


def _sound(packet: _Packet) -> bool:
    return all(isinstance(each, int) for each in (packet.origin, packet.target, packet.path, packet.number))


def _with(state: _State, origin: int, inbox: _Inbox) -> _State:
    return state._replace(inboxes=(*state.inboxes[:origin], inbox, *state.inboxes[origin + 1 :]))


def _believing(inbox: _Inbox, number: int, others: Sequence[tuple[int, Message, int]]) -> _Inbox:
    """Return an inbox in which a number is done with: no other message of that number is believed."""
    ahead, believed = inbox.ahead | {number}, inbox.believed
    while believed in ahead:
        ahead -= {believed}
        believed += 1
    return _Inbox(believed, ahead, tuple(entry for entry in others if entry[0] != number))
