"""Topologies: who is linked with whom. One a file, by the parameters that the literature uses.

A topology is a description; `build` makes the network of it. Beside the names of its files the
catalogue takes a path to a user's own file, and a graph, matrix or list of edges made in Python.
"""

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from ....agents.catalogue import Catalogue, FileCatalogue
from ....agents.errors import InputError
from ....agents.parameters import Parameters
from ..files import SUFFIXES
from ..network import Network, require_room

__all__ = ["Connected", "Held", "RandomTopology", "Seed", "Topology", "topologies"]

REDRAWS = 100
"""So many draws are made at most until one is connected."""

_HOPELESS = 20  # components; where one draw has more, a connected one is not to be hoped for

Seed = Annotated[int | None, Field(ge=0, description="always this draw; none: a new draw in every replicate")]
Connected = Annotated[
    Literal["redraw", "giant", "any"],
    Field(
        description=f"where a draw is not connected: draw again, {REDRAWS} times at most, "
        "take its largest component, or leave it so"
    ),
]
Held = Annotated[
    Literal["required", "giant", "any"],
    Field(description="where it is not connected: refuse it, take its largest component, or leave it so"),
]


class Topology(Parameters, ABC):
    """What a network is built of."""

    @property
    def is_random(self) -> bool:
        """Whether `build` uses its generator, so that every replicate has a network of its own."""
        return False

    @property
    def size(self) -> tuple[float, float] | None:
        """Nodes and edges (of a random network: about so many); None where only building tells."""
        return None

    @property
    def room(self) -> tuple[float, float] | None:
        """Nodes and edges that are written down when it is built; all of them, unless it says otherwise."""
        return self.size

    @abstractmethod
    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; a random one is drawn from `rng` (None: from fresh entropy)."""

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if self.room is not None:
            require_room(str(self), *self.room)
        return self


class RandomTopology(Topology):
    """A topology that is drawn anew each time, or once and for all where it has a `seed`.

    Same generator state, same network. Subclasses have the field `seed`, and `connected` if a draw can
    come out disconnected.
    """

    if TYPE_CHECKING:  # fields of the subclasses, where they follow the parameters of the literature
        seed: Seed = None

    @property
    def is_random(self) -> bool:
        """Whether there is no `seed`."""
        return self.seed is None

    @property
    def way_out(self) -> str:
        """What makes a connected draw likelier, for those who got none."""
        return "choose a denser network"

    @abstractmethod
    def draw(self, rng: np.random.Generator) -> Network:
        """Return one draw, connected or not."""

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return a draw, held to be connected as the parameters say.

        Raises
        ------
        InputError
            If no draw was connected: none of 100, or one fell into so many components that drawing
            again would be vain.
        """
        rng = np.random.default_rng(self.seed) if self.seed is not None else np.random.default_rng(rng)
        connected = getattr(self, "connected", "any")
        network = self.draw(rng)
        if connected == "giant":
            return network.giant_component()
        tries = 1
        while connected == "redraw" and not network.is_connected:
            components = np.bincount(network.components)
            if tries == REDRAWS or len(components) > _HOPELESS:
                raise InputError(
                    f"{self}: no connected network in {tries} draw{'s'[: tries > 1]} (the last has "
                    f"{len(components)} components, the largest of {components.max()} nodes); "
                    f"{self.way_out}, or use connected='giant' or connected='any'"
                )
            network = self.draw(rng)
            tries += 1
        return network


def held_connected(network: Network, connected: Held) -> Network:
    """Return a network that somebody gave, held to be connected as asked for."""
    if connected == "required":
        return network.require_connected()
    if connected == "giant" and not network.is_connected:
        # whose data they are wants to know which nodes are left
        return replace(network, labels=tuple(network.node_labels)).giant_component()
    return network


topologies: Catalogue[type[Topology]] = FileCatalogue(__name__, "network", SUFFIXES, "network")
