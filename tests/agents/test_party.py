"""Parties are `mesa.Agent`s that look into their model's arrays, or host its machines."""

import mesa
from accord.agents.party import Bargainer, General, Negotiator, Party, Traitor
from accord.agents.puppet import Puppet
from accord.models import Averaging, Generals, Negotiation


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


def test_generals_and_traitors_host_machines() -> None:
    model = Generals(
        network="complete(n=4)", initial="given(values=[1, 0, 0, 0])", traitors=1, placement="last", rng=1
    )
    assert len(model.agents_by_type[General]) == 3
    general, (traitor,) = next(iter(model.agents)), model.agents_by_type[Traitor]
    assert isinstance(traitor.machine, Puppet)
    assert not isinstance(general.machine, Puppet)
    assert [general.machine.seat.node, traitor.machine.seat.node] == [0, 3]
    assert general.state is None  # it has not started
    assert (general.opinion, repr(general)) == (1, "<General 0: 1>")
    assert [party.node for party in general.neighbours] == [1, 2, 3]
    model.run()
    assert general.state is not None
    assert [party.opinion for party in model.agents_by_type[General]] == [1, 1, 1]  # what it decided


def test_a_general_may_turn_traitor_in_the_course_of_a_run() -> None:
    model = Generals(traitors=1, conduct="adaptive", placement="last", rng=1)
    assert Traitor not in model.agents_by_type
    model.run()
    assert [party.node for party in model.agents if isinstance(party.machine, Puppet)] == [0]
    assert [party.node for party in model.agents_by_type[Traitor]] == [0]


def test_bargainers_have_preferences_at_each_table_and_deals() -> None:
    # a path of three: the one in the middle bargains with both others
    model = Negotiation(network="path(n=3)", domain="pie(steps=10)", tactic="stubborn", rivals="micro", rng=1)
    first, middle, last = model.agents_by_type[Bargainer]
    assert [len(party.profiles) for party in (first, middle, last)] == [1, 2, 1]
    assert middle.profiles[0] is model.tables[0].profiles[1]
    assert middle.profiles[1] is model.tables[1].profiles[0]
    assert (middle.deals, middle.opinion) == ([], 1)  # before anybody has spoken it asks for the best
    model.run()
    assert middle.deals == model.deals
    assert [deal.parties for deal in first.deals + last.deals] == [(0, 1), (1, 2)]
