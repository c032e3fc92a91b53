"""Models by name, by module and by file."""

from pathlib import Path
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.experiments.loading import address, load_model
from accord.models.agreement import AgreementModel


def test_a_class_is_itself_and_a_file_is_found_again_by_its_address(walk: Any, walks_file: Path) -> None:
    assert load_model(walk) is walk
    assert address(walk) == f"{walks_file}:Walk"
    assert load_model(address(walk)) is walk
    assert load_model("walks.py:Walk", walks_file.parent) is walk


def test_files_of_one_name_are_kept_apart(walk: Any, tmp_path: Path, walks_file: Path) -> None:
    (tmp_path / "walks.py").write_text(walks_file.read_text())
    other = load_model(f"{tmp_path}/walks.py:Walk")
    assert other is not walk
    assert (address(other), address(walk)) == (f"{tmp_path}/walks.py:Walk", f"{walks_file}:Walk")


def test_the_catalogues_models_go_by_their_names() -> None:
    model = load_model("averaging")
    assert address(model) == "averaging"
    assert load_model("accord.models.catalogue.averaging:Averaging") is model


def test_a_file_may_import_what_lies_beside_it(tmp_path: Path, walks_file: Path) -> None:
    (tmp_path / "neighbour_of_mine.py").write_text("LENGTH = 5\n")
    (tmp_path / "mine.py").write_text(
        f"from neighbour_of_mine import LENGTH\n{walks_file.read_text().replace('Field(3,', 'Field(LENGTH,')}"
    )
    scenario: Any = load_model(f"{tmp_path}/mine.py:Walk").Scenario()
    assert scenario.length == 5


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("averagin", "did you mean 'averaging'"),
        ("nowhere.py:Walk", "there is no file"),
        ("walks.py:Wakl", "did you mean 'Walk'"),
        ("walks.py:np", "is not a model"),
        ("no_such_module:Walk", "cannot import no_such_module"),
        ("__main__:Walk", "defined in a script or notebook"),
    ],
)
def test_wrong_addresses_are_told_in_one_line(text: str, complaint: str, walks_file: Path) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        load_model(text, walks_file.parent)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("x = (\n", "broken.py, line 1: SyntaxError"),
        ("x = 1\ny = 1 / 0\n", "broken.py, line 2: ZeroDivisionError"),
    ],
)
def test_a_file_that_does_not_load_is_named_with_its_line(
    tmp_path: Path, source: str, complaint: str
) -> None:
    (tmp_path / "broken.py").write_text(source)
    with pytest.raises(InputError, match=complaint):
        load_model(f"{tmp_path}/broken.py:Model")


@pytest.mark.parametrize("thing", [int, 3, None])
def test_what_is_no_model_is_refused(thing: Any) -> None:
    with pytest.raises(InputError, match="is not a model"):
        load_model(thing)


def test_a_model_needs_a_scenario() -> None:
    with pytest.raises(InputError, match="has no Scenario"):
        load_model(type("Bare", (AgreementModel,), {}))
