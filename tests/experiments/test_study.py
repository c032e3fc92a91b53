"""Studies: declared once, changed by copies, read from TOML."""

from pathlib import Path
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.experiments import Study, read_study

TOML = """
question = "How far does a walk go?"
model = "walks.py:Walk"
replicates = 2
seed = 3
where = "drift < 1 or length > 2"
record = ["steps"]
figures = ["trajectories"]

[factors]
drift = {from = 0, to = 1, step = 0.5}
length = "2..3"

[small]
replicates = 1

[small.factors]
length = 2
"""


@pytest.fixture
def study(walk: Any) -> Study:
    return Study(
        name="far", question="How far?", model=walk, factors={"drift": [0, 1], "length": 3}, replicates=2
    )


def test_a_study_runs_as_the_sweep_that_it_declares(study: Study, tmp_path: Path) -> None:
    result = study.run(out=tmp_path)
    assert result.runs["drift"].tolist() == [0, 0, 1, 1]
    assert result.manifest["study"] == {"name": "far", "question": "How far?", "measures": [], "figures": []}


def test_a_changed_copy_keeps_the_other_factors(study: Study) -> None:
    changed = study.but(factors={"length": [4, 5]}, replicates=7)
    assert changed.factors == {"drift": [0, 1], "length": [4, 5]}
    assert (changed.replicates, study.replicates) == (7, 2)
    with pytest.raises(InputError, match="did you mean 'factors'"):
        study.but(factor={})
    with pytest.raises(InputError, match="at least 1"):
        study.but(replicates=0)


def test_a_study_leaves_points_out(study: Study) -> None:
    assert study.but(where="drift < 1").run().runs["drift"].tolist() == [0, 0]


def test_the_small_size(study: Study) -> None:
    with pytest.raises(InputError, match=r"has no small size; give it one with \[small\]"):
        study.at_small_size()
    small = study.but(small={"replicates": 1, "factors": {"drift": [0]}}).at_small_size()
    assert (small.replicates, small.factors) == (1, {"drift": [0], "length": 3})


def test_it_tells_itself_in_a_line(study: Study) -> None:
    assert str(study) == "far: How far?"


def written(folder: Path, text: str, walks_file: Path) -> Path:
    (folder / "walks.py").write_text(walks_file.read_text())
    (folder / "mine.toml").write_text(text)
    return folder / "mine.toml"


def test_a_study_of_ones_own(tmp_path: Path, walks_file: Path, monkeypatch: Any) -> None:
    study = read_study(written(tmp_path, TOML, walks_file))
    monkeypatch.chdir("/")  # the model lies beside the file, wherever one stands
    assert (study.name, study.seed, study.figures) == ("mine", 3, ("trajectories",))
    assert study.run().runs[["drift", "length"]].drop_duplicates().values.tolist() == [
        [drift, length] for drift in (0.0, 0.5, 1.0) for length in (2, 3) if (drift, length) != (1.0, 2)
    ]
    assert len(study.at_small_size().run().runs) == 2


def test_dotted_names_in_toml(tmp_path: Path, walks_file: Path) -> None:
    text = TOML.replace(
        "[small]", 'network.n = [8, 16]\n"rule.f" = 1\nnetwork.p = {from = 0, to = 2}\n[small]'
    )
    factors = read_study(written(tmp_path, text, walks_file)).factors
    assert factors["network.n"] == [8, 16]
    assert factors["rule.f"] == 1
    assert factors["network.p"] == {"from": 0, "to": 2}
    part = read_study(written(tmp_path, TOML + 'network = {name = "ring", n = 5}', walks_file))
    assert part.small.factors["network"] == {"name": "ring", "n": 5}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "replicates = 2",
            "replicats = 2",
            "mine.toml: unknown study parameter 'replicats': did you mean 'replicates'",
        ),
        ("[small]\nreplicates", "[small]\nreplica", "unknown .*'replica"),
        ("replicates = 2", "replicates = 0", "mine.toml: study: replicates=0 must be at least 1"),
        ("replicates = 2", "replicates == 2", "mine.toml: not TOML: .*line 4"),
        ('question = "How far does a walk go?"', "", "question is missing"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(
    tmp_path: Path, walks_file: Path, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        read_study(written(tmp_path, TOML.replace(old, new), walks_file))
    assert "\n" not in str(caught.value)


def test_a_misspelt_factor_is_told_when_it_runs(tmp_path: Path, walks_file: Path) -> None:
    study = read_study(written(tmp_path, TOML.replace("drift =", "drfit ="), walks_file))
    with pytest.raises(InputError, match="unknown factor of walk 'drfit': did you mean 'drift'"):
        study.run()


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no study file"):
        read_study(tmp_path / "nothing.toml")
    (tmp_path / "latin.toml").write_bytes(b"question = '\xe9'")
    with pytest.raises(InputError, match="byte 12 is not UTF-8"):
        read_study(tmp_path / "latin.toml")
    (tmp_path / "empty.toml").touch()
    with pytest.raises(InputError, match=r"empty.toml: .*model is missing"):
        read_study(tmp_path / "empty.toml")
    with pytest.raises(InputError, match="cannot be read"):
        read_study(tmp_path)


def test_files_of_levels_are_looked_for_beside_the_study(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("source,target\nAda,Bob\n")
    (tmp_path / "study.toml").write_text(
        'question = "?"\nmodel = "matching"\n[factors]\nnetwork = ["mine.csv", "ring(n=4)", {name = "file", '
        'path = "mine.csv"}, "elsewhere.csv"]\n[small.factors]\nnetwork = "mine.csv"\n'
    )
    beside = str(tmp_path / "mine.csv")
    study = read_study(tmp_path / "study.toml")
    assert study.factors["network"] == [
        beside,
        "ring(n=4)",
        {"name": "file", "path": beside},
        "elsewhere.csv",
    ]
    assert study.small.factors["network"] == beside
