"""Tournament: which tactic does best against all of them, and which is the best answer to which.

**Question.** Everybody chooses a tactic without knowing whom it will meet. Which does best on average, and which
choice would nobody regret who meets its like?
**Design.** Twelve tactics, each against each and itself, on both sides of the table: four paces of concession, two of
them with trade-offs as well, three tit-for-tats, MiCRO, and as yardsticks one that never concedes and one that asks
for anything. Random domains of 125 outcomes, of low, middle and high opposition, reservation values of 0.1, 100
rounds. 30 replicates, in each of which all pairs meet in the same domains.
**Expected.** Being tough pays on average: who concedes only at the end (beta of 0.1) comes first in all resamples
with 0.81, before those with beta of 0.3, MiCRO and the faster ones; but against its like it gets 0.73. It is no
equilibrium: MiCRO does better against it, and is a best response to itself, the only one among the twelve, as [1]_
found among other agents. Trade-offs change little against others, and gain two or three hundredths where both make
them. Tit-for-tats are at the end, with the stubborn: they wait for the other one to begin, so that among themselves
they never have a deal.

References
----------
.. [1] D. de Jonge, "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI 2022,
       223-229, doi:10.24963/ijcai.2022/32.
"""

from ..study import Small, Study

__all__ = ["tournament"]

_ENTRIES = [
    "time-dependent(beta=0.1)",
    "time-dependent(beta=0.3)",
    "time-dependent(beta=1)",
    "time-dependent(beta=3)",
    "time-dependent(beta=0.3, trade_off=0.05)",
    "time-dependent(beta=1, trade_off=0.05)",
    "tit-for-tat(kind=relative)",
    "tit-for-tat(kind=absolute)",
    "tit-for-tat(kind=averaged, lag=5)",
    "micro",
    "stubborn",
    "random",
]

tournament = Study(
    name="tournament",
    question="Which tactic does best against all of them, and which is a best response to which?",
    model="negotiation",
    factors={
        "domain": "random(issues=3, levels=5)",
        "domain.opposition": [0.1, 0.3, 0.5],
        "domain.reservation": 0.1,
        "tactic": _ENTRIES,
        "rivals": _ENTRIES,
        "deadline": 100,
    },
    replicates=30,
    seed=1,
    record=(),
    measures=("tournament", "best-responses"),
    figures=("tournament",),
    small=Small(
        factors={
            "tactic": ["time-dependent(beta=0.3)", "micro", "stubborn"],
            "rivals": ["time-dependent(beta=0.3)", "micro", "stubborn"],
        },
        replicates=3,
    ),
)
