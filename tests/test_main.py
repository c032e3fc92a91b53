"""The command line: what it says, what it leaves, and how it ends."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from accord.__main__ import KINDS, catalogue, main
from accord.experiments import Result
from accord.models.catalogue import models
from accord.models.shrinking import shrink

QUICK = ["network=petersen", "max_steps=20"]


def called(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    return int(end.value.code or 0)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# Help, lists, explanations


@pytest.mark.parametrize(
    "command", ["", "run", "sweep", "resume", "replay", "shrink", "list", "show", "plot", "watch"]
)
def test_help_teaches_by_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(*([command] if command else []), "--help") == 0
    shown = capsys.readouterr().out
    assert "Usage: accord" in shown
    assert ("Exit codes" if not command else f"accord {command}") in shown


@pytest.mark.parametrize(
    ("arguments", "environment", "shown"),
    [
        (["--help"], {}, "Usage"),
        (["run", "--help"], {}, "Usage"),
        ([], {"_ACCORD_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "accord run tr"}, "traitors"),
        ([], {"_ACCORD_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "accord show w-"}, "w-msr"),
    ],
    ids=["help", "help of run", "completing a study", "completing any name"],
)
def test_help_and_completion_load_nothing_heavy(
    arguments: list[str], environment: dict[str, str], shown: str
) -> None:
    code = (
        "import sys\n"
        "from accord.__main__ import main\n"
        f"try:\n    main({arguments})\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'mesa', 'pandas', 'matplotlib', 'seaborn', 'pyarrow', 'networkx'}\n"
        "print('LOADED', *sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    assert shown in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED"


def test_list_shows_every_entry_of_every_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("list") == 0
    shown = capsys.readouterr().out
    for kind in KINDS:
        assert all(name in shown for name in catalogue(kind))
    assert called("list", "conduct") == 0
    assert "equivocating  Tell every neighbour something else." in capsys.readouterr().out


@pytest.mark.parametrize("kind", list(KINDS))
def test_show_explains_every_entry(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in catalogue(kind):
        assert called("show", f"{kind}:{name}") == 0
        assert f"{name} ({kind})" in capsys.readouterr().out


def test_show_has_parameters_bounds_defaults_and_references(capsys: pytest.CaptureFixture[str]) -> None:
    called("show", "w-msr")
    shown = capsys.readouterr().out
    assert "doi:10.1109/JSAC.2013.130413" in shown
    assert "  f: int | None, at least 0, default None" in shown
    called("show", "averaging")
    shown = capsys.readouterr().out
    assert "  network: Topology, default karate\n      who hears whom" in shown
    assert "Judged: validity (safety)" in shown
    called("show", "model:market")
    assert "  sellers: Trader | None, default None" in capsys.readouterr().out
    called("show", "model:treaty")
    assert "  draft: passable | selfish | utilitarian, default passable" in capsys.readouterr().out


def test_show_tells_names_of_two_kinds_apart(capsys: pytest.CaptureFixture[str]) -> None:
    called("show", "random")
    shown = capsys.readouterr().out
    assert "random (conduct)" in shown
    assert "random (placement)" in shown


# Sweeps


def test_sweep_leaves_a_folder_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        called("sweep", "averaging", "--set", *QUICK, "traitors=0..2", "--replicates", "3", "--out", "first")
        == 0
    )
    assert capsys.readouterr().out == "results  first\nruns     9 ok\nnext     accord plot first\n"
    runs = Result.open("first").runs
    assert runs["traitors"].tolist() == [0] * 3 + [1] * 3 + [2] * 3
    assert set(runs["network"]) == {"petersen"}


def test_points_can_be_left_out(tmp_path: Path) -> None:
    settings = ["network=complete", "network.n=3..5", "traitors=0..3", "max_steps=2"]
    assert (
        called("sweep", "averaging", *settings, "--where", "traitors <= `network.n` - 2", "--out", "some")
        == 0
    )
    assert Result.open("some").counts == {"ok": 9}


def test_settings_can_be_given_one_by_one_too() -> None:
    assert called("sweep", "averaging", "--set", QUICK[0], "--set", QUICK[1], "--out", "one") == 0
    assert len(Result.open("one").runs) == 1


def test_levels_may_be_texts_with_commas_inside() -> None:
    assert (
        called("sweep", "averaging", "--set", "network=watts-strogatz(n=20, k=6, p=0.2),karate", "--out", "a")
        == 0
    )
    assert Result.open("a").runs["network"].tolist() == ["watts-strogatz(n=20, k=6, p=0.2)", "karate"]


def test_a_model_of_ones_own_is_swept_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from accord.models import AgreementModel, Scenario\n"
        "from accord.models.verdict import Judgement, Kind, Property, Status\n"
        "class Mine(AgreementModel):\n"
        "    'Counts.'\n"
        "    class Scenario(Scenario):\n"
        "        size: int = 3\n"
        "    properties = (Property('done', Kind.LIVENESS, 'ends', 'began'),)\n"
        "    def setup(self): self.left = self.scenario.size\n"
        "    def advance(self):\n"
        "        self.left -= 1\n"
        "        self.running = self.left > 0\n"
        "    def judge(self): return [Judgement(Status.HELD)]\n"
        "    def outcome(self): return {}\n"
    )
    assert called("sweep", "mine.py:Mine", "--set", "size=1,2,4", "--workers", "2", "--out", "own") == 0
    assert Result.open("own").runs["steps"].tolist() == [1, 2, 4]


def test_runs_that_fail_end_with_one_and_the_rest_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["sweep", "averaging", "--set", "network=erdos-renyi(n=5, p=0.01)", "--out", "bad"]
    assert called(*arguments) == 1
    told = capsys.readouterr()
    assert "1 failed" in told.out
    assert "accord: the first that went wrong is run 0: " in told.err
    assert "connected='giant'" in told.err


def test_a_stopped_sweep_says_how_to_go_on_and_resume_does(tmp_path: Path) -> None:
    arguments = [
        "sweep",
        "averaging",
        "--set",
        "network=karate",
        "rule=w-msr",
        "traitors=1",
        "tolerance=1e-9",
    ]
    command = [
        sys.executable,
        "-m",
        "accord",
        *arguments,
        "max_steps=400",
        "--replicates",
        "2000",
        "--out",
        "long",
    ]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # whoever runs the tests in the background has them ignore it
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "long" / "manifest.json").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        while not Result.open("long").counts.get("ok", 0) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.startswith("accord: stopped after ")
    assert "long" in said
    done = Result.open("long").counts["ok"]
    assert 0 < done < 2000


def test_resume_of_a_finished_sweep_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    called("sweep", "averaging", "--set", *QUICK, "--out", "first")
    before = Result.open("first").runs
    assert called("resume", "first") == 0
    assert Result.open("first").runs.equals(before)


# Studies

STUDY = """
question = "How long does a ring take?"
model = "averaging"
replicates = 2
measures = ["tolerance"]
figures = ["disagreement"]
[factors]
network = ["ring(n=6)", "petersen"]
traitors = [0, 1]
max_steps = 40
"""


def test_run_writes_results_figures_and_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rings.toml").write_text(STUDY)
    assert called("run", "rings.toml", "--set", "traitors=0,1,2", "--replicates", "3") == 0
    assert "runs     18 ok" in capsys.readouterr().out
    folder = tmp_path / "results" / "rings"
    report = (folder / "report.md").read_text()
    assert "How long does a ring take?" in report
    assert (folder / "figures" / "disagreement.png").stat().st_size > 5000
    assert (folder / "figures" / "disagreement.pdf").exists()
    assert len(Result.open(folder).runs) == 18


def test_plot_draws_again_and_draws_what_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "rings.toml").write_text(STUDY)
    called("run", "rings.toml")
    folder = tmp_path / "results" / "rings"
    (folder / "report.md").unlink()
    assert called("plot", str(folder), "--figure", "tolerance-map") == 0
    assert (folder / "report.md").exists()
    assert (folder / "figures" / "tolerance-map.png").exists()


def test_plot_of_a_plain_sweep_says_what_fits_and_takes_it_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called("sweep", "averaging", "--set", *QUICK, "--out", "first")
    capsys.readouterr()
    assert called("plot", "first") == 0
    _, measures, figures = capsys.readouterr().out.splitlines()
    assert measures.startswith("measures ")
    assert "tolerance" in measures
    assert "threshold" not in measures
    assert "tolerance-map" in figures
    assert figures.endswith("ask with --figure NAME")
    assert called("plot", "first", "--measure", "tolerance") == 0
    assert "### Tolerance" in (tmp_path / "first" / "report.md").read_text()


# Replays

SPLIT = [
    "network=complete(n=4)",
    "protocol=bracha(echo=2, amplify=2, deliver=2)",
    "traitors=1",
    "f=1",
    "conduct=equivocating",
    "placement=first",
    "channel=uniform",
]


@pytest.fixture
def runs(capsys: pytest.CaptureFixture[str]) -> tuple[int, int]:
    """Leave a sweep in the folder `split`; the numbers of a run that violates something and of one that does not."""
    called("sweep", "generals", "--set", *SPLIT, "--replicates", "12", "--out", "split")
    capsys.readouterr()
    made = Result.open("split").runs
    violated, held = (made.loc[made["agreement"] == status, "run"].iloc[0] for status in ("violated", "held"))
    return int(violated), int(held)


def test_replay_shows_verdict_and_chart_and_writes_it(
    runs: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("replay", "split", str(runs[0])) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("agreement      violated at step ")
    assert "traitor 0" in shown
    assert "decides 0" in shown
    assert "decides 1" in shown
    assert called("replay", "split", str(runs[1]), "--out", "charts/held.svg") == 0
    assert capsys.readouterr().out.endswith("chart    charts/held.svg\n")
    assert Path("charts/held.svg").read_text().startswith("<?xml")


def test_shrink_leaves_a_run_file_that_replay_reads(
    runs: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("shrink", "split", str(runs[0])) == 0
    shown = capsys.readouterr().out
    first, where, *rest = shown.splitlines()
    events, left = map(int, re.findall(r"\d+", first))
    assert first == f"shrunk   {events} events to {left} in which agreement is violated"
    assert left <= 15 < events
    assert where == f"run      split/shrunk/{runs[0]}.json"
    assert rest[-1] == f"chart    split/shrunk/{runs[0]}.svg"
    assert called("replay", f"split/shrunk/{runs[0]}.json") == 0
    assert capsys.readouterr().out.splitlines() == rest[:-2]
    assert called("shrink", f"split/shrunk/{runs[0]}.json", "--out", "again.json") == 0
    assert capsys.readouterr().out.startswith(f"shrunk   {left} events to {left} ")
    assert Path("again.svg").exists()
    assert called("sweep", "generals", "--set", *SPLIT, "--replicates", "12", "--out", "split") == 0


@pytest.mark.parametrize(("stopped", "code"), [("at the time limit", 0), ("by Ctrl-C", 130)])
def test_a_search_that_is_stopped_keeps_the_shortest_so_far(
    runs: tuple[int, int],
    stopped: str,
    code: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(model: Any, violated: str | None, watch: Any) -> Any:
        def stop(schedule: Any) -> None:
            watch(schedule)
            raise KeyboardInterrupt

        return shrink(model, violated, stop)

    with monkeypatch.context() as patch:
        if code:
            patch.setattr("accord.models.shrinking.shrink", interrupted)
        limit = [] if code else ["--time-limit", "0"]
        assert called("shrink", "split", str(runs[0]), "--out", "some.json", *limit) == code
    first, where, *_ = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        rf"shrunk   \d+ events to \d+ in which agreement is violated; stopped {stopped}, "
        r"it may still be shortened: accord shrink some\.json",
        first,
    )
    assert where == "run      some.json"
    assert called("shrink", "some.json") == 0
    assert "stopped" not in capsys.readouterr().out


def test_shrink_shows_how_far_it_is_on_a_terminal(
    runs: tuple[int, int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called("shrink", "split", str(runs[0]))
    assert not capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    called("shrink", "split", str(runs[0]))
    assert re.search(r"\r\d+ -> 1[135] events  \n$", capsys.readouterr().err)


def test_a_place_that_cannot_be_written_is_told_before_the_search(
    runs: tuple[int, int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        pytest.fail("searched")

    monkeypatch.setattr("accord.models.shrinking.shrink", fail)
    Path("file").touch()
    assert called("shrink", "split", str(runs[0]), "--out", "file/run.json") == 2
    told = capsys.readouterr()
    assert told.err == "accord: file/run.json cannot be written (Not a directory); give another --out\n"
    assert not told.out


def test_a_chart_too_wide_for_the_terminal_is_left_to_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called("sweep", "generals", "--set", "network=complete(n=40)", "--out", "crowd")
    capsys.readouterr()
    monkeypatch.setenv("COLUMNS", "100")
    assert called("replay", "crowd", "0") == 0
    shown = capsys.readouterr().out
    assert shown.endswith("40 parties are too wide for 100 columns; use --out FILE.svg\n")
    assert called("replay", "crowd", "0", "--out", "crowd.svg") == 0
    assert "too wide for 100 columns\n\nchart    crowd.svg\n" in capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "300")
    assert called("replay", "crowd", "0") == 0
    assert "too wide" not in capsys.readouterr().out


def test_run_files_of_ones_own_models_need_their_name(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.py").write_text("from accord.models import Generals\n\n\nclass Mine(Generals):\n    pass\n")
    called(
        "sweep",
        "mine.py:Mine",
        "--set",
        "protocol=bracha(deliver=4)",
        "traitors=1",
        "placement=last",
        "--out",
        "stuck",
    )
    assert called("shrink", "stuck", "0") == 0
    capsys.readouterr()
    assert called("replay", "stuck/shrunk/0.json") == 2
    assert "code that is not accord's own and is not run unasked" in capsys.readouterr().err
    assert called("replay", "stuck/shrunk/0.json", "--model", "mine.py:Mine") == 0
    assert "termination    violated" in capsys.readouterr().out


def test_replay_tells_of_choices_that_could_not_be_made(
    runs: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    called("shrink", "split", str(runs[0]), "--out", "edited.json")
    told = json.loads(Path("edited.json").read_text())
    del told["choices"][0]  # the traitor's start
    Path("edited.json").write_text(json.dumps(told))
    capsys.readouterr()
    assert called("replay", "edited.json") == 0
    assert capsys.readouterr().out.startswith("skipped  ")


def test_shrink_of_what_never_ends_says_what_it_leaves_to_the_schedule(
    capsys: pytest.CaptureFixture[str],
) -> None:
    called(
        "sweep",
        "generals",
        "--set",
        "protocol=bracha(deliver=4)",
        "traitors=1",
        "placement=last",
        "--out",
        "stuck",
    )
    capsys.readouterr()
    assert called("shrink", "stuck", "0") == 0
    shown = capsys.readouterr().out
    assert "to 0 in which termination is violated, once all has happened that is owed" in shown
    assert called("replay", "stuck/shrunk/0.json") == 0
    assert "termination    violated" in capsys.readouterr().out


def test_runs_without_messages_have_a_verdict_only(capsys: pytest.CaptureFixture[str]) -> None:
    called("sweep", "averaging", "--set", *QUICK, "--out", "opinions")
    capsys.readouterr()
    assert called("replay", "opinions", "0") == 0
    assert len(capsys.readouterr().out.splitlines()) == len(models["averaging"].properties)
    for command in (["shrink", "opinions", "0"], ["replay", "opinions", "0", "--out", "chart.svg"]):
        assert called(*command) == 2
        told = capsys.readouterr()
        assert not told.out
        assert told.err.startswith("accord: averaging has no schedule, no messages are sent in it")
        assert len(told.err.splitlines()) == 1


def test_what_cannot_be_replayed_is_told_in_one_line(
    runs: tuple[int, int], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("broken.json").write_text("{")
    for arguments, message in (
        (["shrink", "split", str(runs[1])], "the run violates no property, so there is nothing to shrink"),
        (["shrink", "split", str(runs[0]), "--violated", "validity"], "the run violates no validity"),
        (["shrink", "split", str(runs[0]), "--out", "a.svg"], "a.svg: a run file is JSON; use a.json"),
        (
            ["replay", "split", str(runs[0]), "--out", "a.jpg"],
            "a.jpg: a chart is written as .svg, .pdf, .png",
        ),
        (["replay", "split"], f"split holds 12 runs; say which, such as {runs[0]}, which violates something"),
        (["replay", "split", "12"], "the runs of this sweep are numbered 0 to 11"),
        (["replay", "nowhere", "1"], "nowhere"),
        (["replay", "none.json"], "there is no file none.json"),
        (["replay", "broken.json"], "broken.json is not a run file"),
        (["shrink", "broken.json", "3"], "broken.json holds one run; leave out 3"),
        (
            ["replay", "split/runs-00000.parquet", str(runs[0])],
            "split/runs-00000.parquet is neither a folder of results nor a run file; give split",
        ),
    ):
        assert called(*arguments) == 2
        told = capsys.readouterr()
        (line,) = told.err.splitlines()
        assert message in line
        assert not told.out


# Bad input: one line, and 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "traitor"], "unknown study 'traitor': did you mean 'traitors'?"),
        (["run", "missing.toml"], "there is no study file missing.toml"),
        (["sweep", "averagin"], "unknown model 'averagin': did you mean 'averaging'?"),
        (["sweep", "averaging", "--set", "traitor=1"], "'traitor'"),
        (["sweep", "averaging", "--set", "traitors"], "write FACTOR=LEVELS, such as traitors=0,1,2"),
        (["sweep", "averaging", "--set", "traitors=1", "traitors=2"], "traitors is set twice"),
        (["sweep", "averaging", "--set", "traitors=-1"], "must be at least 0"),
        (["sweep", "averaging", "--set", "traitors=33"], "use traitors <= 32"),
        (["sweep", "averaging", "--set", "network=ring(n=2)"], "n=2 must be at least 3"),
        (["sweep", "averaging", "--set", "network=nothing.csv"], "nothing.csv"),
        (["sweep", "averaging", "--set", "weights=constant(alpha=1)"], "alpha < 2/lambda_n"),
        (["sweep", "averaging", "--record", "everything"], "everything"),
        (
            ["sweep", "averaging", "--set", "traitors=0..2", "--where", "trators < 2"],
            "'trators' is not defined",
        ),
        (["show", "nothing"], "unknown name 'nothing'"),
        (["show", "thing:nothing"], "unknown kind 'thing'"),
        (["list", "rules"], "unknown kind 'rules': did you mean 'rule'?"),
        (["plot", "nowhere"], "nowhere"),
        (["resume", "nowhere"], "nowhere"),
    ],
)
def test_bad_input_is_told_in_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(*arguments) == 2
    told = capsys.readouterr()
    assert not told.out
    (line,) = told.err.splitlines()
    assert line.startswith("accord: ")
    assert message in line
    assert not Path("results").exists() or not any(Path("results").rglob("*.parquet"))


def test_misuse_of_the_command_itself_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("run", "traitors", "--workers", "0") == 2
    assert called("dance") == 2


def test_debug_shows_the_traceback() -> None:
    with pytest.raises(ValueError, match="unknown study"):
        main(["run", "traitor", "--debug"])


def test_a_bug_is_called_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of cheese")

    monkeypatch.setattr("accord.experiments.sweeps.Plan.of", broken)
    assert called("sweep", "averaging", "--out", "x") == 3
    assert "accord: a bug: RuntimeError: out of cheese; --debug shows where" in capsys.readouterr().err


# Watching


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, str, dict[str, Any]]]:
    """What would be served, in place of serving it."""
    from accord.analysis.browser import server

    asked: list[tuple[Any, str, dict[str, Any]]] = []
    monkeypatch.setattr(server, "serve", lambda site, page, **where: asked.append((site, page, where)))
    return asked


@pytest.mark.parametrize(
    ("arguments", "page"),
    [
        ([], "/"),
        (["averaging"], "/?model=averaging"),
        (["averaging", "traitors=2", "rule=w-msr"], "/?model=averaging&rule=w-msr&traitors=2"),
        (
            ["averaging", "--set", "network=ring(n=12)", "--seed", "7"],
            "/?model=averaging&network=ring(n=12)&seed=7",
        ),
        (["averaging", "network=ring", "network.n=12"], "/?model=averaging&network=ring(n=12)"),
    ],
)
def test_watch_opens_the_page_that_is_asked_for(
    served: list[tuple[Any, str, dict[str, Any]]], arguments: list[str], page: str
) -> None:
    assert called("watch", *arguments) == 0
    ((_, shown, where),) = served
    assert shown == page
    assert (where["host"], where["port"], where["show"]) == ("localhost", 8765, True)


def test_watch_shows_results_and_ones_own_model(served: list[tuple[Any, str, dict[str, Any]]]) -> None:
    assert called("sweep", "averaging", "traitors=0,1", "--out", "a") == 0
    Path("own.py").write_text("from accord.models import Averaging\nclass MyModel(Averaging):\n    pass\n")
    assert called("watch", "--results", "a", "--no-open", "--port", "0") == 0
    assert called("watch", "own.py:MyModel", "traitors=1") == 0
    (results, page, where), (own, address, _) = served
    assert (results.results, page, where["port"], where["show"]) == (Path("a"), "/?results", 0, False)
    assert address == "/?model=my-model&traitors=1"
    assert own.model("my-model").__name__ == "MyModel"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["averagin"], "did you mean 'averaging'"),
        (["averaging", "traitors=99"], "use traitors <= 32"),
        (["averaging", "traitors=1,2"], "traitors has 2 levels; a run has one"),
        (["--set", "traitors=1"], "name the model"),
        (["--results", "nowhere"], "nowhere holds no results"),
    ],
)
def test_watch_serves_nothing_that_is_not_in_order(
    served: list[Any], arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called("watch", *arguments) == 2
    assert told in capsys.readouterr().err
    assert served == []
