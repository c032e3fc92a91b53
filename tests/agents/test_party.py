"""Parties are `mesa.Agent`s that look into their model's arrays."""

import mesa
from accord.agents.party import Negotiator, Party, Traitor
from accord.models import Averaging


def test_they_are_agents_of_mesa_by_kind() -> None:
    model = Averaging(network="petersen", traitors=3, rng=1)
    assert all(isinstance(party, mesa.Agent) and isinstance(party, Party) for party in model.agents)
    assert len(model.agents_by_type[Traitor]) == 3
    assert len(model.agents.select(agent_type=Negotiator)) == 7
    assert sorted(party.node for party in model.agents_by_type[Traitor]) == model.traitors.tolist()
    assert [party.unique_id for party in model.agents] == list(range(1, 11))


def test_an_opinion_is_read_and_written_through_the_model() -> None:
    model = Averaging(network="petersen", rng=1)
    party = next(iter(model.agents))
    assert party.opinion == model.opinions[0]
    party.opinion = 0.25
    assert model.opinions[0] == 0.25
    assert repr(party) == "<Negotiator 0: 0.25>"


def test_only_traitors_quote_what_they_do_not_hold() -> None:
    model = Averaging(
        network="star(n=5)", traitors=1, placement="given(nodes=[0])", conduct="equivocating", rng=1
    )
    model.step()
    (traitor,) = model.agents_by_type[Traitor]
    quotes = list(traitor.quotes.values())
    assert list(traitor.quotes) == [1, 2, 3, 4]
    assert len(set(quotes)) == 4
    assert not hasattr(next(iter(model.agents_by_type[Negotiator])), "quotes")
