"""Ben-Or's randomised consensus against liars: the same rounds, and thresholds that f lies cannot reach.

**Rule.** As `ben-or`, with `propose` and `decide` more than (n + f)/2, and `adopt` f + 1.
**Guarantee.** Asynchronous, n > 5f Byzantine parties. Two sets of more than (n + f)/2 parties share an honest one, so
that honest parties never propose two values in one round, and f + 1 proposals hold an honest one. If somebody
decides in a round, more than (n - f)/2 honest parties proposed that; of these, n - f proposals heard miss f at most,
which leaves more than (n - 3f)/2 > f. So all others adopt it, and in the next round at least n - 2f > (n + f)/2 honest
reports and proposals are heard, and all decide. With probability 1 all decide at last; in round 1 if all honest parties
put in one value.
**Cost.** As `ben-or`: two message delays and 2n(n - 1) messages a round, one round after the decision included.
**Names.** Ben-Or's protocol B, asynchronous Byzantine agreement by local coins.

With other thresholds than the defaults ``propose=(n + f) // 2 + 1, adopt=f + 1, decide=(n + f) // 2 + 1`` parties
decide differently, or never: where f proposals suffice to adopt, traitors take the place of the coins.

References
----------
.. [1] M. Ben-Or, "Another advantage of free choice: completely asynchronous agreement protocols", PODC 1983,
       27-30, doi:10.1145/800221.806707.

Examples
--------
>>> BenOrByzantine().thresholds(n=6, f=1)
(4, 2, 4)
"""

from typing import ClassVar

from pydantic import Field

from . import Faults
from .ben_or import BenOr

__all__ = ["BenOrByzantine"]


class BenOrByzantine(BenOr):
    """Reports, proposals and coins among liars."""

    faults: ClassVar[Faults] = Faults.BYZANTINE

    propose: int | None = Field(None, ge=1, description="reports to propose; by default (n + f) // 2 + 1")
    adopt: int | None = Field(None, ge=1, description="proposals to go on with a value; by default f + 1")
    decide: int | None = Field(None, ge=1, description="proposals to decide; by default (n + f) // 2 + 1")

    def least(self, f: int) -> int:
        """Return 5f + 1."""
        return 5 * f + 1

    def thresholds(self, n: int, f: int) -> tuple[int, int, int]:
        """Return how many are needed to propose, to adopt and to decide where nothing else was set."""
        majority = (n + f) // 2 + 1
        return majority, f + 1, majority
