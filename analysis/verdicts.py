"""Verdicts: what the verdicts on one-shot agreement come to, and the bound that they are held against."""

from math import inf
from typing import NamedTuple

import numpy as np
from pandas import DataFrame, Series

from ..agents.protocols import protocols
from ..models.channels import Row, channels
from .scenarios import chosen
from .theory.bounds import least_parties

__all__ = ["ATTACK", "HARM", "JUDGED", "Stability", "is_solved", "is_unsafe", "proven_bound", "stability"]

_SAFETY = ("agreement", "validity", "integrity")
_OF_STORES = ("linearizability", "durability")

_MANY = 10**6  # parties; thresholds that suit the least number and so many suit those between

JUDGED = (*_SAFETY, "termination")
"""The properties that make a run solved, if all are held."""

ATTACK = ("conduct", "placement")
"""What is up to the traitors."""

HARM = (*ATTACK, "initial", "channel", "scheduler")
"""What a protocol has no say in: whatever does most harm is what it has to bear."""


def is_unsafe(runs: DataFrame) -> "Series[bool]":
    """Return which runs violated agreement, validity or integrity, or what a store owes its clients beside.

    >>> runs = DataFrame([["held", "violated", "held", "held"], ["held"] * 4], columns=JUDGED)
    >>> is_unsafe(runs).tolist(), is_solved(runs).tolist()
    ([True, False], [False, True])
    """
    judged = [*_SAFETY, *(each for each in _OF_STORES if each in runs.columns)]
    return (runs[judged] == "violated").any(axis=1)


def is_solved(runs: DataFrame) -> "Series[bool]":
    """Return in which runs all of `JUDGED` held; a broadcast that nobody delivers, of a traitor's, is one."""
    return (runs[list(JUDGED)] == "held").all(axis=1)


def proven_bound(protocol: str, f: int) -> float:
    """Return the least number of parties from which on f traitors are borne, as proven or else as the protocol claims.

    NaN where nothing is proven: of a protocol that nobody knows, and of one with thresholds of its own.

    >>> proven_bound("bracha", 2), proven_bound("bracha(deliver=1)", 2), proven_bound("my-own", 2)
    (7.0, nan, nan)
    """
    known = chosen(protocols, protocol)
    if known is None:
        return np.nan
    least = least_parties(protocol, f)
    if least is None:
        least = known.least(f)
    return np.nan if any(known.unproven(n, f) for n in (least, _MANY)) else float(least)


class Stability(NamedTuple):
    """From when on a network keeps a bound on delays, and which; both inf if it never does."""

    since: float
    bound: float


def stability(channel: str) -> Stability:
    """Return what a channel, in its text form, promises; nothing if nobody knows it.

    >>> stability("exponential + stabilisation(at=30, bound=2)")
    Stability(since=30.0, bound=2.0)
    >>> stability("exponential + loss(p=0.1)").since
    inf
    """
    known = chosen(channels, channel)
    if known is None:
        return Stability(inf, inf)
    row = Row.of(known)
    kept = row.reliable() and row.worst() < inf
    return Stability(row.stable_from(), row.worst()) if kept else Stability(inf, inf)
