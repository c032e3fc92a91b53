"""The event queue: Bracha's broadcast among 31 parties with random delays, against the same on SimPy.

The peer is written as SimPy's own documentation does it: a process and a store for each party, and a process for each
message under way. A second peer saves the latter by a callback.
"""

import subprocess
import sys
from collections.abc import Iterator
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from accord.agents.machine import Seat
from accord.agents.protocols.bracha import Bracha
from accord.models import Generals
from accord.models.channels.uniform import Uniform
from accord.models.schedulers.earliest import Earliest
from accord.models.simulation import Luck, Simulation

N, F, HIGH = 31, 10, 10.0
REPEATS = 15

_MEMORY = """
import resource
from accord.models import Generals
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
model = Generals({settings}, max_steps=10**6, max_events={events}, record=(), rng=1).run()
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, sum(model.simulation.sent) + model.simulation.own)
"""
# below its bound Ben-Or's protocol goes on for ever; a broadcast of 708 has half of its messages under way at once
_LONG = "protocol='ben-or-byzantine', network='complete(n=13)', f=5, allow_below_bound=True"
_BROAD = "protocol='bracha', network='complete(n=708)'"


def measure() -> Iterator[str]:
    """Yield the rates and their ratios."""
    settings = {"network": f"complete(n={N})", "f": F, "channel": f"uniform(high={HIGH})"}
    scenario = Generals.Scenario(**settings)
    rates: dict[str, list[float]] = {"queue": [], "mesa": [], "processes": [], "callbacks": []}
    for seed in range(REPEATS + 2):
        timed = {
            "queue": _timed(_bare, seed),
            "mesa": _timed(lambda seed: Generals(scenario, rng=seed).run(), seed),
            "processes": _timed(lambda seed: _simpy(seed, callbacks=False), seed),
            "callbacks": _timed(lambda seed: _simpy(seed, callbacks=True), seed),
        }
        if seed >= 2:
            for name, seconds in timed.items():
                rates[name].append(N * (2 * N + 1) / seconds)
    rate = {name: median(each) for name, each in rates.items()}
    yield f"event queue: {rate['queue']:,.0f} messages a second; with Mesa around it {rate['mesa']:,.0f}"
    yield f"a model of Mesa around it costs {rate['queue'] / rate['mesa'] - 1:.1%} on top (promised: at most 10%)"
    yield f"SimPy, stores and processes: {rate['processes']:,.0f} messages a second"
    yield f"SimPy, callbacks for the delays: {rate['callbacks']:,.0f} messages a second"
    yield f"accord is {rate['queue'] / rate['processes']:.1f} times as fast (promised: at least 2.5)"
    yield f"and {rate['queue'] / rate['callbacks']:.1f} times the quicker peer"
    yield from _memory()


def _bare(seed: int) -> None:
    """Run the broadcast on the queue with nothing around it."""
    luck = Luck(np.random.default_rng(seed), np.random.default_rng(seed), lambda node, key, domain: domain[0])
    machines = [Bracha().machine(Seat(node, N, F, 1)) for node in range(N)]
    Simulation(machines, Uniform(high=HIGH), Earliest(), luck).drain(float("inf"))


def _timed(work: Any, argument: Any) -> float:
    start = perf_counter()
    work(argument)
    return perf_counter() - start


def _simpy(seed: int, *, callbacks: bool) -> int:
    """Run the broadcast on SimPy and return how many parties delivered."""
    import simpy

    env = simpy.Environment()
    inboxes = [simpy.Store(env) for _ in range(N)]
    luck = Random(seed)  # noqa: S311
    delivered = []

    def latency(inbox: Any, message: Any) -> Iterator[Any]:
        yield env.timeout(luck.random() * HIGH)
        inbox.put(message)

    def send(recipient: int, message: Any) -> None:
        if callbacks:
            inbox = inboxes[recipient]
            env.timeout(luck.random() * HIGH).callbacks.append(lambda _: inbox.put(message))
        else:
            env.process(latency(inboxes[recipient], message))

    def broadcast(sender: int, kind: str, value: int) -> None:
        for recipient in range(N):
            if recipient == sender:
                inboxes[sender].put((sender, kind, value))
            else:
                send(recipient, (sender, kind, value))

    def party(node: int) -> Iterator[Any]:
        echoed = readied = done = False
        echoes: dict[int, set[int]] = {}
        readies: dict[int, set[int]] = {}
        if node == 0:
            broadcast(0, "initial", 1)
        while True:
            sender, kind, value = yield inboxes[node].get()
            if kind == "initial" and sender == 0 and not echoed:
                echoed = True
                broadcast(node, "echo", value)
            elif kind == "echo":
                voters = echoes.setdefault(value, set())
                voters.add(sender)
                if len(voters) >= (N + F) // 2 + 1 and not readied:
                    readied = True
                    broadcast(node, "ready", value)
            elif kind == "ready":
                voters = readies.setdefault(value, set())
                voters.add(sender)
                if len(voters) >= F + 1 and not readied:
                    readied = True
                    broadcast(node, "ready", value)
                if len(voters) >= 2 * F + 1 and not done:
                    done = True
                    delivered.append(node)

    for node in range(N):
        env.process(party(node))
    env.run()
    assert len(delivered) == N
    return len(delivered)


def _memory() -> Iterator[str]:
    for told, settings, events in (
        ("one long run", _LONG, 10_000),
        ("one long run", _LONG, 1_000_000),
        ("one broad run", _BROAD, 2_000_000),
    ):
        output = subprocess.run(
            [sys.executable, "-c", _MEMORY.format(settings=settings, events=events)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        before, after, sent = map(int, output.split())
        yield (
            f"{told} of {sent:,} messages: {after / 1024:.0f} MB in all, "
            f"{(after - before) / 1024:.0f} MB of them for the run"
        )
