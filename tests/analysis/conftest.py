"""Small sweeps of the models that show everything that studies show, made once."""

from pathlib import Path
from typing import Any

import pytest
from accord import Result, sweep
from accord.experiments.studies import studies
from accord.models import Generals
from accord.models.shrinking import shrink


@pytest.fixture(scope="session")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder: Path = tmp_path_factory.mktemp("sweep") / "results"
    return sweep(
        "averaging",
        {
            "network": ["complete(n=6)", "petersen"],
            "rule": ["linear", "w-msr", "median"],
            "traitors": [0, 1],
            "placement": ["random", "highest-degree"],
            "conduct": "stubborn(value=3)",
            "tolerance": 1e-9,
        },
        replicates=3,
        seed=2,
        out=folder,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def agreements() -> Result:
    return sweep(
        "generals",
        {
            "network": ["harary(k=3, n=6)", "harary(k=4, n=7)"],
            "relay": True,
            "protocol": ["ben-or", "bracha"],
            "traitors": [0, 1],
            "f": 1,
            "channel": "exponential(mean=1) + stabilisation(at=3, bound=1)",
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def ledgers() -> Result:
    return sweep(
        "servers",
        {
            "network": ["complete(n=4)", "complete(n=7)"],
            "protocol": ["pbft", "hotstuff"],
            "traitors": [0, 1],
            "f": 1,
            "conduct": "silent",
            "channel": "constant",
            "clients": 1,
            "commands": [1, 2],
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def disks() -> Result:
    return sweep(
        "disks",
        {
            "network": "complete(n=2)",
            "traitors": 1,
            "placement": "first",
            "conduct": "corrupting",
            "protocol": ["merkle-disk(bits=2)", "merkle-disk(bits=3, cut=root)"],
            "keys": [4, 100],
            "commands": 1,
            "reads": 1,
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def legislatures() -> Result:
    return sweep(
        "legislature",
        {
            "network": ["complete(n=3)", "complete(n=5)"],
            "quota": ["majority", "unanimity"],
            "recognition": ["random", "rotating"],
            "discount": 0.8,
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def registers() -> Result:
    return sweep(
        "registers",
        {
            "network": ["complete(n=6)", "complete(n=7)"],
            "protocol": ["abd", "masking"],
            "traitors": [0, 2],
            "f": 1,
            "conduct": "corrupting",
            "clients": 1,
            "allow_below_bound": True,
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def negotiations() -> Result:
    return sweep(
        "negotiation",
        {
            "domain": ["pie(steps=20, discount=0.9)", "random(issues=2, levels=4)"],
            "tactic": ["time-dependent(beta=1)", "equilibrium", "micro"],
            "rivals": ["time-dependent(beta=1)", "equilibrium", "micro"],
            "information": "complete",
            "deadline": [10, 20],
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def auctions() -> Result:
    return (
        studies["double-auction"]
        .but(factors={"domain": "trade(low=0, high=1, steps=20)"}, replicates=3, record=("steps", "parties"))
        .run()
    )


@pytest.fixture(scope="session")
def split() -> Any:
    """Return a broadcast that too low thresholds let a traitor split, shrunk to what it takes."""
    settings = {
        "network": "complete(n=4)",
        "protocol": "bracha(echo=2, amplify=2, deliver=2)",
        "traitors": 1,
        "f": 1,
        "conduct": "equivocating",
        "placement": "first",
        "channel": "uniform",
    }
    runs = (Generals(**settings, rng=seed).run() for seed in range(99))
    shrunk = (shrink(model).replay(model) for model in runs if model.verdict.violated)
    return next(each for each in shrunk if len(each.schedule) == 11)


@pytest.fixture(scope="session")
def ratifications() -> Result:
    return sweep(
        "treaty",
        {
            "domain": "random(parties=4, issues=1)",
            "protocol": ["ratification", "ratification(quorum=2)"],
            "traitors": [0, 1],
            "conduct": ["silent", "colluding"],
            "placement": ["first", "first(after=1)"],
            "draft": "selfish",
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def dispatches() -> Result:
    return sweep(
        "dispatch",
        {
            "case": "ieee(case30)",
            "network": ["ring(n=6)", "complete(n=6)"],
            "rule": ["linear", "w-msr"],
            "traitors": [0, 1],
            "conduct": ["stubborn(value=5)", "misreport"],
            "placement": "first",
            "max_steps": 60,
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def matchings() -> Result:
    return sweep(
        "matching",
        {"network": ["path(n=4)", "ring(n=5)"], "matching": ["replacement(rounds=5)", "leaving"]},
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def barters_and_gifts() -> Result:
    return sweep(
        "exchange",
        {
            "exchange": ["barter", "coin"],
            "network": "complete(n=6)",
            "traitors": [0, 1],
            "conduct": "breach(p=0.5)",
            "max_steps": 10,
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def markets() -> Result:
    return sweep(
        "market",
        {
            "valuation": ["smith", "gode-sunder(market=3)"],
            "trader": ["zero-intelligence", "truthful"],
            "traitors": [0, 4],
            "conduct": ["misreport", "breach"],
            "periods": 2,
            "shouts": 50,
        },
        replicates=3,
        seed=2,
        record=("steps", "parties"),
    )


@pytest.fixture(scope="session")
def sweeps(
    result: Result,
    agreements: Result,
    ledgers: Result,
    disks: Result,
    registers: Result,
    legislatures: Result,
    negotiations: Result,
    auctions: Result,
    ratifications: Result,
    dispatches: Result,
    barters_and_gifts: Result,
    markets: Result,
    matchings: Result,
) -> tuple[Result, ...]:
    """Return a small sweep of every kind."""
    return (
        result,
        agreements,
        ledgers,
        disks,
        registers,
        legislatures,
        negotiations,
        auctions,
        ratifications,
        dispatches,
        barters_and_gifts,
        markets,
        matchings,
    )
