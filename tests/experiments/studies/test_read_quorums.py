"""Read quorums: no wrong read where none is promised to be, and many with more liars."""

from accord.analysis.measures.wrong_reads import wrong_reads
from accord.experiments.studies import studies


def test_its_small_size_shows_the_bound() -> None:
    study = studies["read-quorums"]
    assert study.replicates >= 100
    result = study.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = wrong_reads(result.runs)
    assert table["covered"].sum() > 50
    assert table["broken"].sum() == 0
    worst = table.groupby(["protocol", "nodes", "traitors"])["wrong"].max()
    for protocol, nodes, traitors, wrong in [
        *(("read-one", nodes, 0, False) for nodes in (6, 9)),
        *(("abd", nodes, 0, False) for nodes in (6, 9)),
        *(("dissemination", 9, traitors, False) for traitors in (0, 2)),
        *(("masking", 9, traitors, False) for traitors in (0, 2)),
        *((protocol, 9, 5, True) for protocol in ("read-one", "abd", "masking")),
        *((protocol, 6, 2, True) for protocol in ("read-one", "abd", "masking")),
    ]:
        assert (worst[protocol, nodes, traitors] > 0) == wrong
