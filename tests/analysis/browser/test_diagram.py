"""Node-link diagrams in the browser: everybody has a name, a role, a place and a mark."""

from typing import Any

import numpy as np
import pytest
from accord.analysis.browser.diagram import SIDE, links, mark, parties, places, plane, size, symbols
from accord.analysis.style import VERMILION
from accord.models.catalogue import models


def _model(name: str, **settings: Any) -> Any:
    return models[name](rng=1, **settings)


def test_parties_are_named_and_say_what_they_are() -> None:
    market = parties(_model("market", traitors=1))
    assert {each.role.partition(",")[0] for each in market} == {"buyer", "seller"}
    assert sum(each.role.endswith(", traitor") for each in market) == 1
    servers = parties(_model("servers", clients=2, traitors=1))
    assert [each.label for each in servers] == ["0", "1", "2", "3", "4", "client 0", "client 1"]
    assert sorted(each.role for each in servers) == [*["client"] * 2, *["server"] * 4, "traitor"]


def test_places_fill_the_plane_and_those_of_a_network_in_the_plane_keep_their_proportions() -> None:
    where = places(_model("averaging", network="karate"), 34)
    assert where.min(axis=0).tolist() == [0, 0]
    assert where.max(axis=0).tolist() == [SIDE, SIDE]
    model = _model("averaging", network="random-geometric(n=30, radius=0.6)")
    where, own = places(model, 30), model.network.positions
    scale = SIDE / np.ptp(own, axis=0).max()
    assert np.ptp(where, axis=0) == pytest.approx(scale * np.ptp(own, axis=0), abs=2)
    assert where.min() >= 0
    assert where.max() <= SIDE


def test_each_role_has_a_shape_and_traitors_come_last() -> None:
    shapes = symbols(["traitor", "seller, traitor", "seller", "buyer"])
    assert list(shapes)[:2] == ["buyer", "seller"]
    assert shapes["seller"] == shapes["seller, traitor"] != shapes["buyer"]
    assert shapes["traitor"] == "diamond"
    assert mark(9, is_traitor=True)["borderColor"] == VERMILION != mark(9, is_traitor=False)["borderColor"]


def test_marks_shrink_as_parties_grow_in_number() -> None:
    assert size(4) == 22
    assert 4 <= size(2000) < size(200) < 22
    assert mark(2000, is_traitor=False)["borderWidth"] == 0 < mark(2000, is_traitor=True)["borderWidth"]


def test_links_join_places() -> None:
    model = _model("averaging", network="path(n=2)")
    where = places(model, 2)
    assert links(model, where)["data"] == [2, *where[0].tolist(), *where[1].tolist()]
    assert plane()["xAxis"]["max"] > SIDE
