import pytest
from accord import sweep
from accord.agents.errors import InputError
from accord.analysis.browser.selection import Selection, outcomes, properties
from accord.experiments import Result


@pytest.fixture(scope="module")
def result() -> Result:
    """Three factors with two, three and one level; 12 runs."""
    return sweep(
        "averaging",
        {"network": ["petersen", "ring(n=5)"], "traitors": [0, 1, 2], "max_steps": 5},
        replicates=2,
    )


def test_asking_for_results() -> None:
    assert Selection.asked("?results")
    assert Selection.asked("/?results=&rows=traitors")
    assert not Selection.asked("?model=averaging&results")
    assert not Selection.asked("/")


def test_an_address_reopens_what_it_was_made_of() -> None:
    whole = Selection(
        {"network": ("ring(n=5, k=2)", "a&b=c"), "network.n": ("5",)},
        rows="network", columns="traitors", shown="mean steps", cell=("a b", "0"), page=3, figure="rounds",
    )  # fmt: skip
    assert Selection.read(str(whole)) == whole
    assert str(Selection()) == "/?results"
    assert whole.but(rows="rule").page == 0


def test_the_factors_with_most_levels_make_the_map(result: Result) -> None:
    fitted = Selection().fitted(result)
    assert (fitted.rows, fitted.columns, fitted.shown) == ("network", "traitors", "agreement held")
    assert fitted.axes == ("network", "traitors")
    assert Selection(columns="max_steps").fitted(result).rows == "traitors"


def test_a_sweep_with_one_factor_or_none_has_a_map_too() -> None:
    one = Selection().fitted(sweep("averaging", {"network": "petersen", "traitors": [0, 1]}))
    assert (one.rows, one.columns) == ("", "traitors")
    assert Selection().fitted(sweep("averaging", {"network": "petersen"})).axes == ()


def test_runs_are_kept_by_levels_and_by_cell(result: Result) -> None:
    kept = Selection({"traitors": ("2", "0")}, cell=("ring(n=5)", "2")).fitted(result)
    assert set(kept.runs(result)["traitors"]) == {0, 2}
    behind = kept.behind(result)
    assert behind["run"].tolist() == [10, 11]
    assert set(behind["network"]) == {"ring(n=5)"}
    assert len(Selection().fitted(result).behind(result)) == 12


def test_levels_of_mixed_kinds_are_told_apart() -> None:
    result = sweep("generals", {"f": [None, 1], "max_steps": 3}, replicates=2)
    assert Selection({"f": ("None",)}).fitted(result).runs(result)["run"].tolist() == [0, 1]
    assert Selection({"f": ("1",)}).fitted(result).runs(result)["run"].tolist() == [2, 3]


def test_what_can_be_shown(result: Result) -> None:
    names = outcomes(result)
    assert names["validity violated"] == "Validity violated"
    assert names["steps"] == "Mean steps"
    assert not {"run", "seed", "replicate", "traitors", "error", "status"} & set(names)
    assert properties(result)[0] == "agreement"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("?results&keep.trators=0", "unknown factor of this sweep 'trators': did you mean 'traitors'?"),
        ("?results&keep.traitors=7", "unknown level of traitors of this sweep '7'"),
        ("?results&rows=rule", "unknown factor of this sweep 'rule'"),
        ("?results&rows=network&columns=network", "rows and columns are both network"),
        ("?results&shown=luck", "unknown outcome of this sweep 'luck'"),
        ("?results&cell=petersen", "a cell has a level of network and one of traitors, not petersen"),
        ("?results&cell=petersen&cell=9", "unknown level of traitors"),
        ("?results&page=-1", "page='-1' must be a whole number"),
        ("?results&page=" + "9" * 5000, "must be a whole number"),
        ("?results&rows=network&rows=traitors", "gives rows twice"),
        ("?results&folder=/etc", "unknown part of an address of results 'folder'"),
        ("?results&figure=../../etc", "unknown figure"),
    ],
)
def test_a_stale_or_tampered_address_is_told(result: Result, address: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        Selection.read(address).fitted(result)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_factor_may_have_any_name() -> None:
    selection = Selection.read("?results&keep.rows=1&keep.page=2")
    assert selection.kept == {"rows": ("1",), "page": ("2",)}
