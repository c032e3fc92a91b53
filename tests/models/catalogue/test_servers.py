"""Servers: the model of a replicated store."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, nan
from typing import Any

import mesa
import pytest
from accord.agents.command import Command
from accord.agents.errors import InputError
from accord.agents.ledger.certificates import PrePrepare
from accord.agents.machine import Commit, Machine, Message, Seat, Send, Step
from accord.agents.party import Client, Server, Traitor
from accord.agents.protocols import Protocol, protocols
from accord.agents.protocols.raft import Raft
from accord.models import Averaging, Servers
from accord.models.histories import Access
from accord.models.schedule import Schedule
from accord.models.shrinking import shrink
from accord.models.simulation import Choice


def run(**settings: Any) -> Servers:
    return Servers(**{"network": "complete(n=3)", "rng": 1, **settings}).run()


# A run -------------------------------------------------------------------------------------------


def test_a_run_in_all_its_columns() -> None:
    model = run(clients=1, commands=4, protocol=Raft(heartbeat=5))
    outcome = model.outcome()
    assert (outcome["nodes"], outcome["covered"], outcome["uncovered"]) == (3, True, "")
    assert (outcome["ended"], outcome["asked"], outcome["answered"]) == ("answered", 4, 4)
    assert (outcome["reigns"], outcome["entries"]) == (1, 5)  # and the leader's empty one
    took = [end[0] - model.simulation.invoked[each][0] for each, end in model.simulation.returned.items()]
    assert (outcome["latency"], outcome["latency_max"]) == (sum(took) / 4, took[0])
    assert took[1:] == [4.0] * 3  # to the leader, to the others, back, and back
    assert outcome["throughput"] == 4 / model.simulation.now
    assert outcome["messages"] == sum(model.simulation.sent)
    assert outcome["traitor_nodes"] == ""
    assert {name: each.status.value for name, each in model.verdict.items()} == dict.fromkeys(
        ["agreement", "validity", "integrity", "linearizability", "durability", "termination"], "held"
    )


def test_steps_and_parties() -> None:
    model = run(commands=3, record=["steps", "parties"], traitors=1, conduct="silent", placement="last")
    steps, parties = model.recorded().steps, model.recorded().parties
    assert steps["step"].tolist() == list(range(model.clock + 1))
    assert steps["answered"].tolist() == sorted(steps["answered"].tolist())
    assert (steps["answered"][-1], steps["messages"][-1]) == (6, model.outcome()["messages"])
    assert steps["disagreement"].max() >= 1
    assert parties["role"].tolist() == ["server", "server", "traitor", "client", "client"]
    assert parties["label"].tolist()[3:] == ["client 0", "client 1"]
    assert parties["entries"].tolist() == [7, 7, 0, 3, 3] or parties["entries"].max() == 7
    assert parties["messages"].tolist() == model.simulation.sent


def test_parties_show_ledgers_and_answers() -> None:
    model = run(commands=3)
    parties = list(model.agents)
    assert [type(party) for party in parties] == [Server] * 3 + [Client] * 2
    assert list(parties[0].ledger) == model.ledger(0)
    answers = parties[3].answers
    assert list(answers) == list(model.council.work[0])
    assert all(answers[each] == each.value for each in answers if each.value is not None)
    assert [party.label for party in parties] == ["0", "1", "2", "client 0", "client 1"]
    assert repr(parties[3]) == "<Client client 0: 3 answers>"
    assert repr(parties[0]) == f"<Server 0: {len(model.ledger(0))} entries>"
    assert parties[4].neighbours == parties[:3]
    assert parties[0].machine is model.simulation.machines[0]
    assert parties[3].state is model.simulation.states[3]
    silent = Servers(network="complete(n=3)", traitors=1, conduct="silent", placement="last", rng=1)
    assert [type(party) for party in silent.agents][2] is Traitor
    assert repr(list(silent.agents)[2]) == "<Traitor 2: 0 entries>"


def test_the_history_is_what_clients_saw() -> None:
    model = run(commands=5, keys=2, reads=0.5)
    assert len(model.history) == 10
    for each in model.history:
        assert (each.access is Access.READ) == (each.value is None)
        assert (each.result is None) == (each.access is Access.WRITE)
    by_client = [each for each in model.history if each.client == 3]
    assert all(a.precedes(b) for a, b in pairwise(by_client))


def test_clients_pause() -> None:
    model = run(clients=1, commands=3, pause=7)
    times = [begin for begin, _ in model.simulation.invoked.values()]
    ends = [end for end, _, _ in model.simulation.returned.values()]
    assert [begin - end for end, begin in zip(ends, times[1:], strict=False)] == [7.0, 7.0]


def test_same_seed_same_run() -> None:
    settings = {"channel": "uniform(low=0, high=3) + loss(p=0.1)", "max_steps": 3000}
    one, two, other = run(**settings), run(**settings), run(**settings, rng=2)
    assert one.recorded() == two.recorded()
    assert one.history == two.history
    assert one.history != other.history


def test_it_runs_under_mesas_batch_run() -> None:
    rows = mesa.batch_run(
        Servers,
        {"network": "complete(n=3)", "commands": [2, 3], "clients": 1},
        number_processes=1,
        max_steps=200,
        data_collection_period=-1,
        display_progress=False,
        **({"rng": [1]} if "rng" in mesa.batch_run.__code__.co_varnames else {"iterations": 1}),
    )
    assert [row["answered"] for row in rows] == [2, 3]


# Bad input, told before anything runs -------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"network": "complete(n=2)", "traitors": 2}, r"traitors=2, but complete\(n=2\) has 2 nodes.* <= 1"),
        ({"network": "complete(n=2)", "f": 1}, r"f=1, n=2: raft needs n >= 3 .* use n >= 3 or f <= 0"),
        ({"network": "complete(n=4)", "traitors": 2}, r"traitors=2, n=4: raft needs n >= 5 .* traitors <= 1"),
        ({"traitors": 4}, r"traitors=4, but complete\(n=3\) has 3 nodes"),
        ({"f": 3}, r"f=3, but complete\(n=3\) has 3 nodes, of which n - 1 can fail; use f <= 2"),
        ({"protocol": "bracha"}, r"protocol=bracha: bracha is not for this model; use one of .*raft"),
        ({"protocol": "raft(quorum=9)"}, r"raft needs n >= 9"),
        ({"protocol": "raft(heartbeat=10)"}, r"heartbeat=10 must be less than patience=10"),
        ({"network": "ring(n=5)"}, r"ring\(n=5\) is not complete; use network='complete\(n=5\)'"),
        ({"clients": 0}, "clients=0 must be at least 1"),
        ({"clients": 10**6}, "clients=1000000 must be at most 10000"),
        ({"commands": 0}, "commands=0 must be at least 1"),
        ({"commands": 10**12}, r"commands=10+ make 20+ commands, .* use commands <= 5000000"),
        ({"keys": 0}, "keys=0 must be at least 1"),
        ({"keys": 10**30}, "keys=10+ must be at most"),
        ({"reads": 1.5}, "reads=1.5 must be at most 1"),
        ({"reads": nan}, "reads=nan"),
        ({"pause": nan}, "pause=nan"),
        ({"pause": inf}, "pause=inf"),
        ({"pause": -1}, "pause=-1 must be at least 0"),
        ({"channel": "partition(groups=[[0, 9]])"}, r"name party 9, and there are 5 parties"),
        ({"traitors": 1, "conduct": "drift"}, "drift sends no messages"),
        ({"comands": 3}, "unknown .*comands.*commands"),
    ],
)
def test_bad_input_is_refused_with_a_way_out(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        Servers.Scenario(**{"network": "complete(n=3)", **settings})
    assert "\n" not in str(refusal.value)


def test_an_even_cluster_of_two_bears_nothing_and_says_so() -> None:
    assert run(network="complete(n=2)").verdict.violated == ()
    outcome = run(network="complete(n=2)", f=1, allow_below_bound=True).outcome()
    assert outcome["uncovered"] == "raft bears 1 traitor from n=3, and there are 2 parties"


def test_clients_can_be_cut_off_too() -> None:
    model = run(channel="partition(groups=[[4]], at=0, until=1000)", max_steps=200)
    assert model.verdict["termination"].status == "inconclusive"
    assert model.outcome()["answered"] == 10


# Limits, and what is owed -------------------------------------------------------------------------


def test_limits_are_told() -> None:
    for settings, ended in (({"max_events": 30}, "event-limit"), ({"max_steps": 5}, "step-limit")):
        model = run(**settings)
        assert model.outcome()["ended"] == ended
        judgement = model.verdict["termination"]
        assert judgement.status == "inconclusive"
        assert judgement.reason == "the run was cut off before everybody had been answered"
        assert model.verdict["durability"].vacuous
        assert str(model.outcome()["latency"]) == "nan"


def test_lost_messages_owe_nothing() -> None:
    model = run(channel="loss(p=1)", max_steps=100)
    assert model.verdict["termination"].status == "inconclusive"
    assert model.verdict["termination"].reason == "messages may be lost"


def test_more_crashes_than_are_borne_stop_it() -> None:
    crashes: dict[str, Any] = {"traitors": 3, "f": 2, "conduct": "crash(at=30)", "allow_below_bound": True}
    model = run(network="complete(n=5)", **crashes, commands=50, max_steps=400)
    assert model.outcome()["uncovered"] == "raft is set up for 2 traitors, and there are 3"
    assert model.verdict["termination"].status == "inconclusive"
    assert model.verdict.violated == ()
    assert 0 < model.outcome()["answered"] < 100


# Two-faced traitors -------------------------------------------------------------------------------

TWO_FACED: dict[str, Any] = {
    **{"network": "complete(n=4)", "clients": 4, "commands": 4, "max_steps": 600},
    **{"traitors": 1, "placement": "first", "conduct": "equivocating"},
}


def test_an_equivocating_primary_gives_one_number_to_two_batches() -> None:
    model = run(**{**TWO_FACED, "protocol": "pbft", "clients": 2, "commands": 1}, traced=True)
    told = [(each.node, each.what) for each in model.simulation.trace if isinstance(each, Choice)]
    first = {node: what.batch for node, what in told if isinstance(what, PrePrepare) and what.view == 0}
    assert first[1] != first[2] == first[3]
    assert {command.client for (command,) in first.values()} == {4, 5}  # each from another client
    assert (model.verdict.violated, model.outcome()["ended"]) == ((), "answered")


@pytest.mark.parametrize("protocol", ["pbft", "hotstuff"])
@pytest.mark.parametrize("conduct", ["equivocating", "colluding", "forging", "selective"])
def test_two_faced_leaders_split_nothing_from_the_bound_on(protocol: str, conduct: str) -> None:
    for seed in range(5):
        given = {**TWO_FACED, "protocol": protocol, "conduct": conduct, "rng": seed}
        model = run(**given, channel="uniform(low=0, high=3)")
        assert model.outcome()["covered"]
        assert (model.verdict.violated, model.outcome()["ended"]) == ((), "answered")


@pytest.mark.parametrize(
    "weak",
    [
        {"protocol": "pbft(prepare=2)"},
        {"protocol": "hotstuff(quorum=2)"},
        {"protocol": "raft", "network": "complete(n=3)"},  # it bears no lies
        # at n = 3f quorums of n - f need not share an honest server
        {
            "protocol": "pbft(prepare=4, commit=4, change=4)",
            "network": "complete(n=6)",
            "traitors": 2,
            "conduct": "colluding",
        },
        {"protocol": "hotstuff", "network": "complete(n=3)"},
    ],
)
def test_two_faced_leaders_split_what_is_too_weak(weak: dict[str, Any]) -> None:
    given = {**TWO_FACED, **weak, "allow_below_bound": True, "channel": "uniform(low=0, high=8)"}
    models = [run(**given, rng=seed) for seed in range(8)]
    assert not any(model.outcome()["covered"] for model in models)
    split = [model.verdict["agreement"] for model in models if "agreement" in model.verdict.violated]
    assert split
    assert all(len(judgement.witnesses) == 2 for judgement in split)


# Planted violations -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planted(Machine):
    """A server of any protocol that does as an honest one, but for what a test makes of it."""

    honest: Machine

    @property
    def seat(self) -> Seat:  # type: ignore[override]
        return self.honest.seat

    def planted(self, effects: Sequence[Any]) -> Sequence[Any]:
        return effects

    def start(self) -> Step:
        return self._done(self.honest.start())

    def receive(self, state: Any, sender: int, message: Message) -> Step:
        return self._done(self.honest.receive(state, sender, message))

    def timeout(self, state: Any, name: Any) -> Step:
        return self._done(self.honest.timeout(state, name))

    def flip(self, state: Any, key: Any, value: Any) -> Step:
        return self._done(self.honest.flip(state, key, value))

    def recover(self, kept: Any) -> Step:
        return self._done(self.honest.recover(kept))

    def _done(self, step: Step) -> Step:
        state, effects = step
        return state, self.planted(effects)


NOBODY = Command(9, 9, 9)  # nobody has asked for it


class Doubling(Planted):
    """Enters everything in the place after its own as well."""

    def planted(self, effects: Sequence[Any]) -> Sequence[Any]:
        return [*effects, *(Commit(e.index + 2, e.command) for e in effects if isinstance(e, Commit))]


class Replacing(Planted):
    """Replaces its first entry at last."""

    def planted(self, effects: Sequence[Any]) -> Sequence[Any]:
        late = [e for e in effects if isinstance(e, Commit) and e.index == 4]
        return [*effects, *(Commit(0, e.command) for e in late)]


class Inventing(Planted):
    """Enters what nobody asked for, in every server alike."""

    def planted(self, effects: Sequence[Any]) -> Sequence[Any]:
        return [Commit(0, NOBODY) if isinstance(e, Commit) and e.index == 0 else e for e in effects]


class Splitting(Inventing):
    """Enters what nobody asked for where it is server 0."""

    def planted(self, effects: Sequence[Any]) -> Sequence[Any]:
        return super().planted(effects) if self.seat.node == 0 else effects


class Losing(Planted):
    """Answers, and enters nothing."""

    def planted(self, effects: Sequence[Any]) -> Sequence[Any]:
        return [e for e in effects if not isinstance(e, Commit)]


class Stale(Planted):
    """Answers every read with what was there at first."""

    def planted(self, effects: Sequence[Any]) -> Sequence[Any]:
        reads = {e.command[:2] for e in effects if isinstance(e, Commit) and is_read(e.command)}
        return [
            Send(e.to, e.message.saying(0))
            if isinstance(e, Send) and (e.to[0], getattr(e.message, "number", None)) in reads
            else e
            for e in effects
        ]


class Forgetful(Planted):
    """Comes back from a crash with nothing, whatever it persisted."""

    def recover(self, kept: Any) -> Step:
        return super().recover(None)


def is_read(command: Command | None) -> bool:
    return command is not None and command.value is None


def planted(protocol: str, kind: type[Planted]) -> Protocol:
    """Return a protocol whose servers are planted."""
    sound = protocols.choose(protocol)

    class Mutant(type(sound)):  # type: ignore[misc]
        def machine(self, seat: Seat) -> Machine:
            made: Machine = super().machine(seat)
            return made if seat.node in seat.kinds[1] else kind(made)

    return Mutant()


@pytest.mark.parametrize("protocol", ["raft", "pbft", "hotstuff"])
@pytest.mark.parametrize(
    ("kind", "violated", "reason"),
    [
        (Doubling, "integrity", "place 2 was filled after 1 entries"),
        (Replacing, "integrity", "place 0 held "),
        (Inventing, "validity", "nobody asked for read 9 [9.9]"),
        (Splitting, "agreement", "place 0 holds "),
        (Losing, "durability", "acknowledged and in no ledger"),
        (Stale, "linearizability", ""),
    ],
)
def test_monitors_catch_what_is_planted(
    protocol: str, kind: type[Planted], violated: str, reason: str
) -> None:
    assert run(protocol=planted(protocol, Planted)).verdict.violated == ()
    model = run(protocol=planted(protocol, kind))
    assert violated in model.verdict.violated
    assert reason in model.verdict[violated].reason
    if violated != "durability":
        assert model.verdict[violated].witnesses
    assert model.recorded().run[violated] == "violated"


def restarted(protocol: str, kind: type[Planted] = Planted, n: int = 4) -> Servers:
    """Run servers of which those between the first and the last one restart.

    The last one was cut off until then, and from then on the first one is, which has acted on what the others promised.
    """
    between = list(range(1, n - 1))
    return run(
        network=f"complete(n={n})",
        protocol=planted(protocol, kind),
        f=1,
        traitors=len(between),
        placement=f"given(nodes={between})",
        conduct="crash(at=40, recover=1, loses=memory)",
        channel=f"partition(groups=[[{n - 1}]], at=0, until=40) + partition(groups=[[0]], at=40, until=300)",
        allow_below_bound=True,
        reads=0.0,
    )


@pytest.mark.parametrize(("protocol", "n"), [("raft", 3), ("hotstuff", 4)])
def test_what_is_forgotten_in_a_restart_splits_the_ledger(protocol: str, n: int) -> None:
    assert restarted(protocol, n=n).verdict.violated == ()
    assert "agreement" in restarted(protocol, Forgetful, n).verdict.violated


def test_of_servers_that_persist_nothing_no_more_than_f_may_restart() -> None:
    assert "agreement" in restarted("pbft").verdict.violated
    one = "crash(at=40, recover=1, loses=memory)"
    model = run(network="complete(n=4)", protocol="pbft", traitors=1, conduct=one, commands=20)
    assert (model.verdict.violated, model.outcome()["ended"]) == ((), "answered")


def test_a_violation_says_in_which_round() -> None:
    model = run(protocol=planted("raft", Stale))
    judgement = model.verdict["linearizability"]
    assert judgement.step is not None
    assert 0 < judgement.step <= model.clock


# Schedules: a run made again, and made short ------------------------------------------------------

SPLIT = {
    "protocol": "raft(quorum=1)",
    "allow_below_bound": True,
    "clients": 2,
    "commands": 2,
    "reads": 0.0,
    "channel": "partition(groups=[[0, 3], [1, 4]], at=0, until=90)",
}


def test_a_violating_run_is_made_again_and_shrunk() -> None:
    model = next(
        each
        for each in (run(**SPLIT, rng=seed) for seed in range(20))
        if "agreement" in each.verdict.violated
    )
    again = Schedule.of(model).replay(model)
    assert again.script.skipped == 0
    assert again.verdict.violated == model.verdict.violated
    short = shrink(model, "agreement")
    assert 0 < len(short) < len(Schedule.of(model))
    assert "agreement" in short.replay(model).verdict.violated


def test_only_models_with_messages_have_schedules() -> None:
    with pytest.raises(InputError, match="no messages are sent in it; give a run of generals or servers"):
        Schedule.of(Averaging(rng=1))


def test_a_leader_that_is_gone_is_followed_by_another() -> None:
    settings = {"network": "complete(n=4)", "protocol": "pbft", "f": 1, "pause": 4, "rng": 1}
    gone = {"traitors": 1, "conduct": "crash(at=30)", "placement": "first"}
    runs = [Servers(**settings, **given).run().outcome() for given in ({}, gone)]
    assert [(run["ended"], run["reigns"]) for run in runs] == [("answered", 1), ("answered", 2)]
