"""Views, one a file: a run as it is at the present step in, a chart out.

Which views a model gets follows from what it records: each says by what attributes it can tell that there is
something for it to show, so that a new model needs no page of its own. A file defines a function that returns a chart,
and declares what it is called and what it looks for::

    @view("Price path", fits=lambda model: bool(getattr(model, "deals", None)), place=6)
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

__all__ = ["HEIGHT", "Chart", "View", "fitting", "view", "views"]

Chart = Mapping[str, Any]
"""An option of Apache ECharts: plain data, the same for the same run and step."""


HEIGHT = 420
"""Of a chart, in pixels, so that two stand side by side and nothing moves while the model runs."""


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
    place
        Where on a page it stands: views are read in the order of their places.
    height
        In pixels.
    """

    def __init__(
        self,
        draw: "Callable[[Playback], Chart]",
        title: str,
        *,
        fits: "Callable[[AgreementModel], bool]",
        place: int,
        height: int,
    ) -> None:
        update_wrapper(self, draw)
        self._draw, self.title, self.fits, self.place, self.height = draw, title, fits, place, height

    def __call__(self, playback: "Playback") -> Chart:
        """Return the chart of the present step."""
        with playback.lock:
            return self._draw(playback)

    @property
    def caption(self) -> str:
        """What the view shows: the first sentence of its docstring."""
        return " ".join((self.__doc__ or "").partition("\n\n")[0].split())


def view(
    title: str, *, fits: "Callable[[AgreementModel], bool]", place: int, height: int = HEIGHT
) -> "Callable[[Callable[[Playback], Chart]], View]":
    """Make a view of the function below; see `View` for what is declared."""
    return lambda draw: View(draw, title, fits=fits, place=place, height=height)


views: Catalogue[View] = Catalogue(__name__, "view")


def fitting(model: "AgreementModel") -> list[View]:
    """Return the views that a model gets, in the order in which they are read."""
    return sorted((each for each in views.values() if each.fits(model)), key=lambda each: each.place)
