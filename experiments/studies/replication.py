"""Replication: what a command costs.

**Question.** What does it take to keep one ledger on n servers where nothing goes wrong: servers that may crash, and
servers that may lie?
**Design.** Raft, which bears crashes of a minority, and PBFT and HotStuff, which bear lies of less than a third, with
n = 4..64 servers, set up for as many faults as they bear. One client writes 5 commands, or 15, one after another, every
message takes a round, and nobody fails. What ten commands more take is the cost: so Raft's election drops out, and its
heartbeats are so rare that none comes between two commands.
**Expected.** Exactly the formulas of `analysis.theory.cost`: 2n messages for Raft, 2n^2 - n + 1 for PBFT, 10n - 8 for
HotStuff; 4, 5 and 9 message delays, whatever n is. So HotStuff sends fewer messages than PBFT from n = 5 on, but its
messages carry whole blocks and certificates: in bytes it is not cheaper before n = 7.
"""

from ..study import Small, Study

__all__ = ["replication"]

replication = Study(
    name="replication",
    question="What does a command cost that is entered in one ledger on many servers?",
    model="servers",
    factors={
        "protocol": ["raft(heartbeat=9)", "pbft", "hotstuff"],
        "network": "complete",
        "network.n": [4, 7, 10, 16, 25, 40, 64],
        "f": [1, 2, 3, 4, 5, 7, 8, 12, 13, 19, 21, 31],
        "clients": 1,
        "commands": [5, 15],
        "reads": 0.0,
    },
    where=(
        "f == (`network.n` - 1) // 2 and protocol == 'raft(heartbeat=9)'"
        " or f == (`network.n` - 1) // 3 and protocol != 'raft(heartbeat=9)'"
    ),
    replicates=3,
    seed=1,
    record=(),
    measures=("command-cost",),
    figures=("command-cost",),
    small=Small(factors={"network.n": [4, 7, 10]}, replicates=1),
)
