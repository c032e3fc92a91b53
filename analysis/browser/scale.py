"""Scales of colour for values."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex

from ..style import VALUES

__all__ = ["gradient"]

_SHADES = [to_hex(colormaps[VALUES](each)) for each in np.linspace(0, 1, 9)]


def gradient(
    low: float, high: float, *, dimension: int, ends: tuple[str, str], slack: float = 0.0
) -> dict[str, Any]:
    """Return a scale of values, which reaches further than its ends by some slack.

    Parameters
    ----------
    dimension
        The column of the data that is coloured by.
    ends
        What is written at the scale's lower and upper end.
    """
    return {
        "type": "continuous",
        "dimension": dimension,
        "min": low - slack,
        "max": max(high, low + 1e-9) + slack,
        "text": list(reversed(ends)),
        "calculable": False,
        "right": 0,
        "top": "middle",
        "inRange": {"color": _SHADES},
    }
