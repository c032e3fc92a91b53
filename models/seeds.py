"""Where every random number comes from: one integer, a replicate, and a purpose.

The streams of a run are keyed by what they are for, not by the design point that the run belongs to.
So the same replicate meets the same luck (network, first opinions, placement) whatever the number of
traitors, the rule or the conduct: common random numbers, which make differences between levels
far less noisy than the levels themselves.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np

from ..agents.errors import InputError

__all__ = ["Purpose", "Seed"]


class Purpose(IntEnum):
    """What a stream of random numbers is for. Numbers are part of every result: never renumber."""

    NETWORK = 0
    INITIAL = 1
    PLACEMENT = 2
    CHANNEL = 3
    CONDUCT = 4
    SCHEDULE = 5
    MODEL = 6
    COIN = 7


@dataclass(frozen=True, order=True)
class Seed:
    """The luck of one run.

    Parameters
    ----------
    number
        A non-negative integer, the same for a whole sweep.
    replicate
        Which repetition this is, counted from 0.

    Examples
    --------
    >>> Seed(1).stream(Purpose.NETWORK).integers(100, size=3)
    array([68, 88,  3])
    """

    number: int
    replicate: int = 0

    def stream(self, purpose: Purpose) -> np.random.Generator:
        """Return a new generator at the start of this run's stream for a purpose."""
        sequence = np.random.SeedSequence(self.number, spawn_key=(self.replicate, int(purpose)))
        return np.random.Generator(np.random.PCG64(sequence))

    @classmethod
    def of(cls, rng: Any, replicate: int = 0) -> "Seed":
        """Return the seed for a model's `rng` argument.

        Parameters
        ----------
        rng
            A non-negative integer, or one written in digits as seed boxes hand them over; None takes fresh
            entropy from the operating system, which the seed then remembers; a `Seed` is itself.

        Raises
        ------
        InputError
            If it is none of these. Generators are refused: a run must be repeatable from its row.
        """
        if isinstance(rng, Seed):
            return rng
        if not isinstance(replicate, int | np.integer) or replicate < 0:
            raise InputError(f"replicate={replicate!r}: replicates are counted from 0")
        if rng is None:
            # 63 bits, so that the number fits a column of a frame
            return cls(
                int(np.random.SeedSequence().generate_state(1, np.uint64)[0] >> np.uint64(1)), replicate
            )
        if isinstance(rng, str) and rng.strip().isdecimal():
            rng = int(rng)
        if isinstance(rng, bool | np.bool_) or not isinstance(rng, int | np.integer) or rng < 0:
            raise InputError(
                f"rng={rng!r}: a seed is a non-negative integer, such as rng=1, or None for a new one"
            )
        if rng > np.iinfo(np.int64).max:
            raise InputError(f"rng={rng}: a seed must fit a column of 64-bit integers; use one below 2**63")
        return cls(int(rng), replicate)
