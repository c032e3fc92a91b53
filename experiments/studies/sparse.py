"""Sparse networks: how well linked must a network be for protocols that take all to be linked.

**Question.** Parties that are not linked reach each other over several disjoint routes at once, by way of the others,
and traitors sit on these, too. How great must the network's vertex connectivity be for a protocol to bear f of them?
**Design.** Twelve networks of twelve parties, two each of connectivity 1 to 6: the network with the fewest links, and
one of another build. Five protocols, broadcasts and consensus, set up for 1 and 2 traitors, who say nothing, lie about
whatever passes them, tell some this and others that, or anything. Twelve parties suffice for each of them on a
complete network, so that only links can be missing. Inputs are drawn, and in consensus also unanimous: a party cut off
from the others is least likely to guess these. Traitors sit at random. 10 replicates.
**Expected.** With a connectivity of 2f + 1 every run is solved: that is enough whatever traitors do, and with less no
protocol without signatures is safe from everything that they could do [1]_. Signatures can be checked however a message
came, so that with them it is enough that traitors cannot cut the others apart [2]_; Dolev-Strong gains from it although
relays do not rely on signatures.

References
----------
.. [1] D. Dolev, "The Byzantine generals strike again", Journal of Algorithms 3 (1982) 14-30,
       doi:10.1016/0196-6774(82)90004-9.
.. [2] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming
       Languages and Systems 4 (1982) 382-401, doi:10.1145/357172.357176, section 6.
"""

from ..study import Small, Study

__all__ = ["sparse"]

sparse = Study(
    name="sparse",
    question="How well linked must a network be for traitors among the relays to be borne?",
    model="generals",
    factors={
        "network": [
            *("harary(k=1, n=12)", "barbell(m1=6)"),
            *("harary(k=2, n=12)", "grid(rows=3, columns=4)"),
            *("harary(k=3, n=12)", "wheel(n=12)"),
            *("harary(k=4, n=12)", "torus(rows=3, columns=4)"),
            *("harary(k=5, n=12)", "random-regular(n=12, d=5, seed=1)"),
            *("harary(k=6, n=12)", "complete-bipartite(a=6, b=6)"),
        ],
        "protocol": ["bracha", "ben-or-byzantine", "phase-king", "oral-messages", "dolev-strong"],
        "traitors": [1, 2],
        "conduct": ["silent", "corrupting", "equivocating", "random"],
        "initial": ["bits", "bits(p=1)"],
        "relay": True,
        "allow_below_bound": True,
    },
    where="initial == 'bits' or protocol in ['ben-or-byzantine', 'phase-king']",
    replicates=10,
    seed=1,
    record=(),
    measures=("connectivity",),
    figures=("connectivity-threshold",),
    small=Small(
        factors={
            "network": ["harary(k=2, n=12)", "harary(k=3, n=12)"],
            "protocol": ["bracha", "phase-king"],
            "traitors": [1],
            "conduct": ["silent", "corrupting"],
        },
        replicates=3,
    ),
)
