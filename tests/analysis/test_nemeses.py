"""What nemeses are called."""

import pytest
from accord.analysis.nemeses import nemeses
from pandas import DataFrame

ONE_WAY = "uniform + partition(groups=[[0]], blocks=in)"


@pytest.mark.parametrize(
    ("traitors", "conduct", "channel", "name"),
    [
        (0, "silent", "uniform(low=0, high=2)", "Calm"),
        (0, "crash", "exponential + stabilisation(at=9)", "Late stabilisation"),
        (2, "crash(at=3)", "constant", "Crashes"),
        (2, "crash(recover=3, loses=memory)", "constant", "Restarts"),
        (2, "crash(recover=3, loses=memory, stagger=9)", "constant", "Rolling restarts"),
        (2, "crash(recover=3, loses=disk, stagger=9)", "constant", "Lost disks"),
        (2, "hunting(at=3)", "loss(p=0.1)", "Leaders hunted, loss"),
        (1, "stale + delaying", "constant", "Stale and delaying"),
        (0, "silent", ONE_WAY, "One-way partition"),
        (0, "silent", "partition", "Partition"),
        (1, "crash(recover=1, loses=disk)", "uniform + majority-ring", "Lost disks, majority ring"),
        (1, "my-own", "somebodys(p=1)", "My-own, somebodys(p=1)"),
    ],
)
def test_names(traitors: int, conduct: str, channel: str, name: str) -> None:
    run = {"protocol": "raft", "traitors": traitors, "conduct": conduct, "channel": channel}
    assert nemeses(DataFrame([run])).tolist() == [name]


def test_two_of_one_name_are_told_apart_within_a_protocol_only() -> None:
    runs = DataFrame({"protocol": ["raft", "raft", "pbft"], "traitors": 1, "channel": "constant"})
    conducts = ["hunting(at=3.0)", "hunting(at=5.0)", "hunting(at=5.0)"]
    told = nemeses(runs.assign(conduct=conducts)).tolist()
    assert told[0] == "Leaders hunted (Hunting (at=3), Constant)"
    assert told[1] == told[2] == "Leaders hunted (Hunting (at=5), Constant)"
    apart = runs.assign(conduct=["hunting(at=3.0)", "hunting(at=3.0)", "hunting(at=5.0)"])
    assert nemeses(apart).tolist() == ["Leaders hunted"] * 3


def test_rows_stay_in_their_places() -> None:
    runs = DataFrame(
        {"protocol": "raft", "traitors": [0, 1], "conduct": "stale", "channel": "constant"}, index=[7, 3]
    )
    assert nemeses(runs).to_dict() == {7: "Calm", 3: "Stale"}
