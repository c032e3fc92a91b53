"""Market liars: what lies cost the honest and bring the liars, by institution.

**Question.** In the markets of Gode and Sunder, who gains and who loses if up to half of the traders lie, which lies
are caught by what, and does the institution make a difference?
**Design.** The five markets; a continuous double auction with traders without intelligence, and a call auction,
second-price auctions and posted prices with truthful ones. None to six of twelve traders lie, in seven ways, wherever
chance puts them: three periods, ten replicates.
**Expected.** Lies seldom pay: of 420 combinations of market, institution, lie and number the liars gained for certain
(95 %) in 7, fewer than chance would have, all of them claims of false values where sellers name a reserve or a price;
the honest lost in 246. With half of the traders lying, 86 to 90 percent of the surplus are left by false values (factor
1.2), 53 to 56 by a ring that refuses to compete, 43 to 46 by silence, and 14 to 24 by deals that are signed and not
kept, which cost the honest most and are caught as soon as one is due. Who quotes different prices to different traders
pays for the gains of the honest, who get two to three times what is due, and is caught wherever quotes are heard; in a
call auction nobody can compare. False values cost the honest 3 percent in a call auction, 7 in a double auction, 13 in
second-price auctions and 16 with posted prices.
"""

from ..study import Small, Study

__all__ = ["market_liars"]

market_liars = Study(
    name="market-liars",
    question="Who gains and who loses by lies in a market, and does the institution make a difference?",
    model="market",
    factors={
        "valuation": [f"gode-sunder(market={number})" for number in range(1, 6)],
        "institution": ["continuous-double-auction", "call-auction", "second-price", "posted-prices"],
        "trader": ["zero-intelligence", "truthful"],
        "conduct": ["misreport(factor=1.2)", "bluff", "ring", "equivocating", "silent", "breach", "shill"],
        "traitors": [0, 1, 3, 6],
        "periods": 3,
        "shouts": 1000,
        "tick": 1,
    },
    where="(institution == 'continuous-double-auction') == (trader == 'zero-intelligence')",
    replicates=10,
    seed=1,
    record=(),
    measures=("liars",),
    figures=("efficiency-liars",),
    small=Small(
        factors={
            "valuation": ["gode-sunder(market=1)", "gode-sunder(market=4)"],
            "conduct": ["misreport(factor=1.2)", "equivocating", "breach"],
            "traitors": [0, 3],
            "periods": 1,
        },
        replicates=3,
    ),
)
