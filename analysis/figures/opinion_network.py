"""The network, its nodes coloured by opinion and its traitors marked."""

from collections.abc import Sequence

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure as Page
from pandas import DataFrame, concat

from ...agents.errors import InputError
from ...experiments.result import Result
from ...models.networks.network import Network
from ..node_link import draw_links, name_nodes, node_size
from ..style import PURPLE, VALUES, VERMILION
from . import figure

__all__ = ["opinion_network"]


def _cases(result: Result) -> DataFrame:
    from ..scenarios import beside_runs, retold, typical_runs

    runs = typical_runs(result.runs)
    try:
        return beside_runs(result, "parties", runs)
    except InputError:  # they were not recorded; these few runs are soon made again
        return concat([retold(row) for row in runs.to_dict("records")], ignore_index=True)


def _explain(page: Page, drawn: Sequence[Axes]) -> None:
    """Add the scale of opinions, with what lies outside of the hull, and the traitors' mark."""
    dots = next(each for ax in drawn for each in ax.collections if each.get_label() == "honest")
    bar = page.colorbar(dots, ax=list(drawn), extend="both", shrink=0.6, aspect=25, pad=0.02)
    bar.set_label("Opinion (ends: outside of the honest hull)")
    bar.outline.set_visible(False)
    mark = next((each for ax in drawn for each in ax.collections if each.get_label() == "traitor"), None)
    if mark is not None and len(drawn) == 1:
        drawn[0].legend([mark], ["Traitor"], loc="lower center")
    elif mark is not None:
        page.legend([mark], ["Traitor"], loc="outside lower center")


@figure(
    needs=("party", "role", "opinion"),
    cases=_cases,
    rows="traitors",
    columns="rule",
    key=_explain,
    aspect=0.95,
)
def opinion_network(parties: DataFrame, *, ax: Axes, network: Network | None = None) -> None:
    """Who ends where: the network, its honest nodes coloured by opinion, its traitors marked.

    The scale spans the honest parties' first opinions, so whoever left their hull shows at a glance. Where
    nodes sit depends on the network alone.

    Parameters
    ----------
    parties
        `party`, `role`, `opinion` and, if it has several, `step`, of one run; the last step is drawn.
        `label` names the nodes of small networks.
    network
        Made again from the run's `seed`, `replicate` and settings, if not given.
    """
    if network is None:
        from ..scenarios import rebuild

        network = rebuild(parties.iloc[0].to_dict()).network
    if "run" in parties.columns:
        parties = parties[parties["run"] == parties["run"].iloc[0]]
    if "step" in parties.columns:
        first, last = (parties[parties["step"] == parties["step"].agg(end)] for end in ("min", "max"))
    else:
        first = last = parties
    last = last.sort_values("party")
    if len(last) != network.n:
        raise InputError(
            f"figure opinion-network draws one run at one step, and the frame has {len(last)} rows for the "
            f"{network.n} nodes of {network.name}; give the rows of one run, with its steps"
        )
    honest = (last["role"] != "traitor").to_numpy()
    hull = first.loc[first["role"] != "traitor", "opinion"]
    where, size = draw_links(network, ax), node_size(network)
    colours = colormaps[VALUES].with_extremes(under=PURPLE, over=PURPLE)
    low, high = float(hull.min()), float(hull.max())
    ax.scatter(
        where[honest, 0],
        where[honest, 1],
        c=last["opinion"].to_numpy()[honest],
        cmap=colours,
        # settled on an end of the hull is inside of it: rounding is not what the ends are for
        norm=Normalize(low - 1e-9 * (high - low), high + 1e-9 * (high - low)),
        s=size,
        edgecolors="white",
        linewidths=0.5,
        zorder=2,
        label="honest",
    )
    if not honest.all():
        ax.scatter(
            where[~honest, 0],
            where[~honest, 1],
            c=VERMILION,
            s=1.6 * size,
            marker="s",
            edgecolors="black",
            linewidths=1.0,
            zorder=3,
            label="traitor",
        )
    name_nodes(network, where, ax)
