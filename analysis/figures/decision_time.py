"""Time of decision against the global stabilisation time."""

import numpy as np
from matplotlib.axes import Axes
from pandas import DataFrame, isna

from ...experiments.result import Result
from ..intervals import bootstrap
from ..labels import level_labels, plural
from ..style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from ..theory.cost import delays
from ..verdicts import stability
from . import figure

__all__ = ["decision_time"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)
_MARKERS = "osD^v"


def _cases(result: Result) -> DataFrame:
    from ..frames import finished, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, ("channel", "termination"), "figure decision-time")
    return runs[runs["termination"] == "held"]


@figure(
    needs=("protocol", "channel", "traitors", "last_decision"), cases=_cases, columns="protocol", shared="x"
)
def decision_time(runs: DataFrame, *, ax: Axes) -> None:
    """How long after stabilisation the last honest party decided: all runs, and their means with 95 % intervals.

    Below the line at zero it decided before the network stabilised. Dashed: the message delays that the protocol takes
    where nothing goes wrong, times the bound that the network keeps from then on. Marks of one time stand side by side.

    Parameters
    ----------
    runs
        `channel`, `traitors`, `last_decision` of runs of one `protocol`; `conduct` tells traitors apart, `nodes` and
        `f` help with the dashed line. Runs that never stabilise are left out.
    """
    stable = {channel: stability(channel).since for channel in runs["channel"].unique()}
    runs = runs.assign(stable=runs["channel"].map(stable).astype(float))
    runs = runs[np.isfinite(runs["stable"]) & runs["last_decision"].notna()]
    times = np.sort(runs["stable"].unique())
    apart = min(0.16 * np.diff(times).min(initial=np.inf), 0.02 * (np.ptp(times) or 1.0))
    kinds = [kind for kind in ("traitors", "conduct") if kind in runs.columns]
    labels = level_labels(runs["conduct"]) if "conduct" in runs.columns else {}
    cases = [_named(traitors, *map(labels.get, conduct)) for traitors, *conduct in runs[kinds].to_numpy()]
    runs = runs.assign(case=cases)
    cases = list(dict.fromkeys(runs.sort_values("traitors", kind="stable")["case"]))
    for place, case in enumerate(cases):
        colour = _COLOURS[place % len(_COLOURS)]
        for at, part in runs[runs["case"] == case].groupby("stable"):
            x = at + apart * (place - (len(cases) - 1) / 2)
            after = part["last_decision"].to_numpy(dtype=float) - at
            ax.plot(np.full(len(after), x), after, ".", color=colour, markersize=2, alpha=0.25, zorder=1)
            low, high = bootstrap(after)
            ax.plot([x, x], [low, high], color=colour, linewidth=1.6, zorder=2)
            ax.plot(x, after.mean(), _MARKERS[place % len(_MARKERS)], color=colour, markersize=3.5, zorder=3)
        ax.plot([], [], _MARKERS[place % len(_MARKERS)], color=colour, markersize=3.5, label=case)
    ax.axhline(0, color=GREY, linewidth=0.6, zorder=0)
    expected = _expected(runs)
    if expected is not None:
        ax.axhline(
            expected,
            color=BLACK,
            linestyle="--",
            linewidth=0.9,
            zorder=0,
            label="Message delays where nothing goes wrong",
        )
    ax.set_xticks(times)
    ax.set_xlabel("Stabilisation (round)")
    ax.set_ylabel("Last decision after stabilisation (rounds)")


def _named(traitors: int, conduct: str | None = None) -> str:
    if not traitors:
        return "No traitors"
    told = plural(traitors, "traitor")
    return f"{told}, {conduct.lower()}" if conduct else told


def _expected(runs: DataFrame) -> float | None:
    """Return the most message delays where nothing goes wrong, times the bound; None where that is unknown."""
    if not {"nodes", "f"} <= set(runs.columns):
        return None
    settings = runs[["protocol", "nodes", "f", "traitors", "channel"]].drop_duplicates()
    known = [
        (delays(protocol, int(n), int(traitors if isna(f) else f)), stability(channel).bound)
        for protocol, n, f, traitors, channel in settings.itertuples(index=False)
    ]
    return max((count * bound for count, bound in known if count is not None), default=None)
