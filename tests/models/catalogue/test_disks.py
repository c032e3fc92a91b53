"""Disks: blocks on servers that lie, and clients that check."""

from math import nan, sqrt
from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.errors import InputError
from accord.agents.machine import Commit, Machine, Message, Seat, State, Step
from accord.agents.owner import Claim, Owner
from accord.agents.protocols.merkle_disk import MerkleDisk
from accord.analysis.theory.merkle import false_accept, longest_path, mean_path, path_length
from accord.models import Disks
from accord.models.seeds import Seed

ALL_BUT_ONE = {"network": "complete(n=4)", "traitors": 3}


def run(**settings: Any) -> Disks:
    return Disks(**{"network": "complete(n=3)", "rng": 1, "keys": 100, **settings}).run()


# A run ------------------------------------------------------------------------------------------------


def test_a_run_in_all_its_columns() -> None:
    model = run(commands=30)
    outcome = model.outcome()
    assert (outcome["covered"], outcome["ended"], outcome["answered"]) == (True, "answered", 30)
    assert outcome["claims"] == 30
    assert outcome["rejected"] == outcome["old"] == outcome["lies"] == outcome["accepted_false"] == 0
    lengths = [path_length(command.key, 100) for command in model.council.work[0]]
    assert (outcome["hashes"], outcome["hashes_max"]) == (sum(lengths) / 30 + 1, 8)
    assert outcome["proof_bytes"] == pytest.approx(sum(lengths) / 30 * 32)
    assert {name: each.status.value for name, each in model.verdict.items()} == dict.fromkeys(
        ["agreement", "validity", "authenticity", "termination"], "held"
    )
    reads = [each for each in model.council.work[0] if each.value is None]
    assert 10 < len(reads) < 20
    held: dict[int, Any] = {}
    for command in model.council.work[0]:
        result = model.returned[command][2]
        assert result == (held.get(command.key, 0) if command.value is None else command.value)
        held[command.key] = result


@pytest.mark.parametrize(("keys", "longest"), [(1, 0), (2, 1), (100, 7), (1000, 10), (10**6, 20)])
def test_a_read_takes_as_many_hashes_as_its_path_and_one(keys: int, longest: int) -> None:
    model = run(keys=keys, commands=40, **ALL_BUT_ONE, conduct="silent")
    outcome = model.outcome()
    assert outcome["answered"] == 40
    assert outcome["hashes_max"] == longest + 1 == longest_path(keys) + 1
    assert longest - 1 < outcome["hashes"] - 1 <= longest
    assert outcome["proof_bytes"] == pytest.approx(32 * (outcome["hashes"] - 1))
    assert abs(outcome["hashes"] - 1 - mean_path(keys)) < 0.3


def test_every_client_has_a_disk_of_its_own() -> None:
    model = run(clients=3, commands=20, keys=2, channel="uniform(low=0, high=3)")
    assert model.outcome()["answered"] == 60
    assert not model.verdict.violated
    assert {command.client for command in model.ledger(0)} == {3, 4, 5}


def test_clients_that_lie_harm_no_disk_but_their_own() -> None:
    for conduct in ("forging", "corrupting", "equivocating", "random", "replaying"):
        model = run(clients=3, liars=1, client_conduct=conduct, commands=15, channel="uniform(low=0, high=2)")
        assert model.outcome()["covered"]
        assert model.outcome()["answered"] == 30
        assert not model.verdict.violated


# Liars ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("conduct", ["corrupting", "forging", "stale", "stubborn", "corrupting(p=0.5)"])
@pytest.mark.parametrize("channel", ["constant", "uniform(low=0, high=3)"])
def test_one_honest_server_is_enough_against_any_number_of_liars(conduct: Any, channel: str) -> None:
    for seed in range(3):
        model = run(**ALL_BUT_ONE, conduct=conduct, channel=channel, commands=40, keys=8, rng=seed)
        outcome = model.outcome()
        assert outcome["covered"]
        assert not model.verdict.violated
        assert outcome["answered"] == 40
        assert outcome["rejected"] >= outcome["lies"] > 10
        assert outcome["accepted_false"] == 0
        (honest,) = model.honest_servers
        assert not [each for each in model.simulation.accusations if each[2] == honest]


def test_stale_proofs_are_rejected() -> None:
    model = run(**ALL_BUT_ONE, conduct="stale(at=20)", commands=60, keys=4)
    outcome = model.outcome()
    assert outcome["old"] == outcome["rejected"] > 30
    # a block that was not written since is true, and its path is not
    assert 0 < outcome["lies"] < outcome["old"]
    assert outcome["answered"] == 60
    assert outcome["accusations"] == 0


