"""What a corrupting traitor makes of its words, play by play."""

from collections.abc import Callable
from dataclasses import replace

import pytest


@pytest.mark.parametrize(
    ("conduct", "coins", "lines"),
    [
        ("corrupting", [], ["0: word(1, 0) -> 1 2 3 4"]),
        # of two sides the first is the lie
        (
            "corrupting(p=0.5)",
            [0, 1, 1, 0],
            ["0: word(1, 0) -> 1", "0: word(0, 0) -> 2", "0: word(0, 0) -> 3", "0: word(1, 0) -> 4"],
        ),
        # of a hundred the first seven
        (
            "corrupting(p=0.07)",
            [6, 7, 99, 0],
            ["0: word(1, 0) -> 1", "0: word(0, 0) -> 2", "0: word(0, 0) -> 3", "0: word(1, 0) -> 4"],
        ),
        ("corrupting(p=0)", [0] * 4, [f"0: word(0, 0) -> {to}" for to in (1, 2, 3, 4)]),
        ("corrupting + corrupting", [], ["0: word(0, 0) -> 1 2 3 4"]),  # a lie about a lie
        ("delaying + corrupting", [], ["1: word(1, 0) -> 1 2 3 4"]),
        ("corrupting + delaying", [], ["1: word(1, 0) -> 1 2 3 4"]),
    ],
)
def test_plays(
    chatter: Callable, transcript: Callable, conduct: str, coins: list[int], lines: list[str]
) -> None:
    assert transcript(conduct, chatter(), coins=coins, until=1 if "delaying" in conduct else 0) == lines


def test_what_is_carried_inside_is_changed_too(
    chatter: Callable, transcript: Callable, letter: Callable
) -> None:
    assert transcript("corrupting", chatter(), [(0, 3, letter(1))], until=0)[1:] == [
        "0: letter(word(0, 0)) -> 3"
    ]


@pytest.mark.parametrize(("value", "lie"), [(-1, 1), (0.75, -2), (1.5, -2), (None, -2), ((0, 1), -2)])
def test_the_lie_is_the_value_farthest_from_the_truth(
    chatter: Callable, transcript: Callable, value: object, lie: int
) -> None:
    role = replace(chatter(value=value), values=(-2, 0, 1))
    assert transcript("corrupting", role, until=0) == [f"0: word({lie}, 0) -> 1 2 3 4"]
