"""Views, one a file: a run as it is at the present step in, a chart out.

Which views a model gets follows from what it records: each says by what attributes it can tell that there is
something for it to show, so that a new model needs no page of its own. A file defines a function that returns a chart,
and declares what it is called and what it looks for::

    @view("Price path", fits=lambda model: bool(getattr(model, "deals", None)))
    def price_path(playback):
        return plane([...])
"""

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

from ....agents.catalogue import Catalogue

if TYPE_CHECKING:
    from ....models.agreement import AgreementModel
    from ..playback import Playback

__all__ = ["Chart", "View", "view", "views"]

Chart = Mapping[str, Any]
"""An option of Apache ECharts: plain data, the same for the same run and step."""


class View:
    """A view of the catalogue.

    Parameters
    ----------
    draw
        Given a playback, returns the chart of its present step.
    title
        What stands above it.
    fits
        Whether a model records what the view shows; asked once a run, at its first step.
    height
        In pixels; always the same, so that nothing on the page moves while the model runs.
    """

    def __init__(
        self,
        draw: "Callable[[Playback], Chart]",
        title: str,
        *,
        fits: "Callable[[AgreementModel], bool]",
        height: int,
    ) -> None:
        update_wrapper(self, draw)
        self._draw, self.title, self.fits, self.height = draw, title, fits, height

    def __call__(self, playback: "Playback") -> Chart:
        """Return the chart of the present step."""
        with playback.lock:
            return self._draw(playback)

    @property
    def caption(self) -> str:
        """What the view shows: the first sentence of its docstring."""
        return " ".join((self.__doc__ or "").partition("\n\n")[0].split())


def view(
    title: str, *, fits: "Callable[[AgreementModel], bool]", height: int = 380
) -> "Callable[[Callable[[Playback], Chart]], View]":
    """Make a view of the function below; see `View` for what is declared."""
    return lambda draw: View(draw, title, fits=fits, height=height)


views: Catalogue[View] = Catalogue(__name__, "view")
