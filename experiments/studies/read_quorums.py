"""Read quorums: how many reads come out wrong when servers lie, and from how many liars on.

**Question.** Quorum systems differ in what they reckon with: that servers fail, that they lie about what clients have
not signed, that they lie about anything. What share of reads is wrong with f' liars among n servers, up to the number
that a system was set up for and above it?
**Design.** Four systems set up to bear f = 2 faulty servers among n = 6 to 9: masking quorums need 4f + 1 = 9 of them,
dissemination quorums 3f + 1 = 7, majorities 5; with fewer servers each has the largest quorum that can still be had
without two of them. From none to n - 2 servers lie in one of three ways: they turn every value round, they make
answers up for either half of the others, or they answer from the state in which they began. One client writes and
reads in turn, so that no read overlaps a write and every promise says the same of it. Messages have heavy-tailed
delays, so that servers are often behind; with read-one, which needs rounds, they arrive within one. 100 replicates.
**Expected.** In all runs that are covered no read is wrong. Read-one and majorities believe whoever answers: from the
first liar on reads are wrong, about as often as a server lies. Masking quorums of nine servers err from the third liar
on, those of eight with the two that they were set up for, those of seven with one; among six servers some reads return
nothing even if nobody lies. Where values are signed only the past deceives anybody: it takes more liars than are borne,
and messages that are late at the right servers, so that wrong reads stay rare; liars who say anything else are
not heard, and if they are too many, clients wait for ever.
"""

from ..study import Small, Study

__all__ = ["read_quorums"]

read_quorums = Study(
    name="read-quorums",
    question="How many reads come out wrong with how many liars?",
    model="registers",
    factors={
        "protocol": ["read-one", "abd", "dissemination", "masking"],
        "network": "complete",
        "network.n": range(6, 10),
        "f": 2,
        "traitors": range(8),
        "conduct": ["corrupting", "forging", "stale(at=0)"],
        "channel": ["uniform(low=0, high=1)", "heavy-tailed"],
        "clients": 1,
        "commands": 20,
        "allow_below_bound": True,
        "max_steps": 500,
    },
    where=(
        "traitors <= `network.n` - 2 and (traitors > 0 or conduct == 'corrupting')"
        " and (protocol == 'read-one') == (channel != 'heavy-tailed')"
    ),
    replicates=100,
    seed=1,
    record=(),
    measures=("wrong-reads",),
    figures=("wrong-reads",),
    small=Small(factors={"network.n": [6, 9], "traitors": [0, 2, 5]}, replicates=5),
)
