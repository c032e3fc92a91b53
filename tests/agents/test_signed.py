"""Chains of signatures, and the machines that gather values by them."""

from itertools import permutations
from typing import Any

import pytest
from accord.agents.keys import Keys, Signature
from accord.agents.machine import Accuse, Decide, Machine, Message, Seat, Send
from accord.agents.protocols import Protocol
from accord.agents.protocols.dolev_strong import DolevStrong
from accord.agents.protocols.signed_messages import SignedMessages
from accord.agents.signed import Signed
from hypothesis import given, settings
from hypothesis import strategies as st

N = 5
ALL = Keys(tuple(range(N)), b"run")
PROTOCOLS = pytest.mark.parametrize("protocol", [SignedMessages(), DolevStrong()], ids=str)


def chain(value: Any, *signers: int) -> Signed:
    order = Signed(value)
    for signer in signers:
        order = order.by(signer, ALL)
    return order


def machine(protocol: Protocol, node: int, f: int = 2) -> Machine:
    return protocol.machine(Seat(node, N, f, 1, Keys((node,), b"run")))


# Chains


def test_every_prefix_of_a_chain_is_genuine() -> None:
    order = chain(1, 0, 3, 1)
    assert str(order) == "1:0:3:1"
    assert order.signers == (0, 3, 1)
    for length in (1, 2, 3):
        assert Signed(1, order.signatures[:length]).is_genuine(ALL, N)


def test_a_signature_binds_the_value_and_the_whole_chain_before_it() -> None:
    order, other = chain(1, 0, 3, 1), chain(1, 0, 2, 1)
    zero, three, one = order.signatures
    for signatures in [
        *((), (three,), (zero, one), (zero, one, three), (three, zero), (zero, three, other.signatures[2])),
        *((zero, three, three), (zero, zero), (zero, three, one, zero), (zero, other.signatures[2])),
    ]:
        assert not Signed(1, signatures).is_genuine(ALL, N), signatures
    assert not order.saying(0).is_genuine(ALL, N)
    assert not chain(1, 0, 3, 3).is_genuine(ALL, N)  # a chain is as long as it has signers
    assert not chain(1, 0, 3, 0).is_genuine(ALL, N)
    assert not order.saying(1.0).is_genuine(ALL, N)
    assert not order.is_genuine(Keys((), b"another run"), N)


@pytest.mark.parametrize("order", list(permutations([(0.5, 0), (3, 0, 1), (4, 0), (2, 0), (0, 0, 1)])))
def test_of_many_values_no_more_are_kept_than_are_taken(order: tuple[tuple[float, ...], ...]) -> None:
    taker, everything = machine(DolevStrong(), 2), machine(SignedMessages(), 2)
    few, all_ = taker.start()[0], everything.start()[0]
    for value, *signers in order:
        few, _ = taker.receive(few, 1, chain(value, *signers))
        all_, _ = everything.receive(all_, 1, chain(value, *signers))
    assert [each.value for each in few.waiting] == [0.5, 2]
    assert [each.value for each in all_.waiting] == [0.5, 2, 4, 0, 3]
    assert taker.timeout(few, 1)[0].held == (0.5, 2)


def test_nobody_signs_for_another() -> None:
    with pytest.raises(PermissionError):
        Signed(1).by(0, Keys((1, 2), b"run"))
    forged = Signed(1, (Signature(0, b"12345678"),))
    assert not forged.is_genuine(ALL, N)
    assert not Signed(1, (Signature(0, chain(1, 1).signatures[0].tag),)).is_genuine(ALL, N)


@pytest.mark.parametrize("signer", [True, 1.0, -1, N, 10**5000, "1", None, (1,)], ids=type)
def test_a_signer_is_one_of_the_parties(signer: Any) -> None:
    start = chain(1, 0)
    assert start.by(1, ALL).is_genuine(ALL, N)
    tag = ALL._tag(signer, (1, start.signatures)) if signer != 10**5000 else b""  # which has no repr
    assert not Signed(1, (*start.signatures, Signature(signer, tag))).is_genuine(ALL, N)


@pytest.mark.parametrize("value", [None, "1", float("nan"), float("inf"), 10**5000, (1,)], ids=type)
def test_a_value_is_a_number(value: Any) -> None:
    assert not Signed(value, chain(1, 0).signatures).is_genuine(ALL, N)


# What a coalition can make up


@PROTOCOLS
def test_with_the_general_a_coalition_has_a_chain_for_every_round(protocol: Protocol) -> None:
    seat = Seat(3, N, 2, 0, Keys((0, 1, 3), b"run"))
    made = protocol.alphabet(seat, (0, 1))
    assert [str(each) for each in made] == ["0:0", "0:0:1", "0:0:1:3", "1:0", "1:0:1", "1:0:1:3"]
    assert all(isinstance(each, Signed) and each.is_genuine(ALL, N) for each in made)


