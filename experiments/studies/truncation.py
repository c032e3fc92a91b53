"""Truncation: how often a false block is believed when hashes are cut to k bits.

**Question.** Does a false block with a genuine path get past a root hash of k bits with probability 2^-k?
**Design.** Two servers, the first of which tells another block with the genuine path, and a client that reads one
block, asks the liar first and the honest one if it is not convinced. Hashes are cut to 2..12 bits: that of the root
alone, which is compared, or all in the tree. Disks of 2, 64 and 4,096 blocks, whose paths have d = 1, 6 and 12 hashes.
Each run has a hash function of its own, salted: on one tree the same few collisions would be met again and again. 4,000
replicates.
**Expected.** 2^-k, whatever B, if only the root is cut; 1 - (1 - 2^-k)^(d + 1), about (d + 1) 2^-k, if all hashes are,
since a collision on any level goes on to the root. Of 36 intervals of 95 % one or two miss the law by chance. With 2
bits, and with 4 on the longest path, fewer are believed than that: the law takes levels to be independent, and of so
few pairs of hashes those that did not collide come again on the way up, the sooner as all blocks hold the same.
"""

from ..study import Small, Study

__all__ = ["truncation"]

truncation = Study(
    name="truncation",
    question="How often is a false block believed when hashes are cut short?",
    model="disks",
    factors={
        "network": "complete(n=2)",
        "protocol": "merkle-disk",
        "protocol.cut": ["root", "every-level"],
        "protocol.bits": [2, 4, 6, 8, 10, 12],
        "keys": [2, 64, 4096],
        "commands": 1,
        "reads": 1.0,
        "traitors": 1,
        "conduct": "corrupting",
        "placement": "first",
    },
    replicates=4000,
    seed=1,
    record=(),
    measures=("false-accepts",),
    figures=("false-accepts",),
    small=Small(factors={"protocol.bits": [2, 4, 6], "keys": [2, 64]}, replicates=100),
)
