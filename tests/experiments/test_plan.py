"""Plans: everything is checked before anything runs."""

from typing import Annotated, Any

import numpy as np
import pytest
from accord.agents.errors import InputError, UnknownNameError
from accord.agents.rules import Rule, rules
from accord.agents.rules.w_msr import WMSR
from accord.experiments.design import paired
from accord.experiments.plan import Plan
from accord.models.scenario import Scenario
from accord.models.seeds import Seed
from pydantic import Field, model_validator


@pytest.fixture(scope="module")
def ruled(walk: Any) -> Any:
    """A model with a part, and a rule across fields."""

    class RuledScenario(Scenario):
        rule: Annotated[Rule, *rules.choice] = Field("linear", description="a part")
        low: int = Field(0, description="low end")
        high: int = Field(9, ge=0, description="high end")
        nodes: tuple[int, ...] = Field((), description="a list")

        @model_validator(mode="after")
        def _ordered(self) -> "RuledScenario":
            if self.low > self.high:
                raise InputError(f"low={self.low} must be at most high={self.high}; raise high")
            return self

    return type("Ruled", (walk,), {"Scenario": RuledScenario})


def plan(model: Any, factors: Any, replicates: Any = 1, seed: Any = 0, record: Any = ("steps",)) -> Plan:
    return Plan.of(model, factors, replicates, seed, record)


@pytest.mark.parametrize(
    ("factors", "complaint"),
    [
        ({"hihg": [1]}, "unknown factor of ruled 'hihg': did you mean 'high'"),
        ({"rlue.f": [1]}, "unknown factor of ruled 'rlue.f'"),
        ({"rule": "w-msr", "rule.g": [1]}, "unknown w-msr parameter 'g'.*rule.g=1"),
        ({"high": [1, -1]}, "high=-1 must be at least 0 .at the point high=-1"),
        ({"rule": ["linear", "liner"]}, "did you mean 'linear'.*at the point rule=liner"),
        (
            {"low": [3, 5], "high": [4, 5]},
            r"low=5 must be at most high=4; raise high \(at the point low=5, high=4\)$",
        ),
        ({"low": range(3), "high": 0}, r"low=1, high=0\); 1 more of 3 points fail too"),
        ({"rule": ["w-msr(2)", "w-msr(f=2)"]}, r"rule has the level w-msr\(f=2\) twice"),
        ({"rule": ["w-msr(2)", WMSR(f=2)]}, r"rule has the level w-msr\(f=2\) twice"),
    ],
)
def test_a_wrong_point_is_named_in_one_line(ruled: Any, factors: Any, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        plan(ruled, factors)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"replicates": 0}, "replicates=0 must be"),
        ({"replicates": 1.5}, "replicates=1.5 must be"),
        ({"replicates": True}, "replicates=True must be"),
        ({"seed": None}, "must be repeatable"),
        ({"seed": -1}, "non-negative"),
        ({"record": "step"}, "did you mean 'steps'"),
    ],
)
def test_wrong_settings_are_told(walk: Any, settings: Any, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        plan(walk, {}, **settings)


def test_a_factor_must_not_hide_a_column(walk: Any) -> None:
    class ClashScenario(Scenario):
        status: int = Field(0, description="clashes")

    with pytest.raises(InputError, match="'status' has the name of a column"):
        plan(type("Clash", (walk,), {"Scenario": ClashScenario}), {"status": [1]})


def test_parts_are_made_once_and_labelled_in_full(ruled: Any) -> None:
    levels = plan(ruled, {"rule": ["linear", "w-msr(2)", {"name": "w-msr", "f": 3}]}).design.levels["rule"]
    assert [str(each) for each in levels] == ["linear", "w-msr(f=2)", "w-msr(f=3)"]
    assert all(isinstance(each, Rule) for each in levels)


def test_dotted_names_are_factors(ruled: Any) -> None:
    made = plan(ruled, {"rule": "w-msr", "rule.f": [1, 2]})
    assert [str(ruled.Scenario(**made.design.point(i)).rule) for i in range(2)] == [
        "w-msr(f=1)",
        "w-msr(f=2)",
    ]
    assert made.layout.told(np.arange(2))["rule.f"].to_pylist() == [1, 2]


def test_blocks_hold_what_is_missing(walks: Any) -> None:
    made = plan(walks, {"drift": [0.0, 1.0]}, replicates=100, seed=7)
    done = np.zeros(200, dtype=bool)
    done[[0, 3]] = done[100:] = True
    blocks = list(made.blocks(done, workers=1))
    assert [len(each.runs) for each in blocks] == [64, 34]
    assert [run for each in blocks for run in each.runs] == np.flatnonzero(~done).tolist()
    assert all(block.values == {"drift": 0.0} for block in blocks)
    assert blocks[0].seeds[:2] == (Seed(7, 1), Seed(7, 2))
    assert list(made.blocks(np.ones(200, dtype=bool), workers=3)) == []


def test_blocks_are_shared_out_among_workers(walk: Any, walks: Any) -> None:
    nothing = np.zeros(64, dtype=bool)
    assert [len(each.runs) for each in plan(walks, {}, replicates=64).blocks(nothing, workers=2)] == [8] * 8
    assert [len(each.runs) for each in plan(walk, {}, replicates=64).blocks(nothing, workers=1)] == [1] * 64


def test_equal_replicates_have_equal_luck_at_every_point(walk: Any) -> None:
    blocks = list(plan(walk, {"drift": [0.0, 1.0]}, replicates=2).blocks(np.zeros(4, dtype=bool), 1))
    assert [each.seeds[0].replicate for each in blocks] == [0, 1, 0, 1]


def test_identity_tells_apart_what_differs_and_nothing_else(ruled: Any) -> None:
    def identity(factors: Any, **settings: Any) -> Any:
        return plan(ruled, factors, **settings).identity()

    same = identity({"rule": ["w-msr(2)"], "high": [1, 2]})
    assert identity({"rule": [WMSR(f=2)], "high": "1..2"}) == same
    others = [
        identity({"rule": ["w-msr(3)"], "high": [1, 2]}),
        identity({"rule": ["w-msr(2)"], "high": [1, 3]}),
        identity({"rule": ["w-msr(2)"], "high": [1, 2]}, seed=1),
        identity({"rule": ["w-msr(2)"], "high": [1, 2]}, replicates=2),
        identity({"rule": ["w-msr(2)"], "high": [1, 2]}, record=()),
    ]
    assert all(other != same for other in others)


def test_pairs_and_lists_are_told_in_the_manifest(ruled: Any) -> None:
    told = plan(ruled, paired({"nodes": [(1, 2), (3,)], "high": [5, 6]})).description()
    assert told["factors"] == {"nodes": [[1, 2], [3]], "high": [5, 6]}
    assert told["side_by_side"]
    assert told["scenario"]["properties"]["high"]["description"] == "high end"


def test_details_are_kept_in_their_order_and_once(walk: Any) -> None:
    assert plan(walk, {}, record=["parties", "steps", "parties"]).record == ("steps", "parties")
    assert plan(walk, {}, record="steps").record == ("steps",)
    assert plan(walk, {}, record=()).record == ()
    with pytest.raises(UnknownNameError):
        plan(walk, {}, record=["everything"])
