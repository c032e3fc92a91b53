"""Blocks, their names and their form."""

from typing import Any

import pytest
from accord.agents.client import Request
from accord.agents.command import Command
from accord.agents.keys import Keys
from accord.agents.ledger.blocks import (
    CERTAIN,
    FIRST,
    Ask,
    Block,
    Certificate,
    is_certificate,
    is_request,
    voted,
)
from accord.agents.machine import Seat

BLOCK = Block(1, CERTAIN)
COMMAND = Command(4, 0, 0, 7)
SIGNATURE = Keys((4,)).sign(4, COMMAND)


def asked(command: Any = COMMAND, signature: Any = SIGNATURE) -> Request:
    return Request(command, signature)


def test_what_a_block_holds_is_its_name() -> None:
    others = [Block(2, CERTAIN), *(Block(1, CERTAIN, (asked(),) * count) for count in (1, 2))]
    assert Block(1, CERTAIN).digest == BLOCK.digest
    assert len({BLOCK.digest, FIRST.digest, *(each.digest for each in others)}) == 5
    assert CERTAIN.block == FIRST.digest


@pytest.mark.parametrize("n", [4, 7, 31])
def test_bytes_of_a_certificate_do_not_depend_on_n(n: int) -> None:
    quorum = n - (n - 1) // 3
    votes = [voted(Seat(node, n, 0, keys=Keys((node,))), node, BLOCK) for node in range(quorum)]
    joint = Keys().join(votes, ("vote", 1, BLOCK.digest), quorum, n)
    assert joint is not None
    assert Ask(0, Certificate(1, BLOCK.digest, joint)).size == 1 + 8 + 49


@pytest.mark.parametrize(
    ("said", "has_form"),
    [
        (CERTAIN, True),
        (CERTAIN._replace(view=-1), False),
        (CERTAIN._replace(view=1.0), False),
        (CERTAIN._replace(block="x"), False),
        (tuple(CERTAIN), False),
        (None, False),
    ],
)
def test_the_form_of_certificates(said: Any, has_form: bool) -> None:
    assert is_certificate(said) is has_form


@pytest.mark.parametrize(
    ("said", "has_form"),
    [
        (asked(), True),
        (asked(COMMAND._replace(value=None)), True),
        (asked(signature=None), False),
        (asked(COMMAND._replace(client=3)), False),  # a server
        (asked(COMMAND._replace(client=6)), False),  # nobody
        (asked(COMMAND._replace(number=-1)), False),
        (asked(COMMAND._replace(key=0.5)), False),
        (asked(COMMAND._replace(value=float("nan"))), False),
        (asked(tuple(COMMAND)), False),
        (COMMAND, False),
    ],
)
def test_the_form_of_requests(said: Any, has_form: bool) -> None:
    assert is_request(said, servers=4, parties=6) is has_form
