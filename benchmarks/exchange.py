"""Money and goods that change hands, beside Mesa's Boltzmann wealth example."""

import gc
import inspect
import time
from collections.abc import Iterator
from typing import Any

import mesa
from accord.models import Exchange
from mesa.examples import BoltzmannWealth
from mesa.examples.basic.boltzmann_wealth_model.agents import MoneyAgent

N, SIDE = 100_000, 316  # about one agent a cell, as in the example
ROUNDS, STEPS = 5, 12  # barter is over after some 80
RULES = (("coin", "equal(amount=1)"), ("split", "equal(amount=1)"), ("barter", "uniform"))


def boltzmann() -> Any:
    """Return Mesa's own model, however its version takes its parameters."""
    size = {"n": N, "width": SIDE, "height": SIDE}
    if "scenario" not in inspect.signature(BoltzmannWealth).parameters:
        return BoltzmannWealth(**size, seed=1)
    from mesa.examples.basic.boltzmann_wealth_model.model import BoltzmannScenario

    return BoltzmannWealth(BoltzmannScenario(**size, rng=1))


def given_in(model: Any, move: Any) -> int:
    """Return how many coins agents give each other while something is done."""
    give, coins = MoneyAgent.give_money, 0

    def counting(self: MoneyAgent) -> None:
        nonlocal coins
        had = self.wealth
        give(self)
        coins += had - self.wealth

    MoneyAgent.give_money = counting
    try:
        move()
    finally:
        MoneyAgent.give_money = give
    return coins


def timed(move: Any) -> float:
    start = time.process_time()
    move()
    return time.process_time() - start


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def theirs() -> tuple[int, float, float]:
    """Return how many coins Mesa's agents exchange in a step, and how long one takes, with and without collecting."""
    model = boltzmann()
    coins = given_in(model, model.step)
    whole = [timed(model.step) for _ in range(ROUNDS)]
    bare = [timed(lambda: model.agents.shuffle_do("step")) for _ in range(ROUNDS)]
    return coins, median(whole) / coins, median(bare) / coins


def ours(rule: str, endowment: str, record: tuple[str, ...]) -> float:
    """Return how long an exchange takes."""
    model = Exchange(exchange=rule, endowment=endowment, network=f"complete(n={N})", rng=1, record=record)
    spent = []
    for _ in range(ROUNDS):
        before = sum(model.step_columns()["exchanges"])
        took = timed(lambda: [model.step() for _ in range(STEPS)])
        spent.append(took / (sum(model.step_columns()["exchanges"]) - before))
    return median(spent)


def measure() -> Iterator[str]:
    coins, step, agents = (
        theirs()
    )  # gone before ours begin: its million objects would be counted again and again
    gc.collect()
    yield (
        f"Mesa {mesa.__version__}, {N:,} agents, {coins:,} coins a step: {step * 1e6:.1f} us an exchange, "
        f"{agents * 1e6:.1f} us without its data collector; medians of {ROUNDS}, processor time"
    )
    for rule, endowment in RULES:
        for record in ((), ("steps",)):
            took = ours(rule, endowment, record)
            yield (
                f"{rule}{', a Gini coefficient each step' if record else ''}: {took * 1e9:.0f} ns an exchange, "
                f"{step / took:.0f} times faster, {agents / took:.0f} if it collects nothing (target 50)"
            )
