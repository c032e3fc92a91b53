"""A network from the user's own file.

**Network.** What the file holds, by its suffix: GraphML (.graphml), GEXF (.gexf), GML (.gml), Pajek (.net,
.paj, .pajek), a list of edges (.edgelist, .edges, .txt: two names and perhaps a weight a line, # for
comments), a table with a header (.csv: columns source, target and perhaps weight, or the first two), an
adjacency matrix (.npy, .npz: dense or scipy.sparse). Text is UTF-8.
**Repairs**, told in the network's notes. Directions are dropped, and so are self-loops; parallel edges are
merged into one, their weights added.
**Limits.** 512 MB for the first four formats, 4 GB for the others; 1e8 nodes, 2e8 edges.
**Names.** Edge list, adjacency matrix, imported network.

Examples
--------
>>> File("my friends.csv", weight=None)
Traceback (most recent call last):
...
accord.agents.errors.InputError: file: my friends.csv: there is no such file; check the path, ...
"""

from typing import Any, Self

import numpy as np
from pydantic import Field, model_validator

from ....agents.errors import InputError
from ..files import checked_path, digest, read
from ..network import Network
from . import Held, Topology, held_connected

__all__ = ["File"]


class File(Topology):
    """The network of a user's own file."""

    path: str = Field(description="where the file is; its suffix tells the format")
    weight: str | None = Field(
        "weight", description="column or edge attribute with the weights; none: every edge weighs 1"
    )
    connected: Held = "required"
    sha256: str | None = Field(None, description="checksum that the file must have; none: any")

    @model_validator(mode="after")
    def _is_there(self) -> Self:
        checked_path(self.path)
        if self.sha256 is not None and digest(self.path) != self.sha256:
            raise InputError(
                f"{self.path}: the file's content has changed since (its SHA-256 is another); restore the "
                "file, or leave sha256 out to use it as it is"
            )
        return self

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        return held_connected(read(self.path, weight=self.weight), self.connected)

    def canonical(self) -> dict[str, Any]:
        """Return every parameter, and the checksum of what the file holds now."""
        return {**super().canonical(), "sha256": digest(self.path)}
