"""Opposition: less to gain together, and trade-offs that find it."""

from accord.experiments.studies import studies


def test_its_small_size_shows_what_is_lost() -> None:
    result = studies["opposition"].at_small_size().run()
    runs = result.runs
    assert set(runs["status"]) == {"ok"}
    assert (abs(runs["opposition"] - runs["domain.opposition"]) <= 1e-3).all()
    lost = 1 - runs.groupby(["tactic", "domain.opposition"])["efficiency"].mean()
    assert lost["random", 0.15] > 0.1
    for tactic in ("micro", "time-dependent(beta=0.3)"):
        assert lost[tactic, 0.15] < lost["random", 0.15]
