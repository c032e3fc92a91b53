"""Who sits where."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.agents.puppet import Puppet
from accord.agents.relay import Relay
from accord.models import Generals
from accord.models.council import Council
from accord.models.seeds import Seed


def council(**settings: Any) -> Council:
    return Council.of(Generals.Scenario(**{"network": "complete(n=4)", **settings}), Seed(1))


def test_traitors_run_puppets_and_the_others_what_the_protocol_says() -> None:
    machines = council(traitors=1, placement="last").machines()
    assert [isinstance(machine, Puppet) for machine in machines] == [False, False, False, True]


def test_in_a_broadcast_only_the_sender_puts_anything_in() -> None:
    assert council(protocol="bracha", initial="bits(p=1)").inputs == (1, 0, 0, 0)
    assert council(protocol="phase-king", initial="bits(p=1)").inputs == (1, 1, 1, 1)
    assert council(protocol="approximate", initial="given(values=[0.5, 1, 0.2, 0])").inputs == (
        0.5,
        1,
        0.2,
        0,
    )


def test_keys_sign_for_oneself_and_traitors_for_each_other() -> None:
    seated = council(network="complete(n=7)", traitors=2, placement="first")
    machines = seated.machines()
    assert machines[3].seat.keys.owners == (3,)
    assert machines[0].seat.keys.owners == (0, 1)
    signature = machines[3].seat.keys.sign(3, "content")
    assert machines[0].seat.keys.verify(signature, "content")
    with pytest.raises(PermissionError):
        machines[0].seat.keys.sign(3, "content")


def test_an_adaptive_conduct_has_nobody_at_first() -> None:
    assert council(traitors=1, conduct="adaptive").traitors == ()


def test_several_placements_may_be_possible() -> None:
    assert len(council(traitors=1, placement="worst(draws=5)").placements) == 5


def test_messages_are_relayed_only_where_somebody_is_far() -> None:
    assert council(relay=True).routes is None
    far = council(network="petersen", relay=True)
    assert far.routes is not None
    assert all(isinstance(machine, Relay) for machine in far.machines())


def test_a_network_that_is_drawn_is_checked_when_it_is_drawn() -> None:
    scenario = Generals.Scenario(network="erdos-renyi(n=9, p=0.5)", traitors=0)
    with pytest.raises(InputError, match="is not complete"):
        Council.of(scenario, Seed(1))


def test_voices_are_known_of_those_that_speak_honestly() -> None:
    voices = council(network="complete(n=7)", traitors=2, conduct="equivocating", placement="last").voices()
    assert voices is not None
    assert [len(each) for each in voices] == [1] * 5 + [2] * 2
    assert council(traitors=1, conduct="random").voices() is None
