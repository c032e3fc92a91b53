"""Replication: Raft, PBFT and HotStuff among 7 servers beside a bare broadcast, long runs, and their judgement.

Rates are of processor time, each the median of runs that take turns with the broadcast's.
"""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from accord.agents.command import Command
from accord.agents.keys import Keys
from accord.agents.machine import Machine, Seat
from accord.agents.protocols import Protocol
from accord.agents.protocols.bracha import Bracha
from accord.agents.protocols.hotstuff import HotStuff
from accord.agents.protocols.pbft import PBFT
from accord.agents.protocols.raft import Raft
from accord.models import Servers
from accord.models.channels import channels
from accord.models.linearizability import linearizable
from accord.models.schedulers.earliest import Earliest
from accord.models.simulation import Luck, Simulation

SERVERS, CLIENTS, KEYS = 7, 5, 10
REPEATS = 7
PROTOCOLS: tuple[Protocol, ...] = (Raft(), PBFT(), HotStuff())

_LONG = """
import resource
from accord.models import Servers
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
limits = {{"max_steps": 10**6, "max_events": 10**8}}
model = Servers(network="complete(n=7)", clients=20, commands={each}, keys=100, rng=1, **limits)
row = model.run().recorded().run
assert row["answered"] == 20 * {each} and row["linearizability"] == "held"
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measure() -> Iterator[str]:
    """Yield the rates and their ratios."""
    for channel in ("constant", "uniform"):
        rates: dict[str, list[float]] = {"broadcast": [], **{str(each): [] for each in PROTOCOLS}}
        for seed in range(REPEATS):
            rates["broadcast"].append(_broadcast(channel, seed))
            for each in PROTOCOLS:
                rates[str(each)].append(_replicated(each, channel, seed))
        bare = median(rates.pop("broadcast"))
        yield f"channel {channel}: Bracha's broadcast among 31: {bare:,.0f} messages a second"
        for name, measured in rates.items():
            rate = median(measured)
            yield (
                f"channel {channel}: {name} among {SERVERS} servers and {CLIENTS} clients: {rate:,.0f} messages a "
                f"second (promised: 100,000), {rate / bare:.2f} of the broadcast's"
            )
    yield from _memory()
    yield _judging()


def _broadcast(channel: str, seed: int) -> float:
    n, f = 31, 10
    machines = [Bracha().machine(Seat(node, n, f, 1)) for node in range(n)]
    simulation = _simulation(machines, channel, seed)
    start = process_time()
    simulation.drain(float("inf"))
    return (sum(simulation.sent) + simulation.own) / (process_time() - start)


def _replicated(protocol: Protocol, channel: str, seed: int, commands: int = 400) -> float:
    """Return the rate of a run on the queue with nothing around it."""
    rng, n = np.random.default_rng(seed), SERVERS + CLIENTS
    machines = []
    for node in range(n):
        work = tuple(
            Command(node, k, int(rng.integers(KEYS)), None if rng.random() < 0.5 else n * k + node)
            for k in range(commands if node >= SERVERS else 0)
        )
        seat = Seat(node, n, _borne(protocol), keys=Keys((node,), b"run"), servers=SERVERS, commands=work)
        machines.append(protocol.machine(seat))
    simulation = _simulation(machines, channel, seed)
    start = process_time()
    clock = 0
    while len(simulation.returned) < CLIENTS * commands:
        clock += 10
        simulation.drain(clock)
    return sum(simulation.sent) / (process_time() - start)


def _borne(protocol: Protocol) -> int:
    """Return how many faulty ones of so many servers the protocol bears."""
    return max(f for f in range(SERVERS) if protocol.least(f) <= SERVERS)


def _simulation(machines: list[Machine], channel: str, seed: int) -> Simulation:
    coins = np.random.default_rng(seed)

    def coin(node: int, key: Any, domain: Any) -> Any:
        return domain[int(coins.random() * len(domain))]

    luck = Luck(np.random.default_rng(seed), np.random.default_rng(seed), coin)
    return Simulation(machines, channels.choose(channel), Earliest(), luck, max_events=10**8)


def _memory() -> Iterator[str]:
    for each in (500, 5_000):
        output = subprocess.run(
            [sys.executable, "-c", _LONG.format(each=each)], capture_output=True, text=True, check=True
        ).stdout
        before, after = map(int, output.split())
        yield (
            f"a run of {20 * each:,} commands, judged: {after / 1024:.0f} MB in all, {(after - before) / 1024:.0f} MB "
            "of them for the run (promised: 100,000 within 300 MB)"
        )


def _judging() -> str:
    took: dict[str, list[float]] = {"run": [], "judge": []}
    for seed in range(REPEATS):
        model = Servers(
            network="complete(n=7)", clients=CLIENTS, commands=200, keys=KEYS, rng=seed, max_steps=10**5
        )
        start = process_time()
        model.run()
        middle = process_time()
        assert linearizable(model.history, initial=0).status == "held"
        took["judge"].append(process_time() - middle)
        took["run"].append(middle - start)
    run, judge = median(took["run"]), median(took["judge"])
    return (
        f"linearizability of 1,000 operations by {CLIENTS} clients on {KEYS} keys: {judge * 1e3:.1f} ms, "
        f"{judge / run:.3f} of the run's {run * 1e3:.0f} ms (promised: less than 1)"
    )
