"""Markets against their equilibrium: means, first and last period, and theory beside them."""

import pandas as pd
from accord.analysis.measures.market import market


def test_means_and_theory_of_known_runs() -> None:
    runs = pd.DataFrame(
        {
            "run": [0, 1],
            "valuation": "smith",
            "institution": "call-auction",
            "trader": ["truthful", "zero-intelligence"],
            "efficiency": [1.0, 0.5],
            "price": [2.0, 2.5],
            "equilibrium_price": 2.0,
            "alpha": [0.0, 25.0],
            "profit_dispersion": 0.0,
            "trades": 6,
            "shouts_made": 22,
            "status": "ok",
        }
    )
    steps = pd.DataFrame(
        {
            "run": [0, 0, 0, 1, 1, 1],
            "step": [0, 1, 2] * 2,
            "alpha": [None, 0, 0, None, 30, 20],
            "disagreement": [None, 0, 0, None, 1, 2],
        }
    )
    table = market(runs, steps)
    truthful, random = table.itertuples()
    assert (truthful.efficiency_theory, truthful.price_theory) == (1, 2)
    assert pd.isna([random.efficiency_theory, random.price_theory]).all()
    assert (random.off_price, random.alpha_first, random.alpha_last, random.spread) == (0.5, 30, 20, 1.5)
    assert market.answer(table) == (
        "In 2 runs, 75 % of the greatest surplus was made in the mean over what was tried: from 50 % (Zero "
        "intelligence) to 100 % (Truthful). Prices were 15 % off the equilibrium's in the first period and 10 % in the "
        "last."
    )
