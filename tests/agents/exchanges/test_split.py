import numpy as np
from accord.agents.exchanges import Meeting
from accord.agents.exchanges.split import Split


def test_every_division_of_the_pot_is_as_likely() -> None:
    luck = (np.arange(6) + 0.5) / 6
    ones = np.ones(6)
    met = Meeting(np.full((1, 6), 2), np.full((1, 6), 3), ones, ones, ones, luck)
    assert (2 - Split().transfer(met)).tolist() == [[0, 1, 2, 3, 4, 5]]


def test_the_ends_of_luck_stay_in_the_pot() -> None:
    ones = np.ones(2)
    met = Meeting(
        np.full((1, 2), 2), np.full((1, 2), 3), ones, ones, ones, np.array([0.0, np.nextafter(1, 0)])
    )
    assert (2 - Split().transfer(met)).tolist() == [[0, 5]]
