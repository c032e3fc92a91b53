"""Figures, one a file: a tidy frame in, Axes out.

A figure is called with one frame and draws one panel; `Figure.page` draws it for a whole result, a panel
for each case. A file defines a function that paints on given Axes and declares, in `figure`, what it reads
and how its panels are laid out::

    @figure(needs=("steps", "disagreement"), columns="network")
    def my_figure(runs, *, ax):
        ax.scatter(...)

Names are read from the folder: nothing here imports matplotlib or pandas before a figure is asked for.
"""

from collections.abc import Callable, Sequence
from functools import update_wrapper
from inspect import signature
from typing import TYPE_CHECKING, Any, NamedTuple

from ...agents.catalogue import Catalogue

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Page
    from pandas import DataFrame

    from ...experiments.result import Result

__all__ = ["Figure", "figure", "figures"]

_WRAP = 3  # panels side by side at most, where only columns are laid out


class Figure:
    """A figure of the catalogue.

    Parameters
    ----------
    paint
        Draws a frame on Axes: ``paint(frame, *, ax, ...)``. The name of its first parameter ("runs", "steps",
        "parties") says which frame of a result it takes; steps and parties come with their runs' settings.
    needs
        Columns that the frame must have.
    cases
        Picks from a result the frame that `page` shows; by default all finished runs.
    rows, columns
        The columns of the frame whose levels get panels of their own on a page.
    key
        Adds what explains the marks on some Axes that show the same; by default a legend.
    aspect
        Height of a panel by its width.
    wide
        True for a panel that needs the width of a page where it is the only one.
    shared
        Axes that all panels of a page have in common: "x", "y", "xy" or none.
    """

    def __init__(
        self,
        paint: Callable[..., None],
        *,
        needs: Sequence[str],
        cases: "Callable[[Result], DataFrame] | None",
        rows: str | None,
        columns: str | None,
        key: "Callable[[Page, Sequence[Axes]], None] | None",
        aspect: float,
        wide: bool,
        shared: str,
    ) -> None:
        update_wrapper(self, paint)
        self._paint, self._cases, self._key = paint, cases, key or _legend
        self.needs, self.rows, self.columns = tuple(needs), rows, columns
        self.aspect, self._wide, self._shared = aspect, wide, shared
        self.frame = next(iter(signature(paint).parameters))

    @property
    def caption(self) -> str:
        """What the figure shows and what the marks mean: its docstring's text, in one line."""
        from ..labels import caption

        return caption(self.__doc__)

    def __call__(self, frame: "DataFrame", *, ax: "Axes | None" = None, **options: Any) -> "Axes":
        """Draw a frame on the given Axes, or on those of a new figure, and return them.

        Raises
        ------
        InputError
            If the frame has no rows, or lacks a column that the figure reads.
        """
        from ..frames import require
        from ..style import COLUMN, PAGE, axes, style

        require(frame, self.needs, f"figure {self._name}")
        if ax is None:
            ax = axes(PAGE if self._wide else COLUMN, self.aspect)
        with style():
            self._paint(frame, ax=ax, **options)
            self._key(ax.get_figure(), [ax])  # type: ignore[arg-type]
        return ax

    def cases(self, result: "Result") -> "DataFrame":
        """Return the frame that a page of a result shows.

        Raises
        ------
        InputError
            If the result has no finished runs of the kind that the figure shows, or lacks a column.
        """
        from ..frames import require

        frame = (self._cases or self._everything)(result)
        require(frame, self.needs, f"figure {self._name}")
        return frame

    def page(self, result: "Result", **options: Any) -> "Page":
        """Draw a result, a panel for each level of `rows` and `columns` that it has several of.

        Raises
        ------
        InputError
            If the result has no finished runs of the kind that the figure shows, or lacks a column.
        """
        from matplotlib.figure import Figure as Page

        from ..style import COLUMN, PAGE, style

        frame = self.cases(result)
        panels = _panels(frame, self.rows, self.columns)
        down, across = (1 + max(place) for place in zip(*(each.place for each in panels), strict=True))
        width = COLUMN if across == 1 and not self._wide else PAGE
        with style():
            page = Page(figsize=(width, self.aspect * width / across * down + 0.4), layout="constrained")
            grid = page.subplots(
                down, across, squeeze=False, sharex="x" in self._shared, sharey="y" in self._shared
            )
            drawn = []
            for panel in panels:
                ax = grid[panel.place]
                self._paint(panel.frame, ax=ax, **options)
                ax.set_title(panel.title)
                if panel.margin:
                    ax.annotate(
                        panel.margin,
                        (1.03, 0.5),
                        xycoords="axes fraction",
                        rotation=270,
                        va="center",
                        fontsize=8,
                    )
                drawn.append(ax)
            _tidy(grid, drawn, self._shared)
            self._key(page, drawn)
        return page

    def _everything(self, result: "Result") -> "DataFrame":
        from ..frames import finished
        from ..scenarios import beside_runs, described

        return described(finished(result.runs)) if self.frame == "runs" else beside_runs(result, self.frame)

    @property
    def _name(self) -> str:
        return self._paint.__name__.replace("_", "-")

    def __repr__(self) -> str:
        return f"<figure {self._name}>"


