"""Council: who sits where in one run of generals, and the machine that each of them runs."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from ..agents.keys import Keys
from ..agents.machine import Machine, Seat, Value
from ..agents.protocols import Problem
from ..agents.puppet import Puppet, Role, Voice
from ..agents.relay import Relay, Routes
from .guarantees import check, may_lie, routes_needed
from .networks.built import build
from .networks.network import Network
from .networks.routes import disjoint_routes, is_complete
from .seeds import Purpose, Seed

__all__ = ["Council"]


@dataclass(frozen=True)
class Council:
    """The parties of a run before it starts.

    Parameters
    ----------
    scenario
        That of `Generals`.
    seed
        The run's luck.
    network
        Who can send to whom.
    inputs
        What each party puts in, by node; in a broadcast only the sender's counts, and the others' are 0.
    placements
        Where the traitors may sit, ascending: one possibility, or several of which the worst is to be found.
    """

    scenario: Any
    seed: Seed
    network: Network
    inputs: tuple[Value, ...]
    placements: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, scenario: Any, seed: Seed) -> Self:
        """Return the council of a run.

        Raises
        ------
        InputError
            If the scenario cannot be played on the network, or with the inputs, that are drawn.
        """
        network = build(scenario.network, seed.stream(Purpose.NETWORK))
        inputs = cls.put_in(scenario, network, seed)
        check(scenario, network, inputs)
        candidates = scenario.placement.candidates(network, scenario.traitors, seed.stream(Purpose.PLACEMENT))
        return cls(scenario, seed, network, inputs, tuple(map(tuple, np.sort(candidates, axis=1).tolist())))

    @staticmethod
    def put_in(scenario: Any, network: Network, seed: Seed) -> tuple[Value, ...]:
        """Return what everybody puts in."""
        opinions = scenario.initial.opinions(network, seed.stream(Purpose.INITIAL))
        inputs = tuple(map(_plain, opinions.tolist()))
        return (
            (inputs[0], *(0,) * (network.n - 1)) if scenario.protocol.problem is Problem.BROADCAST else inputs
        )

    @property
    def parties(self) -> int:
        """Number of parties."""
        return self.network.n

    @property
    def traitors(self) -> tuple[int, ...]:
        """Who has a conduct from the start, ascending: nobody if the conduct corrupts as the run goes."""
        return () if self.scenario.conduct.adaptive else self.placements[0]

    @cached_property
    def routes(self) -> Routes | None:
        """The ways over which messages are relayed; None where everybody hears everybody."""
        if not self.scenario.relay or is_complete(self.network):
            return None
        return disjoint_routes(self.network, routes_needed(self.scenario))

    def machines(self) -> list[Machine]:
        """Return everybody's machine, by node."""
        return [
            self.puppet(node, self.traitors) if node in self.traitors else self.machine(self.seat(node))
            for node in range(self.parties)
        ]

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        machine: Machine = self.scenario.protocol.machine(seat)
        return machine if self.routes is None else Relay(machine, self.routes, liars=may_lie(self.scenario))

    def puppet(self, node: int, coalition: tuple[int, ...]) -> Puppet:
        """Return the machine of a traitor, whose coalition it is one of."""
        puppet: Puppet = self.scenario.conduct.puppet(self._role(node, coalition))
        return puppet

    def seat(self, node: int, owners: tuple[int, ...] | None = None) -> Seat:
        """Return a party's seat, with keys that sign for itself, or for several."""
        return Seat(node, self.network.n, self.scenario.borne, self.inputs[node], self._keys(node, owners))

    def _keys(self, node: int, owners: tuple[int, ...] | None) -> Keys:
        secret = f"{self.seed.number}/{self.seed.replicate}".encode()
        return Keys((node,) if owners is None else owners, secret)

    def _role(self, node: int, coalition: tuple[int, ...]) -> Role:
        protocol, seat = self.scenario.protocol, self.seat(node, coalition)
        values = tuple(sorted({0, 1, *self.inputs}))
        role = Role(
            seat,
            coalition,
            lambda value: self.machine(self.seat(node).but(value=value)),
            protocol.alphabet(seat, values),
            values,
        )
        if self.routes is None:
            return role
        return replace(role, address=Relay(protocol.machine(seat), self.routes).address)

    def voices(self) -> list[tuple[Voice, ...]] | None:
        """Return in which honest voices everybody speaks, by node; None if somebody does not."""
        everybody = range(self.network.n)
        voices: dict[int, tuple[Voice, ...]] = {
            node: (Voice(self.inputs[node], frozenset(everybody) - {node}, frozenset({node})),)
            for node in everybody
        }
        for node in self.traitors:
            spoken = self.puppet(node, self.traitors).voices()
            if spoken is None:
                return None
            voices[node] = spoken
        return [voices[node] for node in everybody]


def _plain(value: float) -> Value:
    """Return a whole number as an int: votes are 0 and 1, not 0.0 and 1.0."""
    return int(value) if value.is_integer() else value
