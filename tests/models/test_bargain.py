"""Bargains: a space and who wants what of it."""

import pickle

import pytest
from accord.agents.errors import InputError
from accord.agents.outcomes import Integer, Space
from accord.agents.profile import Profile
from accord.models.bargain import Bargain

SPACE = Space([Integer("price", 0, 2)])


def bargain(**changes: object) -> Bargain:
    profiles = [Profile([2, 1, 0], name="Ada"), Profile([0, 1, 2], reservation=0.5, name="Bob")]
    return Bargain(**{"space": SPACE, "profiles": profiles, **changes})  # type: ignore[arg-type]


def test_what_solutions_work_with() -> None:
    one = bargain()
    assert one.utilities.tolist() == [[2, 0], [1, 1], [0, 2]]
    assert one.disagreement.tolist() == [0, 0.5]
    with pytest.raises(ValueError, match="read-only"):
        one.utilities[0, 0] = 1


def test_digest_and_pickle() -> None:
    one = bargain(name="a", notes=("b",))
    again = pickle.loads(pickle.dumps(one))
    assert (again.digest, again.name, again.notes) == (one.digest, "a", ("b",))
    assert bargain(space=Space([Integer("price", 1, 3)])).digest != one.digest
    assert bargain(profiles=[Profile([2, 1, 0]), Profile([0, 1, 2])]).digest != one.digest


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"profiles": [Profile([1, 2, 3])]}, "1 profiles are too few"),
        (
            {"profiles": [Profile([1, 2]), Profile([1, 2, 3])]},
            "profile 0 has 2 utilities, but the space has 3",
        ),
        ({"profiles": [Profile([1, 2, 3], name="A"), Profile([1], name="B")]}, "profile B has 1 utilities"),
        ({"profiles": [Profile([1, 2, 3], name="A")] * 2}, "two parties are called 'A'"),
    ],
)
def test_what_cannot_be(changes: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        bargain(**changes)