@PROTOCOLS
def test_chains_are_no_longer_than_there_are_rounds(protocol: Protocol) -> None:
    seat = Seat(3, N, 1, 0, Keys((0, 1, 3), b"run"))
    assert [str(each) for each in protocol.alphabet(seat, (1,))] == ["1:0", "1:0:1"]


@PROTOCOLS
def test_without_the_general_it_has_nothing_that_counts(protocol: Protocol) -> None:
    made = protocol.alphabet(Seat(3, N, 2, 0, Keys((1, 3), b"run")), (0, 1))
    assert [str(each) for each in made] == ["0:1", "1:1"]
    assert not any(isinstance(each, Signed) and each.is_genuine(ALL, N) for each in made)


# Gathering


@PROTOCOLS
def test_a_chain_counts_until_the_round_of_its_length_has_ended(protocol: Protocol) -> None:
    for length, arrives, counts in [(1, 0, 1), (1, 1, 0), (2, 0, 1), (2, 1, 1), (2, 2, 0), (3, 2, 1)]:
        party = machine(protocol, 4)
        state, effects = party.start()
        for round_ in (1, 2, 3):
            if arrives == round_ - 1:
                state, effects = party.receive(state, 1, chain(1, *range(length)))
                assert effects == ()
            state, effects = party.timeout(state, round_)
            sent = [effect.message for effect in effects if isinstance(effect, Send)]
            assert sent == ([chain(1, *range(length), 4)] if counts and length == round_ < 3 else [])
        assert effects == (Decide(counts, 3),)
        assert party.receive(state, 1, chain(0, 0, 1, 2)) == (state, ())


@PROTOCOLS
def test_chains_longer_than_there_are_rounds_count_for_nothing(protocol: Protocol) -> None:
    party = machine(protocol, 4, f=1)
    state, _ = party.start()
    assert party.receive(state, 1, chain(1, 0, 1, 2)) == (state, ())


@PROTOCOLS
def test_who_holds_two_orders_accuses_the_general_once(protocol: Protocol) -> None:
    party = machine(protocol, 4)
    state, _ = party.start()
    for sender, order in [(0, chain(2, 0)), (1, chain(1, 0, 1)), (2, chain(3, 0, 2, 3))]:
        state, _ = party.receive(state, sender, order)
    accusations = []
    for round_ in (1, 2, 3):
        state, effects = party.timeout(state, round_)
        accusations += [(round_, effect) for effect in effects if isinstance(effect, Accuse)]
    assert accusations == [(2, Accuse(0, "it signed 1 and 2"))]
    assert effects[-1] == Decide(0, 3)


@PROTOCOLS
def test_the_order_of_arrival_within_a_round_does_not_matter(protocol: Protocol) -> None:
    messages = [chain(1, 0), chain(0, 0, 2), chain(0, 0, 1), chain(2, 0), chain(3, 0), chain(2, 0, 1, 2)]
    results = set()
    for order in permutations(messages):
        party = machine(protocol, 4)
        state, _ = party.start()
        for message in order:
            state, _ = party.receive(state, 1, message)
        results.add((state, party.timeout(state, 1)))
    assert len(results) == 1


@PROTOCOLS
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_it_survives_garbage(protocol: Protocol, data: st.DataObject) -> None:
    party = machine(protocol, data.draw(st.integers(0, N - 1)), f=2)
    garbage = st.one_of(
        *(st.none(), st.booleans(), st.integers(), st.just(10**5000), st.floats(), st.text(max_size=3)),
        *(st.binary(max_size=9), st.tuples(st.integers(-2, 9), st.none())),
    )
    made = protocol.alphabet(Seat(1, N, 2, 0, ALL), (0, 1, 2.5))
    genuine = [signature for order in made if isinstance(order, Signed) for signature in order.signatures]
    signatures = st.one_of(
        st.sampled_from(genuine),
        garbage,
        st.builds(Signature, st.one_of(st.integers(-1, N), garbage), garbage),
    )
    messages = st.one_of(
        st.sampled_from(made),
        st.builds(Signed, st.one_of(st.integers(0, 1), garbage), st.lists(signatures, max_size=4).map(tuple)),
        st.builds(Signed, garbage, garbage),
        st.just(Message()),
    )
    state, effects = party.start()
    said = list(effects)
    for round_ in (1, 2, 3):
        for sender, message in data.draw(st.lists(st.tuples(st.integers(0, N - 1), messages), max_size=12)):
            before = state
            state, effects = party.receive(state, sender, message)
            assert party.receive(before, sender, message) == (state, effects)
            assert effects == ()
            hash(state)
        state, effects = party.timeout(state, round_)
        said += effects
    assert sum(isinstance(effect, Decide) for effect in said) == 1
    assert sum(isinstance(effect, Accuse) for effect in said) <= 1
    assert sum(isinstance(effect, Send) for effect in said) <= 3  # one for each value that the general signed
