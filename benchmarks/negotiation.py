"""Negotiations against NegMAS: two Boulwares on 1,000 outcomes, and a round-robin of 20.

NegMAS lives in an environment of its own. ACCORD_NEGMAS_PYTHON names an interpreter that has it; without that, one is
made once in the user's cache folder. Where it cannot be had, the benchmark says so and goes on.

For results to be comparable, both sides have to mean the same. NegMAS 0.16, as measured here: in a round each party
moves once, the first that was added first. In round r = 0, 1, ..., R - 1 the time is t = (r + 1) / (R + 1) for both,
so that the deadline itself is never reached. A time-dependent party asks for at least

    worst + (best - worst) (1 - t^(1 / beta)) - 0.0001,

where worst is no less than its reservation. It accepts whatever is worth as much to it (its target decides, not its
next offer), and else offers what is worth least of all that is worth as much. Whoever moves second in the last round
makes an offer that nobody can answer; without a deal both get their reservation.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean, median
from time import process_time
from typing import Any

import numpy as np
from accord.agents.outcomes import Integer, Space
from accord.agents.preferences.additive import Additive
from accord.agents.profile import Profile
from accord.models import Negotiation
from accord.models.bargain import Bargain
from accord.models.seeds import Seed

NEGMAS = "negmas==0.16.0"
BETA, ROUNDS, REPEATS = 0.25, 100, 3
DOMAINS, ISSUES, LEVELS, TOGETHER = 100, 3, 10, 1000
# 20: time-dependent ones from Boulware to Conceder, two that go by what the other side does, and one that never moves
ENTRIES: list[str | float] = [
    *(2.0 ** (power / 2) for power in range(-8, 9)),
    "micro",
    "tit-for-tat",
    "stubborn",
]


def measure() -> Iterator[str]:
    """Yield rates, welfare, agreements and rounds."""
    domains = _domains()
    try:
        peer = _peer(domains)
    except (OSError, subprocess.CalledProcessError) as problem:
        yield f"NegMAS is not there to compare with: {_last_line(problem)}"
        return
    yield f"{LEVELS**ISSUES:,} outcomes, {ROUNDS} rounds; NegMAS {peer['version']} on Python {peer['python']}"
    for name, key in (("as it comes", "bilateral"), ("without callbacks", "bilateral_silent")):
        yield f"two Boulwares on each of {DOMAINS} domains, NegMAS {name}: {_told(peer[key])}"
    yield f"round-robin of {len(ENTRIES)} on one domain, NegMAS: {_told(peer['round_robin'])}"
    own = _own(domains)
    for name, theirs, promised in (
        ("bilateral", "bilateral", 20),
        ("together", "bilateral", 40),
        ("round_robin", "round_robin", 10),
    ):
        told = {"bilateral": "two Boulwares", "together": f"{TOGETHER:,} in one run_many"}.get(
            name, "round-robin"
        )
        rate, silent = (_rate(own[name]) / _rate(peer[each]) for each in (theirs, _silent(theirs)))
        yield (
            f"{told}, accord: {_told(own[name])}; {rate:.0f} times NegMAS, {silent:.0f} times without its callbacks "
            f"(promised: {promised})"
        )
    welfare = [fmean(sum(row["utilities"]) for row in each["bilateral"]["rows"]) for each in (own, peer)]
    yield f"mean welfare of two Boulwares: {welfare[0] / welfare[1] - 1:+.2%} of NegMAS's (promised: within 1 %)"


def _own(domains: np.ndarray) -> dict[str, Any]:
    """Return what accord makes of the domains, in the form of `_peer`."""
    boulware = f"time-dependent(beta={BETA})"
    tactics = [each if isinstance(each, str) else f"time-dependent(beta={each})" for each in ENTRIES]
    pairs = [{"tactic": one, "rivals": other} for one in tactics for other in tactics]
    return {
        "bilateral": _played(domains, [{"tactic": boulware, "rivals": boulware}]),
        "together": _together(domains[0], boulware),
        "round_robin": _played(domains[:1], pairs),
    }


def _played(domains: np.ndarray, pairs: list[dict[str, str]]) -> dict[str, Any]:
    """Return processor times, the medians of several, and a row for each domain and pair."""
    whole, prepared = [], []
    for _ in range(REPEATS):
        start = process_time()
        bargains = [_bargain(tables) for tables in domains]
        made = process_time()
        models = [
            Negotiation(domain=bargain, deadline=2 * ROUNDS, rng=1, **pair).run()
            for bargain in bargains
            for pair in pairs
        ]
        end = process_time()
        whole.append(end - start)
        prepared.append(end - made)
    rows = [_row(model) for model in models]
    return {"seconds": median(whole), "seconds_prepared": median(prepared), "rows": rows}


def _together(tables: np.ndarray, tactic: str) -> dict[str, Any]:
    scenario = Negotiation.Scenario(
        domain=_bargain(tables), tactic=tactic, rivals=tactic, deadline=2 * ROUNDS
    )
    seconds = []
    for _ in range(REPEATS):
        start = process_time()
        records = Negotiation.run_many(scenario, [Seed(1, replicate) for replicate in range(TOGETHER)])
        seconds.append(process_time() - start)
    rows = [
        {
            "utilities": (record.run["utility"], record.run["rival_utility"]),
            "agreement": record.run["deal"] or None,
            "rounds": record.run["round"] / 2,
            "offers": record.run["offers"],
        }
        for record in records
    ]
    return {"seconds": median(seconds), "seconds_prepared": median(seconds), "rows": rows}


def _bargain(tables: np.ndarray) -> Bargain:
    space = Space([Integer(name=f"issue {number}", low=1, high=LEVELS) for number in range(ISSUES)])
    weights = tables.max(axis=-1)
    return Bargain(
        space,
        [
            Profile(Additive(values=(worth / weight[:, None]).tolist(), weights=weight.tolist())(space))
            for worth, weight in zip(tables, weights, strict=True)
        ],
    )


def _row(model: Negotiation) -> dict[str, Any]:
    table = model.tables[0]
    outcome = None if table.deal is None else table.deal.outcome
    return {
        "agreement": outcome,
        "utilities": [0.0, 0.0] if outcome is None else table.bargain.utilities[outcome].tolist(),
        "rounds": len(table) / 2,
        "offers": len(table.offers),
    }


def _rate(part: dict[str, Any]) -> float:
    return len(part["rows"]) / float(part["seconds"])


def _silent(name: str) -> str:
    return "bilateral_silent" if name == "bilateral" else name


def _domains() -> np.ndarray:
    """Return what each level of each issue is worth to both parties of each domain: (domains, 2, issues, levels).

    A party's worst outcome is worth 0, its best one 1, and its reservation is 0; no two outcomes are worth the same,
    or else it would matter which of them is offered.
    """
    rng = np.random.default_rng(1)
    worth = rng.random((DOMAINS, 2, ISSUES, LEVELS))
    worth -= worth.min(axis=-1, keepdims=True)
    worth /= worth.max(axis=-1, keepdims=True)
    weights: np.ndarray = rng.dirichlet(np.ones(ISSUES), size=(DOMAINS, 2))[..., None]
    return weights * worth


def _peer(domains: np.ndarray) -> dict[str, Any]:
    """Return what NegMAS makes of the domains: its version, and a dict for each part of the benchmark.

    Each part has the processor time of all its negotiations, from tables to recorded offers (`seconds`) and from
    utility functions that were made before (`seconds_prepared`), and a row for each negotiation: the agreement as
    levels or None, utilities, rounds begun and offers made. The parts are `bilateral`, a row a domain;
    `bilateral_silent`, the same with NegMAS's callbacks off, which changes nothing but the time; and `round_robin` on
    the first domain, a row for each ordered pair of entries.
    """
    task = {
        "domains": domains.tolist(),
        "entries": ENTRIES,
        "beta": BETA,
        "rounds": ROUNDS,
        "repeats": REPEATS,
    }
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "task.json"), Path(folder, "result.json")
        asked.write_text(json.dumps(task))
        _run(_python(), str(Path(__file__).with_name("_negmas.py")), str(asked), str(answered), cwd=folder)
        result: dict[str, Any] = json.loads(answered.read_text())
    return result


def _python() -> str:
    """Return an interpreter that has NegMAS, which is installed for it if need be."""
    if named := os.environ.get("ACCORD_NEGMAS_PYTHON"):
        return named
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    home = cache / "accord" / f"{NEGMAS.replace('==', '-')}-{version}"
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready = home / "ready"  # written last, so that an installation that was broken off is made again
    if not ready.exists():
        _run(sys.executable, "-m", "venv", "--clear", str(home))
        _run(str(python), "-m", "pip", "install", "--quiet", NEGMAS)
        ready.touch()
    return str(python)


def _run(*words: str, cwd: str | None = None) -> None:
    # without this environment's paths, lest the other one imports from them
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(words, check=True, capture_output=True, text=True, cwd=cwd, env=environment)


def _told(part: dict[str, Any]) -> str:
    rows = part["rows"]
    rate, prepared = len(rows) / part["seconds"], len(rows) / part["seconds_prepared"]
    return (
        f"{rate:.1f} a second ({prepared:.1f} with utility functions made before), "
        f"mean welfare {fmean(sum(row['utilities']) for row in rows):.4f}, "
        f"deals {fmean(row['agreement'] is not None for row in rows):.0%}, "
        f"rounds {fmean(row['rounds'] for row in rows):.1f}, offers {fmean(row['offers'] for row in rows):.1f}"
    )


def _last_line(problem: OSError | subprocess.CalledProcessError) -> str:
    told = getattr(problem, "stderr", None) or str(problem)
    return str(told).strip().splitlines()[-1]
