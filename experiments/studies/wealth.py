"""Wealth: how unequal money becomes that changes hands at random, and what becomes of it among those who do not pay.

**Question.** How unequally is money held in the end, by how much of it there is, by who can meet whom, and by how
many pay only every other time?
**Design.** 100 parties with 1 or 10 coins each at first, one of whom gives another a coin at every encounter: among
all, around a ring and on a network with hubs. 0, 10 or 50 of them keep every other coin that they are to pay. 4,000
steps, 10 replicates.
**Expected.** Where all pay, the Gini coefficient of theory on any network, 0.66 with a coin each and 0.52 with 10:
more money is less unequal, down to 1/2. Measured: 0.67 to 0.69 and 0.51 to 0.54. Ten who pay every other time hold
3.9 to 4.1 coins each where there is one for everybody, and 90 where there are 10: nine tenths of all. Theory says
3.93 and 91.2; around a ring, where money travels slowly, 4,000 steps bring it to 80. Fifty of them hold 1.5 and 19
each: they mostly cheat each other.
"""

from ..study import Small, Study

__all__ = ["wealth"]

wealth = Study(
    name="wealth",
    question="How unequally is money held that changes hands at random, and what do those hold who do not always pay?",
    model="exchange",
    factors={
        "exchange": "coin",
        "endowment": ["equal(amount=1)", "equal(amount=10)"],
        "network": ["complete(n=100)", "ring(n=100)", "barabasi-albert(n=100)"],
        "traitors": [0, 10, 50],
        "conduct": "breach(p=0.5)",
        "max_steps": 4000,
    },
    replicates=10,
    seed=1,
    record=("parties",),
    measures=("inequality",),
    figures=("lorenz",),
    small=Small(
        factors={
            "endowment": "equal(amount=1)",
            "network": ["complete(n=100)", "ring(n=100)"],
            "traitors": [0, 50],
            "max_steps": 300,
        },
        replicates=3,
    ),
)
