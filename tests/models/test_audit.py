"""Audits: what a verifier reckons from a proof is what the tree says."""

from dataclasses import replace
from typing import Any

import pytest
from accord.agents.ledger.disk import Disk
from accord.agents.ledger.hashing import Hashing
from accord.models import Disks
from accord.models.audit import Audit

DISK = Disk.blank(7, bytes(8)).put(5, b"five")
RFC = Hashing()
TRUE = Audit(2.0, 3, 0, 5, 7, b"five", DISK.proof(5), DISK.root, RFC, RFC, True, False, "block 5")


def test_the_way_leads_from_the_leaf_to_the_root() -> None:
    # of seven leaves the sixth has its brother on the left, the pair 6 on the right, and 0..3 on the left
    left, right = RFC.leaf(bytes(8)), RFC.leaf(b"five")
    pair = RFC.node(left, right)
    upper = RFC.node(pair, RFC.leaf(bytes(8)))
    assert TRUE.way == [right, pair, upper, DISK.root]
    assert TRUE.lefts == [True, False, True]
    assert TRUE.reckoned == TRUE.root
    assert TRUE.why == "leads to the root"


@pytest.mark.parametrize("change", [{"leaf": None}, {"path": ()}, {"path": None}, {"path": (b"",) * 3}])
def test_what_is_no_proof_leads_nowhere(change: Any) -> None:
    audit = replace(TRUE, believed=False, **change)
    assert (audit.way, audit.lefts, audit.reckoned) == ([], [], None)
    assert audit.why == "is no block with a path of this tree"


def test_what_was_true_once_leads_to_another_root() -> None:
    lie = replace(TRUE, leaf=bytes(8), believed=False)
    assert lie.reckoned == Disk.blank(7, bytes(8)).root
    assert lie.why == "leads to another root"
    assert replace(lie, old=True).why == "leads to another root, and says itself to be of an earlier time"


def test_roots_are_compared_as_far_as_they_are_kept() -> None:
    eight = Hashing(bits=8)
    assert replace(TRUE, compared=eight).reckoned == eight.cut(DISK.root)


@pytest.mark.parametrize("protocol", ["merkle-disk", "merkle-disk(bits=8)", "merkle-disk(bits=8, cut=root)"])
def test_a_verdict_is_what_the_proof_says(protocol: str) -> None:
    model = Disks(protocol=protocol, traitors=2, conduct="corrupting", clients=3, keys=20, rng=1).run()
    audits = list(model.audits())
    assert [each.time for each in audits] == sorted((each.time for each in audits), reverse=True)
    assert len(audits) == model.outcome()["claims"]
    for each in audits:
        assert each.believed == (each.reckoned == each.root), each
    assert sum(not each.believed for each in audits) == model.outcome()["rejected"] > 0
