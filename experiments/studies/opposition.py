"""Opposition: how much is left on the table, by how opposed two are and about how many issues.

**Question.** A deal is inefficient if another would give both more. How much welfare is lost so, by how opposed two
are, by how many issues there are, and by whether they look for what the other one likes?
**Design.** Random domains of 2 to 5 issues of 5 levels, that is of 25 to 3,125 outcomes, their opposition from 0.05
to 0.65 of the 0.707 that is possible. Four tactics against their like, 200 rounds: concession with time, the same
with trade-offs that follow the other's offers, MiCRO, and anything acceptable. 40 replicates.
**Expected.** Nothing is lost where nobody is opposed. Towards the middle losses grow, and with the number of issues:
to 4 to 7 per cent for 2 issues and 11 for 5, where there is most to find. Trade-offs halve the loss for many issues, to
less than 6 per cent for 5 issues up to 0.45. Near the greatest opposition the sum of utilities is nearly the same
whatever they agree on, so that even chance, which loses 25 to 40 per cent up to 0.45, comes to about 90. MiCRO's deals
are as efficient as those with trade-offs, but it goes through one outcome after another: with 4 or 5 issues and some
opposition 200 rounds are too few, and mostly there is no deal.
"""

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
