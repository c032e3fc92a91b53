"""Oral messages OM(m)."""

from collections.abc import Sequence
from itertools import permutations, product
from math import prod
from typing import Any
from zlib import crc32

import pytest
from accord.agents.conducts import Conduct
from accord.agents.errors import InputError
from accord.agents.machine import Decide, Effect, Machine, Message, Seat, Send, Step, Timer
from accord.agents.protocols.oral_messages import OralMessages, _majority, _Order
from accord.agents.puppet import Puppet, Role
from accord.models import Generals
from hypothesis import given, settings
from hypothesis import strategies as st


def lieutenant(node: int = 2, n: int = 4, f: int = 1, **parameters: int) -> tuple[Machine, Any]:
    machine = OralMessages(**parameters).machine(Seat(node, n, f))
    return machine, machine.start()[0]


def played(machine: Machine, state: Any, *events: Any) -> list[Sequence[Effect]]:
    """What a machine does, event by event: (sender, value, *path before it), or the number of a timer."""
    said = []
    for event in events:
        if isinstance(event, tuple):
            sender, value, *path = event
            state, effects = machine.receive(state, sender, _Order(value, tuple(path)))
        else:
            state, effects = machine.timeout(state, event)
        said.append(tuple(effects))
    return said


# A table of plays


def test_the_general_orders_and_obeys_itself() -> None:
    machine = OralMessages().machine(Seat(0, 4, 1, 1))
    state, effects = machine.start()
    assert effects == (Send((1, 2, 3), _Order(1, ())), Timer(1, 1))
    assert played(machine, state, (2, 0), (2, 0, 0), 1, 2) == [(), (), (Timer(2, 1),), (Decide(1, 2),)]


def test_a_lieutenant_passes_on_what_it_heard_and_obeys_the_majority() -> None:
    passed = Send((1, 3), _Order(1, (0,)))
    for reports, order in [((1, 1), 1), ((0, 1), 1), ((1, 0), 1), ((0, 0), 0)]:
        one, three = reports
        assert played(*lieutenant(), (0, 1), 1, (1, one, 0), (3, three, 0), 2) == [
            *((), (passed, Timer(2, 1)), (), ()),
            (Decide(order, 2),),
        ]


def test_who_hears_nothing_reports_and_obeys_a_retreat() -> None:
    assert played(*lieutenant(), 1, 2) == [(Send((1, 3), _Order(0, (0,))), Timer(2, 1)), (Decide(0, 2),)]


def test_om_0_believes_what_it_hears() -> None:
    assert played(*lieutenant(m=0), (0, 1), 1)[-1] == (Decide(1, 1),)


def test_early_orders_are_kept_and_late_ones_ignored() -> None:
    early = played(*lieutenant(), (1, 1, 0), (3, 1, 0), 1, 2)
    assert early[-1] == (Decide(1, 2),)
    late = played(*lieutenant(), (1, 1, 0), 1, (0, 1), 2, (3, 1, 0))
    assert late[-2:] == [(Decide(0, 2),), ()]


def test_of_two_words_of_a_traitor_the_lesser_counts() -> None:
    for words in [((0, 1), (0, 0)), ((0, 0), (0, 1)), ((0, 1), (0, -3), (0, 0))]:
        least = min(value for _, value in words)
        assert played(*lieutenant(), *words, 1)[-1][0] == Send((1, 3), _Order(least, (0,)))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from([(0, ()), (1, (0,)), (3, (0,))]), st.integers(-4, 4)), max_size=25))
def test_it_remembers_one_word_for_each_path(said: list[tuple[Any, int]]) -> None:
    machine, state = lieutenant()
    least: dict[Any, int] = {}
    for (sender, path), value in said:
        state, _ = machine.receive(state, sender, _Order(value, path))
        least[sender] = min(value, least.get(sender, value))
    assert sum(places.bit_count() for _, places in state.heard) == len(least)
    assert [value for value, _ in state.heard] == sorted(set(least.values()))


