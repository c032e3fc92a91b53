"""How figures look: sizes for one and two columns of a journal, colours that everybody can tell apart.

Nothing here touches matplotlib's global settings or its backend: figures are drawn inside `style()`, on
canvases of their own. Colours are those of Okabe and Ito; maps of values are viridis or cividis, which
keep their order in grey.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = [
    "BLACK",
    "BLUE",
    "COLUMN",
    "GREEN",
    "GREY",
    "ORANGE",
    "PAGE",
    "PURPLE",
    "VALUES",
    "VERMILION",
    "axes",
    "save",
    "style",
]

COLUMN = 3.5
"""Width of a journal's column, in inches (89 mm)."""
PAGE = 7.2
"""Width of two columns, in inches (183 mm)."""

BLACK, GREY = "#000000", "#8c8c8c"
BLUE, VERMILION, GREEN, ORANGE, PURPLE = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7"
VALUES = "viridis"
"""Colour map of opinions."""

_SETTINGS: dict[str, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib: the same figure everywhere
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "legend.fontsize": 7,
    "legend.frameon": False,
    "legend.handlelength": 1.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.axisbelow": True,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "lines.linewidth": 1.2,
    "grid.linewidth": 0.4,
    "grid.color": "#dddddd",
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "pdf.fonttype": 42,  # text stays text
    "image.cmap": VALUES,
}


@contextmanager
def style() -> Iterator[None]:
    """Set the look for what is drawn inside the block; everything is as before after it."""
    with mpl.rc_context(cast(Any, _SETTINGS)):
        yield


def axes(width: float = COLUMN, aspect: float = 0.75) -> Axes:
    """Return the Axes of a new figure of one panel that pyplot knows, so that notebooks show it."""
    with style():
        return plt.subplots(figsize=(width, width * aspect), layout="constrained")[1]


def save(drawn: Figure | Axes, path: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Write a figure as PNG (200 dots per inch) and PDF, equal to the last byte for equal figures.

    Parameters
    ----------
    drawn
        A figure, or any of its Axes.
    path
        File name without ending (one of .png or .pdf is ignored); folders are made.

    Returns
    -------
    png, pdf
    """
    figure = drawn.get_figure(root=True) if isinstance(drawn, Axes) else drawn
    assert figure is not None, "an Axes that was removed from its figure cannot be saved"
    stem = Path(path)
    stem = stem.with_suffix("") if stem.suffix in (".png", ".pdf") else stem
    stem.parent.mkdir(parents=True, exist_ok=True)
    png, pdf = stem.with_name(f"{stem.name}.png"), stem.with_name(f"{stem.name}.pdf")
    with style():
        figure.savefig(png, metadata={"Software": None})
        figure.savefig(pdf, metadata={"CreationDate": None, "Producer": None, "Creator": None})
    return png, pdf
