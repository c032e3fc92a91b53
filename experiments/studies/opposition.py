"""Opposition."""

from ..study import Small, Study

__all__ = ["opposition"]

_TACTICS = ["time-dependent(beta=0.3)", "time-dependent(beta=0.3, trade_off=0.1)", "micro", "random"]

opposition = Study(
    name="opposition",
    question="How much do two leave on the table, by how opposed they are and about how many issues?",
    model="negotiation",
    factors={
        "domain": "random(levels=5)",
        "domain.issues": [2, 3, 4, 5],
        "domain.opposition": [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65],
        "tactic": _TACTICS,
        "rivals": _TACTICS,
        "deadline": 200,
    },
    where="tactic == rivals",
    replicates=40,
    seed=1,
    record=(),
    measures=("bargaining",),
    figures=("efficiency",),
    small=Small(
        factors={"domain.issues": [2, 4], "domain.opposition": [0.15, 0.55]},
        replicates=4,
    ),
)
