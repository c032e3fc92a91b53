"""Node-link diagrams in the browser: where parties sit, the links between them, who they are and what can be told."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...models.agreement import AgreementModel
from ..node_link import layout
from ..style import GREY, VERMILION

__all__ = ["MOST", "Party", "foot", "links", "mark", "parties", "places", "plane", "size", "symbols"]

MOST = 2_000
"""Parties that can be told apart on a page."""
SIDE = 1_000  # of the plane; places are whole numbers, which are short to send

_LINKS = 20_000  # more would be a grey area, and megabytes a step
_THIN = 2_000  # links from which on they are drawn thin
_EDGED = 400  # parties whose marks are large enough for an edge
_SYMBOLS = ("circle", "rect", "triangle", "roundRect", "pin", "arrow")


class Party(NamedTuple):
    """Who is drawn: a party's name, and its role: the name of its class, and whether it is a traitor."""

    label: str
    role: str


def parties(model: AgreementModel) -> list[Party]:
    """Return everybody, those beyond the network's nodes included, as the clients of servers are."""
    net: Any = getattr(model, "network", None)
    traitors = set(np.asarray(getattr(model, "traitors", ()), dtype=int).tolist())
    kinds = [type(agent).__name__.lower() for agent in model.agents] or ["party"] * net.n
    labels = net.node_labels
    return [
        Party(
            str(labels[node]) if node < net.n else model.label(node),
            f"{kind}, traitor" if node in traitors and kind != "traitor" else kind,
        )
        for node, kind in enumerate(kinds)
    ]


def places(model: AgreementModel, number: int) -> NDArray[np.int64]:
    """Return where so many parties sit, (number, 2): the nodes as the network is laid out, others around them."""
    net: Any = getattr(model, "network", None)
    where = layout(net)
    if net.positions is not None:  # in units of its own, which are to be as long across as up
        span = float(np.ptp(where, axis=0).max())
        where = 0.5 + (where - (where.min(axis=0) + where.max(axis=0)) / 2) / (span if span > 0 else 1.0)
    others = number - net.n
    if others:
        angles = np.pi / 2 + 2 * np.pi * (np.arange(others) + 0.5) / others
        around = 0.5 + 0.5 * np.column_stack([np.cos(angles), np.sin(angles)])
        where = np.concatenate([0.2 + 0.6 * where, around])
    placed: NDArray[np.int64] = np.rint(SIDE * where).astype(np.int64)
    return placed


def symbols(roles: Iterable[str]) -> dict[str, str]:
    """Return the shape of each role, those of traitors last: they are to be seen."""
    kinds = sorted(roles, key=lambda role: ("traitor" in role, role))
    shapes: dict[str, str] = {}
    for role in kinds:
        kind = role.partition(",")[0]
        shapes[kind] = (
            "diamond" if kind == "traitor" else shapes.get(kind, _SYMBOLS[len(shapes) % len(_SYMBOLS)])
        )
    return {role: shapes[role.partition(",")[0]] for role in kinds}


def size(number: int) -> float:
    """Return the size of the marks of so many parties, in pixels."""
    return round(float(np.clip(140 / np.sqrt(number), 4, 22)), 1)


def foot(text: str) -> dict[str, Any]:
    """Return a line of text below a diagram."""
    return {"text": text, "left": 0, "bottom": 0, "textStyle": {"fontSize": 12, "fontWeight": "normal"}}


def plane(right: int = 20) -> dict[str, Any]:
    """Return a plane without axes, with so much room on its right, in pixels."""
    axis = {"type": "value", "show": False, "min": -0.04 * SIDE, "max": 1.04 * SIDE}
    return {
        "animation": False,
        "grid": {"left": 20, "right": right, "top": 34, "bottom": 20},
        "xAxis": axis,
        "yAxis": axis,
    }


def links(model: AgreementModel, where: NDArray[np.int64]) -> dict[str, Any]:
    """Return the links of a network as a series: one flat list, which is drawn in one stroke; none of very many."""
    net: Any = getattr(model, "network", None)
    nothing = np.empty(0, dtype=int)
    sources, targets = net.edge_list[:2] if net.m <= _LINKS else (nothing, nothing)
    ends = np.column_stack([np.full(len(sources), 2), where[sources], where[targets]])
    return {
        "type": "lines",
        "coordinateSystem": "cartesian2d",
        "polyline": True,
        "large": True,
        "largeThreshold": 0,
        "silent": True,
        "lineStyle": {"width": 1 if len(ends) < _THIN else 0.5, "opacity": 1},
        "data": ends.ravel().tolist(),
    }


def mark(number: int, *, is_traitor: bool) -> dict[str, Any]:
    """Return how one of so many parties looks where it has no colour of its own: traitors are ringed."""
    large = number <= _EDGED
    edge = (VERMILION, 3 if large else 2) if is_traitor else (GREY, 1 if large else 0)
    return {"color": GREY, "opacity": 1, "borderColor": edge[0], "borderWidth": edge[1]}
