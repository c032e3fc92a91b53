"""The examples in docs/examples run as they stand, from any folder, and say what is wrong with a file."""

from pathlib import Path

import accord
import pytest
from accord.agents.errors import InputError
from accord.analysis.measures.bargaining_power import bargaining_power
from accord.experiments import read_study
from accord.models import Matching

EXAMPLES = Path(accord.__file__).resolve().parent / "docs" / "examples"


def test_the_business_of_florence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = read_study(EXAMPLES / "trade.toml").at_small_size().run()
    runs = result.runs
    assert set(runs["status"]) == {"ok"}
    assert set(runs["nodes"]) == {11}
    assert set(runs["edges"]) == {15}
    labels = result.parties["label"]
    assert {"Medici", "Pazzi", "Tornabuoni"} <= set(labels)
    table = bargaining_power.of(result)
    honest = table[table["traitors"] == 0]
    # the Medici do business with three who do it with nobody else: they are strong under either institution
    assert (honest["betweenness"] > 0.4).all()
    # an odd cycle leaves no outcome stable
    assert set(honest.loc[honest["matching"] == "leaving", "stable"]) == {0}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Pazzi,", "weight is empty"),
        ("Pazzi,abc", "not a number"),
        ("Pazzi,-1", "positive"),
        ("Pazzi,nan", "positive"),
    ],
)
def test_a_link_without_a_proper_worth_is_told_with_file_and_line(
    row: str, problem: str, tmp_path: Path
) -> None:
    file = tmp_path / "trade.csv"
    file.write_text(f"source,target,weight\nMedici,Salviati,2\nMedici,{row}\n")
    with pytest.raises(InputError, match=rf"trade\.csv, line 3: .*{problem}"):
        Matching(network=str(file))
