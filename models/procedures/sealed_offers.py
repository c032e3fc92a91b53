"""Both name a price at the same time, unseen by the other; if the bid is not below the ask, they trade between the two.

**Procedure.** There is one round, and one issue, such as a price. Each party names a value of it. If each would get
from the other's no less than from its own, it is a deal at k times the first party's and 1 - k times the second's, to
the nearest value there is; else there is none.
**Guarantee.** A deal is worth to both at least as much as what they named. Who names what the good is worth to it
gives its gain away, so everybody shades, and trades are lost that would pay: no procedure can avoid it.
**Cost.** One round of two offers.
**Names.** Sealed-bid k-double auction, split the difference (k = 1/2); k = 1 and k = 0 let one party make the price.

References
----------
.. [1] K. Chatterjee, W. Samuelson, "Bargaining under incomplete information", Operations Research 31 (1983) 835-851,
       doi:10.1287/opre.31.5.835.
"""

from collections.abc import Iterator

from pydantic import Field

from ...agents.bargaining import Answer
from ...agents.errors import InputError
from ..deal import Ending
from ..table import Table
from . import Procedure

__all__ = ["SealedOffers"]


class SealedOffers(Procedure):
    """One price each, and the difference split."""

    k: float = Field(0.5, ge=0, le=1, description="weight of the first party's price in that of the deal")

    def check(self, parties: int) -> None:
        """Raise InputError unless there are two."""
        if parties != 2:
            raise InputError(
                f"procedure={self} is for two parties, and {parties} sit at the table; use alternating-offers"
            )

    def rounds(self, table: Table) -> Iterator[None]:
        """Play the only round."""
        self.settle(table)
        yield from ()

    def settle(self, table: Table) -> bool:
        """Play the only round; a difference can be split where there is one issue only."""
        acts = [table.respond(seat, None, 0) for seat in table.seats]
        if any(isinstance(act, Answer) for act in acts) or len(table.space.shape) > 1:
            table.closed(Ending.LEFT, 0)
            return True
        one, other = (int(act) for act in acts if isinstance(act, int))
        for seat, offer in enumerate((one, other)):
            table.offered(0, seat, offer)
        suits = table.worth(0, other) >= table.worth(0, one) and table.worth(1, one) >= table.worth(1, other)
        price = round(self.k * one + (1 - self.k) * other)
        # between two prices that suit both lie only such as do; of other issues that need not be so
        suits = suits and all(
            table.worth(seat, price) >= table.profiles[seat].reservation for seat in table.seats
        )
        table.closed(*((Ending.AGREED, 0, price) if suits else (Ending.STUCK, 0)))
        return True
