"""The network, its nodes coloured by what they gained, with what theory gives to them around it."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure as Page
from pandas import DataFrame

from ...agents.errors import InputError
from ...experiments.result import Result
from ...models.networks.network import Network
from ..node_link import draw_links, name_nodes, node_size
from ..style import GREY, VALUES, VERMILION
from . import figure

__all__ = ["power_network"]


def _cases(result: Result) -> DataFrame:
    """Return the parties of the first run on each network under each institution."""
    from ..frames import finished, require
    from ..scenarios import beside_runs, described

    runs = described(finished(result.runs))
    require(runs, ("odd_cycle", "network", "matching"), "figure power-network")
    return beside_runs(result, "parties", runs.drop_duplicates(["network", "matching"]))


def _explain(page: Page, drawn: Sequence[Axes]) -> None:
    """Add the scale, and say what mark stands for what."""
    dots = next(each for ax in drawn for each in ax.collections if each.get_label() == "gain")
    rows = {ax.get_position().y0 for ax in drawn}
    bar = page.colorbar(dots, ax=list(drawn), shrink=max(0.8 / len(rows), 0.25), aspect=25, pad=0.02)
    bar.set_label("Inside: gained; ring: theory (grey: none)")
    bar.outline.set_visible(False)
    mark = next((each for ax in drawn for each in ax.collections if each.get_label() == "traitor"), None)
    if mark is not None:
        page.legend([mark], ["Traitor"], loc="outside lower center")


@figure(
    needs=("party", "gain", "due", "traitor"),
    cases=_cases,
    rows="network",
    columns="matching",
    key=_explain,
    aspect=0.95,
)
def power_network(parties: DataFrame, *, ax: Axes, network: Network | None = None) -> None:
    """Who gains how much: the network, its nodes coloured by gain, each in a ring with the colour of theory.

    A ring that cannot be told from its inside: practice is theory. Grey rings: theory has no outcome, as an odd cycle
    leaves none stable. The scale is from nothing to the best that any link is worth.

    Parameters
    ----------
    parties
        `party`, `gain`, `due`, `traitor` and, if it has several, `step`, of one run; the last step is drawn.
    network
        Made again from the run's `seed`, `replicate` and settings, if not given.
    """
    if network is None:
        from ..scenarios import rebuild

        network = rebuild(parties.iloc[0].to_dict()).network
    if "run" in parties.columns:
        parties = parties[parties["run"] == parties["run"].iloc[0]]
    if "step" in parties.columns:
        parties = parties[parties["step"] == parties["step"].max()]
    last = parties.sort_values("party")
    if len(last) != network.n:
        raise InputError(
            f"figure power-network draws one run at one step, and the frame has {len(last)} rows for the "
            f"{network.n} nodes of {network.name}; give the rows of one run, with its steps"
        )
    where, size = draw_links(network, ax), node_size(network)
    gains, dues = (last[name].to_numpy(dtype=float) for name in ("gain", "due"))
    scale = Normalize(
        0, 1.0 if network.edge_weights is None else float(network.edge_weights.max(initial=1.0))
    )
    known = dues == dues
    x, y = where.T
    ax.scatter(x[~known], y[~known], c=GREY, s=4 * size, linewidths=0, zorder=2)
    ax.scatter(x[known], y[known], c=dues[known], cmap=VALUES, norm=scale, s=4 * size, linewidths=0, zorder=2)
    ax.scatter(
        x, y, c=gains, cmap=VALUES, norm=scale, s=1.6 * size, edgecolors="white", linewidths=0.7, zorder=3,
        label="gain",
    )  # fmt: skip
    liars = last["traitor"].to_numpy(dtype=bool)
    if liars.any():
        ax.scatter(
            x[liars], y[liars], s=5 * size, facecolors="none", edgecolors=VERMILION, linewidths=1.2, marker="s",
            zorder=4, label="traitor",
        )  # fmt: skip
    name_nodes(network, where, ax, above=8.5)
    ax.margins(0.12)
