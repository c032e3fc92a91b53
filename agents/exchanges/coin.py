"""One gives the other a coin, if it has one.

**Rule.** The first of a pair gives a coin to the second, and gets nothing for it. Which of the two is the first is
chance.
**Effect.** Every coin goes where it came from as easily, so that in the end all ways to distribute the coins are
equally likely, on any connected network: a party's wealth is geometric, in large populations exponential with Gini
coefficient 1/2. Nobody is better than the others, and few have most.
**Names.** Dragulescu and Yakovenko's model, Boltzmann-Gibbs distribution of money, one-coin model, kinetic exchange.

References
----------
.. [1] A. Dragulescu, V. M. Yakovenko, "Statistical mechanics of money", European Physical Journal B 17 (2000)
       723-729, doi:10.1007/s100510070114.

Examples
--------
>>> from accord.agents.exchanges import Meeting
>>> one = np.ones(2)
>>> Coin().transfer(Meeting(np.array([[3, 0]]), np.array([[0, 3]]), one, one, one, one)).tolist()
[[1, 0]]
"""

import numpy as np

from . import ExchangeRule, Meeting, Units

__all__ = ["Coin"]


class Coin(ExchangeRule):
    """A coin from one to the other."""

    def transfer(self, meeting: Meeting) -> Units:
        """Return 1 where the first has a coin."""
        return np.minimum(meeting.first, 1)
