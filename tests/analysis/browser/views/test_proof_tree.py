"""The proof tree: what is red is what is not true."""

import json
from dataclasses import replace
from typing import Any

import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.proof_tree import proof_tree
from accord.models import Disks, Servers

LIARS = {
    "network": "complete(n=3)",
    "traitors": "1",
    "conduct": "corrupting",
    "placement": "first",
    "keys": "8",
}


def at(step: int, **settings: str) -> Playback:
    return Playback(Disks, Address("disks", settings, seed=1, step=step))


def drawn(playback: Playback) -> tuple[dict[str, list[Any]], list[str]]:
    option: Any = proof_tree(playback)
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    _, *boxes, captions = option["series"]
    return {each["name"]: each["data"] for each in boxes}, [
        each["label"]["formatter"] for each in captions["data"]
    ]


def test_before_the_first_claim_there_is_none() -> None:
    boxes, captions = drawn(at(0))
    assert not any(boxes.values())
    assert captions == ["No claim has been checked yet."]


def test_a_claim_believed_leads_to_the_root_that_is_held() -> None:
    boxes, captions = drawn(at(2, keys="8"))
    assert {name: len(each) for name, each in boxes.items()} == {
        "shown": 1 + 3,  # the block, and the hashes beside its way
        "reckoned from it": 4,
        "root held": 1,
        "not true": 0,
    }
    assert boxes["reckoned from it"][-1]["label"] == boxes["root held"][0]["label"]
    assert captions == [
        "Claim by party 0, checked by client 0 at time 2:",
        "believed, for it leads to the root",
        "=",
    ]


def test_a_rejected_block_is_red_and_so_is_all_that_follows() -> None:
    playback = at(2, **LIARS)
    boxes, captions = drawn(playback)
    assert [each["value"] for each in boxes["not true"]] == [[0, height] for height in range(5)]
    assert len(boxes["shown"]) == 3
    assert captions == [
        "Claim by traitor 0, checked by client 0 at time 2:", "rejected, for it leads to another root", "≠"
    ]  # fmt: skip
    assert {each["step"] for each in boxes["not true"]} == {2}
    playback.go(4)  # another server's claim is believed: the rejected one is shown still
    assert drawn(playback) == (boxes, captions)


def test_red_begins_where_an_old_claim_departs() -> None:
    # stale servers show what was true once: where the block itself is, hashes beside it are not
    playback = at(200, **{**LIARS, "conduct": "stale", "commands": "40", "keys": "64", "reads": "0.3"})
    audits = list(playback.model.audits())  # type: ignore[attr-defined]
    lie = next(each for each in audits if not each.believed)
    truth = next(
        each for each in audits if each.believed and (each.root, each.index) == (lie.root, lie.index)
    )
    boxes, captions = drawn(playback)
    red = {tuple(each["value"]) for each in boxes["not true"]}
    wrong = [height for height, digest in enumerate(lie.way) if digest != truth.way[height]]
    assert {height - 1 for x, height in red if x == 0 and height} == set(wrong)
    assert wrong == list(range(3, len(lie.way)))
    assert ((0, 0) in red) == (lie.leaf != truth.leaf)
    assert len([x for x, _ in red if x]) == sum(a != b for a, b in zip(lie.path, truth.path, strict=True))
    beside = sorted((y, x < 0) for kind in ("shown", "not true") for x, y in _places(boxes[kind]) if x)
    assert [left for _, left in beside] == lie.lefts
    assert "earlier time" in captions[1]


def _places(boxes: list[Any]) -> list[list[float]]:
    return [each["value"] for each in boxes]


def test_what_is_no_proof_at_all_is_shown_with_nothing_above(monkeypatch: pytest.MonkeyPatch) -> None:
    playback = at(2, **LIARS)
    (claim,) = playback.model.audits()  # type: ignore[attr-defined]
    monkeypatch.setattr(type(playback.model), "audits", lambda self: iter([replace(claim, path=None)]))
    boxes, captions = drawn(playback)
    assert {name: len(each) for name, each in boxes.items() if each} == {"root held": 1, "not true": 1}
    assert captions[1] == "rejected, for it is no block with a path of this tree"


def test_models_in_which_nobody_proves_anything_have_none() -> None:
    assert proof_tree.fits(Disks(rng=1))
    assert not proof_tree.fits(Servers(rng=1))
