"""What a forging traitor makes up, play by play."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from accord.models import Generals

FORGED = [  # unasked: 1 and 2 hear of 0 only, 3 and 4 of 1, and all hear what names no value
    *("0: word(0, 0) -> 1", "0: word(0, 0) -> 2", "0: word(1, 0) -> 3", "0: word(1, 0) -> 4"),
    *("0: letter(word(1, 7)) -> 3", "0: letter(word(1, 7)) -> 4"),
    *("0: over -> 1", "0: over -> 2", "0: over -> 3", "0: over -> 4"),
]
TWO_FACED = [[f"{now}: word(0, {now}) -> 1 2", f"{now}: word(1, {now}) -> 3 4"] for now in range(3)]
TRUTH = [f"{now}: word(0, {now}) -> 1 2 3 4" for now in range(3)]


def test_plays(chatter: Callable, transcript: Callable) -> None:
    assert transcript("forging", chatter()) == [*FORGED, *(line for lines in TWO_FACED for line in lines)]


def test_beside_the_truth(chatter: Callable, transcript: Callable) -> None:
    lines = transcript("forging(beside=true)", chatter())
    assert lines == [
        *FORGED,
        *(line for now in range(3) for line in (*TWO_FACED[now], TRUTH[now])),
    ]


def test_other_traitors_are_told_the_truth(chatter: Callable, transcript: Callable) -> None:
    lines = transcript("forging", chatter(coalition=(0, 2, 4), value=1), until=0)
    assert lines == [
        *("0: word(0, 0) -> 1", "0: word(1, 0) -> 3"),
        *("0: letter(word(1, 7)) -> 3", "0: over -> 1", "0: over -> 3"),
        *("0: word(0, 0) -> 1", "0: word(1, 0) -> 3", "0: word(1, 0) -> 2 4"),
    ]


def test_what_is_farthest_out_comes_first(chatter: Callable, transcript: Callable) -> None:
    # who counts the first message only is told the greatest lie
    role = chatter()
    words = [type(role.alphabet[0])(value, 0) for value in (0, 0.2, 0.5, -3, None)]
    lines = transcript("forging", replace(role, alphabet=tuple(words)), until=0)
    assert [line for line in lines if line.endswith("-> 1")] == [
        f"0: word({value}, 0) -> 1" for value in (-3, 0, 0.2, 0.5, None)
    ]


def test_it_does_not_provoke_itself(chatter: Callable, transcript: Callable, letter: Callable) -> None:
    # each letter would be answered once, and is; more is not made up
    lines = transcript("forging", chatter(), [(0.5, 1, letter(1))] * 100, until=0.5)
    assert lines[len(FORGED) + 2 :] == ["0.5: letter(word(0, 0)) -> 1"] * 100


@pytest.mark.parametrize("f", [1, 2, 3])
def test_it_parts_the_camps_below_the_bound_of_phase_king_whenever_the_last_king_is_a_traitor(f: int) -> None:
    # recomputed: Byzantine kings last, n = 4f always disagrees and n = 4f + 1 never; kings first, neither does
    def disagreements(n: int, kings: list[int]) -> int:
        given = {
            "network": f"complete(n={n})",
            "placement": f"given(nodes={kings})",
            "allow_below_bound": True,
        }
        return sum(
            Generals(protocol="phase-king", traitors=f, conduct="forging", rng=seed, **given)
            .run()
            .verdict.agreement
            == "violated"
            for seed in range(20)
        )

    first, last = list(range(f)), list(range(1, f + 1))
    assert [disagreements(4 * f, last), disagreements(4 * f + 1, last)] == [20, 0]
    assert [disagreements(4 * f, first), disagreements(4 * f + 1, first)] == [0, 0]


@pytest.mark.parametrize(
    ("weakened", "broken"),
    [
        ("echo=2", {"termination"}),  # some get ready for one value and some for the other
        ("amplify=1", {"termination", "validity"}),  # one forged ready is enough to go on
        ("amplify=3", {"termination"}),  # one deliverer does not bring the others along
        ("amplify=1, deliver=2", {"agreement", "validity"}),
        ("deliver=1", {"agreement", "validity"}),
        ("echo=2, amplify=2, deliver=2", {"agreement"}),
    ],
)
def test_it_breaks_weakened_thresholds(weakened: str, broken: set[str]) -> None:
    # recomputed: n = 4, f = 1; twins alone do not break some of them in thousands of runs
    violated: set[str] = set()
    for placement in ("first", "last"):
        for seed in range(20):
            model = Generals(
                protocol=f"bracha({weakened})", traitors=1, conduct="forging", placement=placement, rng=seed
            )
            violated |= set(model.run().verdict.violated)
    assert violated == broken
