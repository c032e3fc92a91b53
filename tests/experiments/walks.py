"""Models of a user's own: a random walk, and the same walk with many runs side by side."""

import os
import time
from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Literal

import numpy as np
from accord.models.agreement import AgreementModel
from accord.models.records import Column, Record
from accord.models.scenario import Scenario
from accord.models.seeds import Purpose, Seed
from accord.models.verdict import Judgement, Kind, Property, Status
from pydantic import Field


class WalkScenario(Scenario):
    length: int = Field(3, ge=1, le=1000, description="steps to walk")
    drift: float = Field(0.0, description="mean of a step")
    trouble: Literal["none", "raise", "exit", "die", "hang", "odd"] = Field(
        "none", description="what happens"
    )
    unlucky: int = Field(1, description="the replicate that it happens to")
    pause: float = Field(0.0, ge=0, description="time that a run takes, in seconds")


class Walk(AgreementModel):
    Scenario: ClassVar[type[Scenario]] = WalkScenario
    properties: ClassVar[tuple[Property, ...]] = (
        Property("arrival", Kind.LIVENESS, "the walk comes to its end", "it began"),
    )
    outcomes: ClassVar[dict[str, Column]] = {
        "end": Column("float64", "m", "where it ended"),
        "turns": Column("int64", "1", "changes of direction"),
        "far": Column("bool", "1", "whether it ended far away"),
    }

    def setup(self) -> None:
        time.sleep(self.scenario.pause)
        self.places = [0.0]
        self._luck = self.seed.stream(Purpose.INITIAL)

    def advance(self) -> None:
        if self.scenario.trouble != "none" and self.seed.replicate == self.scenario.unlucky:
            _trouble(self.scenario.trouble)
        self.places.append(self.places[-1] + self.scenario.drift + float(self._luck.normal()))
        self.running = self.clock < self.scenario.length

    def judge(self) -> list[Judgement]:
        return [Judgement(Status.HELD, self.clock)]

    def outcome(self) -> dict[str, Any]:
        odd = self.scenario.trouble == "odd" and self.seed.replicate == self.scenario.unlucky
        turns = np.count_nonzero(np.diff(np.sign(np.diff(self.places))))
        return {"end": {} if odd else self.places[-1], "turns": turns, "far": abs(self.places[-1]) > 1}

    def step_columns(self) -> dict[str, Any]:
        return {"step": np.arange(len(self.places)), "place": np.array(self.places)}

    def party_columns(self) -> dict[str, Any]:
        roles = np.array(["walker", None], dtype=object)
        return {"step": np.zeros(2, dtype=int), "party": np.arange(2), "role": roles}


class Walks(Walk):
    """Runs all replicates in one call."""

    @classmethod
    def run_many(
        cls, scenario: Scenario, seeds: Sequence[Seed], record: Collection[str] = ("steps",)
    ) -> list[Record]:
        return [cls(scenario, rng=seed, record=record).run().recorded() for seed in seeds]


def _trouble(kind: str) -> None:
    if kind == "raise":
        raise RuntimeError("the path is\nblocked")
    if kind == "exit":
        raise SystemExit(3)
    if kind == "die":
        os._exit(3)
    while kind == "hang":
        pass
