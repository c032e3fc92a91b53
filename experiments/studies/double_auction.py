"""The sealed double auction: what a buyer and a seller reach who know only themselves.

**Question.** A buyer and a seller, whose value and cost are drawn uniformly from [0, 1], each name a price, unseen by
the other. How often do they trade, and how much of the 1/6 that there is to be gained on average is gained?
**Design.** Chatterjee and Samuelson's linear equilibrium with five weights k of the bid in the price, from the
seller's price (0) to the buyer's (1), on a grid of 500 steps. 3,000 replicates.
**Expected.** Trade with probability (1 + k)(2 - k) / 8, and half of that gained: most, 27/32 of the 1/6, at k = 1/2,
which Myerson and Satterthwaite show to be the most that any mechanism reaches; 3/4 where one side makes the price.
Prices are rounded in one's own favour, which loses trades that are worth less than two steps.
"""

from ..study import Small, Study

__all__ = ["double_auction"]

_WEIGHTS = [0.0, 0.25, 0.5, 0.75, 1.0]

double_auction = Study(
    name="double-auction",
    question="How much of what trade could gain is gained if both sides know only themselves?",
    model="negotiation",
    factors={
        "domain": "trade(low=0, high=1, steps=500)",
        "procedure": "sealed-offers",
        "procedure.k": _WEIGHTS,
        "tactic": "chatterjee-samuelson",
        "tactic.k": _WEIGHTS,
        "rivals": "chatterjee-samuelson",
        "rivals.k": _WEIGHTS,
    },
    where="`procedure.k` == `tactic.k` and `tactic.k` == `rivals.k`",
    replicates=3000,
    seed=1,
    record=(),
    measures=("double-auction",),
    figures=("double-auction",),
    small=Small(replicates=50),
)
