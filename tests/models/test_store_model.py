"""What models have in common in which clients write and read: clients that lie, and histories."""

from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.conducts import Conduct, conducts
from accord.agents.errors import InputError
from accord.agents.party import Client, Traitor
from accord.agents.protocols import Faults
from accord.agents.puppet import Puppet
from accord.models import Servers
from accord.models.histories import Access

LIES = [
    name
    for name, kind in conducts.items()
    if kind.puppet is not Conduct.puppet and not conducts.choose(name).adaptive
]


def run(**settings: Any) -> Servers:
    given = {"network": "complete(n=4)", "clients": 3, "commands": 3, "pause": 4, "rng": 1, "max_steps": 400}
    return Servers(**{**given, **settings}).run()


@pytest.mark.parametrize("protocol", ["raft", "pbft", "hotstuff"])
@pytest.mark.parametrize("conduct", LIES)
def test_clients_that_lie_harm_nobody_but_themselves(protocol: str, conduct: str) -> None:
    model = run(protocol=protocol, liars=1, client_conduct=conduct, channel="uniform(low=0, high=2)")
    outcome = model.outcome()
    assert (outcome["covered"], outcome["traitor_nodes"]) == (True, "6")
    assert (outcome["asked"], outcome["answered"], outcome["ended"]) == (6, 6, "answered")
    assert not model.verdict.violated, model.verdict


def test_who_lies_is_among_the_last_clients_and_in_a_coalition_of_its_own() -> None:
    model = run(traitors=1, placement="first", liars=2, protocol="pbft")
    assert model.traitors.tolist() == [0, 5, 6]
    machines: Any = model.simulation.machines
    assert [isinstance(each, Puppet) for each in machines] == [True, *[False] * 4, True, True]
    assert [machines[node].role.coalition for node in (0, 5, 6)] == [(0,), (5, 6), (5, 6)]
    parties = list(model.agents)
    assert [type(parties[node]) for node in (4, 5)] == [Client, Traitor]
    assert [parties[node].label for node in (4, 5)] == ["client 0", "client 1"]
    assert parties[5].neighbours == parties[:4]
    assert model.party_columns()["role"].tolist()[4:] == ["client", "traitor", "traitor"]


def test_what_a_liar_wrote_explains_what_others_read() -> None:
    # its requests name another value than it said, so honest clients read what nobody seems to have written
    settings = {"liars": 1, "client_conduct": "corrupting", "clients": 2, "commands": 30, "keys": 1}
    model = run(protocol="raft", **settings, network="complete(n=3)")
    entered = [each for each in model.ledger(0) if each is not None and each.client == 4]
    assert {each.value for each in entered} <= {None, 0, 1}
    foreign = [each for each in model.history if each.client == 4]
    assert {(each.access, each.invoked, each.returned) for each in foreign} == {(Access.WRITE, 0, None)}
    assert {each.value for each in entered if each.value is not None} <= {each.value for each in foreign}
    assert model.verdict.linearizability == "held"
    honest = [each for each in model.simulation.returned if each.client == 3]
    assert list(model.returned) == honest


def test_a_client_that_speaks_for_another_is_not_heard() -> None:
    class Impersonating(Conduct):
        """Asks in another client's name."""

        def puppet(self, role: Any) -> Puppet:
            return _Impersonating(role)

    class _Impersonating(Puppet):
        def speak(self, memory: Any, effect: Any) -> Any:
            command = Command(self.seat.servers or 0, 0, 0, 99)
            return memory, (type(effect)(effect.to, type(effect.message)(command)),)

    for protocol in ("raft", "pbft", "hotstuff"):
        model = run(protocol=protocol, liars=1, client_conduct=Impersonating())
        assert not model.verdict.violated
        assert all(each is None or each.value != 99 for each in model.ledger(0))


def test_protocols_say_which_clients_they_bear() -> None:
    class Trusting(type(run().scenario.protocol)):  # type: ignore[misc]
        client_faults = Faults.CRASH

    covered = run(protocol=Trusting(), liars=1, client_conduct="crash").outcome()
    beyond = run(protocol=Trusting(), liars=1, client_conduct="forging").outcome()
    assert (covered["covered"], covered["uncovered"]) == (True, "")
    assert beyond["uncovered"].endswith("bears crash faults of clients only")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"liars": 3}, r"liars=3, but there are 3 clients .* use liars <= 2"),
        ({"liars": 1, "client_conduct": "drift"}, "drift sends no messages"),
        ({"liars": 1, "client_conduct": "adaptive"}, "client_conduct=adaptive.* from the start"),
        ({"liars": -1}, "liars=-1 must be at least 0"),
    ],
)
def test_bad_input_is_refused_with_a_way_out(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        run(**settings)
    assert "\n" not in str(refusal.value)
