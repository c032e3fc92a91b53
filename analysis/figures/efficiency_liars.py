"""What all, the honest and the liars gain, against the share of liars, by conduct."""

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, PercentFormatter
from pandas import DataFrame, concat

from ...agents.errors import InputError
from ...experiments.result import Result
from ..intervals import bootstrap
from ..labels import level_labels
from ..style import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from . import figure

__all__ = ["efficiency_liars"]

_GAINS = ("honest_gain", "honest_due", "traitor_gain", "traitor_due")
_WHO = ("all", "honest", "liars")
_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, "#56B4E9", GREY)
_MARKERS = "osD^vPX"
_FAR = 2  # times what is due
_INSTITUTIONS = ("institution", "matching", "procedure", "payment", "exchange", "protocol")
"""What decides how deals come about: the field of a model that has one of these."""


def _cases(result: Result) -> DataFrame:
    """Return the runs once for each of all, the honest and liars, with their `gain` and what is `due`."""
    from ..frames import finished, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, (*_GAINS, "nodes", "traitors", "conduct"), "figure efficiency-liars")
    field = next((each for each in _INSTITUTIONS if each in runs.columns), None)
    runs = runs[runs["honest_due"].notna()].assign(institution=runs[field] if field else "")
    liars, honest = runs["traitors"], runs["nodes"] - runs["traitors"]
    parts = []
    for who, (told, lied) in zip(_WHO, ((1, 1), (1, 0), (0, 1)), strict=True):
        gain, due = (
            told * honest * runs[f"honest_{each}"] + (lied * liars * runs[f"traitor_{each}"]).fillna(0)
            for each in ("gain", "due")
        )
        parts.append(runs.assign(who=who, gain=gain, due=due))
    every = concat(parts, ignore_index=True)
    every = every[every["due"] > 0]
    if every.empty:
        raise InputError(
            "figure efficiency-liars shows gains as a part of what theory gives, and theory gives nobody in these runs "
            "anything; take the measure liars instead"
        )
    return every


@figure(
    needs=("conduct", "traitors", "nodes", *_GAINS),
    cases=_cases,
    rows="institution",
    columns="who",
    aspect=0.85,
    shared="xy",
)
def efficiency_liars(runs: DataFrame, *, ax: Axes) -> None:
    """Gains by true values as a part of what theory gives to the same parties, by share of liars, with 95 % intervals.

    Dashed: what theory gives. All gain more than that only at somebody else's expense, as of those who pay for power
    that is dispatched, or where theory does not ask for the greatest sum. Where somebody gains or loses several times
    that, the scale is logarithmic beyond 100 %.

    Parameters
    ----------
    runs
        `conduct`, `traitors`, `nodes` and the gains and dues of the honest and of liars; or, of one of these, a `gain`
        and what was `due`.
    """
    if "due" not in runs.columns:
        runs = runs.assign(gain=runs["honest_gain"], due=runs["honest_due"])
    runs = runs.assign(share=runs["traitors"] / runs["nodes"])
    conducts = level_labels(runs["conduct"])
    width = runs["share"].max() or 1.0
    furthest = 0.0
    for place, (conduct, label) in enumerate(conducts.items()):
        colour, marker = _COLOURS[place % len(_COLOURS)], _MARKERS[place % len(_MARKERS)]
        aside = 0.012 * width * (place - (len(conducts) - 1) / 2)
        marks = []
        for share, group in runs[runs["conduct"] == conduct].groupby("share"):
            due = group["due"].mean()
            ratio = group["gain"].mean() / due
            # terms whose mean is the ratio, and that do not vary only because some are due more than others
            gains = (ratio + (group["gain"] - ratio * group["due"]) / due).to_numpy(dtype=float)
            marks.append((float(share) + aside * (share > 0), gains.mean()))
            ax.plot([marks[-1][0]] * 2, bootstrap(gains), color=colour, linewidth=1.2)
            furthest = max(furthest, abs(gains.mean()))
        ax.plot(
            *zip(*marks, strict=True), marker=marker, color=colour, markersize=3, linewidth=0.9, label=label
        )
    if furthest > _FAR:
        ax.set_yscale("symlog", linthresh=1, linscale=2)
        ax.yaxis.set_major_locator(FixedLocator([-10, -3, -1, -0.5, 0, 0.5, 1, 3, 10]))
        ax.yaxis.set_minor_locator(NullLocator())
    ax.axhline(1, color=GREY, linestyle="--", linewidth=0.8, zorder=0, label="Theory")
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel("Share of liars")
    ax.set_ylabel("Gains, of what is due")
