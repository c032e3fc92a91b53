"""Cluster: the servers and clients of one run, and what each client asks for."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from ..agents.command import Command
from ..agents.machine import Seat, Value
from ..agents.puppet import Puppet
from .council import Council
from .networks.network import Network
from .seeds import Purpose, Seed

__all__ = ["Cluster"]


@dataclass(frozen=True)
class Cluster(Council):
    """The parties of a run before it starts: servers 0..n-1, then clients.

    Parameters
    ----------
    work
        By client: its commands. No two write the same value.
    """

    work: tuple[tuple[Command, ...], ...] = ()

    @classmethod
    def of(cls, scenario: Any, seed: Seed) -> Self:
        """Return the cluster of a run.

        Raises
        ------
        InputError
            If the scenario cannot be played on the network.
        """
        cluster = super().of(scenario, seed)
        if scenario.liars:
            scenario.client_conduct.check(opinions=False, n=scenario.parties(cluster.network.n))
        rng = seed.stream(Purpose.INITIAL)
        return replace(cluster, work=_drawn(scenario, cluster.network.n, rng))

    @staticmethod
    def put_in(scenario: Any, network: Network, seed: Seed) -> tuple[Value, ...]:
        """Return nothing but zeros: servers have no say in what clients ask."""
        return (0,) * network.n

    @property
    def parties(self) -> int:
        """Number of parties."""
        return self.network.n + len(self.work)

    @property
    def clients(self) -> range:
        """The clients' nodes."""
        return range(self.network.n, self.parties)

    @property
    def liars(self) -> range:
        """The nodes of the clients that have a conduct: the last ones, as all are drawn alike."""
        return self.clients[len(self.clients) - self.scenario.liars :]

    @property
    def traitors(self) -> tuple[int, ...]:
        """Who has a conduct from the start, ascending."""
        return (*super().traitors, *self.liars)

    def puppet(self, node: int, coalition: tuple[int, ...]) -> Puppet:
        """Return the machine of a traitor; servers and clients are in coalitions of their own."""
        client = node in self.clients
        conduct = self.scenario.client_conduct if client else self.scenario.conduct
        friends = tuple(each for each in coalition if (each in self.clients) is client)
        puppet: Puppet = conduct.puppet(self._role(node, friends))
        return puppet

    def seat(self, node: int, owners: tuple[int, ...] | None = None) -> Seat:
        """Return a party's seat; clients have nothing to put in but their commands."""
        servers, keys = self.network.n, self._keys(node, owners)
        commands = self.work[node - servers] if node >= servers else ()
        pause, size = self.scenario.pause, self.scenario.keys
        return Seat(node, self.parties, self.scenario.borne, 0, keys, servers, commands, pause, size)


def _drawn(scenario: Any, servers: int, rng: np.random.Generator) -> tuple[tuple[Command, ...], ...]:
    """Return each client's commands: keys drawn alike, reads among them with a given probability, values told apart."""
    each, work = scenario.commands, []
    for client in range(scenario.clients):
        keys, reads = rng.integers(scenario.keys, size=each).tolist(), rng.random(each) < scenario.reads
        values = range(1 + client, 1 + client + each * scenario.clients, scenario.clients)
        work.append(
            tuple(
                Command(servers + client, number, key, None if read else value)
                for number, (key, read, value) in enumerate(zip(keys, reads, values, strict=True))
            )
        )
    return tuple(work)
