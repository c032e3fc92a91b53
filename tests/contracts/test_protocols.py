"""What holds for every protocol: the bound that it claims, and that no message from anybody shakes its machines."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from accord.agents.keys import Keys, Signature
from accord.agents.machine import Decide, Flip, Message, Persist, Seat, Timer, is_value
from accord.agents.protocols import Protocol, protocols

# Parties needed for f = 0, 1, 2, 3 faulty ones, as the papers have it that the protocols cite
BOUNDS = {
    "abd": (1, 3, 5, 7),
    "approximate": (1, 4, 7, 10),
    "ben-or": (1, 3, 5, 7),
    "ben-or-byzantine": (1, 6, 11, 16),
    "berman-garay-perry": (1, 4, 7, 10),
    "bracha": (1, 4, 7, 10),
    "dissemination": (1, 4, 7, 10),
    "dolev-strong": (2, 3, 4, 5),
    "hotstuff": (1, 4, 7, 10),
    "masking": (1, 5, 9, 13),
    "merkle-disk": (1, 2, 3, 4),
    "oral-messages": (1, 4, 7, 10),
    "paxos": (1, 3, 5, 7),
    "pbft": (1, 4, 7, 10),
    "phase-king": (1, 5, 9, 13),
    "raft": (1, 3, 5, 7),
    "ratification": (1, 4, 7, 10),
    "read-one": (1, 2, 3, 4),
    "signed-messages": (2, 3, 4, 5),
    "two-phase-commit": (1, 2, 3, 4),
}


def test_bounds() -> None:
    assert {name: tuple(map(kind().least, range(4))) for name, kind in protocols.items()} == BOUNDS


THRESHOLDS = {  # weakened by one, with n = 7 and f = 1
    "abd": ["quorum=3"],
    "approximate": ["trim=0", "rounds=2"],
    "ben-or": ["propose=3", "adopt=2", "decide=1"],
    "ben-or-byzantine": ["propose=4", "adopt=1", "decide=4"],
    "berman-garay-perry": ["support=5", "adopt=1", "keep=5", "phases=1"],
    "bracha": ["echo=4", "amplify=1", "deliver=2"],
    "dissemination": ["quorum=4"],
    "dolev-strong": ["rounds=1"],
    "hotstuff": ["quorum=4", "chain=2", "locking=0"],
    "masking": ["quorum=4", "vouchers=1"],
    "merkle-disk": [],
    "oral-messages": ["m=0"],
    "paxos": ["phase1=3", "phase2=3"],
    "pbft": ["prepare=4", "commit=4", "change=4", "keep=0"],
    "phase-king": ["keep=4", "phases=1"],
    "raft": ["quorum=3"],
    "ratification": ["quorum=4"],
    "read-one": ["quorum=6"],
    "signed-messages": ["m=0"],
    "two-phase-commit": [],
}


def test_a_guarantee_is_claimed_for_the_thresholds_that_were_proven() -> None:
    assert THRESHOLDS.keys() == set(protocols)
    for name, weakened in THRESHOLDS.items():
        assert protocols.choose(name).unproven(7, 1) == ""
        for each in weakened:
            threshold, _, value = each.partition("=")
            assert protocols.choose(f"{name}({each})").unproven(7, 1)
            stronger = int(value) + 1 if name != "ben-or" or threshold != "adopt" else 1
            assert protocols.choose(f"{name}({threshold}={stronger})").unproven(7, 1) == ""


N, F = 6, 1
ALL = Keys(tuple(range(N)), b"run")
NUMBERS = (None, True, -1, 2, 1.5, float("nan"), float("inf"), 10**400, 10**5000)
NONSENSE = (
    *NUMBERS,
    "attack",
    b"",
    (),
    (0, 1),
    (None,),
    Signature(0, b"forged"),
    (Signature(-1, b""),),
    Message(),
)


def said(protocol: Protocol, rng: np.random.Generator, number: int) -> Iterator[tuple[int, Message]]:
    """Yield messages of the protocol with something else in some of their places, and who sends them."""
    seat = Seat(0, N, F, 1, ALL)
    alphabet = protocol.alphabet(seat, (0, 1))
    others = [each for kind in protocols.values() for each in kind().alphabet(seat, (0, 1))[:3]]
    for _ in range(number):
        known = alphabet if rng.random() < 0.9 else others
        message: Any = known[rng.integers(len(known))]
        changes = {
            each.name: NONSENSE[rng.integers(len(NONSENSE))] for each in fields(message) if rng.random() < 0.3
        }
        yield int(rng.integers(N)), replace(message, **changes)


@pytest.mark.parametrize("node", [0, 1])
@pytest.mark.parametrize("name", list(protocols))
def test_machines_survive_any_message_from_anybody(name: str, node: int) -> None:
    protocol, rng = protocols.choose(name), np.random.default_rng(1)
    for _ in range(20):
        machine = protocol.machine(Seat(node, N, F, 1, Keys((node,), b"run")))
        state, kept, timers, decided = None, None, list[Any](), 0
        for sender, message in said(protocol, rng, 60):
            if state is None:
                do: tuple[Any, ...] = (machine.start,)
            elif timers and rng.random() < 0.1:
                do = machine.timeout, state, timers.pop(0)
            else:
                do = machine.receive, state, sender, message
            while do:
                state, effects = do[0](*do[1:])
                assert do[0](*do[1:]) == (state, effects)
                hash((state, tuple(effects)))
                do = ()
                for effect in effects:
                    if isinstance(effect, Timer):
                        timers.append(effect.name)
                    elif isinstance(effect, Persist):
                        kept = effect.kept
                    elif isinstance(effect, Flip):
                        do = machine.flip, state, effect.key, effect.domain[int(rng.integers(2))]
                    elif isinstance(effect, Decide):
                        assert is_value(effect.value)
                        decided += 1
        assert decided <= 1
        machine.recover(kept)
