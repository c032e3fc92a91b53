"""Concession: what both sides' paces do to deals, to their split and to their time.

**Question.** Who concedes late gets more, if there is a deal. How does that depend on either side's exponent, and on
how many rounds there are?
**Design.** Time-dependent tactics against each other, their exponents from 0.02, far on the Boulware's side, to 5.
Random domains of 1,000 outcomes, of opposition 0.4, with reservation values of 0.3. Deadlines of 5, 10, 25 and 100
rounds: with an odd one the first makes the last offer, with an even one the second. 20 replicates, the same domains
for all pairs.
**Expected.** The share goes to whoever is tougher, and time to the less tough: two of exponent 5 agree after 5 of 100
rounds, two of 0.02 after 99. How late one may concede is a matter of rounds: whoever makes the last offer must have
conceded before it what the other one needs, for that one takes anything worth its reservation value by then. With 5
and with 10 rounds the deal rate hangs on the exponent of the last to offer, whatever the other's: none or one run in
twenty at 0.02, most from 0.5 on. With 100 rounds even two of 0.02 agree in 17 runs of 20.
"""

from ..study import Small, Study

__all__ = ["concession"]

_PACES = [f"time-dependent(beta={beta})" for beta in (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)]

concession = Study(
    name="concession",
    question="What do both sides' paces of concession do to deals, to their split and to their time?",
    model="negotiation",
    factors={
        "domain": "random(issues=3, levels=10)",
        "domain.opposition": 0.4,
        "domain.reservation": 0.3,
        "tactic": _PACES,
        "rivals": _PACES,
        "deadline": [5, 10, 25, 100],
    },
    replicates=20,
    seed=1,
    record=(),
    measures=("bargaining",),
    figures=("concession",),
    small=Small(
        factors={"tactic": [_PACES[1], _PACES[5]], "rivals": [_PACES[1], _PACES[5]], "deadline": [5, 10]},
        replicates=3,
    ),
)
