"""AgreementModel through the smallest model that anybody could write."""

import gc
import warnings
import weakref
from typing import Any, ClassVar

import mesa
import pytest
from accord.agents.errors import InputError
from accord.agents.party import Negotiator
from accord.models.agreement import AgreementModel
from accord.models.records import Column
from accord.models.scenario import Scenario
from accord.models.seeds import Purpose, Seed
from accord.models.verdict import Judgement, Kind, Property, Status
from pydantic import Field


class Countdown(AgreementModel):
    """Counts down from a random number."""

    class Scenario(Scenario):
        top: int = Field(5, ge=1, description="greatest number to start from")

    properties: ClassVar[tuple[Property, ...]] = (
        Property("landing", Kind.LIVENESS, "reaches zero", "counted"),
    )
    outcomes: ClassVar[dict[str, Column]] = {"start": Column("int64", "1", "number started from")}

    def setup(self) -> None:
        self.left = self.start = int(self.seed.stream(Purpose.INITIAL).integers(1, self.scenario.top + 1))

    def advance(self) -> None:
        self.left -= 1
        self.running = self.left > 0

    def judge(self) -> list[Judgement]:
        return [Judgement(Status.INCONCLUSIVE if self.left else Status.HELD, self.clock)]

    def outcome(self) -> dict[str, Any]:
        return {"start": self.start}


class Peopled(Countdown):
    """The same, with parties."""

    def parties(self) -> None:
        for node in range(3):
            Negotiator(self, node)


def test_it_is_a_mesa_model_that_runs_to_its_end() -> None:
    model = Countdown(top=9, rng=1)
    assert isinstance(model, mesa.Model)
    assert model.run() is model
    assert (model.clock, model.steps, model.running) == (model.start, model.start, False)
    assert model.verdict.landing == "held"


def test_stepping_on_is_refused_and_changes_nothing() -> None:
    model = Countdown(rng=1).run()
    clock = model.clock
    with pytest.raises(InputError, match=f"the run ended at step {clock}"):
        model.step()
    assert model.clock == clock


def test_the_limit_ends_a_run() -> None:
    model = Countdown(top=1000, max_steps=2, rng=3).run()
    assert (model.clock, model.verdict.landing) == (2, "inconclusive")


def test_the_verdict_of_a_run_that_goes_on_is_not_kept() -> None:
    model = Countdown(top=1000, rng=3)
    assert model.verdict.landing == "inconclusive"
    assert model.run().verdict.landing == "held"


def test_the_record_has_verdict_steps_and_the_models_own_columns() -> None:
    model = Countdown(rng=1).run()
    record = model.recorded()
    assert record.run == {
        "landing": "held",
        "landing_step": model.clock,
        "witnesses": "",
        "vacuous": "",
        "steps": model.clock,
        "start": model.start,
    }
    assert record.steps["step"].tolist() == list(range(model.clock + 1))
    assert not record.parties


def test_a_run_is_its_scenario_seed_and_replicate() -> None:
    starts = [Countdown(top=10**6, rng=seed, replicate=r).start for seed in (1, 2) for r in (0, 1)]
    assert len(set(starts)) == 4
    assert Countdown(top=10**6, rng=Seed(2, 1)).start == starts[3]


def test_a_seed_is_made_up_and_remembered() -> None:
    model = Countdown(top=10**6)
    assert Countdown(top=10**6, rng=model.seed.number).start == model.start


def test_many_runs_are_single_runs() -> None:
    seeds = [Seed(1, replicate) for replicate in range(5)]
    expected = [Countdown(rng=seed).run().recorded() for seed in seeds]
    assert Countdown.run_many(Countdown.Scenario(), seeds) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"top": 0}, "scenario: top=0 must be at least 1"),
        ({"topp": 3}, "unknown scenario parameter 'topp': did you mean 'top'"),
        ({"rng": "one"}, "rng='one': a seed is a non-negative integer"),
        ({"scenario": Countdown.Scenario(), "top": 3}, "give a scenario or its parameters, not both"),
        ({"scenario": Scenario()}, "Countdown takes a"),
        ({"record": ["everything"]}, "everything"),
    ],
)
def test_bad_input(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Countdown(**arguments)


def test_parties_come_to_be_when_somebody_looks() -> None:
    model = Peopled(rng=1)
    assert len(model._all_agents) == 0
    assert [party.unique_id for party in model.agents] == [1, 2, 3]
    assert model.agent_types == [Negotiator]
    assert len(model.agents_by_type[Negotiator]) == 3
    assert len(model.agents) == 3


def test_models_are_let_go() -> None:
    # Mesa 3.3 keeps every model that ever had an agent
    model = Peopled(rng=1)
    list(model.agents)
    gone = weakref.ref(model.run())
    del model
    gc.collect()
    assert gone() is None


def test_it_runs_under_mesas_own_batch_run() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # batch_run's own deprecations
        rows = (
            mesa.batch_run(
                Peopled,
                {"top": [3, 4], "rng": 5},
                max_steps=50,
                display_progress=False,
                data_collection_period=1,
            )
            if mesa.__version__ < "3.4"
            else mesa.batch_run(
                Peopled,
                {"top": [3, 4]},
                rng=[5],
                max_steps=50,
                display_progress=False,
                data_collection_period=1,
            )
        )
    assert {row["top"] for row in rows} == {3, 4}
    last = max((row for row in rows if row["top"] == 4), key=lambda row: row["Step"])
    assert last["step"] == Peopled(top=4, rng=5).run().clock


def test_generators_of_mesa_are_seeded_too() -> None:
    assert Countdown(rng=4).random.random() == Countdown(rng=4).random.random()
    assert Countdown(rng=4).rng.random() == Countdown(rng=4).rng.random()
    assert Countdown(rng=4).random.random() != Countdown(rng=4, replicate=1).random.random()
    assert Countdown(rng=4).rng.random() != Countdown(rng=4, replicate=1).rng.random()
