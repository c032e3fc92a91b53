import matplotlib as mpl
import pytest
from accord import sweep
from accord.agents.errors import InputError
from accord.analysis.browser.picture import offered, picture
from accord.analysis.figures import figures
from accord.experiments import Result


@pytest.fixture(scope="module")
def result() -> Result:
    """What the figure of disagreement shows."""
    return sweep("averaging", {"network": ["petersen", "ring(n=5)"]}, replicates=2)


def test_a_figure_of_some_runs_is_an_image(result: Result) -> None:
    before = dict(mpl.rcParams)
    whole = picture(result, "disagreement")
    assert whole.startswith(b"\x89PNG")
    assert picture(result.only([0, 1]), "disagreement") != whole
    assert b"<svg" in picture(result, "disagreement", "svg")
    assert dict(mpl.rcParams) == before


def test_a_figure_that_does_not_fit_says_why(result: Result) -> None:
    with pytest.raises(InputError, match=r"Message cost does not fit these runs: .*needs"):
        picture(result, "message-cost")
    with pytest.raises(InputError, match="unknown figure"):
        picture(result, "../../etc")


def test_the_study_s_own_figures_come_first(result: Result) -> None:
    assert offered(result) == ([], list(figures))
    result.manifest["study"] = {"figures": ["disagreement", "no-longer-there"]}
    own, others = offered(result)
    assert own == ["disagreement"]
    assert "disagreement" not in others
