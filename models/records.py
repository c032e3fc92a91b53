"""Records: what a run leaves behind. A model records; measuring and drawing come later, elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Column", "Detail", "Record"]


class Detail(StrEnum):
    """How much a run records beyond its one row."""

    STEPS = "steps"  # a row a step
    PARTIES = "parties"  # a row a party, at the first and the last step
    TRAJECTORIES = "trajectories"  # a row a party and step


@dataclass(frozen=True)
class Column:
    """A column of a frame: its dtype in pandas, its unit ("1" where it has none), its meaning."""

    dtype: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class Record:
    """One finished run.

    Parameters
    ----------
    run
        The run's row: outcome columns of the model by name.
    steps
        Columns of equal length, a row a step, `step` among them; empty unless asked for.
    parties
        Columns of equal length, a row a party and recorded step; empty unless asked for.
    """

    run: Mapping[str, Any]
    steps: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    parties: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        """Equal to the last bit, NaN equal to NaN."""
        if not isinstance(other, Record):
            return NotImplemented
        frames = ((dict(self.run), dict(other.run)), (self.steps, other.steps), (self.parties, other.parties))
        return all(
            one.keys() == two.keys() and all(_same(one[key], two[key]) for key in one) for one, two in frames
        )

    __hash__ = None  # type: ignore[assignment]  # it holds arrays


def _same(one: Any, two: Any) -> bool:
    one, two = np.asarray(one), np.asarray(two)
    return bool(np.array_equal(one, two, equal_nan=one.dtype.kind == "f" and two.dtype.kind == "f"))
