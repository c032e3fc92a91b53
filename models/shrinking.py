"""Shrinking: from a run that violates a property to a schedule that still does and has nothing to spare.

Delta debugging [1]_: leave out ever smaller parts of the schedule, and keep whatever still violates the same
property, until nothing can be left out any more. A part left out may make others impossible, which are then skipped;
what was never reached is dropped as well, so most of a long schedule goes with the first few attempts. Whole parties
are left out first, then all that somebody hears or tells, then parts of the order. Nothing can be left out of what
remains, but it need not be the shortest.

References
----------
.. [1] A. Zeller, R. Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE Transactions on Software
       Engineering 28 (2002) 183-200, doi:10.1109/32.988498.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from ..agents.errors import InputError, UnknownNameError
from ..agents.parameters import name_of
from .agreement import AgreementModel
from .placements.given import Given
from .schedule import Schedule
from .simulation import Choice, Coin

__all__ = ["minimised", "shrink"]

T = TypeVar("T")


def shrink(
    model: AgreementModel, violated: str | None = None, watch: Callable[[Schedule], None] | None = None
) -> Schedule:
    """Return a schedule in which a property is violated that a run violated, and of which nothing can be left out.

    It need not be the shortest of all.

    Parameters
    ----------
    model
        The run, finished; or one that follows a schedule already.
    violated
        The property; by default the first that the run violated.
    watch
        Called after each attempt with the schedule kept so far. By raising an exception it ends the search.

    Raises
    ------
    InputError
        If the run did not violate it, has not ended, or cannot be made again from its choices, or no messages are
        sent in the model.
    """
    if not isinstance(model, AgreementModel):
        raise InputError(f"{model!r} is no run; give a model that has run, such as result.replay(17)")
    if model.running:
        raise InputError("the run has not ended, so nothing is known of it; call the model's run() first")
    whole = Schedule.of(model).choices
    verdict = model.verdict
    if violated is not None and violated not in verdict:
        raise UnknownNameError("property", violated, verdict)
    if (violated or next(iter(verdict.violated), None)) not in verdict.violated:
        raise InputError(
            f"the run violates no {violated or 'property'}, so there is nothing to shrink; "
            f"choose one whose {violated or 'verdict'} is 'violated'"
        )
    run = _Run(model, violated or verdict.violated[0], watch)
    choices = [each for each in whole if not _is_own(each)]
    kept = run.violating(choices)
    if kept is None:  # it does matter when parties hear what they tell themselves
        run.prompt, choices = False, list(whole)
        kept = run.violating(choices)
    if kept is None:
        scheduler: Any = model.scenario.scheduler
        raise InputError(
            f"the run cannot be made again from its choices, for a part of it does not keep to the rules: its "
            f"scheduler ({name_of(type(scheduler))}), or another part of your own; replay it instead"
        )
    for party in range(run.parties):  # of all choices, for later ones may stand in for those left out
        fewer = [each for each in choices if party not in _parties(each)]
        if (without := run.violating(fewer)) is not None:
            choices, kept = fewer, without
    for group in _heard, _told, _pair, _said:
        kept = _minimised_by(group, kept, run.violating)
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
        start = vain = 0
        while vain < len(kept):
            fewer = attempt(kept[:start] + kept[start + size :])
            if fewer is None:
                start, vain = start + size, vain + size
            else:
                kept, vain = fewer, 0
            if start >= len(kept):
                start = 0
                if size > 1:
                    break
        if size == 1:
            return kept
        size = max(min(size, len(kept)) // 2, 1)


def _minimised_by(
    group: Callable[[T], Hashable], items: list[T], attempt: Callable[[list[T]], list[T] | None]
) -> list[T]:
    """Return a part of some items that succeeds, and of which no whole group can be left out."""

    def of_groups(chosen: list[Hashable]) -> list[Hashable] | None:
        nonlocal items
        kept = set(chosen)
        fewer = attempt([each for each in items if group(each) in kept])
        if fewer is None:
            return None
        items = fewer
        return list(dict.fromkeys(map(group, fewer)))

    minimised(list(dict.fromkeys(map(group, items))), of_groups)
    return items


class _Run:
    """A run that violates a property, to be made again with other choices."""

    prompt = True

    def __init__(self, model: Any, goal: str, watch: Callable[[Schedule], None] | None) -> None:
        scenario = model.scenario
        self.parties = model.council.parties
        if (
            len(model.traitors) and not scenario.conduct.adaptive
        ):  # not to look for the worst place every time
            scenario = scenario.but(placement=Given.at(model.traitors.tolist(), model.network))
        self._make: Any = type(model)
        self._scenario, self._seed, self._goal, self._watch = scenario, model.seed, goal, watch
        self._kept: list[Choice | Coin] | None = None

    def schedule(self, choices: Sequence[Choice | Coin]) -> Schedule:
        """Return the schedule that goes to the violation."""
        return Schedule(tuple(choices), self.prompt, self._goal)

    def violating(self, choices: list[Choice | Coin]) -> list[Choice | Coin] | None:
        """Return those choices that were made, up to the violation; None if there was none."""
        schedule = self.schedule(choices)
        model = self._make(self._scenario, rng=self._seed, schedule=schedule, record=()).run()
        made: list[Choice | Coin] | None = model.script.made if self._goal in model.verdict.violated else None
        self._kept = self._kept if made is None else made
        if self._watch is not None and self._kept is not None:
            self._watch(self.schedule(self._kept))
        return made


def _parties(each: Choice | Coin) -> tuple[int, ...]:
    return (each.node, each.sender) if isinstance(each, Choice) else (each.node,)


# What is left out together: all that somebody hears, or tells; all that one tells another; one message to everybody


def _heard(each: Choice | Coin) -> Hashable:
    return each.node if isinstance(each, Choice) and each.sender >= 0 else None


def _told(each: Choice | Coin) -> Hashable:
    return each.sender if isinstance(each, Choice) else None


def _pair(each: Choice | Coin) -> Hashable:
    return each.node, _told(each)


def _said(each: Choice | Coin) -> Hashable:
    return (each.sender, each.what) if isinstance(each, Choice) else (each.node, each.key)


def _is_own(each: Choice | Coin) -> bool:
    return isinstance(each, Choice) and each.sender == each.node
