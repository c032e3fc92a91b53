"""The main study: how many traitors does a network bear.

**Question.** Parties on a network average their opinions; some of them are traitors who hold on to a value
outside everybody's opinions. Under which rule, on which network and with how many traitors do the honest
parties still agree, and on something that they could have meant?
**Design.** Three rules by six networks, three real and three random ones, by up to four traitors, placed at
random or on the hubs; 20 replicates that share their luck across all points.
**Expected.** Without traitors all agree, and linear averaging conserves the average to rounding. One stubborn
traitor captures linear averaging. W-MSR keeps the honest parties inside their hull and agrees where the
network is robust enough [1]_. The median mostly stays inside the hull, and freezes into clusters.

References
----------
.. [1] H. J. LeBlanc, H. Zhang, X. Koutsoukos, S. Sundaram, "Resilient asymptotic consensus in robust
       networks", IEEE Journal on Selected Areas in Communications 31 (2013) 766-781,
       doi:10.1109/JSAC.2013.130413.
"""

from ..study import Small, Study

__all__ = ["traitors"]

traitors = Study(
    name="traitors",
    question="How many traitors does a network bear?",
    model="averaging",
    factors={
        "network": [
            "karate",
            "florentine-families",
            "les-miserables",
            "random-regular(n=60, d=6)",
            "watts-strogatz(n=60, k=6, p=0.1)",
            "barabasi-albert(n=60, m=3)",
        ],
        "rule": ["linear", "w-msr", "median"],
        "traitors": range(5),
        "placement": ["random", "highest-degree"],
        "conduct": "stubborn(value=2)",
    },
    replicates=20,
    seed=1,
    record=("steps", "parties"),
    measures=("summary",),
    figures=("disagreement", "tolerance-map", "network", "trajectories"),
    small=Small(
        factors={"network": ["karate", "random-regular(n=20, d=4)"], "traitors": [0, 1]},
        replicates=2,
    ),
)
