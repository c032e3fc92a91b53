"""Rubinstein: what the first to propose gets of a pie, against what waiting costs either side.

**Question.** Two divide a pie by alternating offers and know everything of each other. How much does the first to
propose get, by both discounts, with and without a deadline? Is it what Rubinstein and Ståhl proved?
**Design.** Six discounts of either side from 0.1 to 0.99; no deadline, and deadlines of 1, 2, 3, 10 and 100 rounds. A
pie of 100,000 steps, so that the grid can explain a difference of step / (1 - d1 d2) from theory, at most 0.0005. Both
play the equilibrium, found by backward induction on the grid: nothing is random, and each game is played once.
**Expected.** All agree at once. Without a deadline the first gets (1 - d2) / (1 - d1 d2): little if waiting costs only
the first much, nearly all if it costs only the second much. A single round is an ultimatum, and the first takes all;
of two the second is worth d2 to whoever proposes in it, and the first keeps 1 - d2, whatever its own discount. The
more patient they are the longer a deadline's shadow: one of 100 rounds is seen only where somebody has 0.99. Every
share is within the grid's error, and the greatest difference from theory is 0.0005.
"""

from ..study import Small, Study

__all__ = ["rubinstein"]

_DISCOUNTS = (0.1, 0.5, 0.8, 0.9, 0.95, 0.99)

rubinstein = Study(
    name="rubinstein",
    question="How much does the first to propose get of a pie, against what waiting costs either side?",
    model="negotiation",
    factors={
        "domain": "pie(steps=100000)",
        "domain.discount": [[first, second] for first in _DISCOUNTS for second in _DISCOUNTS],
        "tactic": "equilibrium",
        "rivals": "equilibrium",
        "information": "complete",
        "deadline": [None, 1, 2, 3, 10, 100],
    },
    seed=1,
    record=(),
    measures=("first-share",),
    figures=("first-share",),
    small=Small(
        factors={
            "domain": "pie(steps=1000)",
            "domain.discount": [[first, second] for first in (0.5, 0.9) for second in (0.5, 0.8)],
            "deadline": [None, 2],
        }
    ),
)
