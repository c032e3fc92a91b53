"""Catalogues find what lies in their folder, and only that."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
from accord.agents.catalogue import FileCatalogue
from accord.agents.errors import InputError, UnknownNameError
from accord.agents.parameters import Parameters
from accord.agents.rules import rules
from accord.agents.rules.w_msr import WMSR


def test_the_four_ways_to_choose() -> None:
    wanted = WMSR(f=2)
    assert rules.choose("w-msr(f=2)") == wanted
    assert rules.choose("w-msr(2)") == wanted
    assert rules.choose({"name": "w-msr", "f": 2}) == wanted
    assert rules.choose(wanted) is wanted


def test_however_much_is_chosen_little_is_kept() -> None:
    for f in range(2_500):
        assert rules.choose(f"w-msr(f={f})").f == f
    assert len(rules._chosen) <= 1_000
    assert rules.choose("w-msr(f=7)") is rules.choose("w-msr(f=7)")


def test_it_is_a_mapping_of_names_to_classes() -> None:
    assert list(rules) == sorted(rules)
    assert len(rules) == len(list(rules))
    assert rules["w-msr"] is WMSR
    assert "w_msr" not in rules
    assert rules.get("nothing") is None


@pytest.mark.parametrize("choice", [3, None, [], {"f": 2}, {"name": 3}])
def test_what_is_no_choice_is_refused(choice: object) -> None:
    with pytest.raises(InputError, match="is not a rule: give its name"):
        rules.choose(choice)


@pytest.mark.parametrize(
    ("choice", "entry", "parameters"),
    [
        ("my.CSV", "file", {"path": "my.CSV"}),
        ("folder/mine", "file", {"path": "folder/mine"}),
        (Path("mine"), "file", {"path": "mine"}),
        ([1, 2], "given", {"numbers": [1, 2]}),
    ],
)
def test_files_and_what_was_made_in_python_are_known_by_their_looks(
    choice: object, entry: str, parameters: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue: FileCatalogue[object] = FileCatalogue("accord.agents.rules", "rule", {".csv"}, "numbers", list)
    monkeypatch.setattr(catalogue, "_made", lambda name, **told: (name, told))
    assert catalogue.choose(choice) == (entry, parameters)
    assert catalogue.choose("w-msr(f=2)") == ("w-msr", {"f": 2})
    with pytest.raises(InputError, match="is not a rule: give its name"):
        catalogue.choose((1, 2))


@pytest.mark.parametrize("name", ["../errors", "__init__", "os", "w_msr"])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(UnknownNameError):
        rules[name]


def test_names_are_read_without_importing_the_entries() -> None:
    code = (
        "import sys; from accord.agents.rules import rules; list(rules); "
        "print('accord.agents.rules.w_msr' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )


def test_a_field_may_be_left_empty() -> None:
    class Team(Parameters):
        rule: Annotated[Parameters | None, *rules.choice_or_none] = None

    assert Team().rule is Team(rule="None").rule is Team(rule=None).rule is None
    assert Team(rule="w-msr(f=2)").rule == WMSR(f=2)
    assert Team().canonical()["rule"] is None
    assert Team(rule="linear").canonical()["rule"]["name"] == "linear"
    with pytest.raises(InputError, match="unknown rule 'nothing'"):
        Team(rule="nothing")
