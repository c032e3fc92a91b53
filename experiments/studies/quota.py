"""Quota: what a proposer gets who needs the votes of some, of more or of all.

**Question.** How much of a dollar does the first proposer keep, and with how many does it share, by the quota, the
number of members, their patience and how proposers are found?
**Design.** 3 to 101 members; a majority, two thirds or all must agree; a dollar is worth 0.5, 0.9 or 1 a round later;
proposers are drawn by lot, in turn, or always the same. Everybody plays the equilibrium, so that luck says who proposes
and who is a partner, and nothing else: 20 replicates.
**Expected.** Baron and Ferejohn's 1 - d(q - 1)/n by lot: with many members about 1 - d/2 for a majority, and 1 - d for
unanimity. In turn, or by one alone, the proposer takes all however patient the others are, except that in turn
unanimity leaves it (1 - d)/(1 - d^n), without impatience 1/n. Everything passes at once, and nobody gets a share whose
vote is not needed: impatience moves money, and costs nothing.
"""

from ..study import Small, Study

__all__ = ["quota"]

quota = Study(
    name="quota",
    question="What does a proposer keep, by quota, number of members, patience and who proposes next?",
    model="legislature",
    factors={
        "recognition": ["random", "rotating", "fixed"],
        "quota": ["majority", "two-thirds", "unanimity"],
        "discount": [0.5, 0.9, 1.0],
        "network": "complete",
        "network.n": [3, 5, 11, 25, 51, 101],
    },
    replicates=20,
    seed=1,
    record=(),
    measures=("proposer-share",),
    figures=("proposer-share",),
    small=Small(factors={"network.n": [3, 5, 11]}, replicates=3),
)
