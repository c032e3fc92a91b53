"""Parties: what Mesa sees of who acts. They are made when somebody looks, and show what the model holds."""

from collections.abc import Mapping
from typing import Any

import mesa

from .machine import Machine, State

__all__ = [
    "Bargainer",
    "Buyer",
    "Client",
    "Country",
    "General",
    "Holder",
    "Legislator",
    "Negotiator",
    "Party",
    "Seller",
    "Server",
    "Traitor",
]


class Party(mesa.Agent):  # type: ignore[misc]  # Mesa 3.3 ships no types
    """A node's occupant, with an opinion.

    Parameters
    ----------
    model
        The model, which holds the opinions as one array.
    node
        The node's id, 0..n-1.

    Attributes
    ----------
    node : int
    label : str
        The node's name in the network that was read.
    """

    def __init__(self, model: Any, node: int) -> None:
        super().__init__(model)
        self.unique_id = node + 1  # Mesa counts from 1
        self.node = node

    @property
    def label(self) -> str:
        """The node's name."""
        return str(self.model.label(self.node))

    @property
    def opinion(self) -> float:
        """The opinion that the party holds."""
        return float(self.model.opinions[self.node])

    @opinion.setter
    def opinion(self, value: float) -> None:
        self.model.opinions[self.node] = value

    @property
    def neighbours(self) -> list["Party"]:
        """The parties that this one hears and speaks to."""
        parties = list(self.model.agents)
        return [parties[node] for node in self.model.neighbours(self.node)]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label}: {self.model.holding(self.node)}>"


class Negotiator(Party):
    """An honest party that quotes the opinion that it holds."""


class Bargainer(Negotiator):
    """A party with preferences and a tactic. Its opinion is what it asks for, in its own utility, or has got."""

    @property
    def deals(self) -> list[Any]:
        """The deals that it made, or failed to make."""
        return [deal for deal in self.model.deals if self.node in deal.parties]

    @property
    def profiles(self) -> list[Any]:
        """Its preferences, one profile for each table at which it sits."""
        return [
            table.profiles[table.nodes.index(self.node)]
            for table in self.model.tables
            if self.node in table.nodes
        ]


class Legislator(Negotiator):
    """A member who proposes and votes. Its opinion is the share that the latest proposal gives it."""

    @property
    def votes(self) -> list[bool]:
        """How it voted, proposal by proposal."""
        return [bool(proposal.votes[self.node]) for proposal in self.model.proposals]


class Holder(Negotiator):
    """A party that holds goods. Its opinion is the price at which it would neither buy nor sell, or its money."""

    @property
    def holdings(self) -> tuple[float, ...]:
        """How much of each good it has."""
        return tuple(self.model.holdings[self.node].tolist())


class _Host(Party):
    """A party that runs a machine."""

    @property
    def machine(self) -> Machine:
        """The machine that it runs."""
        machine: Machine = self.model.simulation.machines[self.node]
        return machine

    @property
    def state(self) -> State:
        """Its machine's state; None before it starts."""
        return self.model.simulation.states[self.node]


class General(_Host):
    """An honest party that sends messages as its protocol says. Its opinion is its decision, before that its input."""


class Country(_Host):
    """An honest party to a treaty. Its opinion is the number of the deal that it ratified, before that NaN."""


class Server(_Host):
    """An honest keeper of what clients write."""

    @property
    def ledger(self) -> tuple[Any, ...]:
        """What it keeps, entry by entry; of commands in order None where a place stays empty."""
        return tuple(self.model.ledger(self.node))


class Client(_Host):
    """An honest user of a store."""

    @property
    def answers(self) -> Mapping[Any, Any]:
        """What it was answered, by command."""
        returned = self.model.simulation.returned
        return {command: end[2] for command, end in returned.items() if command.client == self.node}


class Traitor(_Host):
    """A party with a conduct.

    Where opinions are quoted, it holds one as the rule says, and quotes what the conduct says. Where messages are
    sent, its machine is the conduct's puppet.
    """

    @property
    def quotes(self) -> Mapping[int, float]:
        """What it quotes next, by the neighbour's node; NaN is silence."""
        quotes: Mapping[int, float] = self.model.quotes(self.node)
        return quotes


class Buyer(Negotiator):
    """A party that wants units of a good. Its opinion is the price of its latest deal."""

    @property
    def deals(self) -> list[Any]:
        """The deals that it signed."""
        return [deal for deal in self.model.deals if self.node in deal.parties]


class Seller(Buyer):
    """A party that has units of a good."""
