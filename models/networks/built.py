"""Networks, and bargains, that are the same in every run are built once."""

from functools import lru_cache
from json import dumps
from typing import Any

import numpy as np

from ...agents.errors import InputError

__all__ = ["Same", "build", "check_traitors"]


class Same:
    """A part of a scenario, equal to another one that is the same in full; files count by their bytes."""

    def __init__(self, part: Any) -> None:
        self.part = part
        self._key = dumps(part.canonical(), sort_keys=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def build(part: Any, rng: np.random.Generator) -> Any:
    """Return what a topology or a domain builds: drawn anew if random, else from memory where it was built before."""
    return part.build(rng) if part.is_random else _fixed(Same(part))


@lru_cache(maxsize=32)
def _fixed(fixed: Same) -> Any:
    return fixed.part.build(np.random.default_rng(0))


def check_traitors(traitors: int, network: str, nodes: int, honest: int = 2) -> None:
    """Raise InputError unless a network leaves two honest parties, or as many as it takes.

    Raises
    ------
    InputError
        With the greatest number of traitors that there can be.
    """
    if nodes < 2 <= honest:
        raise InputError(f"{network} has one node, and agreement needs two; choose a larger network")
    if traitors > nodes - honest:
        needed = "agreement needs two honest ones" if honest == 2 else f"{honest} must be honest"
        raise InputError(
            f"traitors={traitors}, but {network} has {nodes} nodes and {needed}; use traitors <= {nodes - honest}"
        )
