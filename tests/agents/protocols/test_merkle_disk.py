"""Disks under a Merkle tree: how servers keep them."""

from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.errors import InputError
from accord.agents.keys import Keys, Signature
from accord.agents.ledger.disk import Disk
from accord.agents.ledger.merkle import verify_inclusion
from accord.agents.machine import Commit, Message, Persist, Seat, Send, State, Timer
from accord.agents.owner import BLANK, Claim, Fetch, Write, Written
from accord.agents.protocols.merkle_disk import _BATCH, _EARLY, MerkleDisk, _Lacking
from accord.models import Disks

KEYS = {node: Keys((node,), b"run") for node in range(5)}
SIZE = 6


def server(node: int = 0, protocol: MerkleDisk | None = None) -> Any:
    """Return one of three servers, for the owners 3 and 4."""
    return (protocol or MerkleDisk()).machine(Seat(node, 5, 1, keys=KEYS[node], servers=3, size=SIZE))


def write(version: int, key: int = 0, value: Any = None, owner: int = 3, signer: int | None = None) -> Write:
    command = Command(owner, version, key, 100 + version if value is None else value)
    signer = owner if signer is None else signer
    return Write(version, command, KEYS[signer].sign(signer, (version, command)))


def told(machine: Any, state: State, *messages: Message, sender: int = 3) -> tuple[State, list[Any]]:
    effects: list[Any] = []
    for message in messages:
        state, more = machine.receive(state, sender, message)
        effects += more
    return state, effects


def test_it_proves_what_it_holds() -> None:
    machine = server()
    state, _ = told(machine, machine.start()[0], write(1, key=4))
    state, (answer,) = told(machine, state, Fetch(7, 1, 4))
    (to,), claim = answer.to, answer.message
    assert (to, claim.number, claim.version, claim.value) == (3, 7, 1, 101)
    after = Disk.blank(SIZE, BLANK).put(4, (101).to_bytes(8, "big"))
    assert verify_inclusion(after.root, 4, SIZE, (101).to_bytes(8, "big"), claim.path)
    # every owner has a disk of its own
    (answer,) = told(machine, state, Fetch(0, 0, 4), sender=4)[1]
    assert (answer.to, answer.message) == ((4,), Claim(0, 0, 0, Disk.blank(SIZE, BLANK).proof(4)))


def test_writes_are_done_in_their_order_whatever_the_network_does() -> None:
    machine = server()
    state, _ = machine.start()
    state, effects = told(machine, state, write(3), write(2), write(3))
    assert effects == [Timer(3, 4.0)]  # it waits, once
    state, effects = told(machine, state, write(1))
    writes = [write(version).command for version in (1, 2, 3)]
    assert effects == [
        *(Commit(place, command) for place, command in enumerate(writes)),
        *(Persist(state), Send((3,), Written(3))),
    ]
    assert state[0].early == ()
    # the answer may have been lost
    assert told(machine, state, write(2)) == (state, [Send((3,), Written(3))])
    assert machine.timeout(state, 3)[1] == ()  # nothing is lacking any more
    # backwards, all at once
    backwards = told(machine, machine.start()[0], *(write(version) for version in range(9, 0, -1)))[0]
    forwards = told(machine, machine.start()[0], *(write(version) for version in range(1, 10)))[0]
    assert (backwards[0].disk, backwards[0].writes) == (forwards[0].disk, forwards[0].writes)


def test_what_it_lacks_it_asks_of_the_other_servers() -> None:
    ahead, behind = server(0), server(1)
    full, _ = told(ahead, ahead.start()[0], *(write(version) for version in range(1, 81)))
    state, effects = told(behind, behind.start()[0], Fetch(0, 80, 0))
    assert isinstance(effects[0].message, Claim)
    state, effects = behind.timeout(state, 3)
    assert effects == (Send((0, 2), _Lacking(3, 0)), Timer(3, 4.0))
    for _ in range(2):
        _, answers = told(ahead, full, effects[0].message, sender=1)
        assert all(each.to == (1,) for each in answers)
        state, done = told(behind, state, *(each.message for each in answers), sender=0)
        assert done[-1].to == (3,)  # the owner is told, whoever handed the write on
        state, effects = behind.timeout(state, 3)
    assert len(answers) == 80 - _BATCH
    assert effects == ()
    assert state[0].disk == full[0].disk
    assert not state[0].waits


