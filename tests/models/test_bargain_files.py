"""Bargains in TOML: what people write by hand, and what they write wrong."""

from pathlib import Path

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.outcomes import Categorical, Continuous, Integer, Ordinal
from accord.models.bargain_files import SUFFIXES, digest, read

FLAT = Path(__file__).parent / "bargains" / "flat.toml"


def written(folder: Path, text: str) -> str:
    (folder / "mine.toml").write_text(text)
    return str(folder / "mine.toml")


def test_the_sample() -> None:
    flat = read(str(FLAT))
    assert [type(issue) for issue in flat.space.issues] == [Continuous, Integer, Categorical, Ordinal]
    assert (flat.name, flat.space.shape) == ("a flat", (9, 4, 3, 3))
    assert [(p.name, p.reservation, p.discount) for p in flat.profiles] == [
        ("tenant", 0.3, 0.99),
        ("landlord", 0.2, 1.0),
    ]
    index = flat.space.index({"rent": 900, "months": 3, "pets": "dog", "floor": "first"})
    assert flat.utilities[index, 0] == pytest.approx(0.5 * 0.75 + 0.1 * 1 + 0.2 * 0.2 + 0.2 * 0.5)
    assert flat.utilities[index, 1] == pytest.approx(0.6 * 0.25 + 0.2 * 2 / 3)
    assert flat.utilities.max(axis=0) == pytest.approx(1)


def test_the_form_in_the_docstring_is_read(tmp_path: Path) -> None:
    from accord.models import bargain_files

    text = bargain_files.__doc__.split("counts:\n")[1].split("\nWhatever")[0]  # type: ignore[union-attr]
    bargain = read(written(tmp_path, "\n".join(line[4:] for line in text.splitlines())))
    index = bargain.space.index([1100, 1, "none", "top"])
    assert bargain.utilities[index].tolist() == pytest.approx([0.5 * 0.25 + 0.2, 200])


SMALL = """
[issues]
rent = { low = 1.0, high = 2.0 }
pets = ["none", "cat"]
[parties.a]
values = { rent = [0, 1], pets = [0, 1] }
[parties.b]
utility = "additive(values=[[1, 0], [1, 0]], weights=[1, 3])"
"""


