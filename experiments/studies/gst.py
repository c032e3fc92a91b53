"""The global stabilisation time: how long does a decision take if the network behaves only from some time on.

**Question.** Until a time that nobody knows, messages are lost or late; from then on they arrive within a bound. When
do the parties decide, and is what they decide safe throughout?
**Design.** Four protocols that do not rely on rounds, seven parties, none or one of them a traitor, who is silent, or
where the protocol bears it two-faced. Before stabilisation three of ten messages are lost and the others take five
rounds in the mean; after it every message, the lost ones as well, arrives within a round. Stabilisation comes
after 0 to 60 rounds, or never. 100 replicates.
**Expected.** No violation of safety, whenever the network stabilises and if it never does. Soon after stabilisation all
have decided: Bracha's broadcast within 3 bounds of it, Paxos within 4 once no ballot disturbs another, Ben-Or's
consensus after as many rounds as its coins take. Without stabilisation nothing is owed, and a broadcast may be stuck
for ever; Paxos, which goes on trying, gets through by luck.
"""

from ..study import Small, Study

__all__ = ["gst"]

_BEFORE = "exponential(mean=5) + loss(p=0.3)"

gst = Study(
    name="gst",
    question="When do parties decide if the network behaves only from some time on?",
    model="generals",
    factors={
        "protocol": ["paxos", "bracha", "ben-or", "ben-or-byzantine"],
        "network": "complete(n=7)",
        "traitors": [0, 1],
        "f": 1,
        "conduct": ["silent", "equivocating"],
        "channel": [
            *(f"{_BEFORE} + stabilisation(at={at}, bound=1)" for at in (0, 10, 20, 30, 45, 60)),
            _BEFORE,
        ],
        "max_steps": 500,
    },
    where=(
        "conduct == 'silent' and protocol in ['paxos', 'ben-or']"
        " or protocol in ['bracha', 'ben-or-byzantine'] and (traitors > 0 or conduct == 'silent')"
    ),
    replicates=100,
    seed=1,
    record=(),
    measures=("decision-time",),
    figures=("decision-time",),
    small=Small(
        factors={"channel": [*(f"{_BEFORE} + stabilisation(at={at}, bound=1)" for at in (0, 30)), _BEFORE]},
        replicates=5,
    ),
)
