"""Two put all that they have into a pot and split it at random.

**Rule.** Of the s coins that the two have together the first gets 0, 1, ..., s, all equally likely, and the second
the rest.
**Effect.** In the end all ways to distribute the coins are equally likely, as where they change hands one by one; but
after a few meetings each, however many coins there are.
**Names.** Random reshuffling, uniform redistribution, Dragulescu and Yakovenko's random exchange of the pair's money.

References
----------
.. [1] A. Dragulescu, V. M. Yakovenko, "Statistical mechanics of money", European Physical Journal B 17 (2000)
       723-729, doi:10.1007/s100510070114.

Examples
--------
>>> from accord.agents.exchanges import Meeting
>>> one = np.ones(2)
>>> met = Meeting(np.array([[3, 0]]), np.array([[1, 4]]), one, one, one, np.array([0.0, 0.9]))
>>> Split().transfer(met).tolist()
[[3, -4]]
"""

from typing import ClassVar

import numpy as np

from . import ExchangeRule, Meeting, Units

__all__ = ["Split"]


class Split(ExchangeRule):
    """The pot split at random."""

    needs_luck: ClassVar[bool] = True

    def transfer(self, meeting: Meeting) -> Units:
        """Return what the first has less what it gets."""
        pot = meeting.first + meeting.second
        left: Units = meeting.first - np.floor(meeting.luck * (pot + 1)).astype(np.int64)
        return left
