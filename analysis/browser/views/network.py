"""The network, its parties coloured by what they hold and its traitors ringed."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex

from ....models.agreement import AgreementModel
from ...node_link import layout
from ...style import VALUES, VERMILION
from ..playback import Playback
from . import Chart, view

__all__ = ["network"]

MOST = 2_000
"""Parties that can be told apart on a page."""
_NAMED = 40  # nodes that have room for their names


def _fits(model: AgreementModel) -> bool:
    net = getattr(model, "network", None)
    return net is not None and net.n <= MOST


@view("Network", fits=_fits, height=460)
def network(playback: Playback) -> Chart:
    """Who holds what: every party coloured by opinion, decision or share; traitors ringed; hover for the party's state."""
    model: Any = playback.model
    net = model.network
    where = layout(net)
    opinions = np.asarray(model.opinions, dtype=float)
    traitors = set(np.asarray(getattr(model, "traitors", ()), dtype=int).tolist())
    sources, targets, _ = net.edge_list
    size = float(np.clip(330 / np.sqrt(net.n), 5, 26))
    return {
        "animation": False,
        "tooltip": {"formatter": "{b}"},
        "grid": {"left": 20, "right": 90, "top": 20, "bottom": 20},
        "xAxis": {"type": "value", "show": False, "min": -0.05, "max": 1.05},
        "yAxis": {"type": "value", "show": False, "min": -0.05, "max": 1.05},
        "visualMap": {
            "seriesIndex": 1,
            "dimension": 2,
            "min": 0,
            "max": 1,
            "calculable": False,
            "right": 0,
            "top": "center",
            "inRange": {"color": [to_hex(colormaps[VALUES](each)) for each in np.linspace(0, 1, 9)]},
        },
        "series": [
            {
                "type": "lines",
                "coordinateSystem": "cartesian2d",
                "silent": True,
                "lineStyle": {"color": "#9a9a9a", "width": 1, "opacity": 0.5},
                "data": [
                    {"coords": pair}
                    for pair in np.stack([where[sources], where[targets]], axis=1).round(4).tolist()
                ],
            },
            {
                "type": "scatter",
                "symbolSize": size,
                "data": [
                    {
                        "value": [*where[node].round(4).tolist(), float(opinions[node])],
                        "name": f"{model.label(node)}: {model.holding(node)}",
                        "itemStyle": {"borderColor": VERMILION, "borderWidth": 3} if node in traitors else {},
                    }
                    for node in range(net.n)
                ],
            },
        ],
    }
