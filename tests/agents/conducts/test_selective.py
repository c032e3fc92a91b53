"""Whom a selective traitor still speaks to, play by play."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from accord.agents.conducts import conducts
from accord.agents.errors import InputError
from accord.agents.protocols import Faults


@pytest.mark.parametrize(
    ("conduct", "heard_by"),
    [
        ("selective", ["1 2", "1 2", "1 2"]),  # the lower half of four others
        ("selective(share=0)", ["1 2 3 4"] * 3),
        ("selective(share=0.25)", ["1 2 3"] * 3),
        ("selective(share=0.4)", ["1 2"] * 3),  # to the nearest whole party
        ("selective(share=1)", []),
        ("selective(nodes=[1, 4])", ["2 3"] * 3),
        ("selective(nodes=[0])", ["1 2 3 4"] * 3),  # nothing keeps one from speaking to oneself
    ],
)
def test_plays(chatter: Callable, transcript: Callable, conduct: str, heard_by: list[str]) -> None:
    assert transcript(conduct, chatter()) == [
        f"{now}: word(0, {now}) -> {each}" for now, each in enumerate(heard_by)
    ]


def test_of_servers_and_clients_alike(chatter: Callable) -> None:
    role = chatter()
    role = replace(role, seat=role.seat.but(servers=3))  # 1 and 2, and the clients 3 and 4
    for share, deaf in ((0.5, {2, 4}), (1, {1, 2, 3, 4}), (0, set())):
        assert conducts.choose(f"selective(share={share})").puppet(role).deaf == deaf  # type: ignore[attr-defined]


def test_it_loses_messages_and_does_not_lie() -> None:
    assert conducts.choose("selective").faults is Faults.OMISSION


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"there is no party 5; use nodes from 0 to 4"):
        conducts.choose("selective(nodes=[1, 5])").check(opinions=False, n=5)
    with pytest.raises(InputError, match=r"share=2 must be at most 1"):
        conducts.choose("selective(share=2)")
