"""Both offer at once, and concede or stand still.

**Procedure.** In each round both parties make an offer at the same time. It is a deal if one's offer is worth as much
to the other as that one's own; of two such offers chance takes one. A concession is an offer worth less to its maker
than its last one (Endriss calls that egocentric); any other counts as the last one again. A round in which both stand
still ends it.
**Guarantee.** It ends after as many rounds as there are outcomes, at the latest. A deal is worth to each as much as
it last asked for, or was last offered.
**Cost.** A round is two offers.
**Names.** Monotonic concession protocol (MCP).

References
----------
.. [1] J. S. Rosenschein, G. Zlotkin, "Rules of Encounter", MIT Press 1994.
.. [2] U. Endriss, "Monotonic concession protocols for multilateral negotiation", AAMAS 2006, 392-399,
       doi:10.1145/1160633.1160702.
"""

from collections.abc import Iterator
from itertools import count

from ...agents.bargaining import Answer
from ...agents.errors import InputError
from ..deal import Ending
from ..table import Table
from . import Procedure

__all__ = ["MonotonicConcession"]


class MonotonicConcession(Procedure):
    """Both at once, and never back."""

    def check(self, parties: int) -> None:
        """Raise InputError unless there are two."""
        if parties != 2:
            raise InputError(
                f"procedure=monotonic-concession is for two parties, and {parties} sit at the table; "
                "use alternating-offers"
            )

    def rounds(self, table: Table) -> Iterator[None]:
        """Play until one's offer suits the other, or both stand still."""
        standing: list[int] = []
        for number in count():
            acts = [table.respond(seat, None, number) for seat in table.seats]
            if any(act is Answer.LEAVE for act in acts):
                table.closed(Ending.LEFT, number)
                return
            offers = [
                act
                if not standing or table.worth(seat, act) < table.worth(seat, standing[seat])
                else standing[seat]
                for seat, act in enumerate(acts)
                if isinstance(act, int)
            ]
            for seat, offer in enumerate(offers):
                table.offered(number, seat, offer)
            one, other = offers
            good = [
                offer
                for seat, offer, theirs in ((0, other, one), (1, one, other))
                if table.worth(seat, offer) >= table.worth(seat, theirs)
            ]
            if good:
                table.closed(Ending.AGREED, number, good[int(table.luck() * len(good))])
                return
            if offers == standing:
                table.closed(Ending.STUCK, number)
                return
            standing = offers
            if not table.goes_on(number):
                return
            yield
