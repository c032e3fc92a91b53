"""What NegMAS does with a task: run by `negotiation.py` in an environment of NegMAS's own, and by nothing else.

python _negmas.py TASK RESULT    reads one JSON file and writes the other one
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import negmas
from negmas import MiCRONegotiator, NaiveTitForTatNegotiator, SAOMechanism, ToughNegotiator, make_issue
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.value_fun import TableFun
from negmas.sao.negotiators import TimeBasedConcedingNegotiator

Make = Callable[[], Any]
Domain = list[list[list[float]]]  # by party, issue and level
Ended = tuple[tuple[int, ...] | None, int, list[Any]]


def entry(told: str | float) -> Make:
    """Return what makes a negotiator of a name, or a time-dependent one with a beta, which is 1 / its exponent."""
    if isinstance(told, str):
        return {
            "micro": MiCRONegotiator,
            "tit-for-tat": NaiveTitForTatNegotiator,
            "stubborn": ToughNegotiator,
        }[told]
    return lambda: TimeBasedConcedingNegotiator(offering_curve=1 / told)


def negotiate(issues: list[Any], utilities: list[Any], makes: tuple[Make, Make], **settings: Any) -> Ended:
    """Return agreement, rounds and recorded offers."""
    mechanism = SAOMechanism(issues=issues, **settings)
    for make, utility in zip(makes, utilities, strict=True):
        mechanism.add(make(), ufun=utility)
    state = mechanism.run()
    return state.agreement, state.step, mechanism.trace


def row(ended: Ended, tables: Domain) -> dict[str, Any]:
    """Return how it ended, with utilities looked up in the tables; without an agreement they are the reservation, 0."""
    levels, rounds, offers = ended
    return {
        "agreement": levels and [int(level) for level in levels],
        "utilities": [
            sum(table[issue][level] for issue, level in enumerate(levels)) if levels else 0.0
            for table in tables
        ],
        "rounds": rounds,
        "offers": len(offers),
    }


def main(task: dict[str, Any]) -> dict[str, Any]:
    issues = [make_issue(len(column), f"issue {k}") for k, column in enumerate(task["domains"][0][0])]

    def utilities(tables: Domain) -> list[Any]:
        return [
            LinearAdditiveUtilityFunction(
                [TableFun(dict(enumerate(column))) for column in table],
                weights=[1.0] * len(issues),
                issues=issues,
                reserved_value=0.0,
            )
            for table in tables
        ]

    def played(
        games: list[tuple[Domain, tuple[Make, Make]]], repeats: int, **settings: Any
    ) -> dict[str, Any]:
        """Return how each game ends, and the median processor time of all, with preparation and without."""
        negotiate(issues, utilities(games[0][0]), games[0][1], **settings)  # so that everything is imported
        whole, bare = [], []
        for _ in range(repeats):
            start = process_time()
            prepared = [utilities(tables) for tables, _ in games]
            middle = process_time()
            ended = [
                negotiate(issues, each, makes, **settings)
                for each, (_, makes) in zip(prepared, games, strict=True)
            ]
            end = process_time()
            whole.append(end - start)
            bare.append(end - middle)
        rows = [row(each, tables) for each, (tables, _) in zip(ended, games, strict=True)]
        return {"seconds": median(whole), "seconds_prepared": median(bare), "rows": rows}

    rounds, repeats = {"n_steps": task["rounds"]}, task["repeats"]
    alike = [(tables, (entry(task["beta"]),) * 2) for tables in task["domains"]]
    makes = [entry(told) for told in task["entries"]]
    pairs = [(task["domains"][0], (first, second)) for first in makes for second in makes]
    return {
        "version": negmas.__version__,
        "python": sys.version.split()[0],
        "bilateral": played(alike, repeats, **rounds),
        "bilateral_silent": played(alike, repeats, extra_callbacks=False, **rounds),
        "round_robin": played(pairs, 1, **rounds),
    }


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(main(json.loads(Path(sys.argv[1]).read_text()))))
