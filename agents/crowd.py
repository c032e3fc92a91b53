"""Crowd: many runs of a protocol in rounds, side by side on arrays.

Where every message takes just its round, a round is an exchange of arrays, and a sweep's replicates are one more axis.
A traitor takes part as long as all that it does is to speak in honest voices (see `Puppet.voices`): one that is silent,
selective or equivocates does; one that makes up messages does not. Each voice is a copy of the honest party with an
input and an audience of its own, so that the copies of a traitor are like so many parties.

A machine that can be played so has a method `play`. Nothing else is said twice, and contract tests hold both ways to
equal records.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from .puppet import Voice

__all__ = ["Crowd", "Playable"]

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]

_ASIDE = 9  # bytes that a message to a copy costs beyond what it carries: its kind and the copy's number


class Crowd:
    """Runs of one protocol with equally many parties, in lockstep.

    Parameters
    ----------
    voices
        For each run, for each party, the voices that it speaks in: of an honest one, one.

    Attributes
    ----------
    runs, n, copies : int
        Copy c of party p is number c * n + p of `copies`.
    inputs : (runs, copies) array
        What each copy puts in.
    instead : (2, runs, copies) array
        Two values, of which each copy tells others the farther from what it is to say; NaN for the truth.
    hears : (n, runs, copies) int array
        Which copy of each party each copy hears; -1 where that party says nothing to it.
    time : int
        Rounds played.
    decisions : (runs, n) array
        What each party decided, its first copy if it has several; NaN where it did not.
    times, rounds : (runs, n) arrays
        When, and in which round of its protocol.
    sent : (runs, n) int array
        Messages sent to others.
    own, bytes, events : (runs,) int arrays
        As a `Simulation` counts them.
    spoken : list of (runs,) int arrays
        Messages sent to others in each round and before.
    """

    def __init__(self, voices: Sequence[Sequence[Sequence[Voice]]]) -> None:
        self.runs, self.n = len(voices), len(voices[0])
        sides = max(1, max(len(party) for run in voices for party in run))
        n, self.copies = self.n, sides * self.n
        shape = self.runs, self.copies
        self.inputs, self._alive = np.zeros(shape), np.zeros(shape, dtype=bool)
        self.instead = np.full((2, *shape), np.nan)
        openly, aside = np.zeros((2, *shape, n), dtype=bool)  # to whom each copy speaks
        for run, parties in enumerate(voices):
            for party, spoken in enumerate(parties):
                self._alive[run, party] = True  # a mute one still has its timers
                for side, voice in enumerate(spoken):
                    copy = side * n + party
                    self._alive[run, copy] = True
                    self.inputs[run, copy] = voice.value
                    self.instead[:, run, copy] = (np.nan, np.nan) if voice.instead is None else voice.instead
                    openly[run, copy, list(voice.audience)] = True
                    aside[run, copy, list(voice.aside)] = True
        self.hears = self._whom_each_hears(openly, aside)
        others = ~np.tile(np.eye(n, dtype=bool), (sides, 1))
        self._openly, self._aside = openly & others, aside & others
        self._itself = ((openly | aside) & ~others).any(axis=2)
        self.time = 0
        self.decisions, self.times, self.rounds = np.full((3, self.runs, n), np.nan)
        self.sent = np.zeros((self.runs, n), dtype=np.int64)
        self.own, self.bytes = np.zeros((2, self.runs), dtype=np.int64)
        self.events = np.full(self.runs, n, dtype=np.int64)  # everybody starts
        self.spoken: list[Numbers] = []

    def _whom_each_hears(self, openly: NDArray[np.bool_], aside: NDArray[np.bool_]) -> NDArray[np.intp]:
        n = self.n
        sides = [slice(start, start + n) for start in range(0, self.copies, n)]
        hears = np.full((n, self.runs, self.copies), -1, dtype=np.intp)
        for listening in sides:
            for speaking in reversed(sides):  # the first copy that speaks to a party is the one that it hears
                spoken_to = openly[:, speaking].transpose(1, 0, 2)
                number = np.arange(speaking.start, speaking.stop)[:, None, None]
                hears[..., listening] = np.where(spoken_to, number, hears[..., listening])
            # but a copy hears its own side
            beside = aside[:, listening].transpose(1, 0, 2)
            number = np.arange(listening.start, listening.stop)[:, None, None]
            hears[..., listening] = np.where(beside, number, hears[..., listening])
        return hears

    def exchange(self, said: Values, size: int, speaker: int | None = None) -> Values:
        """Play a round: parties speak to everybody, themselves included, and hear everybody.

        Parameters
        ----------
        said : (runs, copies)
            What each copy says.
        size
            Length of a message in bytes.
        speaker
            The only party that speaks; by default all do.

        Returns
        -------
        (n, runs, copies)
            What each copy hears of each party; NaN for silence.
        """
        told = self.told(said)
        heard = np.take_along_axis(told[None], np.maximum(self.hears, 0), axis=2)
        heard[self.hears < 0] = np.nan
        copies = np.arange(self.copies)
        heard[copies % self.n, :, copies] = np.where(self._itself, said, np.nan).T
        if speaker is not None:
            heard[np.arange(self.n) != speaker] = np.nan
        speak = self._alive & ((speaker is None) | (copies % self.n == speaker))
        own = (speak & self._itself).sum(axis=1)
        self.own += own
        self.events += own
        self.count(speak[..., None], size)
        self.pass_round()
        return heard

    def told(self, truth: Values) -> Values:
        """Return what copies tell others, (runs, copies), where they should say something."""
        low, high = self.instead
        return np.where(np.isnan(low), truth, np.where(np.abs(high - truth) > np.abs(low - truth), high, low))

    def count(self, messages: NDArray[np.integer] | NDArray[np.bool_], size: int) -> None:
        """Count messages under way to others in this round.

        Parameters
        ----------
        messages : (runs, copies, n), or what broadcasts to it
            How many each copy sends to each party, if it speaks to it at all.
        size
            Length of a message in bytes.
        """
        openly = (self._openly * messages).sum(axis=2)
        aside = (self._aside * messages).sum(axis=2)
        both = openly + aside
        self.sent += both.reshape(self.runs, -1, self.n).sum(axis=1)
        self.bytes += (size * both + _ASIDE * aside).sum(axis=1)
        self.events += both.sum(axis=1)

    def pass_round(self) -> None:
        """End the round: every copy's timer goes off."""
        self.time += 1
        self.events += self._alive.sum(axis=1)
        self.spoken.append(self.sent.sum(axis=1))

    def decide(self, values: Values, parties: slice | None = None, *, at: int | None = None) -> None:
        """Have parties decide, (runs, copies) of which the first copies count.

        Parameters
        ----------
        values : (runs, copies)
            What each copy decides.
        parties
            Which decide; by default all.
        at
            When, in rounds, which is also the round of the protocol; by default now.
        """
        who = slice(None) if parties is None else parties
        self.decisions[:, who] = values[:, : self.n][:, who]
        self.times[:, who] = self.rounds[:, who] = self.time if at is None else at


@runtime_checkable
class Playable(Protocol):
    """A machine whose protocol a crowd can play."""

    @property
    def load(self) -> int:
        """Entries of the largest array that one run takes."""

    def play(self, crowd: Crowd) -> None:
        """Play it, for all parties of all runs at once."""
