"""The course of many runs side by side: when each is over, what each leaves behind, how each is judged."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..agents.conducts import Conduct
from ..agents.rules import Rule
from .opinions import Opinions, Setting
from .records import Detail
from .verdict import Judgement, Status

__all__ = ["Course"]

Values = NDArray[np.float64]

# An opinion at rest still moves by rounding; slower than this share of the tolerance it stands still.
_AT_REST = 1e-6
# Who agrees and is led by a traitor moves on; slower than this share of the tolerance it has arrived.
_ARRIVED = 1e-3
# Rounding moves a conserved mean, or an opinion at the edge, by some 1e-16 of the opinions' size a step.
_CONSERVED = 1e-12
_OUTSIDE = 1e-9
# A range this many times the first one, or the greatest lie, will not come back.
_DIVERGED = 1e12

_MEASURES = ("low", "high", "mean", "disagreement")
LOW, HIGH, MEAN, DISAGREEMENT = range(len(_MEASURES))


class Course:
    """Runs of one scenario, stepped together until each is over by itself.

    Parameters
    ----------
    settings, rule, conduct
        See `Opinions`.
    tolerance
        Range of the honest opinions that counts as agreement.
    max_steps
        Step at which every run ends at the latest.
    conserves
        True if without traitors the mean would be conserved.
    record
        What to keep.
    """

    def __init__(
        self,
        settings: Sequence[Setting],
        rule: Rule,
        conduct: Conduct,
        *,
        tolerance: float,
        max_steps: int,
        conserves: bool,
        record: frozenset[Detail],
    ) -> None:
        runs = len(settings)
        self._settings = list(settings)
        self._tolerance, self._max_steps, self._conserves, self._record = (
            tolerance,
            max_steps,
            conserves,
            record,
        )
        self.opinions = Opinions(settings, rule, conduct)
        self.clock = 0
        # runs that are not over, and the engine's columns in which they stand
        self._runs = self._columns = np.arange(runs)
        self._every_run = self._runs  # the run of each column, those that are over included
        self._led = np.array([len(each.traitors) > 0 for each in settings])
        self._reach = np.zeros(runs)  # the greatest lie so far
        self._steps = np.zeros(runs, dtype=np.int64)
        self._end = ["running"] * runs
        self._first = np.stack([getattr(self.opinions, name) for name in _MEASURES])
        self._last = self._first.copy()
        self._finals = [each.opinions for each in settings]
        self._mean_error = np.zeros(runs)
        self._escape: list[tuple[int, int] | None] = [None] * runs
        self._slip: list[int | None] = [None] * runs
        self._fell, self._rose = np.zeros(runs, dtype=np.int64), np.zeros(runs, dtype=np.int64)
        self._moved, self._lied = np.zeros(runs, dtype=bool), np.zeros(runs, dtype=bool)
        self._silences = np.zeros(runs, dtype=np.int64)
        self._history = [self._first]
        self._trajectories = [[each.opinions] for each in settings]

    @property
    def running(self) -> bool:
        """Whether any run is not over."""
        return len(self._runs) > 0

    def now(self, run: int) -> Values:
        """Return the opinions of a run, (n,); while it goes on, a view that can be written to."""
        (place,) = np.nonzero(self._runs == run)
        return self.opinions.now[:, self._columns[place[0]]] if len(place) else self._finals[run]

    def run(self) -> None:
        """Step until all runs are over."""
        while self.running:
            self.advance()

    def advance(self) -> None:
        """Make one step of every run that is not over."""
        self.clock += 1
        runs, opinions = self._runs, self.opinions
        before = self._last[:, runs]
        opinions.step(self.clock)
        after = np.stack([getattr(opinions, name) for name in _MEASURES])[:, self._columns]
        self._last[:, runs] = after
        self._steps[runs] = self.clock
        self._watch(before, after)
        if Detail.STEPS in self._record:
            row = np.full_like(self._first, np.nan)
            row[:, runs] = after
            self._history.append(row)
        if Detail.TRAJECTORIES in self._record:
            for run, column in zip(runs, self._columns, strict=True):
                self._trajectories[run].append(opinions.now[:, column].copy())
        self._finish(self._over(before, after))

    # Watching -----------------------------------------------------------------------------------

    def _watch(self, before: Values, after: Values) -> None:
        """Note the first step at which a property broke, and whether anything happened at all."""
        opinions, runs, columns = self.opinions, self._runs, self._columns
        low, high, mean, disagreement = after
        floor, ceiling = self._first[LOW, runs], self._first[HIGH, runs]
        scale = np.maximum(np.maximum(np.abs(floor), np.abs(ceiling)), ceiling - floor)
        slack = _OUTSIDE * scale
        for place in np.flatnonzero(~((low >= floor - slack) & (high <= ceiling + slack))):
            if self._escape[runs[place]] is None:
                node = self._outlier(columns[place], floor[place], ceiling[place])
                self._escape[runs[place]] = (self.clock, node)
        error = np.abs(mean - self._first[MEAN, runs])
        error[np.isnan(error)] = np.inf
        self._mean_error[runs] = np.maximum(self._mean_error[runs], error)
        for run in runs[error > _CONSERVED * scale]:
            if self._slip[run] is None:
                self._slip[run] = self.clock
        self._fell[runs[disagreement < before[DISAGREEMENT]]] = self.clock
        self._rose[runs[disagreement > before[DISAGREEMENT]]] = self.clock
        self._moved[runs] |= (after != before).any(axis=0)
        if len(opinions.runs):
            lied = opinions.quotes != opinions.honest_quotes
            reach = np.abs(opinions.quotes - opinions.honest_quotes)
            heard = np.isfinite(reach)
            np.maximum.at(self._reach, self._every_run[opinions.runs[heard]], reach[heard])
            width = len(opinions.low)
            self._lied[runs] |= (np.bincount(opinions.runs, weights=lied, minlength=width) > 0)[columns]
            silent = np.bincount(opinions.runs, weights=np.isnan(opinions.quotes), minlength=width)
            self._silences[runs] += silent[columns].astype(np.int64)

    def _outlier(self, column: int, floor: float, ceiling: float) -> int:
        """Return the honest node that is furthest outside of the hull."""
        now = self.opinions.now[:, column]
        outside = np.where(np.isnan(now), np.inf, np.maximum(floor - now, now - ceiling))
        return int(np.argmax(np.where(self.opinions.honest[:, column], outside, -np.inf)))

    def _over(self, before: Values, after: Values) -> dict[int, str]:
        """Return the places in `_runs` of those that are over, and why."""
        width = after[HIGH] - after[LOW]
        first = self._first[HIGH, self._runs] - self._first[LOW, self._runs]
        with np.errstate(invalid="ignore"):
            expected = np.maximum(np.maximum(first, self._tolerance), self._reach[self._runs])
            diverged = ~(width <= _DIVERGED * expected)
            # the ends of the range move no faster than the fastest opinion: if they move, it is not at rest
            still = np.abs(after - before)[[LOW, HIGH]].max(axis=0) <= _AT_REST * self._tolerance
        agreed = width <= self._tolerance
        over: dict[int, str] = dict.fromkeys(np.flatnonzero(diverged).tolist(), "diverged")
        doubtful = np.flatnonzero((agreed | still) & ~diverged)
        if len(doubtful):
            move = self.opinions.move[self._columns[doubtful]]
            # who agrees goes on moving if a traitor leads, and who stands still may hear another lie next
            led = self._led[self._runs[doubtful]]
            restless = self.opinions.restless[self._columns[doubtful]]
            agreeing = agreed[doubtful]
            share = np.where(agreeing, np.where(led, _ARRIVED, 1.0), _AT_REST)
            rest = move <= share * self._tolerance
            rest &= agreeing | ~restless
            over |= dict.fromkeys(doubtful[rest].tolist(), "settled")
        if self.clock >= self._max_steps:
            over |= {place: over.get(place, "limit") for place in range(len(self._runs))}
        return over

    def _finish(self, over: dict[int, str]) -> None:
        """Take leave of runs that are over; the engine drops their columns once they are half of it."""
        if not over:
            return
        for place, end in over.items():
            run, column = self._runs[place], self._columns[place]
            self._end[run] = end
            self._finals[run] = self.opinions.now[:, column].copy()
        left = np.delete(np.arange(len(self._runs)), list(over))
        self._runs, self._columns = self._runs[left], self._columns[left]
        if 0 < 2 * len(left) <= len(self.opinions.low):
            self.opinions.keep(self._columns)
            self._every_run, self._columns = self._runs, np.arange(len(left))

    # Judging ------------------------------------------------------------------------------------

    def judgements(self, run: int) -> list[Judgement]:
        """Return the judgements on agreement, validity, average and termination of a run."""
        clock, end = int(self._steps[run]), self._end[run]
        traitors = len(self._settings[run].traitors)
        width = self.final_range(run)
        idle = not self._moved[run] or bool(traitors and not self._lied[run])
        falling = end in ("limit", "running") and self._fell[run] > 0.9 * clock >= self._rose[run]
        cut = f"stopped at the limit of {clock} steps" if end == "limit" else f"not over at step {clock}"

        if width <= self._tolerance:
            alike = bool(self._first[HIGH, run] - self._first[LOW, run] <= self._tolerance)
            agreement = Judgement(Status.HELD, clock, vacuous=alike)
        elif falling or end == "running":
            agreement = Judgement(Status.INCONCLUSIVE, reason=f"{cut}, range {width:.3g}")
        else:
            agreement = Judgement(Status.VIOLATED, clock, self._ends(run), f"range {width:.3g}")

        escape = self._escape[run]
        if escape is None:
            validity = Judgement(Status.HELD, vacuous=idle)
        else:
            validity = Judgement(Status.VIOLATED, escape[0], (escape[1],))

        slip = self._slip[run]
        if not self._conserves:
            average = Judgement(Status.INCONCLUSIVE, reason="rule or weights conserve no average")
        elif slip is None:
            average = Judgement(Status.HELD, vacuous=idle)
        else:
            average = Judgement(
                Status.VIOLATED, slip, reason=f"the mean moved by {self._mean_error[run]:.3g}"
            )

        if end == "settled":
            termination = Judgement(Status.HELD, clock, vacuous=not self._moved[run])
        elif end == "diverged":
            termination = Judgement(Status.VIOLATED, clock, self._ends(run), "opinions diverged")
        elif falling or end == "running":
            termination = Judgement(Status.INCONCLUSIVE, reason=cut)
        elif traitors:
            termination = Judgement(Status.INCONCLUSIVE, reason=f"{cut}; with traitors no rest is owed")
        else:
            termination = Judgement(
                Status.VIOLATED, clock, self._ends(run), f"{cut}, disagreement not falling"
            )
        return [agreement, validity, average, termination]

    def _ends(self, run: int) -> tuple[int, int]:
        """Return the honest nodes with the least and the greatest opinion."""
        now, traitors = self.now(run), self._settings[run].traitors
        low, high = now.copy(), now.copy()
        low[traitors], high[traitors] = np.inf, -np.inf
        return int(np.argmin(low)), int(np.argmax(high))

    def steps(self, run: int) -> int:
        """Return how many steps the run has made."""
        return int(self._steps[run])

    def final_range(self, run: int) -> float:
        """Return the range of the honest opinions now."""
        return float(self._last[HIGH, run] - self._last[LOW, run])

    def violations(self, run: int) -> int:
        """Return how many properties the run violates."""
        return sum(judgement.status is Status.VIOLATED for judgement in self.judgements(run))

    # Records ------------------------------------------------------------------------------------

    def outcome(self, run: int) -> dict[str, Any]:
        """Return the columns that `Averaging.outcomes` declares."""
        setting, steps = self._settings[run], int(self._steps[run])
        messages = steps * _links_of_honest(setting) - int(self._silences[run])
        agreed = self.final_range(run) <= self._tolerance
        first, last = self._first[:, run], self._last[:, run]
        return {
            "nodes": setting.network.n,
            "edges": setting.network.m,
            "messages": messages,
            "bytes": 8 * messages,
            "value": float(last[MEAN]) if agreed else np.nan,
            **{
                f"initial_{name}": float(first[i])
                for name, i in (("mean", MEAN), ("low", LOW), ("high", HIGH))
            },
            **{f"final_{name}": float(last[i]) for name, i in (("mean", MEAN), ("low", LOW), ("high", HIGH))},
            "initial_disagreement": float(first[DISAGREEMENT]),
            "final_disagreement": float(last[DISAGREEMENT]),
            "mean_error": float(self._mean_error[run]),
            "traitor_nodes": " ".join(map(str, np.sort(setting.traitors).tolist())),
        }

    def step_columns(self, run: int) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, range and mean of the honest opinions, from step 0."""
        history = np.stack([row[:, run] for row in self._history[: self._steps[run] + 1]], axis=1)
        return {
            "step": np.arange(history.shape[1]),
            "disagreement": history[DISAGREEMENT],
            "range": history[HIGH] - history[LOW],
            "mean": history[MEAN],
        }

    def party_columns(self, run: int) -> dict[str, NDArray[Any]]:
        """Return step, party, label, role and opinion, at the first and last step or at every one."""
        setting = self._settings[run]
        if Detail.TRAJECTORIES in self._record:
            steps, opinions = np.arange(self._steps[run] + 1), np.stack(self._trajectories[run])
        else:
            steps = np.array([0, self._steps[run]])
            opinions = np.stack([setting.opinions, self.now(run)])
        n = setting.network.n
        roles = np.full(n, "negotiator", dtype=object)
        roles[setting.traitors] = "traitor"
        return {
            "step": np.repeat(steps, n),
            "party": np.tile(np.arange(n), len(steps)),
            "label": np.tile(np.array(setting.network.node_labels, dtype=object), len(steps)),
            "role": np.tile(roles, len(steps)),
            "opinion": opinions.ravel(),
        }


def _links_of_honest(setting: Setting) -> int:
    """Return the number of links, in both directions, that have an honest end."""
    network, traitor = setting.network, np.zeros(setting.network.n, dtype=bool)
    if len(setting.traitors) < 2:
        return len(network.indices)
    traitor[setting.traitors] = True
    return int(np.count_nonzero(~(traitor[network.rows] & traitor[network.indices])))
