import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify as vw
import pandas as pd
import pytest
from accord import sweep
from accord.analysis.browser import results_page
from accord.analysis.browser.results_page import ResultsPage
from accord.analysis.browser.site import SITE

Rendered = Callable[[Any], Callable[[], list[Any]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of results that the site has."""
    monkeypatch.setattr(SITE, "results", tmp_path / "results")
    return tmp_path / "results"


def texts(every: list[Any]) -> str:
    told = (
        str(getattr(each, name, "")) for each in every for name in ("children", "value", "unsafe_innerHTML")
    )
    return " ".join(told)


def alerts(every: list[Any]) -> str:
    return " ".join(str(each.children) for each in every if isinstance(each, vw.Alert))


def filled(folder: Path) -> None:
    sweep("averaging", {"network": ["petersen", "ring(n=5)"], "traitors": [0, 1]}, replicates=2, out=folder)


def test_a_sweep_has_a_map_and_the_runs_behind_a_cell(rendered: Rendered, folder: Path) -> None:
    filled(folder)
    every = rendered(ResultsPage("?results"))()
    assert not alerts(every)
    (drawing,) = (each for each in every if hasattr(each, "option"))
    assert drawing.name == "Agreement held"
    assert len(drawing.option["series"][0]["data"]) == 4
    assert "accord-table" not in texts(every)
    chosen = rendered(ResultsPage("?results&cell=1&cell=petersen"))()
    assert "accord-table" in texts(chosen)
    assert "/?model=averaging&amp;network=petersen&amp;traitors=1&amp;replicate=1" in texts(chosen)


def test_a_tampered_address_is_told_with_a_way_out(rendered: Rendered, folder: Path) -> None:
    filled(folder)
    assert "unknown factor of this sweep" in alerts(rendered(ResultsPage("?results&rows=<script>"))())


def test_figures_are_drawn_when_they_are_asked_for(rendered: Rendered, folder: Path) -> None:
    filled(folder)
    page = rendered(ResultsPage("?results&figure=message-cost"))
    for _ in range(200):
        if "does not fit these runs" in alerts(page()):
            break
        time.sleep(0.05)
    assert "Message cost does not fit these runs" in alerts(page())


def test_without_a_folder_it_is_told_how_to_give_one(rendered: Rendered) -> None:
    assert SITE.results is None
    assert "accord watch --results FOLDER" in alerts(rendered(ResultsPage("?results"))())


def _nothing(folder: Path) -> None:
    pass


def _file(folder: Path) -> None:
    folder.write_text("")


def _empty(folder: Path) -> None:
    folder.mkdir()


def _half_a_manifest(folder: Path) -> None:
    filled(folder)
    whole = (folder / "manifest.json").read_bytes()
    (folder / "manifest.json").write_bytes(whole[: len(whole) // 2])


def _another_format(folder: Path) -> None:
    filled(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))


def _cut_shard(folder: Path) -> None:
    filled(folder)
    (shard,) = folder.glob("runs-*.parquet")
    shard.write_bytes(shard.read_bytes()[:100])


def _strange_shard(folder: Path) -> None:
    filled(folder)
    (shard,) = folder.glob("runs-*.parquet")
    pd.DataFrame({"run": ["x"], "status": [3]}).to_parquet(shard)


def _another_sweep_s_shard(folder: Path) -> None:
    filled(folder)
    other = folder.with_name("other")
    sweep("averaging", {"network": "petersen"}, replicates=50, out=other)
    (shard,) = folder.glob("runs-*.parquet")
    shard.write_bytes((other / shard.name).read_bytes())


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_nothing, "holds no results"),
        (_file, "cannot be read"),
        (_empty, "holds no results"),
        (_half_a_manifest, "manifest.json cannot be read"),
        (_another_format, "has format 99, this accord reads"),
        (_cut_shard, "is damaged; delete"),
        (_strange_shard, "cannot be read"),
        (_another_sweep_s_shard, "belongs to another sweep"),
    ],
)
def test_a_folder_that_cannot_be_read_is_told(
    rendered: Rendered, folder: Path, harm: Callable[[Path], None], told: str
) -> None:
    harm(folder)
    message = alerts(rendered(ResultsPage("?results"))())
    assert told in message
    assert "Traceback" not in message


@pytest.mark.parametrize("model", ["no-longer-there", "gone.py:Model", "os:System"])
def test_results_of_a_model_that_is_gone_are_shown_and_their_runs_say_so(
    rendered: Rendered, folder: Path, model: str
) -> None:
    filled(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["plan"]["model"] = model
    (folder / "manifest.json").write_text(json.dumps(manifest))
    every = rendered(ResultsPage("?results&cell=1&cell=petersen"))()
    assert not alerts(every)
    assert f"these are runs of {model}, which is no model of this page" in texts(every)


def test_results_of_other_versions_are_shown_with_a_word_on_it(rendered: Rendered, folder: Path) -> None:
    filled(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["identity"]["versions"]["numpy"] = "0.1"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    every = rendered(ResultsPage("?results"))()
    assert "versions.numpy is 0.1 there" in alerts(every)
    assert [each for each in every if hasattr(each, "option")]


def test_a_sweep_that_has_only_begun_can_be_reloaded(rendered: Rendered, folder: Path) -> None:
    filled(folder)
    kept = {shard: shard.read_bytes() for shard in folder.glob("*.parquet")}
    for shard in kept:
        shard.unlink()
    page = rendered(ResultsPage("?results"))
    assert "No run has finished yet" in alerts(page())
    assert "8 missing" in texts(page())
    for shard, content in kept.items():
        shard.write_bytes(content)
    (button,) = (each for each in page() if isinstance(each, vw.Btn) and "Reload" in str(each.children))
    button.click()
    assert "8 ok" in texts(page())
    assert [each for each in page() if hasattr(each, "option")]


def test_a_sweep_is_read_while_it_is_being_written(folder: Path) -> None:
    def run() -> None:
        sweep("averaging", {"network": "petersen", "traitors": [0, 1]}, replicates=40, out=folder)

    writer = threading.Thread(target=run)
    writer.start()
    seen = []
    while writer.is_alive():
        opened = results_page._opened(folder)
        if isinstance(opened, str):
            assert "holds no results" in opened
        else:
            seen.append(len(opened.runs))
    writer.join()
    last = results_page._opened(folder)
    assert not isinstance(last, str)
    assert len(last.runs) == 80
    assert seen == sorted(seen)
