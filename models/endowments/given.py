"""What everybody has is given one by one, in the order of the nodes.

**Names.** Fixed endowments.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ...agents.errors import InputError
from . import Amount, Endowment

__all__ = ["Given"]


class Given(Endowment):
    """The amounts of a list."""

    amounts: tuple[Amount, ...] | tuple[tuple[Amount, ...], ...] = Field(
        min_length=1, description="what each party has: one number, or one for each good"
    )

    def build(self, n: int, goods: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return the list."""
        rows = [row if isinstance(row, tuple) else (row,) for row in self.amounts]
        wrong = next((row for row in rows if len(row) != goods), None)
        if wrong is not None:
            raise InputError(
                f"endowment gives {len(wrong)} amounts to a party, and there are {goods} goods; "
                "give each party one for each good"
            )
        if len(rows) != n:
            raise InputError(
                f"endowment gives amounts to {len(rows)} parties, but there are {n}; give one entry a node"
            )
        return np.array(rows)
