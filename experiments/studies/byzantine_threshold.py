"""The Byzantine threshold: with how many parties can how many traitors be borne.

**Question.** A protocol is proven to bear f traitors from some number n of parties on. Does it, whatever the traitors
do and wherever they sit; and does it fail with one party fewer?
**Design.** Every protocol that is made for liars, with n = 3..13 parties and 0..5 traitors, set up for as many as there
are, below the bound as well; by conducts and by placements. Party 0 is the sender of a broadcast and the first king, so
it matters whether traitors sit first or last. Two honest parties are left always. Without traitors nothing depends on
conduct or placement, and each point is run once. Oral messages, which grow like n to the power of f + 1, and Ben-Or's
protocol, which below its bound goes on for ever, face two traitors at most. 100 replicates, each with
inputs, coins and random placements of its own.
**Expected.** Where the proven bound covers a run, agreement, validity and integrity hold, and termination where it is
owed. Below it at least one conduct breaks safety or keeps parties from deciding, but which one differs by
protocol: none finds every weakness. Bracha's broadcast stays safe even there, and stops. With signatures there is no
bound to be below of.
"""

from ..study import Small, Study

__all__ = ["byzantine_threshold"]

byzantine_threshold = Study(
    name="byzantine-threshold",
    question="With how many parties can how many traitors be borne?",
    model="generals",
    factors={
        "protocol": [
            "oral-messages",
            "signed-messages",
            "dolev-strong",
            "bracha",
            "phase-king",
            "berman-garay-perry",
            "ben-or-byzantine",
            "approximate",
        ],
        "network": "complete",
        "network.n": range(3, 14),
        "traitors": range(6),
        "conduct": ["silent", "corrupting", "equivocating", "colluding", "forging", "random"],
        "placement": ["random", "first", "last"],
        "allow_below_bound": True,
        "max_steps": 100,
    },
    where=(
        "traitors <= `network.n` - 2"
        " and (traitors > 0 or conduct == 'silent' and placement == 'random')"
        " and (traitors <= 2 or protocol not in ['oral-messages', 'ben-or-byzantine'])"
    ),
    replicates=100,
    seed=1,
    record=(),
    measures=("threshold",),
    figures=("phase-diagram",),
    small=Small(
        factors={
            "protocol": ["oral-messages", "dolev-strong", "bracha", "phase-king"],
            "network.n": range(3, 8),
            "traitors": range(3),
            "conduct": ["silent", "corrupting", "colluding"],
        },
        replicates=10,
    ),
)
