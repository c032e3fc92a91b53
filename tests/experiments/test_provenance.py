"""Provenance: a fingerprint changes with the code behind a model, and only with that."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from accord.experiments.loading import load_model
from accord.experiments.provenance import accord_code, command, git, user_code, versions

SCRIPT = """
from accord.experiments.provenance import user_code
from accord.models.agreement import AgreementModel
from accord.models.scenario import Scenario

FACTOR = 2
def double(x): return FACTOR * x
def draw(): return "a figure"

class Mine(AgreementModel):
    class Scenario(Scenario):
        low: int = 0
    def setup(self): self.x = double(1)

print(user_code([Mine, Mine.Scenario]))
"""


def printed(sources: list[str], tmp_path: Path, *, typed: bool) -> list[str]:
    """Return what the sources print, typed at a prompt or run as scripts, all in one process."""
    for number, source in enumerate(sources):
        (tmp_path / f"script{number}.py").write_text(source)
    run = "import runpy, sys\nfor path in sys.argv[1:]: runpy.run_path(path, run_name='__main__')"
    paths = [str(tmp_path / f"script{number}.py") for number in range(len(sources))]
    done = subprocess.run(
        [sys.executable, "-"] if typed else [sys.executable, "-c", run, *paths],
        input="\n".join(sources) if typed else None,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return done.stdout.split()


@pytest.mark.parametrize("typed", [False, True], ids=["script", "prompt"])
def test_a_script_counts_with_what_its_model_uses(tmp_path: Path, typed: bool) -> None:
    variants = [
        SCRIPT,
        SCRIPT.replace('"a figure"', '"another figure"'),
        SCRIPT.replace("FACTOR = 2", "FACTOR = 3"),
        SCRIPT.replace("FACTOR * x", "FACTOR + x"),
        SCRIPT.replace("low: int = 0", "low: int = 1"),
        SCRIPT.replace("double(1)", "double(2)"),
    ]
    same, redrawn, *changed = printed(variants, tmp_path, typed=typed)
    assert same == redrawn
    assert len({same, *changed}) == 5


def test_a_file_counts_whole_with_the_users_files_that_it_imports(tmp_path: Path, walks_file: Path) -> None:
    neighbour, mine = tmp_path / "a_neighbour.py", tmp_path / "with_neighbour.py"
    neighbour.write_text("X = 1\ndef f(): return X\n")
    mine.write_text("from a_neighbour import f\n" + walks_file.read_text())
    first = user_code([load_model(f"{mine}:Walk")])
    mine.write_text(mine.read_text() + "# a word")
    second = user_code([load_model(f"{mine}:Walk")])
    assert second != first

    # what was imported runs on as it was, whatever its file says now
    neighbour.write_text("X = 2\ndef f(): return X\n")
    assert user_code([load_model(f"{mine}:Walk")]) == second
    del sys.modules["a_neighbour"]
    mine.write_text(mine.read_text() + "# another")
    third = user_code([load_model(f"{mine}:Walk")])
    mine.write_text(mine.read_text().replace("# another", ""))
    assert len({first, second, third, user_code([load_model(f"{mine}:Walk")])}) == 4


def test_accords_own_models_have_no_user_code(walk: Any) -> None:
    from accord.models.agreement import AgreementModel

    assert user_code([AgreementModel, AgreementModel.__init__, dict]) is None
    assert user_code([walk]) is not None


def test_what_is_noted() -> None:
    assert accord_code() == accord_code()
    assert len(accord_code()) == 16
    assert {"accord", "python", "mesa", "numpy", "scipy", "networkx", "pandas", "pydantic"} <= set(versions())
    assert "command" in command()


def test_the_command_noted_can_be_typed_again(monkeypatch: Any) -> None:
    monkeypatch.setattr("sys.orig_argv", ["python", "-m", "accord", "run", "traitors"])
    monkeypatch.setattr("sys.argv", ["accord/__main__.py", "run", "traitors"])
    assert command()["command"] == "python -m accord run traitors"
    monkeypatch.setattr("sys.argv", ["accord", "run", "traitors"])
    assert command()["command"] == "accord run traitors"


def test_git_is_noted_where_there_is_a_checkout(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr("accord.experiments.provenance._ROOT", tmp_path)
    assert git() is None
    (tmp_path / ".git").mkdir()
    assert git() is None, "broken checkouts are no reason to fail"
    (tmp_path / ".git").rmdir()
    who = ["-c", "user.name=a", "-c", "user.email=a@b"]
    for words in (["init", "-q"], [*who, "commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    noted = git()
    assert noted is not None
    assert len(noted["commit"]) == 40
    assert not noted["dirty"]
    (tmp_path / "new").touch()
    assert git() == {**noted, "dirty": True}


def test_an_imported_constant_counts(
    tmp_path: Path, walks_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prints = []
    for folder, alpha in (("one", 1), ("two", 1), ("three", 5)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "some_settings.py").write_text(f"ALPHA = {alpha}\n")
        mine = tmp_path / folder / "with_settings.py"
        mine.write_text("from some_settings import ALPHA\n" + walks_file.read_text())
        monkeypatch.syspath_prepend(tmp_path / folder)
        sys.modules.pop("some_settings", None)
        prints.append(user_code([load_model(f"{mine}:Walk")]))
    assert prints[0] == prints[1] != prints[2]


def test_an_edited_file_is_read_anew(tmp_path: Path, walks_file: Path) -> None:
    mine = tmp_path / "edited.py"
    mine.write_text(walks_file.read_text() + "\nX = 1\n")
    old = load_model(f"{mine}:Walk")
    assert load_model(f"{mine}:Walk") is old
    mine.write_text(walks_file.read_text() + "\nX = 2\n")
    new = load_model(f"{mine}:Walk")
    assert sys.modules[new.__module__].X == 2