def figure(
    *,
    needs: Sequence[str],
    cases: "Callable[[Result], DataFrame] | None" = None,
    rows: str | None = None,
    columns: str | None = None,
    key: "Callable[[Page, Sequence[Axes]], None] | None" = None,
    aspect: float = 0.75,
    wide: bool = False,
    shared: str = "",
) -> Callable[[Callable[..., None]], Figure]:
    """Make a figure of the function below; see `Figure` for what is declared."""
    return lambda paint: Figure(
        paint,
        needs=needs,
        cases=cases,
        rows=rows,
        columns=columns,
        key=key,
        aspect=aspect,
        wide=wide,
        shared=shared,
    )


class _Panel(NamedTuple):
    place: tuple[int, int]
    frame: "DataFrame"
    title: str
    margin: str = ""


def _panels(frame: "DataFrame", rows: str | None, columns: str | None) -> list[_Panel]:
    """Return the panels of a page: a grid with titles at its margins, or a single sequence that wraps."""
    down, across = _split(frame, rows), _split(frame, columns)
    if len(down) == 1 or len(across) == 1:
        sequence = across if len(down) == 1 else down
        wrap = 2 if len(sequence) in (2, 4) else _WRAP
        return [_Panel(divmod(i, wrap), part, title) for i, (title, part) in enumerate(sequence)]
    return [
        _Panel(
            (i, j),
            strip.loc[strip.index.isin(part.index)],
            title if i == 0 else "",
            margin if j == len(across) - 1 else "",
        )
        for i, (margin, strip) in enumerate(down)
        for j, (title, part) in enumerate(across)
    ]


def _split(frame: "DataFrame", column: str | None) -> "list[tuple[str, DataFrame]]":
    """Return the parts of a frame by the levels of a column, in their order, with titles."""
    from ..labels import level_labels, panel_title

    if column is None or column not in frame.columns or frame[column].nunique(dropna=False) < 2:
        return [("", frame)]
    labels = level_labels(frame[column])
    return [(panel_title(column, label), frame[frame[column] == level]) for level, label in labels.items()]


def _tidy(grid: Any, drawn: "Sequence[Axes]", shared: str) -> None:
    """Leave empty places blank, and say once what panels side by side have in common."""
    for row, line in enumerate(grid):
        for column, ax in enumerate(line):
            lowest = row + 1 == len(grid) or grid[row + 1][column] not in drawn
            if ax not in drawn:
                ax.set_axis_off()
            if not lowest:
                ax.set_xlabel("")
            if column:
                ax.set_ylabel("")
            if "x" in shared:
                ax.tick_params(labelbottom=lowest)
            if "y" in shared:
                ax.tick_params(labelleft=column == 0)


def _legend(page: "Page", drawn: "Sequence[Axes]") -> None:
    """Explain every labelled mark once, broken lines last: inside a single panel, below several."""
    from matplotlib.lines import Line2D

    told = [pair for ax in drawn for pair in zip(*ax.get_legend_handles_labels(), strict=True)]
    told.sort(key=lambda pair: isinstance(pair[0], Line2D) and pair[0].get_linestyle() in ("--", "-.", ":"))
    marks = {label: mark for mark, label in told}
    if not marks:
        return
    if len(drawn) == 1:
        drawn[0].legend(marks.values(), marks.keys())
    else:
        page.legend(marks.values(), marks.keys(), loc="outside lower center", ncols=min(len(marks), 4))


figures: Catalogue[Figure] = Catalogue(__name__, "figure")
