"""The Merkle proof of a claim: what was shown, what follows from it, and where that departs from the truth."""

from collections.abc import Iterator, Sequence
from itertools import islice
from math import ceil
from typing import Any

from ....models.agreement import AgreementModel
from ....models.audit import Audit
from ...labels import number, party_name
from ...style import BLUE, GREEN, GREY, VERMILION
from ..playback import Playback
from . import HEIGHT, Chart, view

__all__ = ["proof_tree"]

_RECENT = 1_000  # claims among which a rejected one is looked for
_TOP, _BOTTOM = 72, 48  # left free in the view
_ASIDE = 1.1  # how far beside the way hashes stand that are not on it
_KINDS = {
    "shown": (GREY, "shown"),
    "reckoned": (BLUE, "reckoned from it"),
    "held": (GREEN, "root held"),
    "false": (VERMILION, "not true"),
}


@view("Merkle proof", fits=lambda model: hasattr(model, "audits"), place=7)
def proof_tree(playback: Playback) -> Chart:
    """Show the last claim rejected, or else believed, and its proof.

    What is not true is red: where a claim that led to the same root tells what is; else the rejected block and all that
    follows from it.
    """
    model: Any = playback.model
    recent = list(islice(model.audits(), _RECENT))
    audit = next((each for each in recent if not each.believed), next(iter(recent), None))
    rows = 2 if audit is None else max(len(audit.way), 1) + 1
    between = (HEIGHT - _TOP - _BOTTOM) / (rows - 1)
    size = min(22, int(0.9 * between))
    boxes, links = [], []
    if audit is not None:
        boxes = list(_boxes(audit, _truth(audit, recent), model))
        links = [{"coords": ends} for ends in _links(audit, size / between / 2)]
    return {
        "animation": False,
        "tooltip": {
            "formatter": "{b}",
            "confine": True,
            "extraCssText": "white-space: pre-wrap; max-width: 420px",
        },
        "legend": {"bottom": 0, "selectedMode": False, "itemHeight": 9, "itemWidth": 18, "itemGap": 14},
        "grid": {"left": 12, "right": 12, "top": _TOP, "bottom": _BOTTOM},
        "xAxis": {"show": False, "type": "value", "min": -1.8, "max": 1.8},
        "yAxis": {"show": False, "type": "value", "min": 0, "max": rows - 1},
        "series": [
            {
                "type": "lines",
                "coordinateSystem": "cartesian2d",
                "silent": True,
                "lineStyle": {"color": GREY, "width": 1, "opacity": 0.6},
                "data": links,
            },
            *(
                {
                    "type": "scatter",
                    "name": told,
                    "symbol": "rect",
                    "symbolSize": [104, size],
                    "itemStyle": {
                        "color": f"{colour}80",
                        "opacity": 1,
                    },  # lets the ink of either theme be read
                    "label": {"show": True, "formatter": "{b}", "fontSize": min(11, size)},
                    "data": [box for kind, box in boxes if kind == each],
                }
                for each, (colour, told) in _KINDS.items()
            ),
            {"type": "scatter", "symbolSize": 0, "silent": True, "data": _captions(audit, model, rows)},
        ],
    }


def _truth(audit: Audit, recent: Sequence[Audit]) -> Audit | None:
    """Return a claim about the same leaf that led to the same root, if one did."""
    believed = (each for each in recent if each.believed)
    leaf = audit.root, audit.index, audit.size
    return next((each for each in believed if (each.root, each.index, each.size) == leaf), None)


def _boxes(audit: Audit, truth: Audit | None, model: AgreementModel) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what stands in the tree, with its kind: the block at the bottom, then hashes, those held on top."""

    def box(x: float, y: int, text: str, told: str) -> dict[str, Any]:
        return {
            "value": [x, y],
            "name": told,
            "label": {"formatter": text},
            "step": max(ceil(audit.time), 1),
        }

    prover, verifier = _names(audit, model)
    lies = not audit.believed
    false = audit.leaf != truth.leaf if truth else lies
    yield "false" if false else "shown", box(0, 0, audit.told, f"{prover} says: {audit.told}")
    for height, digest in enumerate(audit.way):
        false = digest != truth.way[height] if truth else lies
        below = "the two below" if height else "the block"
        told = f"hash of {below}, as {verifier} reckons it:\n{digest.hex()}"
        yield "false" if false else "reckoned", box(0, height + 1, _short(digest), told)
    for height, (digest, left) in enumerate(zip(audit.path if audit.way else (), audit.lefts, strict=True)):
        false = truth is not None and digest != truth.path[height]
        told = f"shown by {prover}:\n{digest.hex()}"
        yield (
            "false" if false else "shown",
            box(-_ASIDE if left else _ASIDE, height + 1, _short(digest), told),
        )
    top = max(len(audit.way), 1)
    yield "held", box(_ASIDE, top, _short(audit.root), f"root held by {verifier}:\n{audit.root.hex()}")


def _links(audit: Audit, half: float) -> Iterator[list[list[float]]]:
    """Yield the lines of the tree from box to box, upwards; a box has half that height on either side."""
    for height in range(len(audit.way)):
        yield [[0, height + half], [0, height + 1 - half]]
    for height, left in enumerate(audit.lefts, 1):
        yield [[-_ASIDE if left else _ASIDE, height + half], [0, height + 1 - half]]


def _captions(audit: Audit | None, model: AgreementModel, rows: int) -> list[dict[str, Any]]:
    """Return what is written beside the tree: who claimed what, when, and what came of it."""

    def caption(x: float, text: str, above: int, **look: Any) -> dict[str, Any]:
        label = {"show": True, "formatter": text, "offset": [0, -above], "fontSize": 12, **look}
        return {"value": [x, rows - 1], "label": {"position": "right", **label}}

    if audit is None:
        return [caption(-1.8, "No claim has been checked yet.", 54)]
    prover, verifier = _names(audit, model)
    found, colour, sign = ("believed", BLUE, "=") if audit.believed else ("rejected", VERMILION, "≠")
    return [
        caption(-1.8, f"Claim by {prover}, checked by {verifier} at time {number(audit.time)}:", 56),
        caption(-1.8, f"{found}, for it {audit.why}", 38, color=colour),
        caption(_ASIDE / 2, sign, 0, position="inside", fontSize=18, color=colour),
    ]


def _names(audit: Audit, model: Any) -> tuple[str, str]:
    role = "traitor" if audit.prover in model.traitors else "party"
    return party_name(model.label(audit.prover), role), party_name(model.label(audit.verifier))


def _short(digest: bytes) -> str:
    return f"{digest.hex()[:8]}…" if len(digest) > 4 else digest.hex()
