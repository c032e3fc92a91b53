"""Nemeses: what is covered is safe, and lost disks break Raft alone."""

from accord.analysis.measures.nemesis import nemesis
from accord.experiments.studies import studies

NAMES = {
    *("Calm", "One-way partition", "Bridge", "Majority ring", "Late stabilisation", "Leaders hunted"),
    *("Rolling restarts", "Lost disks", "Lost disks, majority ring"),
}


def test_its_small_size_is_safe_where_that_is_promised() -> None:
    study = studies["nemesis"]
    assert study.replicates >= 30
    result = study.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = nemesis(result.runs)
    assert table["broken"].sum() == 0
    assert {protocol: set(part["nemesis"]) for protocol, part in table.groupby("protocol")} == dict.fromkeys(
        ["raft", "pbft", "hotstuff"], NAMES
    )
    lost = table[table["covered"] < table["runs"]]
    assert {tuple(row) for row in lost[["protocol", "nemesis"]].to_numpy()} == {
        ("raft", "Lost disks"),
        ("raft", "Lost disks, majority ring"),
    }
    covered = table[table["covered"] == table["runs"]]
    assert (covered[["safe", "answered"]] == 1).all(axis=None)
    calm = table[table["nemesis"] == "Calm"].set_index("protocol")["latency"]
    hunted = table[table["nemesis"] == "Leaders hunted"].set_index("protocol")["latency"]
    assert (hunted > calm).all()