@pytest.mark.parametrize(
    "event",
    [
        *((0, 1, 0), (1, 1), (2, 1, 0), (1, 1, 1), (1, 1, 3)),  # a path that is none, or ends with oneself
        *((1, 1, 0, 3), (1, 1, -4), (9, 1, 0), (0, float("nan")), (0, "1"), (1, 1, 0.0)),
    ],
)
def test_what_no_honest_party_could_send_counts_for_nothing(event: tuple[Any, ...]) -> None:
    rest = [(0, 1), 1, (3, 0, 0), 2]  # one report of 1 more, and the order would be to attack
    assert played(*lieutenant(), event, *rest) == [(), *played(*lieutenant(), *rest)]


def test_majority() -> None:
    assert [
        _majority(votes) for votes in ([1], [1, 1, 0], [1, 0], [2, 2, 0, 1], [0, 1, 2], [2, 0, 2, 2])
    ] == [*(1, 1, 0, 0, 0, 2)]


def test_more_than_two_thirds_have_to_be_loyal() -> None:
    assert [OralMessages().least(f) for f in (0, 1, 2, 5)] == [1, 4, 7, 16]


# Known answers: the number of messages (recomputed)


@pytest.mark.parametrize(
    ("n", "m", "total"),
    [(3, 1, 4), (4, 1, 9), (5, 1, 16), (6, 2, 85), (7, 2, 156), (10, 3, 3609), (4, 9, 15)],
)
@pytest.mark.parametrize("traitors", [0, 1])
def test_messages(n: int, m: int, total: int, traitors: int) -> None:
    model = Generals(
        network=f"complete(n={n})",
        protocol=OralMessages(m=m),
        traitors=traitors,
        conduct=Lying(seed=1),
        allow_below_bound=True,
        rng=1,
    ).run()
    assert model.outcome()["messages"] == total
    assert total == sum(prod(n - j for j in range(1, k + 2)) for k in range(m + 1))
    assert model.outcome()["rounds"] == model.outcome()["last_decision"] == m + 1


# Known answers: all lies of one traitor, n = 3 and n = 4 (16 and 40 cases, recomputed)


class Scripted(Conduct):
    """Says the bits given, one after the other and over again, whatever the honest machine would say."""

    bits: tuple[int, ...]

    def puppet(self, role: Role) -> Puppet:
        return _Scripted(role, self.bits)


class _Scripted(Puppet):
    def __init__(self, role: Role, bits: tuple[int, ...]) -> None:
        super().__init__(role)
        self.bits = bits

    def first(self, kept: Any) -> Step:
        return 0, ()

    def rewrite(self, memory: int, effects: Sequence[Effect]) -> Step:
        said: list[Effect] = []
        for effect in effects:
            if isinstance(effect, Send):
                for to in effect.to:
                    said.append(Send((to,), effect.message.saying(self.bits[memory % len(self.bits)])))
                    memory += 1
            else:
                said.append(effect)
        return memory, said


def cases(n: int) -> list[tuple[int, tuple[int, ...], int]]:
    """Traitor, its lies and the general's order: the general speaks to n - 1 others, a lieutenant to n - 2."""
    return [
        (traitor, bits, order)
        for traitor in range(n)
        for bits in product((0, 1), repeat=n - 1 if traitor == 0 else n - 2)
        for order in (0, 1)
    ]


def failures(protocol: str, n: int) -> tuple[list[Any], list[Any]]:
    """The cases in which loyal lieutenants disagree (IC1), or do not obey a loyal general (IC2)."""
    split, disobeyed = [], []
    for traitor, bits, order in cases(n):
        model = Generals(
            network=f"complete(n={n})",
            protocol=protocol,
            initial={"name": "given", "values": [order, *[0] * (n - 1)]},
            traitors=1,
            conduct=Scripted(bits=bits),
            placement={"name": "given", "nodes": [traitor]},
            allow_below_bound=True,
            rng=1,
        ).run()
        obeyed = {model.simulation.decisions[node][0].value for node in model.honest if node != 0}
        if len(obeyed) > 1:
            split.append((traitor, bits, order))
        if traitor != 0 and obeyed != {order}:
            disobeyed.append((traitor, bits, order))
    return split, disobeyed