def test_a_continuous_issue_is_stood_for_by_levels(tmp_path: Path) -> None:
    assert read(written(tmp_path, SMALL)).space.shape == (11, 2)
    small = read(written(tmp_path, SMALL), levels=3)
    assert small.space.shape == (3, 2)
    assert small.utilities[:, 0].tolist() == [0, 0.5, 0.25, 0.75, 0.5, 1]
    assert small.utilities[:, 1].tolist() == [1, 0.25, 0.875, 0.125, 0.75, 0]
    assert (small.name, small.profiles[0].reservation) == ("mine", 0)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    before, checksum = read(path), digest(path)
    assert read(path) is before
    assert read(written(tmp_path, SMALL.replace("cat", "tiger"))).space.outcome(1)["pets"] == "tiger"
    assert digest(path) != checksum


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[issues]", "[issues", r"not TOML: .*line 2"),
        ("[issues]", "isues = 1\n[issues]", "unknown key 'isues': did you mean 'issues'"),
        ("[issues]", "[parties.c]\n[issue]", "unknown key 'issue'"),
        (SMALL, "issues = 3\n[parties.a]", r"issues: 3 is no table; write \[issues\]"),
        (SMALL, "[parties.a]", "issues is missing"),
        (SMALL, "[issues]\n[parties.a]", "at least one issue"),
        (SMALL, "[issues]\nrent = [1, 2]", "parties is missing"),
        (SMALL, "[issues]\nrent = [1, 2]\n[parties]", "0 profiles are too few"),
        ("{ low = 1.0, high = 2.0 }", "5", r"issues.rent: 5 is no issue; write a list of values"),
        ("{ low = 1.0, high = 2.0 }", "[]", "issues.rent: .*at least 1"),
        ("{ low = 1.0, high = 2.0 }", "{ low = 1.0 }", "issues.rent: high is missing"),
        ("{ low = 1.0, high = 2.0 }", "{ low = 3.0, high = 2.0 }", "low=3 must be less than high=2"),
        ("{ low = 1.0, high = 2.0 }", "{ low = 'a', high = 2.0 }", "issues.rent: .*low='a'"),
        ("{ low = 1.0, high = 2.0 }", "{ low = 1.0, hihg = 2.0 }", "unknown key 'hihg': did you mean 'high'"),
        (
            "{ low = 1.0, high = 2.0 }",
            "{ low = 1, high = 1000000000000 }",
            "2000000000000 outcomes|about 1e12",
        ),
        (
            "{ low = 1.0, high = 2.0 }",
            f"{{ low = 1, high = 1{'0' * 400} }}",
            "mine.toml: about 1e400 outcomes",
        ),
        ("{ low = 1.0, high = 2.0 }", "{ ordered = 3 }", "issues.rent"),
        ('["none", "cat"]', '["none", "none"]', "issues.pets: .*'none' twice"),
        ("rent = [0, 1], ", "", "parties.a: values: rent is missing"),
        ("rent = [0, 1]", "rent = [0, 1], rnt = [0, 1]", "values: unknown issue 'rnt': did you mean 'rent'"),
        ("rent = [0, 1]", "rent = [0, 1, 2]", "'rent' has 11 levels, 3 values given"),
        (
            "rent = [0, 1]",
            "rent = 'much'",
            "parties.a: values: rent: 'much' is neither a list of numbers nor",
        ),
        ("rent = [0, 1]", "rent = [0, 'b']", "values: rent: entry 2: 'b' is not a number"),
        ("rent = [0, 1]", "rent = [0, true]", "entry 2: True is not a number"),
        ("rent = [0, 1]", "rent = [0, nan]", "parties.a: .*nan.*finite"),
        ("rent = [0, 1]", f"rent = [0, 1{'0' * 400}]", "entry 2: the number is too large"),
        ("pets = [0, 1]", "pets = { none = 1 }", "values: pets: 'cat' is missing"),
        ("pets = [0, 1]", "pets = { none = 1, cat = 0, dgo = 1 }", "unknown value 'dgo'"),
        ("values = {", "weights = { rent = 1 }\nvalues = {", "parties.a: weights: pets is missing"),
        ("values = {", "weights = [1, 2]\nvalues = {", "parties.a: weights: .* is no table"),
        ("values = {", "weights = { rent = 0, pets = 0 }\nvalues = {", "parties.a: .*have the sum 0"),
        ("values = {", "weights = { rent = -1, pets = 2 }\nvalues = {", "at least 0"),
        ("values = {", "discount = 0\nvalues = {", "parties.a: .*discount=0 must lie above 0"),
        ("values = {", "discount = 1.5\nvalues = {", "discount=1.5 must"),
        ("values = {", "reservation = inf\nvalues = {", "reservation=inf must be a finite number"),
        ("values = {", "reservation = 'no'\nvalues = {", "reservation: 'no' is not a number"),
        ("values = {", "resevation = 1\nvalues = {", "did you mean 'reservation'"),
        ("values = {", "value = {", "unknown key 'value': did you mean 'values'"),
        ("values = { rent = [0, 1], pets = [0, 1] }", "", "give it either values"),
        ("utility =", "weights = { rent = 1 }\nutility =", "utility: it has weights of its own"),
        ("additive(", "aditive(", "utility: unknown utility function 'aditive': did you mean 'additive'"),
        ("weights=[1, 3]", "weights=[1]", "parties.b: utility: weights has 1 entries"),
        ("[parties.b]", "[parties.c.d]\n[parties.b]", "parties.c: unknown key 'd'"),
        (SMALL, "a = " + "[" * 5000, "nested too deeply|not TOML"),
    ],
)
def test_what_is_written_wrong(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SMALL
    with pytest.raises(InputError, match=told) as error:
        read(written(tmp_path, SMALL.replace(old, new, 1)))
    assert "mine.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_text_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"name = '\xe9'\n")
    with pytest.raises(InputError, match="line 1: byte 9 is not UTF-8"):
        read(str(tmp_path / "a.toml"))


def test_suffixes() -> None:
    assert frozenset({".toml", ".xml"}) == SUFFIXES
    assert np.isfinite(read(str(FLAT)).utilities).all()
