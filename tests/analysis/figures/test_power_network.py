"""The network coloured by power: gains inside, theory around, traitors marked."""

import pandas as pd
import pytest
from accord import sweep
from accord.agents.errors import InputError
from accord.analysis.figures.power_network import power_network
from accord.models.networks import network
from accord.models.networks.network import Network
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure as Page


@pytest.fixture
def ax() -> Axes:
    return Page(layout="constrained").add_subplot()


def parties(gain: list[float], due: list[float], traitor: int | None = None) -> pd.DataFrame:
    nodes = range(len(gain))
    return pd.DataFrame(
        {"party": nodes, "gain": gain, "due": due, "traitor": [node == traitor for node in nodes]}
    )


def test_gains_are_inside_and_theory_around(ax: Axes) -> None:
    nan = float("nan")
    power_network(parties([0.25, 0.75, 0.5], [nan, 0.75, 0.25], 2), ax=ax, network=network("path(n=3)"))
    _, unknown, known, inside, liars = ax.collections
    assert inside.get_array().tolist() == [0.25, 0.75, 0.5]
    assert known.get_array().tolist() == [0.75, 0.25]
    assert known.norm is inside.norm
    assert (inside.norm.vmin, inside.norm.vmax) == (0, 1)
    assert tuple(unknown.get_facecolor()[0]) == to_rgba("#8c8c8c")
    assert (len(unknown.get_offsets()), len(liars.get_offsets())) == (1, 1)


def test_the_scale_ends_at_the_best_link(ax: Axes) -> None:
    net: Network = network([(0, 1, 4.0), (1, 2, 3.0)])
    power_network(parties([0.5, 3.5, 0], [0.5, 3.5, 0]), ax=ax, network=net)
    assert ax.collections[-1].norm.vmax == 4


def test_it_draws_one_run(ax: Axes) -> None:
    with pytest.raises(InputError, match="2 rows for the 3 nodes of path"):
        power_network(parties([0, 1], [0, 1]), ax=ax, network=network("path(n=3)"))


def test_a_page_has_a_panel_for_each_network_and_institution() -> None:
    factors = {"network": ["path(n=3)", "karate"], "matching": ["replacement(rounds=3)", "leaving"]}
    result = sweep("matching", factors, replicates=2, seed=1, record=("parties",))
    page = power_network.page(result)
    panels = [ax for ax in page.axes if not ax.axison]
    assert [len(ax.collections[-1].get_offsets()) for ax in panels] == [3, 3, 34, 34]
