"""Assemblies: who wants which of the deals that can be put to the vote."""

from typing import Any

import numpy as np
import pytest
from accord.agents.abstaining import Abstaining
from accord.models import Treaty
from accord.models.assembly import Assembly
from accord.models.seeds import Seed
from hypothesis import given, settings
from hypothesis import strategies as st


def assembled(utilities: Any, **given: Any) -> Assembly:
    table = np.array(utilities, dtype=float)
    scenario = Treaty.Scenario(network=f"complete(n={table.shape[1]})", domain=table, **given)
    return Assembly.of(scenario, Seed(1))


def test_everybody_votes_for_drafts_worth_as_much_as_none() -> None:
    assembly = assembled([[3, 0, -1, 5], [2, -1, 1, -1]], draft="selfish")
    assert assembly.needed == 3
    assert assembly.surplus.tolist() == [[3, 0, -1, 5], [2, -1, 1, -1]]
    machines = [assembly.machine(assembly.seat(node)) for node in range(4)]
    approved = [sorted(machine.approved) for machine in machines if isinstance(machine, Abstaining)]
    assert approved == [[0, 1], [0], [1], [0]]


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_drafts_are_the_best_and_the_next_of_their_kind(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 5))
    row = st.lists(st.integers(-3, 3), min_size=n, max_size=n)
    table = np.array(data.draw(st.lists(row, min_size=2, max_size=6)))
    needed = n // 2 + 1
    accepted = (table >= 0).sum(axis=1)
    ranks: dict[str, list[Any]] = {
        "selfish": table[:, 0].tolist(),
        "utilitarian": [(sum(row), row[0]) for row in table.tolist()],
        "passable": [
            (row[0] >= 0, min(votes, needed), row[0])
            for row, votes in zip(table.tolist(), accepted.tolist(), strict=True)
        ],
    }
    for draft, rank in ranks.items():
        best = sorted(
            range(len(table)), key=lambda deal, rank=rank: rank[deal], reverse=True
        )  # of equals the first
        assert assembled(table, draft=draft).drafts == tuple(best[:2])


def test_the_deal_is_the_same_whoever_lies() -> None:
    def drawn(**given: Any) -> tuple[int, ...]:
        scenario = Treaty.Scenario(
            network="complete(n=7)", domain="random(parties=7, reservation=0.4)", f=2, **given
        )
        return Assembly.of(scenario, Seed(5)).drafts

    assert drawn() == drawn(traitors=2) == drawn(traitors=1, conduct="forging", placement="first")


@pytest.mark.parametrize("draft", ["selfish", "passable", "utilitarian"])
def test_nobody_need_want_a_draft(draft: str) -> None:
    assembly = assembled([[-1, -1], [-2, -2]], draft=draft)
    assert assembly.drafts == (0, 1)
    assert assembly.network.n == 2