def test_three_generals_cannot_do_with_one_traitor() -> None:
    assert len(cases(3)) == 16
    # the two: either lieutenant turns the order to attack into one to retreat
    assert failures("oral-messages", 3) == ([], [(1, (0,), 1), (2, (0,), 1)])


def test_four_generals_can() -> None:
    assert len(cases(4)) == 40
    assert failures("oral-messages", 4) == ([], [])


def test_three_can_when_they_sign() -> None:
    assert failures("signed-messages", 3) == ([], [])
    assert failures("dolev-strong", 3) == ([], [])


def test_four_cannot_without_passing_on() -> None:
    split, disobeyed = failures("oral-messages(m=0)", 4)
    assert disobeyed == []  # a loyal general is heard by all
    assert len(split) == 12  # any of the 2^3 - 2 lies that are not the same to all, at either order


# Against the recursion of the paper


class Lying(Conduct):
    """Says what a hash says, for every path and recipient."""

    seed: int

    def puppet(self, role: Role) -> Puppet:
        return _Lying(role, self.seed)


class _Lying(Puppet):
    def __init__(self, role: Role, seed: int) -> None:
        super().__init__(role)
        self.seed = seed

    def rewrite(self, memory: Any, effects: Sequence[Effect]) -> Step:
        node, said = self.seat.node, list[Effect]()
        for effect in effects:
            if isinstance(effect, Send) and isinstance(effect.message, _Order):
                path = effect.message.path
                said += [Send((to,), _Order(lie(self.seed, (*path, node), to), path)) for to in effect.to]
            else:
                said.append(effect)
        return memory, said


def lie(seed: int, path: tuple[int, ...], to: int) -> int:
    return crc32(repr((seed, path, to)).encode()) >> 7 & 1


def obeyed(n: int, m: int, order: int, traitors: tuple[int, ...], seed: int) -> list[int]:
    """OM(m) as the paper has it: each call is one general and its lieutenants."""

    def om(depth: int, path: tuple[int, ...], value: int, lieutenants: list[int]) -> dict[int, int]:
        heard = {to: lie(seed, path, to) if path[-1] in traitors else value for to in lieutenants}
        if depth == 0:
            return heard
        told = {
            each: om(depth - 1, (*path, each), heard[each], [other for other in lieutenants if other != each])
            for each in lieutenants
        }
        votes = {
            to: [heard[to], *(told[each][to] for each in lieutenants if each != to)] for to in lieutenants
        }
        return {to: int(2 * sum(votes[to]) > len(votes[to])) for to in lieutenants}

    return [order, *om(m, (0,), order, list(range(1, n))).values()]


@settings(deadline=None, max_examples=40)
@given(
    size=st.sampled_from([(3, 1), (4, 1), (5, 1), (6, 1), (5, 2), (6, 2), (7, 2)]),
    order=st.integers(0, 1),
    seed=st.integers(0, 10**6),
    where=st.data(),
)
def test_it_does_as_the_recursion_does(
    size: tuple[int, int], order: int, seed: int, where: st.DataObject
) -> None:
    n, m = size
    traitors = where.draw(st.sets(st.integers(0, n - 1), min_size=m, max_size=m))
    model = Generals(
        network=f"complete(n={n})",
        protocol=OralMessages(m=m),
        initial={"name": "given", "values": [order, *[0] * (n - 1)]},
        traitors=m,
        conduct=Lying(seed=seed),
        placement={"name": "given", "nodes": sorted(traitors)},
        allow_below_bound=True,
        rng=1,
    ).run()
    expected = obeyed(n, m, order, tuple(traitors), seed)
    for node in model.honest:
        assert model.simulation.decisions[node][0].value == expected[node]
    if n > 3 * m:
        assert not model.verdict.violated


def broken(n: int, protocol: str, placement: str, *lies: Conduct) -> set[str]:
    """What two traitors break, the general's order being to attack."""
    return {
        name
        for seed, conduct in enumerate(lies)
        for name in Generals(
            network=f"complete(n={n})",
            protocol=protocol,
            initial={"name": "given", "values": [1] * n},
            traitors=2,
            conduct=conduct,
            placement=placement,
            allow_below_bound=True,
            rng=seed,
        )
        .run()
        .verdict.violated
    }


