"""Parties: what Mesa sees of who acts. In array models they are views, made when somebody looks."""

from collections.abc import Mapping
from typing import Any

import mesa

__all__ = ["Negotiator", "Party", "Traitor"]


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
        return str(self.model.network.node_labels[self.node])

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
        return [parties[node] for node in self.model.network.neighbours(self.node)]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label}: {self.opinion:.6g}>"


class Negotiator(Party):
    """An honest party: it quotes the opinion that it holds."""


class Traitor(Party):
    """A party with a conduct: it holds an opinion as the rule says, and quotes what the conduct says."""

    @property
    def quotes(self) -> Mapping[int, float]:
        """What it quotes next, by the neighbour's node; NaN is silence."""
        quotes: Mapping[int, float] = self.model.quotes(self.node)
        return quotes
