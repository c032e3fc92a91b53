"""What models with messages have in common, held against both of them."""

from typing import Any

import pytest
from accord.agents.party import Traitor
from accord.models import Generals, Servers
from accord.models.message_model import MessageModel
from accord.models.schedule import Schedule

MODELS = {
    "generals": (Generals, {"network": "complete(n=4)", "protocol": "bracha"}),
    "servers": (Servers, {"network": "complete(n=4)", "commands": 3}),
}


@pytest.fixture(params=list(MODELS))
def make(request: pytest.FixtureRequest) -> Any:
    kind, settings = MODELS[request.param]

    def made(schedule: Schedule | None = None, *, traced: bool = False, **given: Any) -> MessageModel:
        return kind(schedule=schedule, traced=traced, **{**settings, "rng": 1, **given})

    return made


def test_a_step_is_a_round_of_the_network(make: Any) -> None:
    model = make()
    for step in range(1, 4):
        model.step()
        assert model.clock == step
        assert model.simulation.now <= step
        assert all(event[0] > step for event in model.simulation.pending())


def test_traitors_sit_among_the_nodes_of_the_network(make: Any) -> None:
    model = make(traitors=1, placement="last", conduct="silent")
    assert model.traitors.tolist() == [3]
    assert 3 not in model.honest
    assert len(model.honest) == model.council.parties - 1
    kinds = [type(party) for party in model.agents]
    assert kinds == [Traitor if node == 3 else model.host(node) for node in range(model.council.parties)]


def test_a_run_is_the_same_whether_it_is_traced_or_made_again(make: Any) -> None:
    model = make(channel="uniform(low=0, high=3)").run()
    assert model.simulation.trace is None
    traced = make(traced=True, channel="uniform(low=0, high=3)").run()
    assert traced.simulation.trace == list(Schedule.of(model).choices)
    again = Schedule.of(model).replay(model)
    assert again.script.skipped == 0
    assert again.simulation.states == model.simulation.states
    told = [{**each.outcome(), "ended": ""} for each in (model, traced, again)]
    assert told[0] == told[1] == told[2]


def test_whether_a_run_drew_any_number(make: Any) -> None:
    assert not make(channel="uniform").run().was_certain
    assert make().run().was_certain == (type(make()) is Generals)  # Raft's patience is drawn


def test_limits_end_a_run(make: Any) -> None:
    model = make(max_events=10).run()
    assert model.simulation.events == 10
    assert not model.over
    assert make(max_steps=1).run().clock == 1


def test_an_adaptive_conduct_takes_over_servers_and_generals_only(make: Any) -> None:
    model = make(traitors=1, conduct="adaptive(conduct='silent', share=0)", allow_below_bound=True).run()
    assert all(node < model.network.n for node in model.traitors)


def test_the_worst_placement_is_looked_for(make: Any) -> None:
    model = make(traitors=1, conduct="silent", placement="worst(draws=3)", max_steps=60)
    assert len(model.council.placements) == 1
    assert model.traitors.tolist() == list(model.council.placements[0])
    assert isinstance(model.harm(), tuple)
