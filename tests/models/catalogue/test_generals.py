"""Generals: the model around the event queue."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import conducts
from accord.agents.errors import InputError
from accord.agents.party import General, Traitor
from accord.models import Generals
from accord.models.schedule import Schedule
from accord.models.seeds import Seed
from accord.models.shrinking import shrink


def run(**settings: Any) -> Generals:
    return Generals(**{"network": "complete(n=4)", "rng": 1, **settings}).run()


def test_a_run_in_all_its_columns() -> None:
    outcome = run(f=1, initial="bits(p=1)").outcome()
    assert outcome["covered"]
    assert outcome["uncovered"] == ""
    assert (outcome["ended"], outcome["value"], outcome["decided"], outcome["undecided"]) == (
        "decided",
        1.0,
        4,
        0,
    )
    assert (outcome["first_decision"], outcome["last_decision"], outcome["rounds"]) == (3.0, 3.0, None)
    assert (outcome["messages"], outcome["honest_messages"], outcome["own_messages"]) == (27, 27, 9)
    assert outcome["bytes"] == 27 * 9
    assert outcome["events"] == 27 + 9 + 4


def test_a_step_is_a_round_of_the_network() -> None:
    model = Generals(network="complete(n=4)", f=1, rng=1)
    rows = []
    while model.running:
        model.step()
        rows.append((model.clock, model.step_columns()["decided"][-1], model.step_columns()["messages"][-1]))
    # the sender hears itself at once and echoes in round 0, the others in round 1
    assert rows == [(1, 0, 15), (2, 0, 27), (3, 4, 27)]


def test_parties_host_their_machines() -> None:
    model = run(traitors=1, conduct="silent", placement="last")
    assert [type(party) for party in model.agents] == [General, General, General, Traitor]
    party = next(iter(model.agents))
    assert party.machine is model.simulation.machines[0]
    assert party.state is model.simulation.states[0]
    assert party.opinion == model.opinions[0]


def test_opinions_are_inputs_until_there_are_decisions() -> None:
    model = Generals(network="complete(n=4)", initial="given(values=[1, 0, 0, 0])", rng=1)
    assert model.opinions.tolist() == [1, 0, 0, 0]
    assert model.run().opinions.tolist() == [1, 1, 1, 1]


# Bad input, told before anything runs ----------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"network": "complete(n=6)", "traitors": 2},
            r"traitors=2, n=6: bracha needs n >= 7 to bear 2 traitors; use n >= 7 or traitors <= 1 \(or allow_below",
        ),
        ({"traitors": 1, "f": 0}, r"traitors=1, f=0: bracha is set up .* use f >= 1"),
        ({"traitors": 3}, r"agreement needs two honest ones; use traitors <= 2"),
        ({"traitors": 9}, r"traitors=9, but complete\(n=4\) has 4 nodes"),
        (
            {"f": 4, "allow_below_bound": True, "protocol": "ben-or"},
            r"f=4, but complete\(n=4\) has 4 nodes.* f <= 3",
        ),
        ({"f": 2}, r"^generals-scenario: f=2, n=4: bracha needs n >= 7 .* or f <= 1 \(or allow"),
        ({"f": 10**30}, r"f=10+, but complete\(n=4\) has 4 nodes.*; use f <= 3"),
        ({"network": "ring(n=5)"}, r"ring\(n=5\) is not complete; use relay=True to have messages passed on"),
        (
            {"network": "ring(n=5)", "relay": True, "traitors": 1},
            r"3 disjoint routes .* has connectivity 2; use .* 'harary\(k=3, n=5\)', or traitors <= 0 \(or allow",
        ),
        (
            {"network": "star(n=9)", "relay": True, "traitors": 1, "protocol": "ben-or"},
            "2 disjoint .* connectivity 1",
        ),
        ({"conduct": "treacherous"}, "unknown conduct 'treacherous'"),
        ({"traitors": 1, "conduct": "drift"}, "drift sends no messages; use one of .*equivocating"),
        ({"protocol": "brache"}, "unknown protocol 'brache': did you mean 'bracha'"),
        ({"channel": "uniform(low=-1)"}, "low=-1 must be at least 0"),
        ({"channel": "uniform(low=2, high=1)"}, "low=2 must be at most high=1"),
        ({"channel": "constant(delay=-1)"}, "delay=-1 must be at least 0"),
        ({"channel": "constant + "}, "nothing stands on one side of"),
        ({"protocol": "bracha + bracha"}, "a protocol cannot be joined to another"),
        (
            {"protocol": "phase-king", "initial": "uniform"},
            "phase-king: it agrees on 0 or 1, and .*; use bits",
        ),
        (
            {"protocol": "approximate", "initial": "given(values=[0, 9, 0, 0])"},
            "approximate: it is set up for spread=1, and inputs are 9 apart; use protocol.spread",
        ),
        ({"pace": 0}, "pace=0 must be greater than 0"),
    ],
)
def test_bad_input_is_refused_with_a_way_out(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        Generals.Scenario(**{"network": "complete(n=4)", **settings})
    assert "\n" not in str(refusal.value)


def test_below_the_bound_on_purpose() -> None:
    outcome = run(network="complete(n=6)", traitors=2, allow_below_bound=True).outcome()
    assert not outcome["covered"]
    assert outcome["uncovered"] == "bracha bears 2 traitors from n=7, and there are 6 parties"


# Limits: never a hang ---------------------------------------------------------------------------


def test_the_event_limit_is_told() -> None:
    model = run(max_events=10)
    assert model.outcome()["ended"] == "event-limit"
    assert model.outcome()["events"] == 10
    assert model.verdict.termination == "inconclusive"


def test_the_step_limit_is_told() -> None:
    model = run(max_steps=2, f=1)
    assert model.outcome()["ended"] == "step-limit"
    assert model.verdict.termination == "inconclusive"


# What is owed -----------------------------------------------------------------------------------


def test_blocked_without_a_promise_is_inconclusive() -> None:
    model = run(channel="loss(p=1)")
    assert model.outcome()["ended"] == "blocked"
    assert model.verdict.termination == "inconclusive"
    assert model.verdict["termination"].reason == "messages may be lost"
    assert model.outcome()["covered"]  # safety is promised all the same


def test_a_silent_sender_owes_nothing() -> None:
    model = run(traitors=1, placement="first")
    assert model.verdict.termination == "held"
    assert model.verdict["termination"].vacuous
    assert model.outcome()["ended"] == "blocked"


# Reproducible -----------------------------------------------------------------------------------


def test_the_worst_placement_is_kept() -> None:
    weak = {"protocol": "bracha(echo=2, amplify=2, deliver=2)", "traitors": 1, "conduct": "equivocating"}
    settings = {**weak, "channel": "uniform(high=9)"}
    seeds = [Seed(1, replicate) for replicate in range(12)]

    def violated(placement: str) -> int:
        scenario = Generals.Scenario(network="complete(n=4)", placement=placement, **settings)
        return sum(bool(Generals(scenario, rng=seed).run().verdict.violated) for seed in seeds)

    assert violated("worst(draws=8)") > violated("random")


@pytest.mark.parametrize("scheduler", ["earliest", "random"])
@pytest.mark.parametrize(
    ("channel", "pace"), [("constant(delay=0.7)", 0.7), ("constant(delay=1.1) + constant(delay=2.2)", 3.3)]
)
def test_a_round_that_is_just_long_enough_is(channel: str, pace: float, scheduler: str) -> None:
    # three links of 0.7 take 2.0999999999999996 or 2.1 rounds of the network, as one adds them up
    settings = {"channel": channel, "pace": pace, "scheduler": scheduler, "relay": True}
    model = run(network="petersen", protocol="phase-king", traitors=1, initial="bits(p=1)", **settings)
    assert model.outcome()["covered"]
    assert not model.verdict.violated
    again = Schedule.of(model).replay(model)
    assert (again.script.skipped, again.outcome()) == (0, model.outcome())


def test_the_worst_placement_is_the_same_where_nodes_are_called_by_other_numbers(tmp_path: Path) -> None:
    file = tmp_path / "called.txt"  # nodes 0, 1, 2 and 3 are called 1, 2, 3 and 4
    file.write_text("1 2\n1 3\n1 4\n2 3\n2 4\n3 4\n")
    split = {"protocol": "bracha(echo=2, amplify=2, deliver=2)", "traitors": 1, "conduct": "equivocating"}
    settings = {**split, "placement": "worst(draws=8)", "channel": "uniform(high=9)"}
    for seed in range(6):
        plain = run(**settings, rng=seed)
        called = run(network=f"file(path='{file}')", **settings, rng=seed)
        assert called.traitors.tolist() == plain.traitors.tolist()
        if plain.verdict.violated:
            assert shrink(called) == shrink(plain)


def test_common_random_numbers() -> None:
    one = run(network="complete(n=7)", traitors=1, conduct="silent")
    two = run(network="complete(n=7)", traitors=2, conduct="equivocating")
    assert one.inputs == two.inputs
    assert set(one.traitors) <= set(two.traitors)


def test_parties_frame() -> None:
    model = Generals(network="complete(n=4)", traitors=1, placement="last", rng=1, record=["parties"]).run()
    frame = model.recorded().parties
    assert frame["role"].tolist() == ["general"] * 3 + ["traitor"]
    assert np.isnan(frame["time"][3])
    assert frame["messages"].tolist()[3] == 0


@pytest.mark.parametrize(
    ("settings", "distinct"),
    [
        ({"placement": "last"}, 2),  # the sender's value is all that differs
        ({"placement": "random"}, 8),  # and where the traitor sits
        ({"placement": "last", "channel": "uniform"}, 40),
    ],
)
def test_runs_that_are_bound_to_be_the_same_are_made_once(
    settings: dict[str, Any], distinct: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = Generals.Scenario(network="complete(n=4)", traitors=1, conduct="equivocating", **settings)
    seeds = [Seed(1, replicate) for replicate in range(40)]
    alone = [Generals(scenario, rng=seed).run().recorded() for seed in seeds]
    made = []
    run = Generals.run
    monkeypatch.setattr(Generals, "run", lambda self: made.append(self) or run(self))
    assert Generals.run_many(scenario, seeds) == alone
    assert len(made) == distinct


# Sparse networks --------------------------------------------------------------------------------


LIES = [name for name in conducts if conducts[name]().acts]


@pytest.mark.parametrize("conduct", LIES)
@pytest.mark.parametrize("protocol", ["bracha", "phase-king"])
def test_connectivity_2f_plus_1_bears_f_traitors_whatever_they_do(protocol: str, conduct: str) -> None:
    # Dolev 1982: n > 3f and connectivity > 2f are enough; the Petersen graph has 10 and 3
    for seed in range(4):
        settings = {"protocol": protocol, "traitors": 1, "conduct": conduct, "rng": seed}
        model = run(network="petersen", relay=True, **settings)
        assert model.outcome()["covered"]
        assert model.outcome()["connectivity"] == 3
        assert {judgement.status for judgement in map(model.verdict.__getitem__, model.verdict)} == {"held"}


@pytest.mark.parametrize(("network", "connectivity"), [("path(n=9)", 1), ("ring(n=9)", 2)])
def test_less_connectivity_does_not(network: str, connectivity: int) -> None:
    lied_to = {"network": network, "relay": True, "allow_below_bound": True, "traitors": 1}
    lied_to |= {"placement": "given(nodes=[4])"}
    model = run(**lied_to, protocol="phase-king", conduct="corrupting", initial="bits(p=1)")
    assert model.outcome()["uncovered"] == (
        f"relays bear 1 traitor from a connectivity of 3, and {network} has {connectivity}"
    )
    assert {model.verdict.agreement, model.verdict.validity} & {"violated"}
    assert run(**lied_to, protocol="bracha", conduct="silent").outcome()["undecided"] > 0


def test_messages_are_counted_at_every_link() -> None:
    # Bracha's 2n + 1 broadcasts, each to 3 neighbours directly and to 6 others over routes of 2, 3 and 3 links
    assert run(network="petersen", relay=True, f=1).outcome()["messages"] == 21 * (3 + 6 * (2 + 3 + 3))


def test_rounds_last_as_long_as_the_longest_route() -> None:
    # phase king decides after 2(f + 1) rounds
    assert run(network="petersen", relay=True, protocol="phase-king", f=1).outcome()["last_decision"] == 4 * 3
    assert run(network="complete(n=10)", protocol="phase-king", f=1).outcome()["last_decision"] == 4


def test_on_a_complete_network_there_is_nothing_to_relay() -> None:
    with_relays = run(network="complete(n=7)", relay=True, traitors=2, conduct="equivocating").outcome()
    without = run(network="complete(n=7)", traitors=2, conduct="equivocating").outcome()
    assert with_relays == {**without, "connectivity": 6}


def test_where_nobody_lies_f_plus_1_routes_are_enough() -> None:
    settings = {
        "network": "ring(n=6)",
        "relay": True,
        "protocol": "ben-or",
        "traitors": 1,
        "conduct": "silent",
    }
    model = run(**settings)
    assert model.outcome()["covered"]
    assert model.verdict.termination == "held"
