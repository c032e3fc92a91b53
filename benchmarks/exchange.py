"""Money and goods that change hands, beside Mesa's Boltzmann wealth example."""

import inspect
import time
from collections.abc import Iterator
from typing import Any

import mesa
from accord.models import Exchange
from mesa.examples import BoltzmannWealth

N, SIDE = 100_000, 316  # as its default, about one agent a cell
STEPS = 20


def theirs() -> Any:
    """Return Mesa's own model with N agents, however its version takes its parameters."""
    size = {"n": N, "width": SIDE, "height": SIDE}
    if "scenario" not in inspect.signature(BoltzmannWealth).parameters:
        return BoltzmannWealth(**size, seed=1)
    from mesa.examples.basic.boltzmann_wealth_model.model import BoltzmannScenario

    return BoltzmannWealth(BoltzmannScenario(**size, rng=1))


def per_coin() -> tuple[float, float]:
    """Return how long an exchange takes in Mesa's model, with and without what it collects after each step."""
    model = theirs()
    start = time.perf_counter()
    before = [agent.wealth for agent in model.agents]
    counted = 0
    give = type(model.agents[0]).give_money

    def counting(self: Any) -> None:
        nonlocal counted
        had = self.wealth
        give(self)
        counted += had - self.wealth

    type(model.agents[0]).give_money = counting
    model.agents.shuffle_do("step")
    type(model.agents[0]).give_money = give
    assert sum(before) == N
    start = time.perf_counter()
    model.agents.shuffle_do("step")
    bare = time.perf_counter() - start
    start = time.perf_counter()
    model.step()
    whole = time.perf_counter() - start
    return whole / counted, bare / counted


def per_exchange(rule: str, endowment: str, record: tuple[str, ...]) -> float:
    model = Exchange(
        exchange=rule, endowment=endowment, network=f"complete(n={N})", rng=1, record=record, max_steps=STEPS
    )
    start = time.perf_counter()
    model.run()
    return (time.perf_counter() - start) / model.outcome()["exchanges"]


def measure() -> Iterator[str]:
    whole, bare = per_coin()
    yield (
        f"Mesa {mesa.__version__}, {N:,} agents: {whole * 1e6:.1f} us an exchange, "
        f"{bare * 1e6:.1f} without its data collector"
    )
    for rule, endowment in (("coin", "equal(amount=1)"), ("split", "equal(amount=1)"), ("barter", "uniform")):
        for record in ((), ("steps",)):
            ours = per_exchange(rule, endowment, record)
            yield (
                f"{rule}{', steps recorded' if record else ''}: {ours * 1e9:.0f} ns an exchange, "
                f"{whole / ours:.0f} times faster, {bare / ours:.0f} without the collector (target 50)"
            )
