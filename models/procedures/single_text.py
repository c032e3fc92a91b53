"""A mediator proposes one text after another, and keeps each that all prefer.

**Procedure.** The mediator begins with a text drawn by chance. In each round it changes one issue of the standing
text to another value, drawn alike, and asks everybody whether to put that in its place; it does if all say yes. When
the deadline has come, or `patience` changes in a row were refused, the standing text is put to a last vote: it is the
deal if it is worth its reservation value to everybody.
**Guarantee.** Nobody reveals more than which of two texts it prefers. Hill climbers end where no single change suits
all, which need not be on the frontier if utilities are not additive.
**Cost.** A round is one text and n votes.
**Names.** Single negotiating text, mediated single text; the method of the Camp David accords.

References
----------
.. [1] M. Klein, P. Faratin, H. Sayama, Y. Bar-Yam, "Negotiating complex contracts", Group Decision and Negotiation 12
       (2003) 111-125, doi:10.1023/A:1023068821218.
"""

from collections.abc import Iterator
from itertools import count

import numpy as np
from pydantic import Field

from ...agents.outcomes import Space
from ..deal import Ending
from ..table import Table
from . import Procedure

__all__ = ["SingleText"]

MEDIATOR = -1


class SingleText(Procedure):
    """A text that everybody prefers to the one before."""

    patience: int = Field(200, ge=1, description="refused changes in a row after which the mediator stops")

    def rounds(self, table: Table) -> Iterator[None]:
        """Play until there is no time, or no change that suits all."""
        space = table.space
        text, refused = int(table.luck() * space.size), 0
        for number in count():
            change = _changed(space, text, table.luck(), table.luck())
            table.offered(number, MEDIATOR, change)
            votes = [table.approves(seat, change, text, number) for seat in table.seats]
            if all(votes):
                text, refused = change, 0
            else:
                refused += 1
            if refused >= self.patience or not table.goes_on(number):
                suits = all(
                    table.worth(seat, text) >= table.profiles[seat].reservation for seat in table.seats
                )
                if table.ending is not Ending.BROKEN_OFF:
                    table.closed(Ending.AGREED if suits else Ending.STUCK, number, text if suits else None)
                return
            yield


def _changed(space: Space, text: int, which: float, how: float) -> int:
    """Return a text with one issue changed to another of its values."""
    levels = list(space.levels(text))
    open_to_change = [issue for issue, many in enumerate(space.shape) if many > 1]
    if open_to_change:
        issue = open_to_change[int(which * len(open_to_change))]
        other = int(how * (space.shape[issue] - 1))
        levels[issue] = other + (other >= levels[issue])
    return int(np.ravel_multi_index(levels, space.shape))
