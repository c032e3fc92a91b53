from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from accord import sweep
from accord.agents.errors import InputError
from accord.agents.rules.linear import Linear
from accord.analysis.browser import behind
from accord.analysis.browser.address import Address
from accord.analysis.browser.behind import MOST, changed_since, kind_of, listed, reopened, table
from accord.analysis.browser.playback import Playback
from accord.experiments import Result
from accord.experiments.loading import load_model
from accord.models.catalogue import models

WALKS = Path(__file__).parents[2] / "experiments" / "walks.py"

SWEEPS: list[tuple[str, dict[str, Any]]] = [
    (
        "averaging",
        {"network": "erdos-renyi(p=0.5)", "network.n": [12, 16], "traitors": [0, 2], "rule": ["w-msr(f=1)"]},
    ),
    (
        "generals",
        {"protocol": "ben-or", "network": "complete(n=5)", "channel": "exponential(mean=2) + loss(p=0.1)"},
    ),
    ("generals", {"f": [None, 1], "traitors": 1, "placement": "given(nodes=[2])", "max_steps": 50}),
    ("market", {"valuation": "gode-sunder(market=2)", "tick": [1, 0.5], "shouts": 50}),
    ("negotiation", {"tactic": "time-dependent(beta=0.3)", "rivals": ["random", "tit-for-tat"]}),
]


@pytest.mark.parametrize(("name", "factors"), SWEEPS)
def test_an_opened_run_is_the_run_of_the_sweep(name: str, factors: dict[str, Any], tmp_path: Path) -> None:
    sweep(name, factors, replicates=2, seed=5, out=tmp_path)
    result = Result.open(tmp_path)
    for row in result.runs.to_dict("records"):
        address = Address.read(str(reopened(result, row["run"], models)))
        playback = Playback(models[name], address)
        playback.go(10**6)
        verdict, outcome = playback.model.verdict, playback.model.recorded().run
        assert {each: row[each] for each in verdict} == {
            each: judged.status.value for each, judged in verdict.items()
        }
        for column, value in outcome.items():
            assert row[column] == value or (value != value and row[column] != row[column]) or value is None, (
                column
            )
        assert playback.step == row["steps"]


def test_a_run_of_a_model_of_ones_own_is_opened_by_its_name_on_the_site() -> None:
    own = load_model(f"{WALKS}:Walk")
    result = sweep(own, {"drift": [0.5, 1.5]}, replicates=2)
    address = reopened(result, 3, {**models, "walk": own})
    assert str(address) == "/?model=walk&drift=1.5&replicate=1"


def test_no_code_is_imported_because_a_folder_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.py"
    bomb.write_text(f"open({str(tmp_path / 'gone off')!r}, 'w')")
    result = sweep("averaging", {"network": "petersen"}, out=tmp_path / "out")
    for named in (f"{bomb}:Bomb", "os:Bomb", "no-such-model", "../bomb"):
        result.manifest["plan"]["model"] = named
        with pytest.raises(InputError, match="no model of this page"):
            kind_of(result, models)
        (row,) = listed(result, result.runs, 0, models)
        assert row.address is None
        assert f"these are runs of {named}" in row.wrong
    assert not (tmp_path / "gone off").exists()


class Mine(Linear):
    """A rule of somebody's own."""


Mine.__name__ = "Linear"  # and by the name of accord's


@pytest.mark.parametrize(
    ("factors", "told"),
    [
        ({"network": [nx.path_graph(4)]}, "was made in Python"),
        ({"rule": [Mine()]}, "a part of it was made in Python"),
        ({"network": "{}/mine.csv"}, "network.sha256 is"),
    ],
)
def test_what_cannot_be_told_as_an_address_says_so(
    factors: dict[str, Any], told: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text("source,target\n1,2\n2,3\n")
    factors = {key: each.format(tmp_path) if isinstance(each, str) else each for key, each in factors.items()}
    result = sweep("averaging", {**factors, "max_steps": 3})
    (tmp_path / "mine.csv").write_text("source,target\n1,2\n2,3\n1,3\n")
    (row,) = listed(result, result.runs, 0, models)
    assert row.address is None
    assert told in row.wrong
    assert "run 0 cannot be opened" in row.wrong
    assert "\n" not in row.wrong


def test_the_list_comes_in_pages(tmp_path: Path) -> None:
    result = sweep("averaging", {"network": "petersen", "max_steps": 2, "traitors": [0, 1]}, replicates=MOST)
    first, last, beyond = (listed(result, result.runs, page, models) for page in (0, 1, 2))
    assert (len(first), len(last), beyond) == (MOST, MOST, [])
    assert first[0].cells["Run"] == "0"
    assert last[0].cells["Run"] == str(MOST)
    assert "Network" not in first[0].cells  # all have the same
    assert first[0].cells["Traitors"] == "0"
    assert table(beyond) == "<p>There are no such runs.</p>"


def test_the_table_links_and_tells_errors_and_is_safe() -> None:
    own = load_model(f"{WALKS}:Walk")
    result = sweep(own, {"trouble": ["none", "raise"], "length": 3}, replicates=2)
    html = table(listed(result, result.runs, 0, {"walk": own}))
    assert '<a href="/?model=walk&amp;trouble=raise&amp;replicate=1">3</a>' in html
    assert "RuntimeError: the path is blocked" in html
    assert html.count("Traceback") == 0
    row = behind.Listed({"Run": "<b>", "Rule": "<script>"}, None, "<i>", "")
    assert "<b>" not in table([row])
    assert "<script>" not in table([row])
    assert "<i>" not in table([row])


def test_what_has_changed_since_is_told() -> None:
    result = sweep("averaging", {"network": "petersen", "max_steps": 2})
    assert changed_since(result) == ""
    identity = result.manifest["identity"]
    identity["versions"]["numpy"] = "0.1"
    assert changed_since(result).startswith("versions.numpy is 0.1 there and")
    identity["code"]["accord"] = "another"
    assert changed_since(result) == "the code of accord has changed"
