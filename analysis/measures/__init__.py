"""Measures, one a file: the frames of a sweep in, a table out.

A file defines a function of the frame of runs (and, if it has a second parameter, of the frame of that name) and
declares, in `measure`, what it reads, and how its table is put in words::

    @measure(needs=("steps",), answer=lambda table: f"The longest run took {table['steps'].max()} steps.")
    def my_measure(runs):
        return ...

Names are read from the folder: nothing here imports pandas before a measure is asked for.
"""

from collections.abc import Callable, Sequence
from functools import update_wrapper
from inspect import signature
from typing import TYPE_CHECKING

from ...agents.catalogue import Catalogue

if TYPE_CHECKING:
    from pandas import DataFrame

    from ...experiments.result import Result

__all__ = ["Measure", "measure", "measures"]


class Measure:
    """A measure of the catalogue.

    Parameters
    ----------
    take
        Makes the table: ``take(runs)``, ``take(runs, steps)`` or ``take(runs, parties)``.
    needs, needs_steps, needs_parties
        Columns that the frames must have.
    answer
        Puts the table in words: a sentence or two for the report. Without it the table speaks for itself.
    digest
        Makes of the table a shorter one for the report.
    """

    def __init__(
        self,
        take: "Callable[..., DataFrame]",
        *,
        needs: Sequence[str],
        needs_steps: Sequence[str],
        needs_parties: Sequence[str],
        answer: "Callable[[DataFrame], str] | None",
        digest: "Callable[[DataFrame], DataFrame] | None",
    ) -> None:
        update_wrapper(self, take)
        self._take = take
        self.needs, self.needs_steps, self.needs_parties = map(tuple, (needs, needs_steps, needs_parties))
        self._answer = answer or (lambda table: "")
        self.digest = digest or (lambda table: table)
        self.beside = "".join(
            [*signature(take).parameters][1:]
        )  # the frame that it takes beside that of runs

    @property
    def caption(self) -> str:
        """What is measured and what the columns mean: its docstring's text, in one line."""
        from ..labels import caption

        return caption(self.__doc__)

    def of(self, result: "Result", runs: "DataFrame | None" = None) -> "DataFrame":
        """Return the measure's table of a result, or of some of its runs."""
        runs = result.runs if runs is None else runs
        return self(runs, getattr(result, self.beside)) if self.beside else self(runs)

    def __call__(self, runs: "DataFrame", beside: "DataFrame | None" = None) -> "DataFrame":
        """Return the measure's table.

        Raises
        ------
        InputError
            If a frame has no rows of the kind that is measured, or lacks a column.
        """
        from pandas import DataFrame

        from ..frames import require

        require(runs, self.needs, f"measure {self._name}")
        if not self.beside:
            return self._take(runs)
        beside = DataFrame() if beside is None else beside
        needs = {"steps": self.needs_steps, "parties": self.needs_parties}[self.beside]
        require(beside, needs, f"measure {self._name}, of the frame of {self.beside},")
        return self._take(runs, beside)

    def answer(self, table: "DataFrame") -> str:
        """Return the table in words; nothing where it has none, or no run of its kind has finished."""
        if "runs" in table.columns and not table["runs"].any():
            return ""
        return self._answer(table)

    @property
    def _name(self) -> str:
        return self._take.__name__.replace("_", "-")

    def __repr__(self) -> str:
        return f"<measure {self._name}>"


def measure(
    *,
    needs: Sequence[str],
    needs_steps: Sequence[str] = (),
    needs_parties: Sequence[str] = (),
    answer: "Callable[[DataFrame], str] | None" = None,
    digest: "Callable[[DataFrame], DataFrame] | None" = None,
) -> "Callable[[Callable[..., DataFrame]], Measure]":
    """Make a measure of the function below; see `Measure` for what is declared."""
    return lambda take: Measure(
        take,
        needs=needs,
        needs_steps=needs_steps,
        needs_parties=needs_parties,
        answer=answer,
        digest=digest,
    )


measures: Catalogue[Measure] = Catalogue(__name__, "measure")
