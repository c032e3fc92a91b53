"""Ben-Or's coins: how many rounds does a randomised consensus take.

**Question.** No deterministic protocol decides always if one party may crash and messages take any time; Ben-Or's
tosses coins and decides with probability 1. After how many rounds, by how many crashes it is made for, and by who
decides in which order messages arrive?
**Design.** 5 to 11 parties with inputs tossed by coins, set up for all numbers f < n/2 of crashes; nobody crashes, so
all harm is done by what is not waited for. Four orders of arrival: by time, at random, by an adversary that starves a
party, and by one that sees everything and is greedy. 200 replicates.
**Expected.** Few rounds while f is small against the square root of n, and many when it is near n/2, whoever
schedules. The mean lies between that of the kindest schedule and the exact worst case, the value of a Markov decision
process (`analysis.theory.ben_or`): 2^(n-1) + 1 from mixed inputs for f near n/2. The greedy adversary comes nowhere
near it.
"""

from ..study import Small, Study

__all__ = ["ben_or"]

ben_or = Study(
    name="ben-or",
    question="How many rounds does Ben-Or's randomised consensus take?",
    model="generals",
    factors={
        "protocol": "ben-or",
        "network": "complete",
        "network.n": [5, 7, 9, 11],
        "f": range(1, 6),
        "scheduler": ["earliest", "random", "blind", "omniscient"],
        "max_steps": 100_000,
    },
    where="f < `network.n` / 2",
    replicates=200,
    seed=1,
    record=(),
    measures=("rounds",),
    figures=("rounds",),
    small=Small(factors={"network.n": [5, 7]}, replicates=20),
)
