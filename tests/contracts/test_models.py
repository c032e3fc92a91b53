"""What holds for every model of the catalogue."""

import gc
import json
import pickle

import pytest
from accord import models as room
from accord.agents.parameters import name_of
from accord.models import models
from accord.models.agreement import AgreementModel
from accord.models.seeds import Seed
from accord.models.store_model import StoreModel


@pytest.fixture(params=list(models))
def model(request: pytest.FixtureRequest) -> type[AgreementModel]:
    return models[request.param]


def test_it_is_found_under_its_class_name(model: type[AgreementModel]) -> None:
    assert getattr(room, model.__name__) is model
    assert name_of(model) in models


def test_everything_is_documented(model: type[AgreementModel]) -> None:
    assert model.__doc__
    assert model.properties
    assert all(field.description for field in model.Scenario.model_fields.values())


def test_no_outcome_has_the_name_of_a_parameter(model: type[AgreementModel]) -> None:
    # both are columns of the frame of runs
    assert not set(model.outcomes) & set(model.Scenario.model_fields)


def test_a_scenario_can_be_sent_and_tells_everything(model: type[AgreementModel]) -> None:
    scenario = model.Scenario()
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert scenario.canonical() == model.Scenario().canonical() != scenario.but(max_steps=17).canonical()
    json.dumps(scenario.canonical())


def test_every_run_ends_in_the_same_form(model: type[AgreementModel]) -> None:
    run = model(rng=1, max_steps=50).run()
    row = run.recorded().run
    assert "termination" in run.verdict
    if not issubclass(model, StoreModel):  # whose servers may have nothing to agree on
        assert set(run.verdict) >= {"agreement", "validity"}
    assert set(row) == {
        *(name + end for name in run.verdict for end in ("", "_step")),
        *("witnesses", "vacuous", "steps"),
        *model.outcomes,
    }
    assert "disagreement" in run.recorded().steps


def test_the_frame_of_parties_has_the_columns_that_are_declared(model: type[AgreementModel]) -> None:
    for record in ("parties", "trajectories"):
        frame = model(rng=1, max_steps=20, record=[record]).run().recorded().parties
        assert set(frame) - {"step"} == set(model.party_outcomes)
        assert len({len(values) for values in frame.values()}) == 1


def test_many_runs_are_single_runs_to_the_last_bit(model: type[AgreementModel]) -> None:
    seeds = [Seed(3, replicate) for replicate in range(3)]
    record = ["steps", "trajectories"]
    scenario = model.Scenario(max_steps=30)
    assert model.run_many(scenario, seeds, record) == [
        model(scenario, rng=seed, record=record).run().recorded() for seed in seeds
    ]


def test_same_seed_same_run(model: type[AgreementModel]) -> None:
    assert model(rng=5, max_steps=30).run().recorded() == model(rng=5, max_steps=30).run().recorded()


def test_looking_changes_nothing(model: type[AgreementModel]) -> None:
    looked_at = model(rng=5, max_steps=30, record=["steps", "parties"])
    while looked_at.running:
        repr(list(looked_at.agents))
        str(looked_at.verdict)
        looked_at.step()
    assert looked_at.recorded() == model(rng=5, max_steps=30, record=["steps", "parties"]).run().recorded()


def test_300_runs_leave_no_model_behind(model: type[AgreementModel]) -> None:
    # Mesa 3.3 would keep every model that ever had an agent
    def alive() -> int:
        gc.collect()
        return sum(isinstance(each, AgreementModel) for each in gc.get_objects())

    before = alive()
    for seed in range(300):
        list(model(rng=seed, max_steps=5).run().agents)
    assert alive() == before
