"""The network: who stands where is its own affair, who holds what is the run's."""

import numpy as np
import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.figures.opinion_network import opinion_network
from accord.models.networks import network
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FAMILIES = network("florentine-families")


def parties(opinions: list[float], traitors: tuple[int, ...] = (2,)) -> pd.DataFrame:
    n = FAMILIES.n
    return pd.DataFrame(
        {
            "run": 0,
            "step": np.repeat([0, 5], n),
            "party": np.tile(np.arange(n), 2),
            "role": np.tile(["traitor" if i in traitors else "negotiator" for i in range(n)], 2),
            "opinion": [*np.linspace(0, 1, n), *np.resize(opinions, n)],
        }
    )


@pytest.fixture
def ax() -> Axes:
    return Figure().add_subplot()


def dots(ax: Axes, label: str) -> np.ndarray:
    (found,) = [each for each in ax.collections if each.get_label() == label]
    return np.asarray(found.get_offsets())


def test_traitors_are_marked_and_everybody_is_there(ax: Axes) -> None:
    opinion_network(parties([0.5], traitors=(2, 7)), network=FAMILIES, ax=ax)
    assert len(dots(ax, "traitor")) == 2
    assert len(dots(ax, "honest")) == FAMILIES.n - 2
    assert [text.get_text() for text in ax.texts] == list(FAMILIES.node_labels)


def test_places_depend_on_the_network_alone() -> None:
    one, two = (
        dots(opinion_network(parties(values), network=FAMILIES, ax=Figure().add_subplot()), "honest")
        for values in ([0.1, 0.2], [0.9])
    )
    assert np.array_equal(one, two)


def test_the_end_of_the_run_is_drawn_on_the_scale_of_its_beginning(ax: Axes) -> None:
    opinion_network(parties([0.25, 3.0]), network=FAMILIES, ax=ax)
    (honest,) = [each for each in ax.collections if each.get_label() == "honest"]
    assert set(honest.get_array().tolist()) == {0.25, 3.0}
    assert honest.norm.vmin == pytest.approx(0, abs=1e-6)
    assert honest.norm.vmax == pytest.approx(1, abs=1e-6)
    outside, inside = honest.cmap(honest.norm(3.0)), honest.cmap(honest.norm(1.0))
    assert outside != inside


def test_rows_of_several_steps_without_the_steps_are_refused(ax: Axes) -> None:
    with pytest.raises(InputError, match="30 rows for the 15 nodes"):
        opinion_network(parties([0.5]).drop(columns="step"), network=FAMILIES, ax=ax)


def test_coordinates_of_a_network_in_the_plane_are_kept(ax: Axes) -> None:
    plane = network("random-geometric(n=12, radius=0.6)", rng=1)
    frame = pd.DataFrame({"party": range(12), "role": "negotiator", "opinion": 0.5})
    opinion_network(frame, network=plane, ax=ax)
    assert np.array_equal(dots(ax, "honest"), plane.positions)
