"""Cost: how many messages a decision takes.

**Question.** What does agreement cost where nothing goes wrong, if as many traitors are to be borne as can be?
**Design.** Every protocol with n = 4..100 parties, set up for the most traitors that it bears with so many (two-phase
commit for none; oral messages, which grow exponentially, up to n = 13). There are no traitors, everybody puts in 1
and every message takes a round, so that the count is that of the formulas, and the same in every run: one replicate.
**Expected.** Exactly the formulas of `analysis.theory.cost`: linear in n for two-phase commit, quadratic where all
speak to all a fixed number of times, cubic for phase kings, whose phases grow with f, exponential for oral messages.
"""

from ..study import Small, Study

__all__ = ["cost"]

cost = Study(
    name="cost",
    question="How many messages does a decision take?",
    model="generals",
    factors={
        "protocol": [
            "two-phase-commit",
            "paxos",
            "ben-or",
            "ben-or-byzantine",
            "bracha",
            "ratification",
            "signed-messages",
            "dolev-strong",
            "phase-king",
            "berman-garay-perry",
            "approximate",
            "oral-messages",
        ],
        "network": "complete",
        "network.n": [4, 7, 10, 13, 16, 25, 40, 64, 100],
        "f": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 19, 21, 23, 24, 31, 33, 38, 49, 62, 98],
        "initial": "bits(p=1)",
    },
    where=(
        "protocol == 'two-phase-commit' and f == 0"
        " or protocol in ['paxos', 'ben-or'] and f == (`network.n` - 1) // 2"
        " or protocol == 'ben-or-byzantine' and f == (`network.n` - 1) // 5"
        " or protocol in ['bracha', 'ratification', 'berman-garay-perry', 'approximate']"
        " and f == (`network.n` - 1) // 3"
        " or protocol == 'oral-messages' and f == (`network.n` - 1) // 3 and `network.n` <= 13"
        " or protocol in ['signed-messages', 'dolev-strong'] and f == `network.n` - 2"
        " or protocol == 'phase-king' and f == (`network.n` - 1) // 4"
    ),
    record=(),
    measures=("message-cost",),
    figures=("message-cost",),
    small=Small(factors={"network.n": [4, 7, 10, 13]}),
)
