"""Runs told in full, and made again."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord import Result, sweep
from accord.agents.errors import InputError
from accord.analysis.scenarios import (
    beside_runs,
    described,
    is_linear,
    model_of,
    number_of_parties,
    rebuild,
    retold,
    typical_runs,
    without_traitors,
)
from accord.models.catalogue import models


def test_described_adds_defaults_and_writes_parameters_into_their_part() -> None:
    runs = pd.DataFrame({"network": ["ring", "ring"], "network.n": [8, 12], "steps": [1, 2]}, index=[5, 3])
    told = described(runs)
    assert told.index.tolist() == [5, 3]
    assert told["network"].tolist() == ["ring(n=8)", "ring(n=12)"]
    assert told.loc[3, ["rule", "traitors", "weights", "steps"]].tolist() == ["linear", 0, "metropolis", 2]
    assert described(pd.DataFrame({"steps": [1]}))["network"].tolist() == ["karate"]


def test_described_keeps_what_it_cannot_read() -> None:
    told = described(pd.DataFrame({"rule": ["my-rule(x=2)"], "traitors": [1]}))
    assert told[["rule", "traitors", "network"]].iloc[0].tolist() == ["my-rule(x=2)", 1, "karate"]
    assert not is_linear("my-rule(x=2)")
    assert is_linear("linear")
    assert not is_linear("w-msr(f=1)")


def test_rebuilt_models_are_those_of_the_runs(result: Result) -> None:
    for row in (result.runs.iloc[place] for place in (0, 20, 71)):
        model = rebuild(row.to_dict()).run()
        assert model.recorded().run["final_mean"] == row["final_mean"]
        assert " ".join(map(str, model.traitors)) == row["traitor_nodes"]
    with pytest.raises(InputError, match="'replicate'"):
        rebuild({"seed": 1})


def test_dotted_factors_rebuild_too() -> None:
    runs = sweep(
        "averaging", {"network": "ring", "network.n": [5, 7], "rule": "w-msr", "rule.f": [None, 1]}
    ).runs
    assert [rebuild(row).network.n for row in runs.to_dict("records")] == [5, 5, 7, 7]
    assert [str(rebuild(row).scenario.rule) for row in runs.to_dict("records")][:2] == ["w-msr", "w-msr(f=1)"]
    assert described(runs)["rule"].tolist()[:2] == ["w-msr", "w-msr(f=1)"]


def test_steps_beside_their_runs(result: Result) -> None:
    runs = result.runs[result.runs["run"] < 3]
    steps = beside_runs(result, "steps", runs)
    assert len(steps) == (runs["steps"] + 1).sum()
    assert {"disagreement", "network", "weights", "seed", "replicate"} <= set(steps.columns)
    assert "final_mean" not in steps.columns


def test_without_traitors_each_run_is_there_once(result: Result) -> None:
    runs = without_traitors(described(result.runs))
    assert len(runs) == 2 * 3 * 3  # networks, rules, replicates; of two placements one
    assert set(runs["placement"]) == {"random"}


def test_typical_runs_are_one_a_rule_and_number_of_traitors(result: Result) -> None:
    runs = typical_runs(result.runs)
    assert runs[["rule", "traitors", "replicate", "network"]].to_numpy().tolist() == [
        [rule, 1, 0, "complete(n=6)"] for rule in ("linear", "w-msr", "median")
    ]
    assert set(typical_runs(result.runs[result.runs["traitors"] == 0])["traitors"]) == {0}


def test_retold_traitors_are_where_they_said_they_were(result: Result) -> None:
    row = typical_runs(result.runs).iloc[0].to_dict()
    parties = retold(row)
    told = parties[parties["role"] == "traitor"].set_index("step")["opinion"]
    assert np.isnan(told[0])
    assert (told[1:] == 3).all()
    last = parties[(parties["step"] == parties["step"].max()) & (parties["role"] != "traitor")]
    assert last["opinion"].mean() == pytest.approx(row["final_mean"], abs=1e-12)
    assert set(parties["network"]) == {"complete(n=6)"}


# Runs of messages


def test_columns_tell_the_model() -> None:
    assert model_of(["rule", "traitors"]).__name__ == "Averaging"
    assert model_of(["authenticity", "traitors"]).__name__ == "Disks"
    # what several have tells nothing: the one that has least beside it
    assert model_of(["channel", "network.n", "traitors"]).__name__ == "Generals"


def test_described_runs_of_messages(agreements: Result) -> None:
    told = described(agreements.runs)
    assert told["scheduler"].tolist() == ["earliest"] * len(told)
    assert "rule" not in told.columns
    assert set(told["conduct"]) == {"silent"}


def test_a_missing_number_that_became_text_is_missing_again() -> None:
    runs = sweep(
        "generals", {"protocol": "bracha", "f": [None, 1], "network.n": 4, "network": "complete"}, record=()
    ).runs
    assert runs["f"].tolist() == ["None", "1"]
    assert described(runs)["f"].isna().tolist() == [True, False]
    assert [rebuild(row).scenario.borne for row in runs.to_dict("records")] == [0, 1]


def test_rebuilt_generals_are_those_of_the_runs(agreements: Result) -> None:
    row = agreements.runs.iloc[-1]
    model = rebuild(row.to_dict()).run()
    assert model.outcome()["last_decision"] == row["last_decision"]
    assert " ".join(map(str, model.traitors)) == row["traitor_nodes"]


def test_parties_that_send_messages_have_no_opinions_to_retell(agreements: Result) -> None:
    with pytest.raises(InputError, match="runs of generals have no opinions"):
        retold(agreements.runs.iloc[0].to_dict())


def test_failed_runs_have_as_many_parties_as_others_on_their_network() -> None:
    runs = pd.DataFrame({"network": ["a", "a", "b"], "nodes": [None, 4, None]})
    assert number_of_parties(runs).tolist() == [4, 4, 0]


@pytest.mark.parametrize(
    ("model", "factors"),
    [
        ("market", {}),
        ("market", {"network": "complete(n=22)"}),
        ("exchange", {"network": "complete(n=6)"}),
        ("exchange", {"tolerance": 0.1}),
        ("matching", {"network": "path(n=4)"}),
        ("dispatch", {}),
        ("dispatch", {"rule": "w-msr", "network": "complete(n=3)"}),
        ("negotiation", {"domain": "random"}),
        ("treaty", {"domain": "random(parties=4)"}),
        ("treaty", {"protocol": "ratification(quorum=3)"}),
    ],
)
@pytest.mark.parametrize("lies", [{}, {"traitors": 1, "conduct": "silent"}])
def test_runs_of_models_whose_parties_deal_are_told_apart(
    model: str, factors: dict[str, Any], lies: dict[str, Any]
) -> None:
    runs = sweep(model, {**factors, **lies, "max_steps": 5}, seed=1, record=()).runs
    assert model_of(runs.columns) is models[model]
    assert type(rebuild(runs.iloc[0].to_dict())) is models[model]