def test_a_server_that_missed_writes_gets_them_from_others() -> None:
    model = run(channel="loss(p=0.3)", commands=60, keys=4, pause=20, max_steps=6000)
    assert not model.verdict.violated
    assert model.outcome()["answered"] == 60
    writes = sum(each.value is not None for each in model.council.work[0])
    assert min(len(model.ledger(node)) for node in range(3)) >= writes - 1


def test_a_server_that_was_behind_is_enough_when_the_others_have_crashed() -> None:
    late: dict[str, Any] = {
        "channel": "exponential(mean=20)",
        "commands": 30,
        "reads": 0.2,
        "max_steps": 20_000,
    }
    for seed, scheduler in enumerate(("earliest", "random", "omniscient")):
        crash: dict[str, Any] = {"traitors": 1, "conduct": "crash(at=300)", "scheduler": scheduler}
        model = run(network="complete(n=2)", **crash, **late, rng=seed)
        assert model.outcome()["answered"] == 30
        assert model.outcome()["accusations"] == 0


def test_where_messages_are_lost_nothing_is_owed() -> None:
    # the only honest server may never hear of a write that a liar has taken: then it is missed
    lost = {"network": "complete(n=2)", "traitors": 1, "conduct": "forging", "channel": "loss(p=0.4)"}
    models = [run(**lost, commands=30, keys=2, max_steps=600, rng=seed) for seed in range(6)]
    assert not any(model.verdict.violated for model in models)
    waiting = [model for model in models if model.outcome()["answered"] < 30]
    assert waiting
    assert {model.verdict["termination"].reason for model in waiting} == {"messages may be lost"}


def test_a_million_blocks_on_several_servers() -> None:
    lies: dict[str, Any] = {"traitors": 3, "conduct": "equivocating"}
    model = run(network="complete(n=7)", keys=10**6, commands=50, reads=0.0, **lies)
    assert model.outcome()["answered"] == 50
    seen: set[int] = set()
    left = [model.simulation.states[node][0].disk._top for node in model.honest_servers]
    while left:
        node = left.pop()
        if id(node) not in seen:
            seen.add(id(node))
            left += node[1:] if len(node) == 3 else ()
    # four servers' own ways to 50 blocks, and the blank disk, which they share
    assert len(seen) < 4 * 50 * 21 + 40


# Cut hashes -------------------------------------------------------------------------------------------

ONE_LIE = {
    **{"network": "complete(n=2)", "traitors": 1, "placement": "first", "conduct": "corrupting"},
    **{"commands": 1, "reads": 1.0},
}


@pytest.mark.parametrize(
    ("protocol", "keys", "law"),
    [
        ("merkle-disk(bits=4)", 64, 0.3635),  # the reference's figure for d = 6
        ("merkle-disk(bits=6)", 1000, false_accept(6, 11)),
        ("merkle-disk(bits=3, cut=root)", 64, 1 / 8),
        ("merkle-disk(bits=1, cut=root, digest=blake2s)", 1, 1 / 2),
    ],
)
def test_false_claims_are_accepted_as_the_laws_say(protocol: str, keys: int, law: float) -> None:
    # one salt a run; 700 runs, four standard deviations: a right program fails one of the four once in 4,000 times
    runs, scenario = 700, Disks.Scenario(protocol=protocol, keys=keys, **ONE_LIE)
    rows = [record.run for record in Disks.run_many(scenario, [Seed(3, each) for each in range(runs)], ())]
    accepted = sum(row["accepted_false"] for row in rows)
    assert abs(accepted / runs - law) < 4 * sqrt(law * (1 - law) / runs)
    assert {row["lies"] for row in rows} == {1}
    assert not any(row["covered"] for row in rows)
    assert sum(row["authenticity"] == "violated" for row in rows) == accepted
    assert "bits=" in rows[0]["uncovered"]


def test_on_one_tree_the_same_collisions_are_met_again() -> None:
    # why every run needs a salt: all lies about all blocks of one tree are either believed or not
    scenario = Disks.Scenario(protocol="merkle-disk(bits=4)", keys=64, **ONE_LIE)
    same = {Disks.run_many(scenario, [Seed(3)], ())[0].run["accepted_false"] for _ in range(5)}
    assert len(same) == 1


# Planted violations -----------------------------------------------------------------------------------


class Credulous(Owner):
    """Believes what it is told."""

    def _root(self, key: int, block: bytes | None, path: Any) -> bytes | None:
        root = super()._root(key, block, path)
        return None if root is None else b"whatever"

    def start(self) -> Step:
        state, effects = super().start()
        return state._replace(root=b"whatever"), effects


class Forgetful(Owner):
    """Keeps its first root for ever."""

    def receive(self, state: State, sender: int, message: Message) -> Step:
        after, effects = super().receive(state, sender, message)
        return after._replace(root=state.root), effects


