import numpy as np
from accord.models.networks.topologies.les_miserables import LesMiserables


def test_known_answers() -> None:
    # Knuth 1993: 77 characters, 254 coappearances; Valjean meets 36 others, Cosette in 31 chapters
    built = LesMiserables().build()
    assert (built.n, built.m, built.edge_weights) == (77, 254, None)
    valjean, cosette = (list(built.node_labels).index(name) for name in ("Valjean", "Cosette"))
    assert built.degrees[valjean] == built.degrees.max() == 36
    weighted = LesMiserables(weighted=True).build()
    assert np.array_equal(weighted.indices, built.indices)
    assert weighted.adjacency.toarray()[valjean, cosette] == weighted.adjacency.max() == 31