def test_only_its_owner_can_write_to_a_disk() -> None:
    machine = server()
    state, _ = machine.start()
    good = write(1)
    false: list[Any] = [
        good.saying(5),
        write(1, signer=4),
        Write(1, good.command),
        Write(2, good.command, good.signature),
        Write(1, good.command, Signature(3, b"forged")),
        Write(1, good.command, Signature(4, KEYS[4].sign(4, (1, good.command)).tag)),
        Write(1, None, good.signature),  # type: ignore[arg-type]
        Write("1", good.command, good.signature),  # type: ignore[arg-type]
        *(write(0), write(1, key=SIZE), write(1, key=-1), write(1, value=0.5), write(1, value="x")),
        write(1, owner=2),
        *(_Lacking(3, None), _Lacking(9, 0), _Lacking("3", 0), _Lacking(3, -1)),  # type: ignore[arg-type]
        *(Fetch(0, 0, SIZE), Fetch(0, 0, "0"), Fetch(0, None, 0), Written(1)),  # type: ignore[arg-type]
    ]
    for sender in (0, 2, 3):
        assert told(machine, state, *false, sender=sender) == (state, [])
    assert told(machine, state, Fetch(0, 0, 0), sender=2) == (state, [])


def test_no_more_is_kept_than_may_be_overtaken() -> None:
    machine = server()
    state, _ = told(machine, machine.start()[0], *(write(version) for version in range(2, _EARLY + 50)))
    assert len(state[0].early) == _EARLY - 1
    state, _ = told(machine, state, write(1))
    assert len(state[0].writes) == _EARLY
    assert machine.timeout(state, 3)[1][0] == Send((1, 2), _Lacking(3, _EARLY))


def test_what_it_has_done_survives_a_crash() -> None:
    machine = server()
    _, effects = told(machine, machine.start()[0], write(1), write(4))
    kept = next(each.kept for each in effects if isinstance(each, Persist))
    back, _ = machine.recover(kept)
    assert len(back[0].writes) == 1
    _, effects = told(machine, back, write(3))
    assert effects == [Timer(3, 4.0)]
    assert machine.recover(None) == machine.start()


def test_a_read_takes_two_messages_and_a_write_two_and_two_for_each_server() -> None:
    for n in (2, 5):
        for reads, cost in ((1, 2), (0, 2 + 2 * n)):
            model = Disks(network=f"complete(n={n})", commands=7, reads=reads, pause=9, rng=1).run()
            last = n - 1 if reads == 0 and n > 1 else 0  # the run may end before the last ones answer
            assert 7 * cost - last <= sum(model.simulation.sent) <= 7 * cost


def test_where_bits_are_cut_each_run_has_a_hash_function_of_its_own() -> None:
    protocol = MerkleDisk(bits=8)
    one, same = (server(node, protocol).start()[0][0].disk for node in (0, 1))
    elsewhere = Seat(0, 5, 1, keys=Keys((0,), b"another run"), servers=3, size=SIZE)
    other = protocol.machine(elsewhere).start()[0][0].disk
    assert one.root == same.root
    assert one.hashing.salt != other.hashing.salt
    assert server().start()[0][0].disk.hashing.salt is None
    assert (one.hashing.bits, one.hashing.size) == (8, 1)
    at_root = server(0, MerkleDisk(bits=8, cut="root")).start()[0][0].disk
    assert (at_root.hashing.bits, at_root.hashing.salt) == (None, one.hashing.salt)


def test_what_it_claims_and_refuses() -> None:
    assert [MerkleDisk().least(f) for f in range(4)] == [1, 2, 3, 4]
    assert MerkleDisk().unproven(7, 1) == ""
    assert "bits=200" in MerkleDisk(bits=200).unproven(7, 1)
    for settings, message in (
        ({"bits": 300}, "bits=300: sha256 has 256 bits; use bits <= 256"),
        ({"bits": 0}, "bits=0 must be at least 1"),
        ({"digest": "md5"}, "digest='md5': input should be 'sha256'"),
        ({"cut": "leaf"}, "cut='leaf': input should be 'every-level' or 'root'"),
        ({"patience": 0}, "patience=0 must be greater than 0"),
    ):
        with pytest.raises(InputError, match=message):
            MerkleDisk(**settings)  # type: ignore[arg-type]


def test_made_up_claims_have_genuine_paths() -> None:
    protocol = MerkleDisk()
    made = protocol.alphabet(Seat(0, 5, 1, keys=KEYS[0], servers=3, size=SIZE), (0, 1))
    claims = [each for each in made if isinstance(each, Claim)]
    assert {each.path for each in claims} == {Disk.blank(SIZE, BLANK).proof(key) for key in (0, SIZE - 1)}
    assert {each.value for each in claims} == {0, 1}
    mine = protocol.alphabet(Seat(3, 5, 1, keys=KEYS[3], servers=3, size=SIZE), (0, 1))
    assert any(told(server(), server().start()[0], each)[1] for each in mine if isinstance(each, Write))
