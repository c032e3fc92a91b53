"""Playback: a run that can be shown at any of its steps.

Runs are functions of scenario and seed, so an earlier step needs no snapshot: the run is made again up to it. Memory
stays what the model itself takes, however long somebody watches.
"""

from math import inf
from threading import RLock
from time import monotonic
from typing import Any

from ...models.agreement import AgreementModel
from ...models.message_model import MessageModel
from ...models.records import Detail
from .address import Address
from .trail import Trail

__all__ = ["Playback"]

_OPENING = 10.0  # seconds on the way to the step that an address asks for


class Playback:
    """A run, and where in it we are.

    Parameters
    ----------
    kind
        The model's class.
    address
        Which run of it, and the step to begin at.

    Attributes
    ----------
    model : AgreementModel
        As it is at the present step. Going back replaces it.
    trail : Trail
        What its parties have held so far.
    seen : int
        The last step that was ever shown.
    lock : RLock
        Held while the model changes; hold it while looking at the model from another thread.

    Raises
    ------
    InputError
        If the scenario is not in order.

    Examples
    --------
    >>> from accord.models import Averaging
    >>> playback = Playback(Averaging, Address("averaging", {"network": "petersen"}, seed=1))
    >>> playback.go(5), playback.step
    (True, 5)
    >>> playback.go(2), playback.step, playback.seen
    (True, 2, 5)
    """

    def __init__(self, kind: type[AgreementModel], address: Address) -> None:
        self.kind, self.address = kind, address
        self.scenario = address.scenario(kind)
        self.lock = RLock()
        self.seen = 0
        self._open()
        self.go(address.step, within=_OPENING)

    @property
    def step(self) -> int:
        """The present step; 0 before the first."""
        return self.model.clock

    @property
    def running(self) -> bool:
        """Whether there is a next step."""
        return self.model.running

    @property
    def here(self) -> Address:
        """The address of what is shown."""
        return self.address.at(self.step)

    def go(self, step: int, within: float = inf) -> bool:
        """Go to a step, or to the run's last where it has fewer.

        Parameters
        ----------
        within
            Seconds after which to stop on the way; at least one step is made.

        Returns
        -------
        bool
            False if there is still some way to go.
        """
        end = monotonic() + within
        with self.lock:
            if step < self.step:
                self._open()
            while self.model.running and self.model.clock < step:
                self.model.step()
                self.trail.note(self.model)
                if monotonic() >= end:
                    break
            self.seen = max(self.seen, self.step)
            return self.step >= step or not self.running

    def _open(self) -> None:
        traced: dict[str, Any] = {"traced": True} if issubclass(self.kind, MessageModel) else {}
        self.model: AgreementModel = self.kind(
            self.scenario,
            rng=self.address.seed,
            replicate=self.address.replicate,
            record=(Detail.STEPS, Detail.PARTIES),
            **traced,
        )
        self.trail = Trail()
        self.trail.note(self.model)
