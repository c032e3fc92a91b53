"""One offers, the others answer; who does not accept makes the next offer.

**Procedure.** In each round there is one offer. The other parties are asked in turn, those who sit after the proposer
first. Who accepts passes the question on; the first who does not makes a counter-offer, which is that of the next
round. When all have accepted, it is a deal of that round.
**Guarantee.** A deal has everybody's consent. With two parties it is Rubinstein's game, where a rejection costs a
round.
**Cost.** A round is one offer and up to n - 1 answers.
**Names.** Alternating-offers protocol; with more than two parties stacked alternating offers (SAOP).

References
----------
.. [1] A. Rubinstein, "Perfect equilibrium in a bargaining model", Econometrica 50 (1982) 97-109, doi:10.2307/1912531.
.. [2] R. Aydogan, D. Festen, K. V. Hindriks, C. M. Jonker, "Alternating offers protocols for multilateral
       negotiation", in: Modern Approaches to Agent-based Complex Automated Negotiation, Studies in Computational
       Intelligence 674, Springer 2017, 153-167, doi:10.1007/978-3-319-51563-2_10.
"""

from collections.abc import Iterator
from itertools import count

import numpy as np

from ...agents.bargaining import Answer
from ..deal import Ending
from ..table import Table
from . import Procedure

__all__ = ["AlternatingOffers"]


class AlternatingOffers(Procedure):
    """One offer a round, by who rejected the last."""

    def rounds(self, table: Table) -> Iterator[None]:
        """Play until all others accept an offer."""
        proposer, act = 0, table.respond(0, None, 0)
        for number in count():
            if isinstance(act, Answer):
                table.closed(Ending.LEFT, number)
                return
            offer = act
            table.offered(number, proposer, offer)
            for seat in (*table.seats[proposer + 1 :], *table.seats[:proposer]):
                act = table.respond(seat, offer, number + 1)
                if act is not Answer.ACCEPT:
                    proposer = seat
                    break
            else:
                table.closed(Ending.AGREED, number, offer)
                return
            if act is Answer.LEAVE:
                table.closed(Ending.LEFT, number)
                return
            if not table.goes_on(number):
                return
            yield

    def settle(self, table: Table) -> bool:
        """Play all rounds at once where there are two parties whose bids follow from the time alone."""
        deadline = table.deadline
        if len(table.seats) != 2 or deadline is None or table.break_off:
            return False
        times = np.arange(deadline + 1) / deadline
        bids = np.empty(deadline + 1, dtype=np.intp)
        for seat, tactic, profile in zip(table.seats, table.tactics, table.profiles, strict=True):
            can = tactic.keeps_to_plan and profile.acceptable.size
            plan = tactic.plan(profile, times[seat::2]) if can else None
            if plan is None:
                return False
            bids[seat::2] = plan
        taken = np.empty(deadline, dtype=np.bool_)
        for seat, tactic, profile in zip(table.seats, table.tactics, table.profiles, strict=True):
            worth = profile.utilities[
                bids
            ]  # the offer of round k is weighed against one's own of round k + 1
            answered = slice(1 - seat, deadline, 2)
            planned = slice(2 - seat, None, 2)
            taken[answered] = tactic.accept.takes(profile, times[planned], worth[answered], worth[planned])
        last = int(taken.argmax()) if taken.any() else deadline - 1
        table.offered_in_turn(bids[: last + 1].tolist())
        table.closed(*((Ending.AGREED, last, int(bids[last])) if taken[last] else (Ending.DEADLINE, last)))
        return True
