"""Deals are plain records."""

import pickle

from accord.models.deal import Deal, Ending, Offer


def test_they_read_well_and_travel() -> None:
    deal = Deal((0, 1), 3, 2, Ending.AGREED)
    assert pickle.loads(pickle.dumps(deal)) == deal
    assert f"{Ending.BROKEN_OFF}" == "broken off"
    assert Offer(0, 1, 7) == (0, 1, 7)
