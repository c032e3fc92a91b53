"""A pie to be cut in two."""

import pytest
from accord.agents.errors import InputError
from accord.agents.solutions import egalitarian, kalai_smorodinsky, nash, opposition
from accord.models.domains.pie import Pie


def test_a_pie_of_100_with_reservations_20_and_10() -> None:
    bargain = Pie(size=100, reservation=[20, 10]).build()
    for solve in (nash, kalai_smorodinsky, egalitarian):
        assert bargain.space.outcome(solve(bargain.utilities, bargain.disagreement)) == {"share": 55}  # type: ignore[arg-type]


def test_a_pie_of_10_in_tenths_of_which_one_likes_the_first_pieces_best() -> None:
    bargain = Pie(size=10, steps=100, powers=[1, 0.5]).build()
    assert bargain.space.outcome(nash(bargain.utilities)) == {"share": pytest.approx(6.7)}  # type: ignore[arg-type]


def test_what_one_gets_the_other_leaves() -> None:
    bargain = Pie(steps=7, discount=[0.9, 0.8]).build()
    assert bargain.utilities.sum(axis=1).tolist() == pytest.approx([1] * 8)
    assert [profile.discount for profile in bargain.profiles] == [0.9, 0.8]
    assert [profile.name for profile in bargain.profiles] == ["first", "second"]
    assert opposition(Pie().build().utilities) == pytest.approx(0.5**0.5)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"size": 0}, "size=0 must be greater than 0"),
        ({"steps": 0}, "steps=0 must be at least 1"),
        ({"steps": 10**9}, "steps=1000000000 must be less than"),
        ({"powers": [1, 0]}, "greater than 0"),
        ({"reservation": [1, 2, 3]}, "reservation has 3 entries for 2 parties"),
        ({"discount": 0}, "discount=0 must lie above 0"),
        ({"discount": [1, 1.5]}, "profile 'second': discount=1.5"),
    ],
)
def test_what_cannot_be(parameters: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Pie(**parameters).build()
