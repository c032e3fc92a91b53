"""What a replaying traitor says again, play by play."""

from collections.abc import Callable

import pytest


@pytest.fixture
def again(transcript: Callable, chatter: Callable, letter: Callable) -> Callable[..., list[str]]:
    """Return what it says beside the truth, having heard letters from 1 and 2 and one of these again."""

    def said(conduct: str, **role: object) -> list[str]:
        heard = [(0.25, 1, letter(0).message), (0.5, 2, letter(1).message), (0.75, 3, letter(0).message)]
        lines: list[str] = transcript(conduct, chatter(**role), heard)
        truth = [f"{now}: word(0, {now}) -> 1 2 3 4" for now in range(3)]
        return [line for line in lines if line not in truth]

    return said


def test_plays(again: Callable) -> None:
    # to all but whom it has it from, and each only once, whoever says it
    assert again("replaying") == ["0.25: word(0, 0) -> 2 3 4", "0.5: word(1, 0) -> 1 3 4"]
    assert again("replaying(after=2)") == ["2.25: word(0, 0) -> 2 3 4", "2.5: word(1, 0) -> 1 3 4"]
    assert again("replaying(most=1)") == ["0.25: word(0, 0) -> 2 3 4"]


def test_nothing_from_and_to_other_traitors(again: Callable) -> None:
    assert again("replaying", coalition=(0, 1)) == ["0.5: word(1, 0) -> 3 4", "0.75: word(0, 0) -> 2 4"]
