"""Who keeps the store, and who asks for what."""

from typing import Any

import numpy as np
from accord.agents.client import Client
from accord.agents.puppet import Puppet
from accord.models import Servers
from accord.models.cluster import Cluster
from accord.models.seeds import Seed


def cluster(replicate: int = 0, **settings: Any) -> Cluster:
    scenario = Servers.Scenario(**{"network": "complete(n=3)", **settings})
    return Cluster.of(scenario, Seed(1, replicate))


def test_servers_come_first_and_clients_after_them() -> None:
    seated = cluster(clients=2, traitors=1, placement="last", protocol="raft")
    assert (seated.parties, list(seated.clients)) == (5, [3, 4])
    machines = seated.machines()
    assert [isinstance(each, Puppet) for each in machines] == [False, False, True, False, False]
    assert [isinstance(each, Client) for each in machines] == [False, False, False, True, True]
    assert [each.seat.servers for each in machines] == [3] * 5
    assert machines[3].seat.commands == seated.work[0]
    assert machines[0].seat.commands == ()


def test_everybody_signs_for_itself() -> None:
    seats = [each.seat for each in cluster(clients=2).machines()]
    assert [seat.keys.owners for seat in seats] == [(node,) for node in range(5)]
    assert seats[0].keys.verify(seats[4].keys.sign(4, "wish"), "wish")


def test_everybody_is_told_how_many_keys_there_are() -> None:
    assert {each.seat.size for each in cluster(keys=12).machines()} == {12}


def test_no_two_commands_write_the_same_value() -> None:
    work = cluster(clients=3, commands=40, keys=5, reads=0.5).work
    values = [each.value for commands in work for each in commands if each.value is not None]
    assert len(set(values)) == len(values)
    assert min(values) > 0  # 0 is what every key holds at first
    for client, commands in enumerate(work, 3):
        assert [each.client for each in commands] == [client] * 40
        assert [each.number for each in commands] == list(range(40))


def test_keys_and_reads_are_drawn_alike() -> None:
    # 20,000 draws: five standard deviations, so a right program fails once in a million times
    work = cluster(clients=2, commands=10_000, keys=4, reads=0.3).work
    reads = np.mean([each.value is None for commands in work for each in commands])
    assert abs(reads - 0.3) < 5 * np.sqrt(0.3 * 0.7 / 20_000)
    counts = np.bincount([each.key for commands in work for each in commands], minlength=4)
    assert np.abs(counts - 5000).max() < 5 * np.sqrt(20_000 * 0.25 * 0.75)
    for share, only in ((0.0, False), (1.0, True)):
        assert {each.value is None for each in cluster(reads=share).work[0]} == {only}


def test_work_is_the_same_whatever_is_done_with_it() -> None:
    # common random numbers: neither traitors nor the protocol's settings change what clients ask
    assert cluster().work == cluster(traitors=1).work == cluster(**{"protocol.patience": 20}).work
    assert cluster().work != cluster(replicate=1).work
