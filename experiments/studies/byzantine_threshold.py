"""The Byzantine threshold: with how many parties can how many traitors be borne.

**Question.** A protocol is proven to bear f traitors from some number n of parties on. Does it, whatever the traitors
do and wherever they sit; and does it fail with one party fewer?
**Design.** Every protocol that is made for liars (but for ratification, which the study `treaty` is about), with n =
3..13 parties and 0..5 traitors, set up for as many as there are, below the bound as well; by conducts and by
placements. Party 0 is the sender of a broadcast and parties 0..f are kings in turn, so it matters where traitors sit:
anywhere, first, last, or first after an honest party 0. Two honest parties are left always. Without traitors nothing
depends on conduct or placement, and each point is run once. 100 replicates, each with inputs, coins and random
placements of its own. Two protocols are not run everywhere in full. With four or five traitors oral messages number
up to 772,000 a run, and meet only conducts that lie in step with the protocol, whose runs are played in arrays; and
Ben-Or's parties may go on for ever below their bound, where runs are cut off after 30 steps.
**Expected.** Where the proven bound covers a run, agreement, validity and integrity hold, and termination where it is
owed. Below it at least one conduct breaks safety or keeps parties from deciding, but which one differs by protocol:
none finds every weakness. Bracha's broadcast stays safe even there, and stops. With signatures there is no bound to
be below of.
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
        "placement": ["random", "first", "last", "first(after=1)"],
        "allow_below_bound": True,
        "max_steps": [100, 30],
    },
    where=(
        "traitors <= `network.n` - 2"
        " and (traitors > 0 or conduct == 'silent' and placement == 'random')"
        " and (traitors <= 3 or protocol != 'oral-messages' or conduct not in ['forging', 'random'])"
        " and (max_steps == 30) == (protocol == 'ben-or-byzantine' and `network.n` <= 5 * traitors)"
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
