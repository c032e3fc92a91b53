"""Gode-Sunder: how much of what can be gained a market makes of traders who know nothing.

**Question.** In the five markets of Gode and Sunder, how efficient are traders without intelligence, with and without a
budget constraint, how far are profits and prices from those of equilibrium, and how much do traders add that learn?
**Design.** A continuous double auction, three periods with as many shouts as it takes (2,000), 20 replicates.
**Expected.** Unconstrained traders trade every unit, and leave 90.0, 90.0, 76.7, 48.8 and 86.7 percent of the greatest
surplus: the paper's table, but for 86.0 in market 5, whose schedules are reconstructed. Constrained ones make 99.9,
99.8, 99.6, 99.5 and 97.1 percent (paper: 99.9, 99.2, 99.0, 98.2, 97.1) with profits as far from the equilibrium's as
in the paper (30, 54, 18, 63, 23 against 29, 50, 16, 60, 19), and in each period their prices come nearer to it, by 0.7,
0.9, 2.2, 3.4 and 0.6 a deal (paper: 0.6, 0.6, 1.2, 3.6, 0.8). Believers in Gjerstad and Dickhaut's sense add at most
1.3 points, but halve the distance of profits in markets 2 to 5 and that of prices from the first to the last period.
"""

from ..study import Small, Study

__all__ = ["gode_sunder"]

gode_sunder = Study(
    name="gode-sunder",
    question="How efficient are traders without intelligence in the markets of Gode and Sunder?",
    model="market",
    factors={
        "valuation": [f"gode-sunder(market={number})" for number in range(1, 6)],
        "trader": ["zero-intelligence(constrained=false)", "zero-intelligence", "gjerstad-dickhaut"],
        "periods": 3,
        "shouts": 2000,
        "tick": 1,
    },
    replicates=20,
    seed=1,
    measures=("gode-sunder", "market"),
    figures=("supply-demand",),
    small=Small(
        factors={"trader": ["zero-intelligence(constrained=false)", "zero-intelligence"]},
        replicates=3,
    ),
)
