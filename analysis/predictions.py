"""Predictions: what theory says about runs, from what they were set to.

Of linear averaging, about one run, from its own matrix; of Ben-Or's consensus, about the mean over inputs and coins; of
disks whose hashes are cut short, about the mean over hash functions. What it says of deals stands in
`deal_predictions`.
"""

from functools import lru_cache
from math import isnan, nan
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import binom

from ..agents.protocols import protocols
from ..agents.protocols.merkle_disk import MerkleDisk
from ..models.catalogue.averaging import Averaging
from ..models.openings import openings
from ..models.openings.bits import Bits
from .scenarios import Row, chosen, rebuild
from .theory.ben_or import best_rounds, random_rounds, worst_rounds
from .theory.capture import captured_rate
from .theory.merkle import false_accept
from .theory.spectral import spectral_rate

__all__ = [
    "Cut",
    "Prediction",
    "Rounds",
    "ben_or_rounds",
    "cut_of",
    "false_accepts_of",
    "predict",
    "prediction_of",
    "stubborn_value",
]


class Prediction(NamedTuple):
    """A bound on the disagreement after k steps: initial * rate^k.

    Parameters
    ----------
    initial
        Without traitors the first disagreement; else the first distance from the traitors' value.
    rate
        The long-run factor per step.
    """

    initial: float
    rate: float


def predict(row: Row) -> Prediction | None:
    """Return the spectral prediction for a run; None if its rule is not linear, or no rest is to be expected.

    Without traitors the rate is that of W off the constant vector. Against traitors that all tell one value
    for ever it is that of W without them: everybody ends at their value.

    Parameters
    ----------
    row
        A row of the frame of runs: `seed`, `replicate` and the factors.
    """
    return prediction_of(rebuild(row))


def prediction_of(model: Averaging) -> Prediction | None:
    """Return the same for a model that has not made a step."""
    if not model.scenario.rule.is_linear:
        return None
    if not len(model.traitors):
        return Prediction(model.disagreement, spectral_rate(model.matrix))
    value = stubborn_value(model)
    if value is None:
        return None
    distance = float(np.linalg.norm(np.delete(model.opinions, model.traitors) - value))
    return Prediction(distance, captured_rate(model.matrix, model.traitors))


def stubborn_value(model: Averaging) -> float | None:
    """Return the one value that a model's traitors hold on to; None if they do not, or to several."""
    conduct: Any = model.scenario.conduct
    if str(conduct).partition("(")[0] != "stubborn" or not len(model.traitors):
        return None
    held = set(model.opinions[model.traitors].tolist()) if conduct.value is None else {conduct.value}
    return float(held.pop()) if len(held) == 1 else None


class Rounds(NamedTuple):
    """Mean numbers of rounds: what ends it soonest, chance, and adversaries that do and do not wait for coins."""

    best: float = nan
    chance: float = nan
    worst: float = nan
    worst_seeing_coins: float = nan


@lru_cache
def ben_or_rounds(protocol: str, n: int, f: int, initial: str) -> Rounds:
    """Return the mean rounds of Ben-Or's consensus over inputs that are bits; NaN for anything else.

    Parameters
    ----------
    protocol, initial
        In their text forms.
    n, f
        Parties, and crashes that it is set up to bear.

    Examples
    --------
    >>> round(ben_or_rounds("ben-or", 5, 2, "bits").worst, 6)
    16.0
    """
    opening = chosen(openings, initial)
    if protocol != "ben-or" or not isinstance(opening, Bits) or not n > 2 * f:
        return Rounds()
    inputs = binom.pmf(np.arange(n + 1), n, opening.p)
    cases = best_rounds(n), random_rounds(n, f), worst_rounds(n, f), worst_rounds(n, f, sees_coins=True)
    return Rounds(*(float(inputs @ each) for each in cases))


class Cut(NamedTuple):
    """That hashes are cut to some bits: of the root alone, or on every level."""

    bits: int
    level: str


@lru_cache
def cut_of(protocol: str) -> Cut | None:
    """Return how a protocol, in its text form, cuts hashes; None if it does not, or nobody knows it.

    >>> cut_of("merkle-disk(bits=8)"), cut_of("merkle-disk"), cut_of("raft")
    (Cut(bits=8, level='every-level'), None, None)
    """
    disk = chosen(protocols, protocol)
    return Cut(disk.bits, disk.cut) if isinstance(disk, MerkleDisk) and disk.bits is not None else None


def false_accepts_of(cut: Cut, hashes: float) -> float:
    """Return how likely a false block with a genuine path is believed that takes so many hashes to check.

    >>> round(false_accepts_of(Cut(4, "every-level"), 7), 4), false_accepts_of(Cut(4, "root"), 7)
    (0.3635, 0.0625)
    """
    return nan if isnan(hashes) else false_accept(cut.bits, 1 if cut.level == "root" else int(hashes))
