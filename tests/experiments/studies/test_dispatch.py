"""Dispatch: what a stubborn price does, where trimming repairs it, and which payment makes lies pay."""

import pytest
from accord.agents.errors import InputError
from accord.analysis.measures.best_lies import best_lies
from accord.analysis.measures.dispatch import dispatch
from accord.experiments.studies import studies

STUDY = studies["dispatch"]


def test_it_asks_what_it_should() -> None:
    assert {"linear", "w-msr"} <= set(STUDY.factors["rule"])
    assert STUDY.factors["payment"] == ["uniform", "vcg"]
    assert len(STUDY.factors["conduct"]) == 1 + 51
    assert STUDY.factors["case"] == "ieee(case30)"


def test_its_small_size_says_what_repairs_it() -> None:
    result = STUDY.at_small_size().run()
    assert len(result.runs) == 24
    assert set(result.runs["status"]) == {"ok"}
    table = dispatch.digest(dispatch(result.runs))
    honest, lied = table[table["traitors"] == 0], table[table["traitors"] == 1]
    assert (honest["optimal"] == 1).all()
    linear, trimmed = (lied[lied["rule"] == rule] for rule in ("linear", "w-msr"))
    assert (linear["mismatch"] > 70).all()
    # LeBlanc et al. 2013: one traitor takes a (2, 2)-robust network
    assert (trimmed["agreed"] == (trimmed["bears"] >= 1)).all()
    assert (trimmed["balanced"] == 1).all()
    lies = best_lies(result.runs)
    assert (lies["factor"] == 1).tolist() == (lies["payment"] == "vcg").tolist()


def test_without_pypower_it_says_so_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    from accord.models.networks import built

    built._fixed.cache_clear()
    monkeypatch.setattr("accord.models.cases.ieee.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r'pip install "accord\[grid\]"'):
        STUDY.at_small_size().run()
