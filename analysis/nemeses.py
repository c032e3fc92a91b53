"""Nemeses: short names for what conducts and channels do to a store."""

from functools import cache

from pandas import DataFrame, Series

from ..agents.conducts import Conduct, Joined, conducts
from ..agents.conducts.crash import Crash
from ..agents.parameters import name_of
from ..models.channels import Channel, Row, channels
from .labels import level_labels
from .scenarios import chosen

__all__ = ["nemeses"]

_CONDUCTS = {"hunting": "leaders hunted"}
_CHANNELS = {"stabilisation": "late stabilisation"}


def nemeses(runs: DataFrame) -> "Series[str]":
    """Return a short name of what befalls each run: what traitors do, and what the network does beside delaying.

    Where the runs of one protocol went through two nemeses of the same name, all is told of both.

    >>> channel = "uniform + partition(groups=[[0]], blocks=out)"
    >>> runs = DataFrame({"protocol": "raft", "traitors": [0, 2, 1], "channel": ["uniform", "bridge", channel]})
    >>> nemeses(runs.assign(conduct="hunting(recover=9)")).tolist()
    ['Calm', 'Leaders hunted, bridge', 'Leaders hunted, one-way partition']
    """
    conduct = runs["conduct"].where(runs["traitors"] > 0, "")
    settings = DataFrame({"conduct": conduct, "channel": runs["channel"]})
    names = [_named(*pair) for pair in settings.itertuples(index=False, name=None)]
    apart = settings.assign(name=names, protocol=runs["protocol"]).drop_duplicates()
    unclear = set(apart.loc[apart.duplicated(["protocol", "name"]), "name"])
    labels = level_labels([each for each in (*conduct.unique(), *runs["channel"].unique()) if each])
    return Series(
        [
            f"{name} ({', '.join(labels[each] for each in pair if each)})" if name in unclear else name
            for name, pair in zip(names, settings.itertuples(index=False, name=None), strict=True)
        ],
        index=runs.index,
        dtype=object,
    )


@cache
def _named(conduct: str, channel: str) -> str:
    lie, network = chosen(conducts, conduct), chosen(channels, channel)
    done = [conduct if lie is None else _done(lie)] if conduct else []
    if network is None:
        done.append(channel)
    else:
        done += [_borne(stage) for stage in Row.of(network).stages if not stage.delays]
    told = ", ".join(done) or "calm"
    return told[:1].upper() + told[1:]


def _done(conduct: Conduct) -> str:
    """Return what traitors do."""
    if isinstance(conduct, Joined):
        return " and ".join(map(_done, conduct.parts))
    if not isinstance(conduct, Crash):
        name = name_of(type(conduct))
        return _CONDUCTS.get(name, name.replace("-", " "))
    if conduct.loses == "disk":
        return "lost disks"
    if conduct.recover is None:
        return "crashes"
    return "rolling restarts" if conduct.stagger else "restarts"


def _borne(stage: Channel) -> str:
    """Return what the network does."""
    name = name_of(type(stage))
    way = "one-way " if getattr(stage, "blocks", "both") != "both" else ""
    return way + _CHANNELS.get(name, name.replace("-", " "))
