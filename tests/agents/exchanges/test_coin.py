import numpy as np
from accord.agents.exchanges import Meeting
from accord.agents.exchanges.coin import Coin


def test_who_has_a_coin_gives_one_and_who_has_none_gives_none() -> None:
    ones = np.ones(3)
    met = Meeting(np.array([[0, 1, 7]]), np.array([[5, 0, 0]]), ones, ones, ones, ones)
    assert Coin().transfer(met).tolist() == [[0, 1, 1]]