def test_two_traitors_are_too_many_for_six_and_not_for_seven() -> None:
    retreat = Scripted(bits=(0,))
    assert broken(6, "oral-messages", "last", retreat) == {"agreement", "validity"}
    assert broken(7, "oral-messages", "last", retreat) == set()


def test_two_traitors_need_reports_of_reports() -> None:
    lies = [Lying(seed=seed) for seed in range(60)]
    assert broken(7, "oral-messages(m=1)", "first", *lies) == {"agreement"}
    assert broken(7, "oral-messages", "first", *lies) == set()


@pytest.mark.parametrize("conduct", ["silent", "equivocating"])
@pytest.mark.parametrize("placement", ["first", "last"])
def test_it_bears_two_of_seven(conduct: str, placement: str) -> None:
    model = Generals(
        network="complete(n=7)",
        protocol="oral-messages",
        traitors=2,
        conduct=conduct,
        placement=placement,
        channel="uniform(high=1)",
        rng=3,
    ).run()
    assert model.outcome()["covered"]
    assert not model.verdict.violated
    assert model.verdict.termination == "held"


# Laws


def test_the_order_of_arrival_within_a_round_does_not_matter() -> None:
    messages = [(0, 1), (0, 0), (1, 1, 0), (3, 0, 0), (3, 2, 0), (0, 1)]
    states = set()
    for order in permutations(messages):
        machine, state = lieutenant()
        for sender, value, *path in order:
            state, _ = machine.receive(state, sender, _Order(value, tuple(path)))
        states.add(state)
    assert len(states) == 1


garbage = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.just(10**5000), st.floats(), st.text(max_size=3)),
    st.tuples(st.integers(-2, 9), st.none()),
)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_it_survives_garbage(data: st.DataObject) -> None:
    n, m = 5, 2
    protocol = OralMessages(m=m)
    machine = protocol.machine(Seat(data.draw(st.integers(0, n - 1)), n, 1, 1))
    state, effects = machine.start()
    alphabet = [message for node in range(n) for message in protocol.alphabet(Seat(node, n, 1), (0, 1))]
    paths = st.one_of(garbage, st.lists(st.one_of(st.integers(0, n), garbage), max_size=4).map(tuple))
    messages = st.one_of(
        st.sampled_from(alphabet),
        st.builds(_Order, st.one_of(st.integers(0, 1), garbage), paths),
        st.just(Message()),
    )
    made = [effects]
    for round_ in range(1, m + 2):
        for sender, message in data.draw(st.lists(st.tuples(st.integers(0, n - 1), messages), max_size=12)):
            before = state
            state, effects = machine.receive(state, sender, message)
            assert machine.receive(before, sender, message) == (state, effects)
            assert effects == ()
            hash(state)
        state, effects = machine.timeout(state, round_)
        made.append(effects)
    assert state == (m + 1, ())  # nothing is kept that is not needed any more
    said = [effect for some in made for effect in some]
    assert sum(isinstance(effect, Decide) for effect in said) == 1
    assert sum(len(effect.to) for effect in said if isinstance(effect, Send)) <= 3 + 3 * 2


def test_made_up_reports_are_all_that_a_party_could_send() -> None:
    assert OralMessages().alphabet(Seat(0, 4, 1), (0, 1)) == (_Order(0, ()), _Order(1, ()))
    assert OralMessages().alphabet(Seat(2, 4, 1), (1,)) == (_Order(1, (0,)),)
    assert OralMessages(m=2).alphabet(Seat(2, 4, 1), (1,)) == tuple(
        _Order(1, path) for path in [(0,), (0, 1), (0, 3)]
    )
    assert len(OralMessages().alphabet(Seat(2, 13, 4), (0, 1))) == 200


def test_more_messages_than_a_computer_holds_are_refused() -> None:
    with pytest.raises(InputError, match=r"oral-messages: OM\(9\) .* among n=30 parties; use m <= 3"):
        OralMessages().machine(Seat(0, 30, 9))
    assert OralMessages().machine(Seat(0, 30, 3)).seat.n == 30
