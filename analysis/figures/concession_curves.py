"""What either side asks for, round by round, beside what its tactic aspires to."""

import numpy as np
from matplotlib.axes import Axes
from pandas import DataFrame

from ...agents.profile import Profile
from ...agents.tactics import Tactic
from ...agents.tactics.time_dependent import TimeDependent
from ..style import BLACK, BLUE, VERMILION
from ..theory.concession import exponential, polynomial
from ..traces import bids, examples, table_of
from . import figure

__all__ = ["concession_curves"]

_SIDES = ((BLUE, "First"), (VERMILION, "Second"))


@figure(needs=("tactic", "rivals", "seed", "replicate"), cases=examples, columns="tactic", shared="xy")
def concession_curves(runs: DataFrame, *, ax: Axes) -> None:
    """Worth to either side of its own offers in a run, and (pale) of those it was made; the star is the deal.

    Dashed: what a time-dependent tactic aspires to by then.

    Parameters
    ----------
    runs
        `tactic`, `rivals`, `seed`, `replicate` and what else was varied; the first run is played again and drawn.
    """
    table = table_of(runs.iloc[0].to_dict())
    for seat, (colour, name) in enumerate(_SIDES):
        profile, own, other = table.profiles[seat], bids(table, seat), bids(table, 1 - seat)
        ax.plot(own.rounds, own.worth(profile), "-", color=colour, linewidth=1.2, label=f"{name} asks for")
        ax.plot(other.rounds, other.worth(profile), "-", color=colour, linewidth=0.8, alpha=0.35, zorder=1)
        aspired = _aspired(table.tactics[seat], profile, table.deadline)
        if aspired is not None:
            ax.plot(*aspired, "--", color=colour, linewidth=0.8, zorder=1)
    ax.plot([], [], "--", color=BLACK, linewidth=0.8, label="Aspires to, by theory")
    if table.deal is not None and table.agreed is not None:
        for seat, (colour, _) in enumerate(_SIDES):
            ax.plot(
                table.deal.round,
                table.worth(seat, table.agreed),
                "*",
                color=colour,
                markersize=7,
                zorder=4,
            )
    ax.set_xlabel("Round")
    ax.set_ylabel("Own utility")


def _aspired(tactic: Tactic, profile: Profile, deadline: int | None) -> tuple[np.ndarray, np.ndarray] | None:
    """Return rounds, and what a time-dependent tactic aspires to in them; None of others, and without a deadline."""
    if not isinstance(tactic, TimeDependent) or deadline is None:
        return None
    rounds = np.linspace(0, deadline, 300)
    curve = polynomial if tactic.form == "polynomial" else exponential
    conceded = curve(rounds, tactic.beta, k=tactic.k, deadline=deadline)
    return rounds, profile.best - conceded * (profile.best - profile.reservation)
