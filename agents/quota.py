"""Quota: how many votes carry a proposal, as a number or in the words of parliaments."""

from collections.abc import Callable, Mapping
from numbers import Integral
from typing import Annotated, Any

from pydantic import BeforeValidator

from .errors import InputError

__all__ = ["Quota", "votes_of"]

_WORDS: Mapping[str, Callable[[int], int]] = {
    "majority": lambda n: n // 2 + 1,
    "two-thirds": lambda n: -(-2 * n // 3),
    "unanimity": lambda n: n,
}


def _read(quota: Any) -> Any:
    """Read a word, or a number that may be written in digits."""
    if isinstance(quota, str) and quota in _WORDS:
        return quota
    number = isinstance(quota, Integral) or (isinstance(quota, str) and quota.isdecimal())
    if number and int(quota) >= 1:
        return int(quota)
    raise InputError(f"{quota!r} is no quota; use a number of votes from 1, or one of {', '.join(_WORDS)}")


Quota = Annotated[int | str, BeforeValidator(_read)]
"""A number of votes from 1, or "majority" (more than half), "two-thirds" (at least) or "unanimity"."""


def votes_of(quota: int | str, n: int) -> int:
    """Return the number of votes of n that a quota is.

    >>> votes_of("majority", 10), votes_of("two-thirds", 10), votes_of("unanimity", 10), votes_of(4, 10)
    (6, 7, 10, 4)
    """
    return _WORDS[quota](n) if isinstance(quota, str) else quota
