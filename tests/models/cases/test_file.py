"""Units from a user's own file, and what is told of files that cannot be read."""

from pathlib import Path

import pytest
from accord.agents.errors import InputError
from accord.models.cases import cases
from accord.models.cases.file import File

TEXT = """
demand = 120

[units.old]
a = 0.01
b = 2
low = 0
high = 100

[units.new]
a = 0.02
b = 1
c = 5
low = 10
high = 100
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "units.toml"
    path.write_text(TEXT)
    return path


def test_a_path_is_enough(file: Path) -> None:
    for choice in (file, str(file), f"file('{file}')"):
        units = cases.choose(choice).build()
        assert (units.demand, units.c.tolist(), units.low.tolist()) == (120, [0, 5], [0, 10])


def test_what_the_file_holds_is_part_of_what_it_is(file: Path) -> None:
    case = File(str(file))
    before = case.canonical()
    file.write_text(TEXT.replace("120", "1.2e2 "))
    assert case.canonical() != before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("demand = 120", "", "demand is missing"),
        ("demand = 120", "demand = nan", "demand=nan MW cannot be met"),
        ("demand = 120", "demand = '120'", "demand='120' is no number"),
        ("demand = 120", "demand = true", "demand=True is no number"),
        ("demand = 120", "demand = ", "not TOML: .*line 2"),
        ("a = 0.01", "a = -0.01", "unit 0: a=-0.01: .*convex"),
        ("a = 0.01", "", "units.old: a is missing"),
        ("a = 0.01", "aa = 0.01", "units.old: unknown key 'aa'"),
        ("low = 10", "low = inf", "unit 1 is .*finite"),
        ("[units.new]", "[unit.new]", "unknown key 'unit': did you mean 'units'"),
        ("demand = 120", "demand = 120\nlosses = 3", "unknown key 'losses'"),
    ],
)
def test_what_cannot_be_is_one_line_with_file_and_key(file: Path, old: str, new: str, told: str) -> None:
    file.write_text(TEXT.replace(old, new))
    with pytest.raises(InputError, match=told) as error:
        File(str(file))
    assert str(file) in str(error.value)
    assert "\n" not in str(error.value)


def test_tables_that_are_none(file: Path) -> None:
    for text, told in (
        ("demand = 1\nunits = 3", "units=3 is no table"),
        ("demand = 1\nunits.x = 3", "units.x=3 is no unit"),
        ("demand = 1", "there is no unit"),
    ):
        file.write_text(text)
        with pytest.raises(InputError, match=told):
            File(str(file))
    file.write_bytes(b"demand = 1 # \xff")
    with pytest.raises(InputError, match="line 1: byte 14 is not UTF-8"):
        File(str(file))
    with pytest.raises(InputError, match="unknown kind of file"):
        File("units.csv")
