"""Crash availability: how many servers keep a register within reach.

**Question.** Each of n servers is down with probability p, independently. How likely are clients answered, if any one
server can be read, and if it takes a majority?
**Design.** Registers on n = 2, 3, 5 and 7 servers, read from one and written to all that are up, or kept by majorities
(ABD). Of these k = 0..n - 1 are down from the start, anywhere; with all down nobody is answered. Two clients write and
read 3 commands each, within 60 rounds. 100 replicates. The binomial law weights what was found for each k, so that the
same runs tell the availability for every p.
**Expected.** Read-one: 1 - p^n. Majorities: the probability that more than half are up, at p = 0.1 on five servers
0.99144. Two servers are worse than one, and beyond p = 1/2 five are worse than three.
"""

from ..study import Small, Study

__all__ = ["availability"]

availability = Study(
    name="availability",
    question="How likely are clients answered if each server is down with some probability?",
    model="registers",
    factors={
        "protocol": ["read-one", "abd"],
        "network": "complete",
        "network.n": [2, 3, 5, 7],
        "traitors": range(7),
        "f": 0,
        "conduct": "crash(at=0)",
        "commands": 3,
        "allow_below_bound": True,
        "max_steps": 60,
    },
    where="traitors < `network.n`",
    replicates=100,
    seed=1,
    record=(),
    measures=("availability",),
    figures=("availability",),
    small=Small(factors={"network.n": [2, 3], "traitors": range(3)}, replicates=10),
)
