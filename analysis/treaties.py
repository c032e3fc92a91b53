"""Treaties: which runs of a sweep can be counted together, and who lied in them."""

from pandas import DataFrame

from .labels import level_labels
from .scenarios import described, number_of_parties

__all__ = ["treaties"]


def treaties(runs: DataFrame) -> DataFrame:
    """Return runs of treaties with all that they were set to, the number of parties, and who lied.

    `proposer` says what kind of party proposed, "honest" or "traitor", and `liars` in words what traitors did. Runs
    that failed say neither how many votes were needed nor who lied; others under their protocol do.
    """
    runs = described(runs)
    alike = ["network", "protocol", "traitors", "placement"]
    filled = {"nodes": number_of_parties(runs)}
    for told, otherwise in (("needed", 0), ("traitor_nodes", "")):
        filled[told] = runs[told].fillna(runs.groupby(alike)[told].transform("first")).fillna(otherwise)
    runs = runs.assign(**filled)
    lies = ["traitor" if "0" in str(nodes).split() else "honest" for nodes in runs["traitor_nodes"]]
    labels = level_labels(runs["conduct"])
    liars = [
        f"{labels[conduct]} liars, {'one of whom proposes' if proposer == 'traitor' else 'honest proposer'}"
        for conduct, proposer in zip(runs["conduct"], lies, strict=True)
    ]
    return runs.assign(needed=runs["needed"].astype(int), proposer=lies, liars=liars)
