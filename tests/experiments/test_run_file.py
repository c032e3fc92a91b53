"""Run files: what is written is replayed, and nothing else is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.experiments import read_run, write_run
from accord.experiments.loading import load_model
from accord.models import Averaging, Generals
from accord.models.schedule import Schedule
from accord.models.shrinking import shrink

SETTINGS = {
    "network": "complete(n=4)",
    "protocol": "bracha(echo=2, amplify=2, deliver=2)",
    "traitors": 1,
    "f": 1,
    "conduct": "equivocating",
    "placement": "first",
    "channel": "uniform(low=0, high=2) + loss(p=0)",
}


@pytest.fixture(scope="module")
def run() -> Any:
    runs = (Generals(**SETTINGS, rng=7, replicate=replicate).run() for replicate in range(100))
    return next(model for model in runs if model.verdict.violated)


@pytest.fixture
def file(run: Any, tmp_path: Path) -> Path:
    return write_run(shrink(run).replay(run), tmp_path / "runs" / "split.json")


def test_a_shrunk_run_is_read_again(run: Any, file: Path) -> None:
    shrunk, again = shrink(run).replay(run), read_run(file)
    assert again.simulation.trace == shrunk.simulation.trace
    assert again.verdict == shrunk.verdict
    assert (again.seed, again.scenario) == (run.seed, run.scenario)
    assert write_run(again, file.with_name("again.json")).read_text() == file.read_text()


def test_a_whole_run_is_read_again(run: Any, tmp_path: Path) -> None:
    again = read_run(write_run(run, tmp_path / "whole.json"))
    assert again.verdict == run.verdict
    assert tuple(again.simulation.trace) == Schedule.of(run).choices
    assert again.script.skipped == 0


@pytest.mark.parametrize(
    "settings",
    [
        {"protocol": "ben-or", "initial": "bits", "scheduler": "random"},
        {"protocol": "phase-king", "network": "complete(n=5)", "initial": "bits", "traitors": 1},
        {"protocol": "signed-messages", "traitors": 1, "conduct": "replaying"},
    ],
    ids=["coins", "timers", "signatures"],
)
def test_coins_timers_and_signatures_are_written_too(settings: dict[str, Any], tmp_path: Path) -> None:
    model = Generals(**{"network": "complete(n=4)", **settings}, rng=3).run()
    again = read_run(write_run(model, tmp_path / "run.json"))
    assert tuple(again.simulation.trace) == Schedule.of(model).choices


def test_a_run_that_was_cut_off_is_not_over_when_it_is_read(tmp_path: Path) -> None:
    waiting = {
        "protocol": "bracha(deliver=4)",
        "traitors": 1,
        "placement": "last",
        "conduct": "delaying(by=100)",
    }
    model = Generals(network="complete(n=4)", **waiting, max_steps=20, rng=1).run()
    assert read_run(write_run(model, tmp_path / "run.json")).verdict == model.verdict


def test_a_person_can_read_it_a_choice_a_line(file: Path) -> None:
    lines = file.read_text().splitlines()
    told = json.loads(file.read_text())
    assert told["scenario"]["protocol"] == "bracha(echo=2, amplify=2, deliver=2)"
    assert told["verdict"]["agreement"] == "violated"
    assert sum('"party"' in line for line in lines) == len(told["choices"])
    assert any('"event": "message", "from": 0, "what": "_Initial(1)"' in line for line in lines)


def test_what_is_edited_away_does_not_happen(file: Path) -> None:
    told = json.loads(file.read_text())
    del told["choices"][-1]
    file.write_text(json.dumps(told))
    assert read_run(file).verdict.agreement == "held"


def changed(**values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda told: {**told, **values}


def with_choice(**values: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda told: {**told, "choices": [{**told["choices"][0], **values}]}


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (changed(format=9), "has format 9, this accord reads 1; replay it with the accord that wrote it"),
        (changed(seed=-1), "is not a run file: seed: "),
        (changed(seed="1"), "is not a run file: seed: "),
        (changed(extra=1), "is not a run file: extra: "),
        (changed(choices=3), "is not a run file: choices: "),
        (changed(model="general"), "unknown model 'general': did you mean 'generals'"),
        (changed(scenario={"networks": 3}), "'networks'"),
        (changed(scenario={"self": 3}), "'self'"),
        (changed(scenario={"network": "complete(n=4)"}), "cannot be replayed as it was: factors."),
        (changed(model="averaging", scenario={}), "averaging has no schedule"),
        (changed(until="agreemnt"), "unknown property 'agreemnt': did you mean 'agreement'"),
        (with_choice(event="dance"), "is not a run file: choices.0.event: "),
        (with_choice(event="message"), "a message has party and from, what"),
        (with_choice(party=-1), "is not a run file: choices.0.party: "),
        (with_choice(party=4), "choices name party 4, and there are 4 parties"),
        (with_choice(time="soon"), "is not a run file: choices.0.time: "),
        (lambda told: [told], "is not a run file (no format is told)"),
        (lambda told: {"format": 1}, "is not a run file: model: Field required"),
    ],
)
def test_malformed_files_are_told_in_one_line(file: Path, harm: Any, message: str) -> None:
    file.write_text(json.dumps(harm(json.loads(file.read_text()))))
    with pytest.raises(InputError) as caught:
        read_run(file)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b"[" * 100_000])
def test_files_that_are_no_json_are_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.json is not a run file"):
        read_run(tmp_path / "bad.json")


def test_code_that_a_file_names_is_not_run_unasked(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evil.py").write_text("open('struck', 'w').close()\n")
    for model in ("evil.py:X", "evil:X"):
        file.write_text(json.dumps({**json.loads(file.read_text()), "model": model}))
        with pytest.raises(InputError, match=rf"code that is not accord's own.*model='{model}'"):
            read_run(file)
        assert not (tmp_path / "struck").exists()


def test_a_model_of_ones_own_is_named_to_be_replayed(run: Any, tmp_path: Path) -> None:
    source = "from accord.models import Generals\n\n\nclass Mine(Generals):\n    pass\n"
    (tmp_path / "mine.py").write_text(source)
    mine = f"{tmp_path / 'mine.py'}:Mine"
    model: Any = load_model(mine)
    file = write_run(model(run.scenario, rng=run.seed).run(), tmp_path / "mine.json")
    with pytest.raises(InputError, match="name it: model="):
        read_run(file)
    for named in (mine, model):
        assert read_run(file, model=named).verdict == run.verdict
    with pytest.raises(
        InputError, match="cannot be replayed as it was: model is mine there and generals here"
    ):
        read_run(file, model=Generals)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no file .*none\.json; accord shrink writes run files"):
        read_run(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("accord_code", "the code of accord has changed"),
        ("versions", "there and 9.9.9 here"),
    ],
)
def test_files_of_other_code_and_versions_are_refused(
    file: Path, where: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accord.experiments import plan

    other: Any = "0" * 16 if where == "accord_code" else {**plan.versions(), "accord": "9.9.9"}
    monkeypatch.setattr(plan, where, lambda: other)
    with pytest.raises(InputError, match="cannot be replayed as it was: ") as caught:
        read_run(file)
    assert message in str(caught.value)


def test_runs_without_messages_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="averaging has no schedule"):
        write_run(Averaging(network="petersen", max_steps=2, rng=1).run(), tmp_path / "no.json")
    assert not list(tmp_path.iterdir())
