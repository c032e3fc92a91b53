"""Deals: how a negotiation ended, for better or worse."""

from enum import StrEnum
from typing import Any, NamedTuple

__all__ = ["Catch", "Deal", "Ending", "Offer"]


class Ending(StrEnum):
    """How a negotiation ends."""

    AGREED = "agreed"
    DEADLINE = "deadline"  # the last offer was not taken
    LEFT = "left"  # somebody left
    BROKEN_OFF = "broken off"  # chance ended it
    STUCK = "stuck"  # nobody conceded, where somebody has to
    BREACHED = "breached"  # it was signed, and not kept


class Catch(StrEnum):
    """What a liar is caught by."""

    SETTLEMENT = "settlement"  # it did not keep a deal that it had signed
    SILENCE = "silence"  # it never said a word
    COMPARISON = "comparison"  # it told different things to two who can talk to each other


class Offer(NamedTuple):
    """That a party offered an outcome, in some round."""

    round: int
    party: int
    outcome: int


class Deal(NamedTuple):
    """How a negotiation ended.

    Parameters
    ----------
    parties
        Who sat at the table, by node.
    outcome
        What they agreed on: an outcome by its number, a price, or a division by its shares; None if they did not.
    round
        In which round, from 0.
    ending
        How it ended.
    """

    parties: tuple[int, ...]
    outcome: Any
    round: int
    ending: Ending
