"""Trail: what the parties of a run have held so far, in bounded memory.

Models keep their present state only. Whoever plays one notes every step on a trail; what stands on it is a function of
the run and the step, whichever way the step was reached.
"""

from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...models.agreement import AgreementModel

__all__ = ["Trail", "held", "kind_of"]

Values = NDArray[np.float64]


def held(model: AgreementModel) -> Values | None:
    """Return the number that each party holds now, (n,), NaN where it holds none; None where none ever does."""
    opinions = getattr(model, "opinions", None)
    return None if opinions is None else np.asarray(opinions, dtype=float)


def kind_of(message: Any) -> str:
    """Return what kind of message one is; of one that is passed on for others, what it carries."""
    carried = getattr(message, "message", None)
    return type(message).__name__.lstrip("_").lower() if carried is None else kind_of(carried)


class Trail:
    """What parties held at the present step and some before: at every one, every second, every fourth and so on.

    Attributes
    ----------
    every : int
        Steps from one that is kept to the next; doubles where more than `MOST` would be kept.
    steps : list of int
        Those that are kept, and the present one.
    values : list of (n,) arrays
        What each party held at these; empty where more than `FEW` parties hold something.
    counts : list of (`BINS`,) arrays
        How many held how much, from `low` upwards in bins of `width`, where they are more.
    opening : tuple of float, or None
        Least and greatest that honest parties held at first; None if all held the same, or nothing.
    hull : tuple of float, or None
        Least and greatest that anybody held so far.
    kinds : list of str
        Of the messages that were under way at the end of any step, in the order in which they came up.

    Examples
    --------
    >>> from accord.models import Averaging
    >>> model, trail = Averaging(network="path(n=3)", initial="ramp", rng=1), Trail()
    >>> trail.note(model)
    >>> model.step()
    >>> trail.note(model)
    >>> trail.steps, trail.opening, [each.round(2).tolist() for each in trail.values]
    ([0, 1], (0.0, 1.0), [[0.0, 0.5, 1.0], [0.17, 0.5, 0.83]])
    """

    MOST, FEW, BINS = 160, 50, 48

    def __init__(self) -> None:
        self.every = 1
        self.steps: list[int] = []
        self.values: list[Values] = []
        self.counts: list[NDArray[np.int64]] = []
        self.low, self.width = 0.0, 0.0
        self.opening: tuple[float, float] | None = None
        self.hull: tuple[float, float] | None = None
        self.kinds: list[str] = []

    def note(self, model: AgreementModel) -> None:
        """Note what is held at a model's present step, and what is under way."""
        if hasattr(model, "simulation"):
            self._note_kinds(model.simulation.pending())
        values = held(model)
        if values is None:
            return
        if not self.steps:
            honest = np.delete(values, np.asarray(getattr(model, "traitors", ()), dtype=int))
            ends = _ends(honest)
            self.opening = ends if ends and ends[0] < ends[1] else None
        ends = _ends(values)
        if ends:
            self.hull = (
                ends if self.hull is None else (min(self.hull[0], ends[0]), max(self.hull[1], ends[1]))
            )
        self._thin()
        self.steps.append(model.clock)
        if len(values) <= self.FEW:
            self.values.append(values.copy())
        else:
            counts = self._counted(values)  # which may widen the bins of those before
            self.counts.append(counts)

    def _note_kinds(self, events: list[Any]) -> None:
        came_up: dict[str, int] = {}
        for _, order, _, sender, what in events:
            if sender >= 0 and (kind := kind_of(what)) not in self.kinds:
                came_up[kind] = min(order, came_up.get(kind, order))
        self.kinds += sorted(came_up, key=lambda kind: came_up[kind])

    def _counted(self, values: Values) -> NDArray[np.int64]:
        """Return how many of some values fall into each bin; the bins widen until all do."""
        known = values[np.isfinite(values)]
        if not len(known):
            return np.zeros(self.BINS, dtype=np.int64)
        low, high = float(known.min()), float(known.max())
        if not self.width:
            span = high - low or abs(low) or 1.0
            self.low, self.width = low - 0.02 * span, 1.04 * span / self.BINS
        while low < self.low:
            self.low -= self.BINS * self.width
            self._halve(above=True)
        while high >= self.low + self.BINS * self.width:
            self._halve(above=False)
        return np.bincount(((known - self.low) / self.width).astype(int), minlength=self.BINS)

    def _halve(self, *, above: bool) -> None:
        """Have bins of twice the width, those so far in the upper or the lower half of them."""
        self.width *= 2
        nothing = np.zeros(self.BINS // 2, dtype=np.int64)
        pairs = [each.reshape(-1, 2).sum(axis=1) for each in self.counts]
        self.counts = [np.concatenate([nothing, each] if above else [each, nothing]) for each in pairs]

    def _thin(self) -> None:
        """Leave out the step before unless it is one that stays, and every second where there are too many."""
        if len(self.steps) >= self.MOST:
            self.every *= 2
        stay = [step % self.every == 0 for step in self.steps]
        if not all(stay):
            self.steps = list(compress(self.steps, stay))
            self.values = list(compress(self.values, stay))
            self.counts = list(compress(self.counts, stay))


def _ends(values: Values) -> tuple[float, float] | None:
    known: Any = values[np.isfinite(values)]
    return (float(known.min()), float(known.max())) if len(known) else None
