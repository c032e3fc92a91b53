"""Treaty: a deal among n countries that a majority, two thirds or all must ratify, and k liars.

**Question.** How often is a treaty ratified, held up, forced through, or ratified in two versions, by the quota, the
number of liars, what they do, and whether the country that proposes it is one of them?
**Design.** 10 or 16 countries, each of which approves of a deal that others chose always, or with probability 0.7. The
proposer draws up what is best for itself, or what is best for itself of what just enough would vote for. Up to 6 liars
stay silent or forge votes while the proposer is honest, or collude with a proposer who is one of them and tells one
half of the others of one deal and the other half of another. 100 replicates, in which countries want the same whoever
lies.
**Expected.** Two deals never, as long as any two quorums share an honest party; where they need not and all approve of
everything, always. Where they approve with probability 0.7 colluders split ten countries with a majority rule in 6 % of
runs if there are two of them and in 37 % if there are five, with two thirds in 5 % if there are four. A draft that just
passes is easily held up: one silent country of ten does it in 10 % of runs by majority, 30 % by two thirds, and always
by unanimity. Silence and collusion cost the liars themselves; who signs anything gains a little, and by unanimity much,
as do the honest: votes that nobody meant are what gets past so high a quota.
"""

from ..study import Small, Study

__all__ = ["treaty"]

treaty = Study(
    name="treaty",
    question="How often is a treaty ratified, held up, forced through or split, by quota and number of liars?",
    model="treaty",
    factors={
        "network": "complete",
        "network.n": [10, 16],
        "domain": "random(issues=1)",
        "domain.parties": [10, 16],
        "domain.reservation": [0.0, 0.25],
        "draft": ["selfish", "passable"],
        "protocol": "ratification",
        "protocol.quorum": ["majority", "two-thirds", "unanimity"],
        "traitors": range(7),
        "conduct": ["silent", "forging", "colluding"],
        "placement": ["first(after=1)", "first"],
        "allow_below_bound": True,
    },
    where=(
        "`domain.parties` == `network.n` and 2 * traitors <= `network.n`"
        " and (draft == 'selfish' or `domain.reservation` > 0)"
        " and (placement == 'first') == (conduct == 'colluding')"
        " and (traitors > 0 or conduct == 'silent')"
    ),
    replicates=100,
    seed=1,
    record=(),
    measures=("ratification",),
    figures=("ratification",),
    small=Small(
        factors={
            "network.n": [10],
            "domain.parties": [10],
            "draft": ["selfish"],
            "traitors": [0, 2, 4],
        },
        replicates=5,
    ),
)
