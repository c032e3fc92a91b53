"""The main study: it is declared as it should be, and its small size runs."""

from accord.experiments.studies import studies


def test_it_asks_what_it_should() -> None:
    study = studies["traitors"]
    assert study.replicates >= 20
    assert len(study.factors["network"]) == 6
    assert {"linear", "w-msr", "median"} <= set(study.factors["rule"])
    assert {"random", "highest-degree"} <= set(study.factors["placement"])
    assert 0 in study.factors["traitors"]


def test_its_small_size_runs() -> None:
    result = studies["traitors"].at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    honest = result.runs[result.runs["traitors"] == 0]
    linear = honest[honest["rule"] == "linear"]
    assert set(linear["agreement"]) == {"held"}
    assert linear["mean_error"].max() < 1e-12
    captured = result.runs[(result.runs["rule"] == "linear") & (result.runs["traitors"] == 1)]
    assert set(captured["validity"]) == {"violated"}