class Hasty(Owner):
    """Believes any server that admits to be behind."""

    def _claimed(self, state: Any, sender: int, claim: Claim) -> Step:
        if claim.version < state.version and state.turn > 3:
            entry = Commit(state.claims, self._trusted(state, sender, claim))
            return self.answered(state._replace(claims=state.claims + 1), claim.value, entry)
        return super()._claimed(state, sender, claim)

    def _trusted(self, state: Any, sender: int, claim: Claim) -> Any:
        _, (entry, *_) = super()._claimed(state, sender, claim)
        return entry.command._replace(believed=True)  # type: ignore[union-attr]


def planted(kind: type[Owner]) -> MerkleDisk:
    class Mutant(MerkleDisk):
        def machine(self, seat: Seat) -> Machine:
            made = super().machine(seat)
            if isinstance(made, Owner):
                return kind(made.seat, made.hashing, made.compared, made.patience)
            return made

    return Mutant()


def test_who_does_not_check_is_lied_to() -> None:
    model = run(protocol=planted(Credulous), traitors=1, conduct="corrupting", commands=20)
    judgement = model.verdict["authenticity"]
    assert judgement.status == "violated"
    assert judgement.witnesses == (3,)
    assert "held 0, and server" in judgement.reason
    assert judgement.step is not None
    assert model.recorded().run["accepted_false"] > 0


def test_who_forgets_to_keep_the_new_root_believes_the_past() -> None:
    settings = {"protocol": planted(Forgetful), "keys": 1, "commands": 20, "max_steps": 200}
    model = run(**settings, traitors=1, conduct="stale(at=0)")
    assert "authenticity" in model.verdict.violated
    # and where nobody lives in the past, nothing at all
    model = run(**settings)
    assert not model.verdict.violated
    assert model.outcome()["answered"] < 20
    assert model.outcome()["rejected"] > 10


def test_who_believes_old_claims_reads_the_past() -> None:
    model = run(protocol=planted(Hasty), **ALL_BUT_ONE, conduct="stale(at=0)", keys=1, commands=20)
    assert "authenticity" in model.verdict.violated


def test_servers_that_write_what_nobody_asked_for_are_told() -> None:
    model = Disks(network="complete(n=3)", commands=3, reads=0.0, rng=1)
    model.simulation.ledgers[0].add(2.5, 0, Command(3, 99, 0, 5))
    model.run()
    assert set(model.verdict.violated) == {"agreement", "validity"}
    assert model.verdict["validity"].step == 3
    assert model.verdict["agreement"].reason.startswith("place 0 holds")


# Limits and bad input ---------------------------------------------------------------------------------


def test_limits_are_told() -> None:
    model = run(max_steps=1)
    assert model.outcome()["ended"] == "step-limit"
    assert str(model.outcome()["hashes"]) == "nan"
    assert model.verdict["authenticity"].vacuous
    assert model.verdict["agreement"].vacuous


def test_same_seed_same_run() -> None:
    settings: dict[str, Any] = {"conduct": "forging", "traitors": 1, "channel": "uniform(low=0, high=3)"}
    settings["record"] = ["steps", "parties"]
    assert run(**settings).recorded() == run(**settings).recorded()
    assert run(**settings).recorded() != run(**settings, rng=2).recorded()
    steps = run(**settings).recorded().steps
    assert steps["disagreement"].max() >= 1


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"traitors": 3}, r"complete\(n=3\) has 3 nodes and 1 must be honest; use traitors <= 2"),
        ({"f": 3}, "f=3, but .* use f <= 2"),
        ({"traitors": 2, "f": 1}, "traitors=2, f=1: merkle-disk is set up to bear f traitors; use f >= 2"),
        ({"protocol": "raft"}, "protocol=raft: raft is not for this model; use one of merkle-disk"),
        ({"protocol": "merkle-disk(bits=300)"}, "bits=300: sha256 has 256 bits"),
        ({"keys": 0}, "keys=0 must be at least 1"),
        ({"keys": 10**10}, "keys=10000000000 must be at most 1000000000"),
        ({"reads": nan}, "reads=nan"),
        ({"liars": 1}, "liars=1, but there are 1 clients"),
        ({"network": "ring(n=5)"}, r"ring\(n=5\) is not complete"),
    ],
)
def test_bad_input_is_refused_with_a_way_out(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        Disks.Scenario(**{"network": "complete(n=3)", **settings})
    assert "\n" not in str(refusal.value)


def test_claims_are_told_with_the_truth() -> None:
    model = run(**ALL_BUT_ONE, conduct="corrupting", commands=10, keys=2)
    told = list(model.told())
    assert [each.time for each in told] == sorted(each.time for each in told)
    (honest,) = model.honest_servers
    for each in told:
        written = [
            command.value
            for command in model.council.work[0][: each.claim.command.number]
            if command.key == each.claim.command.key and command.value is not None
        ]
        assert each.truth == (written[-1] if written else 0)
        assert each.is_lie is (each.claim.server != honest)
