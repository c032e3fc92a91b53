"""Pictures: a study's figures of some of its runs, as images in a page."""

from io import BytesIO
from threading import Lock
from typing import Literal

from ...agents.errors import InputError
from ...experiments.result import Result
from ..figures import figures
from ..labels import heading
from ..style import style

__all__ = ["offered", "picture"]

_DRAWING = Lock()  # matplotlib's settings are those of the whole process


def offered(result: Result) -> tuple[list[str], list[str]]:
    """Return the names of the figures that a result's study declares, and of all others."""
    told = result.manifest.get("study") or {}
    own = [name for name in told.get("figures", ()) if name in figures]
    return own, [name for name in figures if name not in own]


def picture(result: Result, name: str, form: Literal["png", "svg"] = "png") -> bytes:
    """Return a figure of a result as the bytes of an image.

    Raises
    ------
    InputError
        If there is no such figure, or the runs are not of the kind that it shows.
    """
    figure = figures[name]
    try:
        with _DRAWING, style():
            whole = BytesIO()
            figure.page(result).savefig(
                whole, format=form, metadata={"Date": None} if form == "svg" else None
            )
    except InputError as error:
        raise InputError(f"{heading(name)} does not fit these runs: {error}") from None
    return whole.getvalue()
