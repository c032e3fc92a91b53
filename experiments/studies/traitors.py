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
            "random-regular(n=20, d=10, seed=1)",
            "watts-strogatz(n=20, k=8, p=0.2, seed=1)",
            "barabasi-albert(n=20, m=5, seed=1)",
        ],
        "rule": ["linear", "w-msr", "median"],
        "traitors": range(7),
        "placement": ["random", "highest-degree"],
        "conduct": "stubborn(value=2)",
        "max_steps": 10_000,
    },
    replicates=20,
    seed=1,
    record=("steps", "parties"),
    measures=("tolerance", "conservation", "contraction", "capture", "validity", "robustness"),
    figures=("tolerance-map", "disagreement", "trajectories", "opinion-network"),
    small=Small(
        factors={"network": ["karate", "random-regular(n=20, d=10, seed=1)"], "traitors": [0, 1, 4]},
        replicates=3,
    ),
)
