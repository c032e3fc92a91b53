"""Concession."""

from ..study import Small, Study

__all__ = ["concession"]

_PACES = [f"time-dependent(beta={beta})" for beta in (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)]

concession = Study(
    name="concession",
    question="What do both sides' paces of concession do to deals, to their split and to their time?",
    model="negotiation",
    factors={
        "domain": "random(issues=3, levels=10)",
        "domain.opposition": 0.4,
        "domain.reservation": 0.3,
        "tactic": _PACES,
        "rivals": _PACES,
        "deadline": [5, 10, 25, 100],
    },
    replicates=20,
    seed=1,
    record=(),
    measures=("bargaining",),
    figures=("concession",),
    small=Small(
        factors={"tactic": [_PACES[1], _PACES[5]], "rivals": [_PACES[1], _PACES[5]], "deadline": [5, 10]},
        replicates=3,
    ),
)
