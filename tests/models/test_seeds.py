"""Seeds: the same luck for the same replicate, other luck for everything else."""

from itertools import combinations

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.seeds import Purpose, Seed


def test_a_stream_starts_anew_each_time() -> None:
    assert Seed(1).stream(Purpose.NETWORK).random() == Seed(1).stream(Purpose.NETWORK).random()


def test_streams_of_other_seeds_replicates_and_purposes_differ() -> None:
    streams = [Seed(s, r).stream(p).random(4) for s in (0, 1) for r in (0, 1) for p in Purpose]
    assert not any(np.array_equal(one, two) for one, two in combinations(streams, 2))


def test_streams_are_those_of_numpy() -> None:
    expected = np.random.default_rng(np.random.SeedSequence(7, spawn_key=(3, 4))).random(5)
    assert np.array_equal(Seed(7, 3).stream(Purpose.CONDUCT).random(5), expected)


def test_zero_is_a_seed() -> None:
    assert Seed.of(0) == Seed(0)


@pytest.mark.parametrize("rng", [5, np.int64(5), "5", " 5 ", Seed(5)])
def test_what_counts_as_a_seed(rng: object) -> None:
    assert Seed.of(rng) == Seed(5)
    assert type(Seed.of(rng).number) is int


def test_none_is_remembered_and_fits_a_column() -> None:
    one, two = Seed.of(None), Seed.of(None)
    assert one != two
    assert one.number < 2**63


@pytest.mark.parametrize("replicate", [-1, 0.5, None])
def test_replicates_are_counted_from_zero(replicate: object) -> None:
    with pytest.raises(InputError, match="counted from 0"):
        Seed.of(1, replicate)  # type: ignore[arg-type]


@pytest.mark.parametrize("rng", ["²", -1, 1.0, True, "x", 2**63, np.random.default_rng(1)])
def test_anything_else_is_refused(rng: object) -> None:
    with pytest.raises(InputError, match="seed"):
        Seed.of(rng)
