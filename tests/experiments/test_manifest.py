"""Manifests: a folder belongs to one sweep, and says what differs."""

import json
from pathlib import Path
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.experiments import sweep
from accord.experiments.manifest import read_manifest


@pytest.fixture
def folder(walk: Any, tmp_path: Path) -> Path:
    sweep(walk, {"drift": [0, 1], "length": 3}, replicates=2, seed=1, out=tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"factors": {"drift": [0, 2], "length": 3}}, r"factors.drift is \[0, 1\] there and \[0, 2\] here"),
        ({"factors": {"drift": [0, 1]}}, "factors.length is given only there"),
        ({"factors": {"length": 3, "drift": [0, 1]}}, "the factors' order differs"),
        ({"factors": {"drift": [0, 1.0], "length": 3}}, r"\[0, 1\] there and \[0, 1.0\] here"),
        ({"seed": 2}, "seed is 1 there and 2 here"),
        ({"replicates": 3}, "replicates is 2 there and 3 here"),
        ({"record": ()}, "record is .steps. there and .. here"),
    ],
)
def test_other_parameters_are_refused_and_named(walk: Any, folder: Path, change: Any, complaint: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    given = {"factors": {"drift": [0, 1], "length": 3}, "replicates": 2, "seed": 1, **change}
    with pytest.raises(InputError, match=complaint) as caught:
        sweep(walk, given.pop("factors"), out=folder, **given)
    assert "\n" not in str(caught.value)
    assert "another folder as out, or delete this one" in str(caught.value)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("place", "complaint"),
    [
        (("code", "accord"), "the code of accord has changed"),
        (("code", "model"), "the code of the model has changed"),
        (("versions", "numpy"), "versions.numpy is 0 there and"),
        (("model",), "model is 0 there and walk here"),
    ],
)
def test_other_code_and_versions_are_refused(walk: Any, folder: Path, place: Any, complaint: str) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    inner = manifest["identity"]
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = "0"
    path.write_text(json.dumps(manifest))
    with pytest.raises(InputError, match=complaint):
        sweep(walk, {"drift": [0, 1], "length": 3}, replicates=2, seed=1, out=folder)


def test_a_folder_with_other_things_in_it_is_refused(walk: Any, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(InputError, match=r"is not empty and holds no sweep \(thesis.tex is there\)"):
        sweep(walk, {}, out=tmp_path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (None, "holds no results"),
        ("{", "cannot be read .JSONDecodeError"),
        ("[]", "cannot be read"),
        ("{}", "cannot be read .KeyError"),
        ('{"format": 99, "plan": {}}', "has format 99"),
    ],
)
def test_what_is_no_manifest_is_told(tmp_path: Path, text: str | None, complaint: str) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(InputError, match=complaint):
        read_manifest(tmp_path)


def test_it_says_what_was_done(walk: Any, folder: Path, walks_file: Path) -> None:
    manifest, layout = read_manifest(folder)
    assert manifest["plan"]["model"] == f"{walks_file}:Walk"
    assert manifest["plan"]["scenario"]["properties"]["drift"]["description"] == "mean of a step"
    assert manifest["counts"] == {"ok": 4}
    (session,) = manifest["sessions"]
    assert session["started"] <= session["finished"]
    assert {"command", "git", "versions", "platform"} <= set(session)
    assert layout.total == 4
    assert layout.columns["runs"]["turns"].dtype == "Int64"


@pytest.mark.parametrize(
    "change",
    [
        {"replicates": "many"},
        {"replicates": 0},
        {"seed": None},
        {"factors": {"drift": [], "length": [3]}},
        {"factors": {"stranger": [1]}},
        {"factors": [1]},
    ],
)
def test_a_manifest_changed_by_hand_is_told(folder: Path, change: dict[str, Any]) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["plan"] |= change
    path.write_text(json.dumps(manifest))
    with pytest.raises(InputError, match=r"manifest.json cannot be read .*; is it a sweep's\?"):
        read_manifest(folder)
