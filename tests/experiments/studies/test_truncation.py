"""Cut hashes: false blocks are believed as often as the laws say."""

from accord.analysis.measures.false_accepts import false_accepts
from accord.experiments.studies import studies

STUDY = studies["truncation"]


def test_every_run_tells_one_lie() -> None:
    assert STUDY.replicates >= 1000
    runs = STUDY.at_small_size().run().runs
    assert (runs["lies"] == 1).all()
    assert not runs["covered"].any()
    table = false_accepts(runs)
    assert len(table) == 12
    assert (table["runs"] == 100).all()
    # seeded; a right program has more than three of twelve intervals miss the law once in 500 times
    assert table["within"].sum() >= 9
    assert set(table["law"].round(4)) >= {0.25, 0.0625, 0.0156, 0.8665, 0.3635, 0.1044}
