"""Borders between groups."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models import Generals
from accord.models.channels.partition import Partition


def crossings(sent: Any, channel: str, n: int = 4, now: float = 0.0) -> set[tuple[int, int]]:
    """Return who still reaches whom."""
    return {
        (one, other)
        for one in range(n)
        for other in range(n)
        if one != other and sent(channel, now=now, sender=one, recipient=other) != [()]
    }


def test_two_groups_and_the_rest(sent: Any) -> None:
    left = crossings(sent, "partition(groups=[[0, 1], [2, 3]])", n=6)
    assert left == {(0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4)}


def test_one_way(sent: Any) -> None:
    everything = crossings(sent, "constant")
    out = crossings(sent, "partition(groups=[[0]], blocks=out)")
    into = crossings(sent, "partition(groups=[[0]], blocks=in)")
    assert everything - out == {(0, 1), (0, 2), (0, 3)}
    assert everything - into == {(1, 0), (2, 0), (3, 0)}


def test_who_shares_a_group_can_talk() -> None:
    bridge = Partition(groups=[[0, 1, 2], [2, 3, 4]])
    apart = {(one, other) for one in range(6) for other in range(6) if bridge.crosses(one, other)}
    wall = {(one, other) for one in (0, 1) for other in (3, 4)} | {(5, each) for each in range(5)}
    assert apart == wall | {(other, one) for one, other in wall}


def test_one_way_between_groups_that_overlap() -> None:
    # 1 is in both groups; 3 is in none, and hears all or is heard by all
    for blocks, still in (("out", {(3, 0), (3, 1), (3, 2)}), ("in", {(0, 3), (1, 3), (2, 3)})):
        border = Partition(groups=[[0, 1], [1, 2]], blocks=blocks)
        open_ = {
            (one, other)
            for one in range(4)
            for other in range(4)
            if one != other and not border.crosses(one, other)
        }
        assert open_ == {(0, 1), (1, 0), (1, 2), (2, 1)} | still


def test_from_at_till_until(sent: Any) -> None:
    through = [now for now in range(10) if sent("partition(at=3, until=6)", now=float(now)) != [()]]
    assert through == [0, 1, 2, 6, 7, 8, 9]


def test_again_and_again(sent: Any) -> None:
    stopped = [now for now in range(16) if sent("partition(at=3, until=5, every=5)", now=float(now)) == [()]]
    assert stopped == [3, 4, 8, 9, 13, 14]


def test_a_schedule_is_a_row(sent: Any) -> None:
    row = "partition(at=1, until=3) + partition(groups=[[1]], at=5, until=6)"
    assert [now for now in range(9) if sent(row, now=float(now)) == [()]] == [1, 2, 5]


def test_what_is_held_arrives_when_it_heals(sent: Any) -> None:
    held = "partition(at=3, until=6, holds=true)"
    assert [sent(held, now=now)[0][0] for now in (2.5, 3.0, 4.0, 5.5, 6.0)] == [3.5, 6.0, 6.0, 6.5, 7.0]
    assert sent("partition(at=3, until=5, every=5, holds=true) + constant(delay=0)", now=8.5) == [(10.0,)]


def test_who_is_cut_off_decides_nothing_until_it_heals() -> None:
    def decided(holds: str) -> Any:
        channel = f"partition(groups=[[3]], until=50, holds={holds})"
        model = Generals(network="complete(n=4)", f=1, channel=channel, rng=1).run()
        return model.outcome()["last_decision"], model.outcome()["decided"], model.verdict.termination

    assert decided("true") == (50.0, 4, "held")
    assert decided("false") == (3.0, 3, "inconclusive")  # what is lost is lost


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"groups": []}, r"partition: groups=\[\] cut off nobody; name at least one party in each"),
        ({"groups": [[0], []]}, r"partition: groups=\[\[0\], \[\]\] cut off nobody"),
        ({"groups": [[-1]]}, r"partition: groups.0.0=-1 must be at least 0"),
        ({"at": 5, "until": 5}, r"partition: until=5 must be after at=5: a partition heals after it began"),
        ({"at": -1}, r"partition: at=-1 must be at least 0"),
        ({"at": 1, "until": 5, "every": 4}, r"every=4 must be longer than the partition, which takes 4"),
        ({"blocks": "up"}, r"partition: blocks='up': input should be 'both', 'out' or 'in'"),
    ],
)
def test_bad_input(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as told:
        Partition(**settings)
    assert "\n" not in str(told.value)


def test_parties_must_exist_and_somebody_must_be_cut_off() -> None:
    with pytest.raises(InputError, match=r"name party 7, and there are 4 parties; use ids from 0 to 3"):
        Partition(groups=[[1], [7]]).check(4)
    with pytest.raises(InputError, match=r"hold all 3 parties together and cut off nobody"):
        Partition(groups=[[0, 1, 2]]).check(3)
    with pytest.raises(InputError, match=r"hold all 3 parties together and cut off nobody"):
        Partition(groups=[[0, 1], [1, 2], [2, 0]]).check(3)
    with pytest.raises(InputError, match=r"cut off nobody"):
        Partition(groups=[[0, 0, 1, 2]]).check(3)
    Partition(groups=[[0], [1, 2]]).check(3)
    Partition(groups=[[0, 1], [1, 2]]).check(3)
    Partition(groups=[[0, 1, 2]]).check(4)
