"""Best responses: pair by pair, and what is in equilibrium."""

import pandas as pd
from accord.analysis.measures.best_responses import best_responses


def runs(payoffs: dict[tuple[str, str], float]) -> pd.DataFrame:
    """Return runs in which the first party and the second get what the game says."""
    return pd.DataFrame(
        {
            "tactic": one, "rivals": two, "domain": "pie", "utility": payoffs[one, two],
            "rival_utility": payoffs[two, one], "deals": 1, "tables": 1, "replicate": 0,
        }
        for one, two in payoffs
    )  # fmt: skip


CHICKEN = {
    ("micro", "micro"): 0.0,
    ("micro", "random"): 3.0,
    ("random", "micro"): 1.0,
    ("random", "random"): 2.0,
}
DILEMMA = {
    ("micro", "micro"): 1.0,
    ("micro", "random"): 5.0,
    ("random", "micro"): 0.0,
    ("random", "random"): 3.0,
}


def test_pairs() -> None:
    table = best_responses(runs(CHICKEN)).set_index(["entry", "opponent"])
    assert table["utility"].to_dict() == CHICKEN
    assert table["runs"].tolist() == [2, 2, 2, 2]
    assert table["best"].tolist() == [False, True, True, False]
    assert table["equilibrium"].tolist() == [False, True, True, False]
    assert (table.loc[table["best"], "certain"] == 1).all()


def test_words_and_the_graph() -> None:
    table = best_responses(runs(CHICKEN))
    assert best_responses.answer(table).endswith("equilibria of the empirical game: MiCRO against Random.")
    assert best_responses.digest(table)[["entry", "opponent"]].to_numpy().tolist() == [
        ["random", "micro"],
        ["micro", "random"],
    ]
    assert best_responses.answer(best_responses(runs(DILEMMA))).endswith("MiCRO against itself.")


def test_without_an_equilibrium() -> None:
    names = ["micro", "random", "stubborn"]  # each beats the one before
    cycle = {(a, b): float((i - j) % 3 == 1) for i, a in enumerate(names) for j, b in enumerate(names)}
    assert "no equilibrium" in best_responses.answer(best_responses(runs(cycle)))
