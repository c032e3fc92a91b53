"""Merkle: what it costs to catch every lie about a disk of blocks.

**Question.** A client keeps a root hash and nothing else. How many hashes does it take to read one of B blocks from
servers of which all but one lie, and how many lies does it believe?
**Design.** Disks of B = 2..2^20 blocks, B the powers of two and some numbers between, on four servers. Three of them
tell other blocks with genuine paths (corrupting), make claims up before they are asked (forging), answer from the past
(stale proofs), or say nothing. A client asks for 100 blocks, of which it rewrites half; messages take up to three
rounds, so that an honest server may be behind, too. 5 replicates.
**Expected.** No lie is believed. A claim takes as many hashes as its path and one: ceil(log2 B) + 1 at most, in the
mean those of `analysis.theory.merkle`, up to chance, since not all blocks are read. Where three servers of four lie and
are asked as often as the honest one, a read takes about 2.5 claims, and as many times the hashes; more where lies come
unasked, and less where servers lie only from some time on. Of an old proof the path is wrong even if the block is not.
"""

from ..study import Small, Study

__all__ = ["merkle"]

merkle = Study(
    name="merkle",
    question="How many hashes does it take to catch every lie about a block?",
    model="disks",
    factors={
        "network": "complete(n=4)",
        "traitors": 3,
        "conduct": ["corrupting", "forging", "stale(at=50)", "silent"],
        "channel": "uniform(low=0, high=3)",
        "keys": sorted([2**k for k in range(1, 21)] + [3, 10, 100, 1000, 10_000, 100_000, 1_000_000]),
        "commands": 100,
        "max_steps": 10_000,
    },
    replicates=5,
    seed=1,
    record=(),
    measures=("proof-cost",),
    figures=("proof-cost",),
    small=Small(factors={"keys": [2, 100, 2**10, 10**6], "commands": 30}, replicates=2),
)
