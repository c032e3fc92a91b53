"""Constraints, each worth something where it is satisfied: issues depend on one another.

**Utility.** u(x) = the sum of the values of the constraints that x satisfies. A constraint is a hyper-cuboid:
for each issue the first and the last level that satisfy it, or None where any does.
**Property.** Overlapping cuboids make a bumpy landscape with many local optima, in which conceding issue by
issue fails.
**Cost.** One slice an added cuboid.
**Names.** Constraint-based non-linear utility, hyper-rectangles; the preferences of ANAC 2014.

References
----------
.. [1] T. Ito, H. Hattori, M. Klein, "Multi-issue negotiation protocol for agents: exploring nonlinear utility spaces",
       IJCAI 2007, 1347-1352.

Examples
--------
>>> from accord.agents.outcomes import Integer, Space
>>> space = Space([Integer("price", 1, 3), Integer("weeks", 1, 4)])
>>> Constraints([[10, [[0, 1], [1, 2]]], [5, [None, [2, 3]]]])(space).reshape(space.shape)
array([[ 0., 10., 15.,  5.],
       [ 0., 10., 15.,  5.],
       [ 0.,  0.,  5.,  5.]])
"""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..errors import InputError
from ..outcomes import Space
from . import Utility

__all__ = ["Constraints"]

_Edges = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None


class Constraints(Utility):
    """The sum of the values of the constraints that are satisfied."""

    cuboids: tuple[tuple[float, tuple[_Edges, ...]], ...] = Field(
        min_length=1,
        description="for each constraint its value and, for each issue, the first and the last level that satisfy it "
        "(none: any)",
    )

    def over(self, space: Space) -> NDArray[np.float64]:
        """Return the sum."""
        utilities = np.zeros(space.shape)
        for number, (value, edges) in enumerate(self.cuboids, 1):
            if len(edges) != len(space.issues):
                raise InputError(
                    f"constraint {number} speaks of {len(edges)} issues, but there are {len(space.issues)}; "
                    "give each its first and last level, or None"
                )
            for issue, edge, levels in zip(space.issues, edges, space.shape, strict=True):
                if edge is not None and not edge[0] <= edge[1] < levels:
                    raise InputError(
                        f"constraint {number}, issue {issue.name!r}: levels {edge[0]} to {edge[1]} are not "
                        f"in order within 0 to {levels - 1}; give the first and the last that satisfy it"
                    )
            utilities[
                tuple(slice(None) if edge is None else slice(edge[0], edge[1] + 1) for edge in edges)
            ] += value
        return utilities
