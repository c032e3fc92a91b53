"""Procedures: who may propose when, and what makes a deal; one a file.

A procedure is a generator over a `Table`: it asks the parties' tactics, notes what they offer, and yields after each
round, until it has closed the table.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from ...agents.catalogue import Catalogue
from ...agents.parameters import Parameters
from ..table import Table

__all__ = ["Procedure", "procedures"]


class Procedure(Parameters, ABC):
    """How a deal comes about."""

    @abstractmethod
    def rounds(self, table: Table) -> Iterator[None]:
        """Play a round at each step, until the table is closed."""

    def settle(self, table: Table) -> bool:
        """Play all rounds at once, with the same result, where that can be done; return whether it was."""
        return False

    def check(self, parties: int) -> None:
        """Raise InputError unless so many parties can bargain so."""


procedures: Catalogue[type[Procedure]] = Catalogue(__name__, "procedure")
