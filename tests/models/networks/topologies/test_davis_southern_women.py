from accord.models.networks.topologies.davis_southern_women import DavisSouthernWomen


def test_known_answers() -> None:
    # Davis, Gardner and Gardner 1941: 18 women, 14 events, 89 attendances; event 8 drew fourteen
    built = DavisSouthernWomen().build()
    assert (built.n, built.m) == (32, 89)
    degree = dict(zip(built.node_labels, built.degrees.tolist(), strict=True))
    assert (degree["E8"], degree["Evelyn Jefferson"]) == (14, 8)
    assert not built.adjacency.toarray()[:18, :18].any()
    assert not built.adjacency.toarray()[18:, 18:].any()
