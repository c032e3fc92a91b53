"""Crowds: who hears whom, and what it costs."""

import numpy as np
from accord.agents.crowd import Crowd
from accord.agents.puppet import Voice

NAN = np.nan


def honest(node: int, n: int, value: float = 0) -> tuple[Voice, ...]:
    return (Voice(value, frozenset(range(n)) - {node}, frozenset({node})),)


def test_the_honest_hear_everybody() -> None:
    crowd = Crowd([[honest(node, 3, node) for node in range(3)]])
    assert crowd.inputs.tolist() == [[0, 1, 2]]
    heard = crowd.exchange(crowd.inputs, size=10)
    assert heard[:, 0].tolist() == [[0, 0, 0], [1, 1, 1], [2, 2, 2]]  # by speaker, then by listener
    assert (crowd.sent.tolist(), crowd.own.tolist(), crowd.bytes.tolist()) == ([[2, 2, 2]], [3], [60])
    assert crowd.events.tolist() == [3 + 9 + 3]  # starts, arrivals, timers
    assert crowd.time == 1


def test_only_one_may_speak() -> None:
    crowd = Crowd([[honest(node, 3, node) for node in range(3)]])
    heard = crowd.exchange(crowd.inputs, 10, speaker=2)
    assert np.array_equal(heard[:, 0], [[NAN] * 3, [NAN] * 3, [2, 2, 2]], equal_nan=True)
    assert crowd.sent.tolist() == [[0, 0, 2]]


def test_the_mute_are_heard_by_nobody_and_have_their_timers() -> None:
    crowd = Crowd([[honest(0, 2), ()]])
    heard = crowd.exchange(np.array([[5.0, 7.0]]), 10)
    assert np.array_equal(heard[:, 0], [[5, 5], [NAN, NAN]], equal_nan=True)
    assert crowd.events.tolist() == [2 + 2 + 2]


def test_copies_speak_to_their_audiences_and_hear_their_own_side() -> None:
    two_faced = (
        Voice(0, frozenset({1}), frozenset({0})),
        Voice(1, frozenset({2}), frozenset({0})),
    )
    crowd = Crowd([[two_faced, honest(1, 3), honest(2, 3)]])
    assert crowd.copies == 6
    heard = crowd.exchange(np.array([[10.0, 11, 12, 13, NAN, NAN]]), 10)
    assert heard[0, 0].tolist()[:4] == [
        10,
        10,
        13,
        13,
    ]  # copy 0 of party 0, parties 1 and 2, copy 1 of party 0
    assert heard[1, 0].tolist()[:4] == [11] * 4
    assert crowd.sent.tolist() == [[2, 2, 2]]
    assert crowd.own.tolist() == [4]


def test_friends_speak_aside_side_by_side() -> None:
    coalition = frozenset({0, 1})
    sides = tuple(Voice(side, frozenset({2 + side}), coalition) for side in (0, 1))
    crowd = Crowd([[sides, sides, honest(2, 4), honest(3, 4)]])
    said = np.array([[0.0, 1, 2, 3, 4, 5, NAN, NAN]])
    heard = crowd.exchange(said, 10)
    assert heard[1, 0, [0, 4]].tolist() == [1, 5]  # what the copies of party 0 hear of party 1
    assert heard[0, 0, [2, 3]].tolist() == [0, 4]
    assert crowd.bytes.tolist() == [(2 * 3 + 4 + 4) * 10 + 4 * 9]  # words aside cost 9 bytes more


def test_a_lie_is_told_to_others_and_not_to_oneself() -> None:
    liar = (Voice(1, frozenset({1}), frozenset({0}), (0, 1)),)
    crowd = Crowd([[liar, honest(1, 2)]])
    heard = [crowd.exchange(np.array([[value, 0.0]]), 10)[0, 0].tolist() for value in (0, 1, 0.4, 0.5)]
    assert heard == [[0, 1], [1, 0], [0.4, 1], [0.5, 0]]


def test_decisions_are_the_first_copies() -> None:
    crowd = Crowd([[honest(0, 2), honest(1, 2)]])
    crowd.pass_round()
    crowd.pass_round()
    crowd.decide(np.array([[3.0, 4.0]]))
    assert crowd.decisions.tolist() == [[3, 4]]
    assert crowd.times.tolist() == crowd.rounds.tolist() == [[2, 2]]
    assert [each.tolist() for each in crowd.spoken] == [[0], [0]]
