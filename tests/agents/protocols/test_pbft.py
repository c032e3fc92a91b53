"""PBFT."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from accord.agents.client import Reply, Request
from accord.agents.command import Command, Store
from accord.agents.conducts import conducts
from accord.agents.keys import Keys
from accord.agents.ledger.certificates import (
    Checkpoint,
    Commit,
    Fetch,
    NewView,
    Prepare,
    Prepared,
    PrePrepare,
    Stable,
    Transfer,
    ViewChange,
    digest,
)
from accord.agents.machine import Commit as Enter
from accord.agents.machine import Machine, Message, Seat, Send, Step, Timer
from accord.agents.protocols.pbft import PBFT
from accord.agents.puppet import Role
from accord.models.channels import channels
from accord.models.schedulers import schedulers
from accord.models.simulation import Luck, Simulation

SECRET = b"run"
X, Y = Command(4, 0, 0, 7), Command(5, 0, 0, 8)  # what the clients of four servers ask for


def keys(*nodes: int) -> Keys:
    return Keys(nodes, SECRET)


def seat(node: int, servers: int = 4, clients: int = 2, f: int = 1, **more: Any) -> Seat:
    return Seat(node, servers + clients, f, servers=servers, keys=keys(node), **more)


def request(command: Command) -> Request:
    return Request(command, keys(command.client).sign(command.client, command))


def proposal(*batch: Command, view: int = 0, number: int = 1) -> PrePrepare:
    vouched = tuple(keys(command.client).sign(command.client, command) for command in batch)
    return PrePrepare(
        view, number, batch, prepare(view % 4, *batch, view=view, number=number).signature, vouched
    )


def prepare(node: int, *batch: Command, view: int = 0, number: int = 1) -> Prepare:
    name = digest(batch)
    return Prepare(view, number, name, keys(node).sign(node, ("prepare", view, number, name)))


def commit(*batch: Command, view: int = 0, number: int = 1) -> Commit:
    return Commit(view, number, digest(batch))


def change(
    node: int, view: int, prepared: tuple[Prepared, ...] = (), stable: Stable | None = None
) -> ViewChange:
    stable = stable or Stable()
    return ViewChange(view, stable, prepared, keys(node).sign(node, ("view-change", view, stable, prepared)))


# Whole runs ---------------------------------------------------------------------------------------------


def played(
    servers: int = 4,
    clients: int = 1,
    commands: int = 1,
    channel: str = "constant",
    seed: int = 1,
    protocol: PBFT | None = None,
    traitors: dict[int, str] | None = None,
    until: float = 2000.0,
    scheduler: str = "earliest",
) -> Simulation:
    """Run until all commands are answered."""
    traitors, protocol = traitors or {}, protocol or PBFT()
    rng, n, f = np.random.default_rng(seed), servers + clients, (servers - 1) // 3
    asked = {
        client: tuple(
            Command(client, k, int(rng.integers(3)), None if rng.random() < 0.5 else 100 * client + k)
            for k in range(commands)
        )
        for client in range(servers, n)
    }
    seats = [seat(node, servers, clients, f, commands=asked.get(node, ())) for node in range(n)]
    machines = [protocol.machine(each) for each in seats]
    for node, conduct in traitors.items():
        mine = seats[node].but(keys=keys(*traitors))
        honest = lambda value, node=node: protocol.machine(seats[node].but(value=value))  # noqa: E731
        role = Role(mine, tuple(traitors), honest, protocol.alphabet(mine, (0, 1)))
        machines[node] = conducts.choose(conduct).puppet(role)
    chance = (np.random.default_rng(seed + k) for k in (1, 2))
    luck = Luck(*chance, lambda node, key, domain: domain[int(rng.integers(len(domain)))])
    simulation = Simulation(machines, channels.choose(channel), schedulers.choose(scheduler), luck)
    time = 0.0
    while len(simulation.returned) < clients * commands and time < until and simulation.drain(time):
        time += 20
    return simulation


def check(simulation: Simulation, servers: int, traitors: Sequence[int] = ()) -> None:
    """Assert that honest servers have one order, and that clients saw the store that comes of it."""
    ledgers = [
        [command for _, _, command in simulation.ledgers[node]]
        for node in range(servers)
        if node not in traitors
    ]
    longest = max(ledgers, key=len)
    assert all(ledger == longest[: len(ledger)] for ledger in ledgers), "the ledger is split"
    for node in range(servers):
        assert [index for _, index, _ in simulation.ledgers[node]] == list(
            range(len(simulation.ledgers[node]))
        )
    store, results = Store(), {}
    for command in longest:
        if command is not None:
            before = store
            store, result = store.after(command)
            if store is not before:
                results[command] = result
    for command, (*_, result) in simulation.returned.items():
        assert results[command] == result, "a client saw what no order explains"
        assert simulation.invoked[command] is not None


# Known answers: 1 + (n - 1) + (n - 1)^2 + n(n - 1) + n = 2n^2 - n + 1 messages (recomputed), nothing to oneself


@pytest.mark.parametrize(("n", "total"), [(4, 29), (7, 92), (10, 191)])
@pytest.mark.parametrize("channel", ["constant", "uniform(low=0, high=1)"])
def test_messages_of_one_command(n: int, total: int, channel: str) -> None:
    simulation = played(n, channel=channel)
    simulation.drain(float("inf"))
    assert sum(simulation.sent) == total == 2 * n * n - n + 1
    assert simulation.own == 0
    assert simulation.sent[n:] == [1], "the request"
    assert [len(ledger) for ledger in simulation.ledgers] == [*[1] * n, 0]


def test_messages_of_many_commands() -> None:
    n, commands, interval = 4, 10, 5
    simulation = played(n, commands=commands, protocol=PBFT(checkpoint=interval))
    simulation.drain(float("inf"))
    checkpoints = commands // interval * n * (n - 1)
    assert sum(simulation.sent) == commands * (2 * n * n - n + 1) + checkpoints


def test_five_message_delays() -> None:
    simulation = played(7)
    assert [time for time, *_ in simulation.returned.values()] == [5.0]


def test_each_primary_says_once_that_it_leads() -> None:
    assert played().led == [(0.0, 0, 1)]
    # nobody hears the first two for a while
    cut = "uniform(low=0, high=1) + partition(groups=[[0], [1]], blocks=out, at=3, until=150)"
    led = played(7, clients=2, commands=20, channel=cut).led
    assert len(led) > 2
    assert len(set(led)) == len(led)
    assert all(node == (reign - 1) % 7 for _, node, reign in led)
    assert [reign for *_, reign in led] == sorted({reign for *_, reign in led})


def test_what_is_known_stays_small() -> None:
    simulation = played(commands=60, clients=3, protocol=PBFT(checkpoint=4))
    for state in simulation.states[:4]:
        assert state.stable.number >= state.executed - 4
        assert len(state.slots) <= 8
        assert len(state.checkpoints) <= 8


CONDUCTS = [
    *(
        "crash(at=3)",
        "crash(at=15)",
        "silent",
        "equivocating",
        "forging",
        "forging(beside=True)",
    ),
    *("random", "replaying", "delaying(by=30)", "selective", "corrupting", "colluding"),
]


@pytest.mark.parametrize("name", ["crash(at=0)", "crash(at=7)", "silent", "delaying(by=200)"])
def test_a_bad_primary_is_replaced(name: str) -> None:
    simulation = played(clients=2, commands=4, traitors={0: name}, protocol=PBFT(checkpoint=2))
    check(simulation, 4, [0])
    assert len(simulation.returned) == 8
    assert {state.view for state in simulation.states[1:4]} == {1}


def test_two_bad_primaries_in_a_row() -> None:
    simulation = played(7, 2, 4, traitors={0: "silent", 1: "equivocating"})
    check(simulation, 7, [0, 1])
    assert len(simulation.returned) == 8
    assert {state.view for state in simulation.states[2:7]} == {2}


@pytest.mark.parametrize("name", CONDUCTS)
@pytest.mark.parametrize(
    ("channel", "scheduler"),
    [
        ("uniform(low=0, high=1)", "earliest"),
        ("exponential(mean=4) + loss(p=0.1) + stabilisation(at=150, bound=1)", "earliest"),
        ("uniform(low=0, high=2)", "random"),
    ],
)
def test_one_liar_of_four_splits_nothing_and_stops_nobody(name: str, channel: str, scheduler: str) -> None:
    for seed in range(3):
        traitor = seed
        simulation = played(
            4,
            clients=3,
            commands=5,
            channel=channel,
            seed=seed,
            protocol=PBFT(checkpoint=2 + seed, batch=1 + seed % 3, pipeline=1 + seed % 4),
            traitors={traitor: name},
            scheduler=scheduler,
        )
        check(simulation, 4, [traitor])
        assert len(simulation.returned) == 15


@pytest.mark.parametrize(
    "names", [("equivocating", "equivocating"), ("silent", "forging"), ("random", "colluding")]
)
def test_two_liars_of_seven(names: tuple[str, str]) -> None:
    for seed in range(4):
        simulation = played(
            7,
            clients=2,
            commands=4,
            channel="exponential(mean=3) + stabilisation(at=100, bound=1)",
            seed=seed,
            protocol=PBFT(checkpoint=3),
            traitors={0: names[0], 1 + seed: names[1]},
        )
        check(simulation, 7, [0, 1 + seed])
        assert len(simulation.returned) == 8


@pytest.mark.parametrize("seed", range(5))
def test_who_was_cut_off_catches_up_by_checkpoint(seed: int) -> None:
    cut = "uniform(low=0, high=1) + partition(groups=[[3]], at=3, until=80)"
    simulation = played(
        clients=2, commands=30, channel=cut, seed=seed, protocol=PBFT(checkpoint=4), until=2000
    )
    simulation.drain(300)
    check(simulation, 4)
    behind = [time for time, _, _ in simulation.ledgers[3]]
    assert max(Counter(behind).values()) > 4, "it executes many at once"
    assert len(behind) > 52
    assert simulation.states[3].executed == simulation.states[1].executed


def test_who_comes_back_with_nothing_is_told_all() -> None:
    simulation = played(
        commands=30,
        protocol=PBFT(checkpoint=4),
        traitors={3: "crash(at=20, recover=60, loses=memory)"},
    )
    simulation.drain(400)
    assert len(simulation.returned) == 30
    assert simulation.states[3].inner.executed >= 28


# Weakened protocols -------------------------------------------------------------------------------------


class Stage:
    """Servers whose messages are let through or lost, phase by phase, by hand."""

    def __init__(self, **parameters: Any) -> None:
        self.protocol = PBFT(**parameters)
        self.machines: dict[Any, Machine] = {}
        self.states: dict[Any, Any] = {}
        self.ledgers: dict[Any, list[Command | None]] = {}
        self.timers: dict[Any, list[Any]] = {}
        self.under_way: deque[tuple[int, int, Message]] = deque()
        for node in range(4):
            self.enter(node)

    def enter(self, node: int) -> None:
        """Have a server start, from nothing."""
        machine = self.protocol.machine(seat(node))
        self.machines[node], self.ledgers[node], self.timers[node] = machine, [], []
        self.do(node, machine.start())

    def do(self, node: int, step: Step) -> None:
        self.states[node], effects = step
        for effect in effects:
            if isinstance(effect, Send):
                self.under_way += [(node, to, effect.message) for to in effect.to if to < 4]
            elif isinstance(effect, Timer):
                self.timers[node].append(effect.name)
            elif isinstance(effect, Enter):
                self.ledgers[node].append(effect.command)

    def tell(self, sender: int, message: Message, *nodes: int) -> None:
        for node in nodes:
            self.do(node, self.machines[node].receive(self.states[node], sender, message))

    def play(self, allowed: Callable[[int, int, Message], bool]) -> None:
        """Let messages arrive until there are none."""
        while self.under_way:
            sender, to, message = self.under_way.popleft()
            if allowed(sender, to, message):
                self.tell(sender, message, to)

    def wait(self, nodes: Sequence[int]) -> None:
        """Let all timers of some servers go off, and what these say to each other arrive; what was lost stays so."""
        for node in nodes:
            names, self.timers[node] = self.timers[node], []
            for name in names:
                self.do(node, self.machines[node].timeout(self.states[node], name))
        self.play(
            lambda sender, to, message: sender in nodes and to in nodes and not isinstance(message, Fetch)
        )


def ledgers_without_the_one_ahead(first: Callable[[Stage], None], **parameters: Any) -> list[list[Any]]:
    """Return honest ledgers after something, and then without server 1, the traitor 0 having forgotten all."""
    stage = Stage(**parameters)
    first(stage)
    stage.enter(0)
    stage.tell(5, request(Y), 2, 3)
    for _ in range(12):
        stage.wait((0, 2, 3))
    return [stage.ledgers[node] for node in (1, 2, 3)]


def one_hears_the_traitor(stage: Stage) -> None:
    """X is prepared by 1 alone, and committed by nobody else but the traitor."""
    stage.tell(4, request(X), 0)
    stage.play(
        lambda sender, to, message: (
            isinstance(message, PrePrepare)
            or to == 0
            or (to == 1 and (isinstance(message, Prepare) or sender == 0))
        )
    )


def all_prepare_and_one_hears(stage: Stage) -> None:
    """X is prepared by all, and executed by 1 alone."""
    stage.tell(4, request(X), 0)
    stage.play(lambda _, to, message: isinstance(message, PrePrepare | Prepare) or to == 1)


def is_split(ledgers: list[list[Any]]) -> bool:
    longest = max(ledgers, key=len)
    return any(ledger != longest[: len(ledger)] for ledger in ledgers)


def test_commits_one_too_few_split_the_ledger() -> None:
    assert ledgers_without_the_one_ahead(one_hears_the_traitor) == [[], [Y], [Y]]
    weak = ledgers_without_the_one_ahead(one_hears_the_traitor, commit=2)
    assert weak == [[X], [Y], [Y]]
    assert is_split(weak)


def test_views_that_forget_what_was_prepared_split_the_ledger() -> None:
    kept = ledgers_without_the_one_ahead(all_prepare_and_one_hears)
    assert kept == [[X], [X, Y], [X, Y]]
    lost = ledgers_without_the_one_ahead(all_prepare_and_one_hears, keep=False)
    assert lost == [[X], [Y], [Y]]


@pytest.mark.parametrize(("weak", "split"), [({}, False), ({"prepare": 2}, True)])
def test_prepares_one_too_few_split_the_ledger(weak: dict[str, int], split: bool) -> None:
    stage = Stage(**weak)
    stage.tell(0, proposal(X), 1)  # the primary tells 1 of X, and 2 and 3 of Y
    stage.tell(0, proposal(Y), 2, 3)
    stage.tell(0, commit(Y), 2)
    stage.play(
        lambda sender, to, message: (
            sender in (2, 3) and (to == 2 or (to == 3 and isinstance(message, Prepare)))
        )
    )
    assert stage.ledgers[2] == [Y]
    # of the views that follow 1 and the traitor speak first
    stage.tell(4, request(X), 1, 2, 3)
    for _ in range(12):
        view = stage.states[2].view
        if view:
            for node in (1, 2, 3):
                stage.tell(0, change(0, view), node)
        stage.wait((1, 2, 3))
    assert is_split([stage.ledgers[node] for node in (1, 2, 3)]) is split


def test_it_needs_a_third_more_than_the_liars() -> None:
    assert [PBFT().least(f) for f in range(4)] == [1, 4, 7, 10]
    assert PBFT(commit=4).least(1) == 5


def test_every_kind_of_message_is_in_the_alphabet() -> None:
    made = PBFT().alphabet(seat(0), (0, 1))
    assert {type(message) for message in made} == {
        *(Request, Reply, PrePrepare, Prepare, Commit, Checkpoint, ViewChange, NewView, Fetch, Transfer)
    }
    assert PBFT().alphabet(Seat(0, 4, 1), (0, 1))
