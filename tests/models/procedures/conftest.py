"""Tables at which everybody does what the script says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from accord.agents.bargaining import Act, View
from accord.agents.outcomes import Integer, Space
from accord.agents.profile import Profile
from accord.agents.tactics import Tactic
from accord.models.bargain import Bargain
from accord.models.procedures import procedures
from accord.models.table import Table


class Scripted(Tactic):
    """What it does in each round in which it is asked; to be asked in another one is an error."""

    script: Mapping[int, Any]

    def bid(self, view: View) -> int:
        raise AssertionError

    def respond(self, view: View, offer: int | None) -> Act:
        act: Act = self.script[view.round]
        return act


@pytest.fixture
def played() -> Callable[..., Table]:
    """Return a player of tables: by a procedure, with scripts or tactics, over outcomes 0, 1, ... .

    Without utilities outcome k is worth k to the first party and size - 1 - k to all others.
    """

    def play(
        procedure: str,
        *parties: Mapping[int, Any] | Tactic,
        utilities: Sequence[Sequence[float]] = (),
        size: int = 5,
        luck: Callable[[], float] | None = None,
        deadline: int | None = 9,
        break_off: float = 0.0,
        reservation: float = 0.0,
        informed: bool = False,
        space: Space | None = None,
    ) -> Table:
        line = np.arange(float(size))
        worth = utilities or [line, *[line[::-1]] * (len(parties) - 1)]
        table = Table(
            range(10, 10 + len(parties)),
            Bargain(
                space or Space([Integer("number", 0, len(worth[0]) - 1)]),
                [Profile(u, reservation) for u in worth],
            ),
            [each if isinstance(each, Tactic) else Scripted(script=each) for each in parties],
            deadline=deadline,
            informed=informed,
            luck=luck or np.random.default_rng(1).random,
            break_off=break_off,
        )
        rounds = sum(1 for _ in procedures.choose(procedure).rounds(table))
        assert table.deal is not None
        assert rounds == table.deal.round  # it yields after each round but the last
        return table

    return play
