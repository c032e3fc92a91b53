"""Bargaining: what a negotiator sees when it is its turn, and what it can do.

A negotiator is asked for an offer, or for an answer to one. It answers with an outcome's number, which is an offer of
its own, with `Answer.ACCEPT`, or with `Answer.LEAVE`. Who is asked when is the procedure's to say; which offer to make
is a tactic's, and which to take an acceptance condition's.
"""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from .outcomes import Space
from .profile import Profile

__all__ = ["Act", "Answer", "View"]


class Answer(Enum):
    """What can be done besides making an offer."""

    ACCEPT = "accept"
    LEAVE = "leave"  # end the negotiation without a deal


Act = int | Answer


class View(NamedTuple):
    """What a negotiator knows when it is its turn.

    Parameters
    ----------
    space
        What is negotiated about.
    profile
        Its own preferences.
    round
        The round in which the next offer stands, from 0; each round is one offer with the answers to it.
    deadline
        Number of rounds; None where nobody knows when it ends.
    mine
        The outcomes that it has offered, by number, the latest last.
    heard
        Those that it was offered.
    luck
        A uniform random number in [0, 1), new each time.
    rivals
        The others' preferences where information is complete, those who speak after it first; else none.
    """

    space: Space
    profile: Profile
    round: int
    deadline: int | None
    mine: Sequence[int] = ()
    heard: Sequence[int] = ()
    luck: float = 0.0
    rivals: Sequence[Profile] = ()

    @property
    def time(self) -> float:
        """The share of the time that is over, 0 to 1; 0 for ever where there is no deadline."""
        return self.round / self.deadline if self.deadline else 0.0
