"""The measure of connectivity: verdicts in, shares and bounds out."""

import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.measures.connectivity import connectivity

HELD = {"agreement": "held", "validity": "held", "integrity": "held", "termination": "held"}


def runs(*rows: tuple[str, int, int, str], **more: object) -> pd.DataFrame:
    """Return a frame of relayed runs, each with protocol, traitors, connectivity and what became of agreement."""
    return pd.DataFrame(
        [
            {
                **{"protocol": protocol, "traitors": traitors, "connectivity": least, "relay": True},
                **{"network": f"harary(k={least}, n=12)", **HELD, "agreement": agreement, **more},
            }
            for protocol, traitors, least, agreement in rows
        ]
    )


FRAME = runs(
    ("bracha", 1, 2, "held"),
    ("bracha", 1, 2, "violated"),
    ("bracha", 1, 3, "held"),
    ("bracha", 1, 4, "held"),
    ("ben-or", 1, 1, "violated"),
    ("ben-or", 1, 2, "held"),
    ("bracha", 2, 4, "inconclusive"),
)


def test_shares_stand_beside_the_bound() -> None:
    table = connectivity(FRAME)
    columns = ["protocol", "traitors", "connectivity", "runs", "solved", "needed"]
    assert table[columns].to_numpy().tolist() == [
        ["bracha", 1, 2, 2, 0.5, 3],
        ["bracha", 1, 3, 1, 1, 3],
        ["bracha", 1, 4, 1, 1, 3],
        ["ben-or", 1, 1, 1, 0, 2],  # it bears crashes, so relays do not lie
        ["ben-or", 1, 2, 1, 1, 2],
        ["bracha", 2, 4, 1, 0, 5],
    ]


@pytest.mark.parametrize("judged", ["agreement", "validity", "integrity", "termination"])
def test_all_properties_count(judged: str) -> None:
    assert (
        connectivity(runs(("bracha", 1, 3, "held")).assign(**{judged: "inconclusive"}))["solved"].item() == 0
    )


def test_the_bound_is_that_of_whom_the_protocol_is_set_up_for() -> None:
    assert connectivity(runs(("bracha", 0, 3, "held"), f=2))["needed"].item() == 5


def test_a_random_network_counts_by_its_least_connectivity() -> None:
    frame = runs(("bracha", 1, 3, "held"), ("bracha", 1, 2, "held")).assign(network="gnm(n=12, m=30)")
    assert connectivity(frame)["connectivity"].tolist() == [2]


def test_its_words() -> None:
    told = connectivity.answer(connectivity(FRAME))
    assert "3 of 3 runs (100 %) at or above" in told
    assert "1 of 4 runs (25 %) below it" in told
    assert "Bracha 3 (3) for 1 traitor and none (5) for 2 traitors; Ben-Or 2 (2) for 1 traitor." in told


def test_its_words_tell_the_worst_from_all() -> None:
    one = runs(("bracha", 1, 2, "violated"), ("bracha", 1, 3, "held"), conduct="silent")
    other = runs(("bracha", 1, 2, "held"), ("bracha", 1, 3, "held"), conduct="corrupting")
    told = connectivity.answer(connectivity(pd.concat([one, other], ignore_index=True)))
    assert "1 of 1 run (100 %) at or above" in told
    assert "and 0 of 1 run (0 %) below it, under the conduct and inputs that did most harm" in told
    assert "; of all runs 2 of 2 runs (100 %) and 1 of 2 runs (50 %)." in told


def test_its_digest_has_connectivities_side_by_side() -> None:
    digest = connectivity.digest(connectivity(FRAME[:4]))
    assert digest.columns.tolist() == [
        "protocol",
        "traitors",
        "needed",
        *(f"connectivity={k}" for k in (2, 3, 4)),
    ]
    assert digest.iloc[0, 3:].tolist() == [0.5, 1, 1]


def test_runs_that_nothing_was_relayed_in_are_not_its_kind() -> None:
    with pytest.raises(InputError, match="sweep relay=True"):
        connectivity(FRAME.assign(relay=False))
    with pytest.raises(InputError, match="sweep relay=True"):
        connectivity(FRAME.drop(columns="relay"))
