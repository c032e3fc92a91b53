"""Encounters: what tactics got against each other, from a sweep in which each met each on both sides.

The empirical game of such a sweep is symmetric: everybody chooses a tactic, and what a choice pays against another is
the mean over domains and over both sides of the table. Luck and random domains come with a replicate, the same ones
for all pairs, so that replicates are what is resampled; domains are, where there is only one replicate.

References
----------
.. [1] M. P. Wellman, "Methods for empirical game-theoretic analysis", AAAI 2006, 1552-1555.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame, Index, concat

from ..agents.errors import InputError
from .frames import finished
from .scenarios import described

__all__ = ["Payoffs", "encounters", "payoffs"]

Floats = NDArray[np.float64]

_RESAMPLES = 1000
_EQUAL = 1e-9  # utilities nearer to each other are the same but for rounding


def encounters(runs: DataFrame) -> DataFrame:
    """Return each run twice, as it was for the first party and for its rivals.

    Parameters
    ----------
    runs
        A row a run: `tactic`, `rivals`, `utility`, `rival_utility`, `deals` and `tables`.

    Returns
    -------
    DataFrame
        `entry`, `opponent` and `side` (0 for the first to speak); its `utility`, the share of tables `agreed`, which
        `sample` the run belongs to, and `status`, if the runs have one.

    Raises
    ------
    InputError
        If no tactic was used on both sides.
    """
    runs = described(runs)
    both = set(runs["tactic"]) & set(runs["rivals"])
    if not both:
        raise InputError(
            "a tournament needs tactics that sit on both sides of the table, and none did; sweep tactic and rivals "
            "over the same tactics"
        )
    runs = runs[runs["tactic"].isin(both) & runs["rivals"].isin(both)]
    several = "replicate" in runs.columns and runs["replicate"].nunique() > 1
    kept = runs[[each for each in ("status",) if each in runs.columns]].assign(
        agreed=runs["deals"].astype(float) / runs["tables"].astype(float),
        sample=runs["replicate" if several else "domain"],
    )
    sides = [("tactic", "rivals", "utility"), ("rivals", "tactic", "rival_utility")]
    return concat(
        [
            kept.assign(
                entry=runs[entry], opponent=runs[opponent], side=side, utility=runs[utility].astype(float)
            )
            for side, (entry, opponent, utility) in enumerate(sides)
        ],
        ignore_index=True,
    )


class Payoffs(NamedTuple):
    """The empirical game.

    Parameters
    ----------
    entries
        The tactics, in the order in which they first appear.
    samples : (samples, entries, entries)
        What the row's tactic got against the column's in each sample; NaN where they did not meet.
    """

    entries: list[str]
    samples: Floats

    @property
    def mean(self) -> Floats:
        """What the row's tactic gets against the column's, (entries, entries)."""
        mean: Floats = self._weighted(np.ones((1, len(self.samples))))[0]
        return mean

    @property
    def best(self) -> NDArray[np.bool_]:
        """Whether nothing does better against the column's tactic than the row's, (entries, entries)."""
        return _greatest(self.mean)

    @property
    def certainty(self) -> Floats:
        """The share of resamples in which that is so."""
        certainty: Floats = _greatest(self._resampled).mean(axis=0)
        return certainty

    @property
    def winning(self) -> Floats:
        """The share of resamples in which a tactic's mean over all opponents is the greatest, (entries,)."""
        winning: Floats = _greatest(self._resampled.mean(axis=2)[..., None])[..., 0].mean(axis=0)
        return winning

    @property
    def equilibria(self) -> NDArray[np.bool_]:
        """Whether the two tactics are best responses to each other, (entries, entries), symmetric."""
        return self.best & self.best.T

    @property
    def _resampled(self) -> Floats:
        count = len(self.samples)
        drawn = np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), _RESAMPLES)
        return self._weighted(drawn)

    def _weighted(self, weights: Floats | NDArray[np.int64]) -> Floats:
        """Return means over samples with some weights, (many, entries, entries); NaN where none counts."""
        met = ~np.isnan(self.samples)
        total = np.tensordot(weights, np.where(met, self.samples, 0.0), 1)
        count = np.tensordot(weights, met, 1).astype(float)
        means: Floats = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
        return means


def payoffs(met: DataFrame) -> Payoffs:
    """Return the empirical game of some encounters; those of runs that did not finish say nothing.

    Examples
    --------
    >>> met = DataFrame({"entry": ["hawk", "hawk", "dove", "dove"], "opponent": ["hawk", "dove", "hawk", "dove"],
    ...                  "sample": 0, "utility": [-1.0, 2.0, 0.0, 1.0]})
    >>> payoffs(met).equilibria.tolist()
    [[False, True], [True, False]]
    """
    by = ["sample", "entry", "opponent"]
    table = finished(met).groupby(by, sort=False)["utility"].mean().reset_index()
    entries, samples = (list(dict.fromkeys(each)) for each in (met["entry"], table["sample"]))
    values = np.full((max(len(samples), 1), len(entries), len(entries)), np.nan)
    levels = zip(by, (samples, entries, entries), strict=True)
    values[tuple(Index(names).get_indexer(table[column]) for column, names in levels)] = table["utility"]
    return Payoffs(entries, values)


def _greatest(values: Floats) -> NDArray[np.bool_]:
    """Return which values, (..., entries, any), are the greatest of their entries; none is where all are missing."""
    known = np.where(np.isnan(values), -np.inf, values)
    most: Floats = known.max(axis=-2, keepdims=True)
    greatest: NDArray[np.bool_] = (known >= most - _EQUAL) & np.isfinite(known)
    return greatest
