"""Shrinking: from a run that violates a property to a shortest schedule that still does.

Delta debugging [1]_: leave out ever smaller parts of the schedule, and keep whatever still violates the same
property, until nothing can be left out any more. A part left out may make others impossible, which are then skipped;
what was never reached is dropped as well, so most of a long schedule goes with the first few attempts. Such a schedule
is minimal, but need not be the shortest; it comes close where whole parties are left out first.

References
----------
.. [1] A. Zeller, R. Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE Transactions on Software
       Engineering 28 (2002) 183-200, doi:10.1109/32.988498.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..agents.errors import InputError, UnknownNameError
from .agreement import AgreementModel
from .placements.given import Given
from .schedule import Schedule
from .simulation import Choice, Coin

if TYPE_CHECKING:
    from .catalogue.generals import Generals

__all__ = ["minimised", "shrink"]

T = TypeVar("T")


def shrink(model: AgreementModel, violated: str | None = None) -> Schedule:
    """Return a shortest schedule in which a property is violated that a run violated.

    No event of it can be left out. It need not be the shortest of all.

    Parameters
    ----------
    model
        The run, finished; or one that follows a schedule already.
    violated
        The property; by default the first that the run violated.

    Raises
    ------
    InputError
        If the run did not violate it, or no messages are sent in the model.
    """
    whole = Schedule.of(model).choices
    verdict = model.verdict
    if violated is not None and violated not in verdict:
        raise UnknownNameError("property", violated, verdict)
    if (violated or next(iter(verdict.violated), None)) not in verdict.violated:
        raise InputError(
            f"the run violates no {violated or 'property'}, so there is nothing to shrink; "
            f"choose one whose {violated or 'verdict'} is 'violated'"
        )
    generals: Any = model
    run = _Run(generals, violated or verdict.violated[0])
    choices = [each for each in whole if not _is_own(each)]
    kept = run.violating(choices)
    if kept is None:  # it does matter when parties hear what they tell themselves
        run.prompt, choices = False, list(whole)
        kept = run.violating(choices)
    assert kept is not None, "a run made again from its own choices came out differently"
    for party in range(len(generals.inputs)):
        fewer = [each for each in choices if party not in _parties(each)]
        if (without := run.violating(fewer)) is not None:
            choices, kept = fewer, without
    return run.schedule(minimised(kept, run.violating))


def minimised(items: Sequence[T], attempt: Callable[[list[T]], list[T] | None]) -> list[T]:
    """Return a part of some items that succeeds, and of which nothing can be left out.

    Parameters
    ----------
    items
        Which succeed.
    attempt
        Returns None if some items fail, or those of them that the success took.

    Examples
    --------
    >>> minimised(range(100), lambda some: some if {17, 64} <= set(some) else None)
    [17, 64]
    """
    kept = list(items)
    size = max(len(kept) // 2, 1)
    while True:
        before, start = len(kept), 0
        while start < len(kept):
            fewer = attempt(kept[:start] + kept[start + size :])
            if fewer is None:
                start += size
            else:
                kept = fewer
        if size > 1:
            size = max(min(size, len(kept)) // 2, 1)
        elif len(kept) == before:
            return kept


class _Run:
    """A run that violates a property, to be made again with other choices."""

    prompt = True

    def __init__(self, model: "Generals", goal: str) -> None:
        scenario = model.scenario
        if (
            len(model.traitors) and not scenario.conduct.adaptive
        ):  # not to look for the worst place every time
            scenario = scenario.but(placement=Given.at(model.traitors.tolist(), model.network))
        self._make: Any = type(model)
        self._scenario, self._seed, self._goal = scenario, model.seed, goal

    def schedule(self, choices: Sequence[Choice | Coin]) -> Schedule:
        """Return the schedule that goes to the violation."""
        return Schedule(tuple(choices), self.prompt, self._goal)

    def violating(self, choices: list[Choice | Coin]) -> list[Choice | Coin] | None:
        """Return those choices that were made, up to the violation; None if there was none."""
        schedule = self.schedule(choices)
        model = self._make(self._scenario, rng=self._seed, schedule=schedule, record=()).run()
        made: list[Choice | Coin] = model.script.made
        return made if self._goal in model.verdict.violated else None


def _parties(each: Choice | Coin) -> tuple[int, ...]:
    return (each.node, each.sender) if isinstance(each, Choice) else (each.node,)


def _is_own(each: Choice | Coin) -> bool:
    return isinstance(each, Choice) and each.sender == each.node
