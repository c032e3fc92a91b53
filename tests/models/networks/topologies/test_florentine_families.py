from accord.models.networks.topologies.florentine_families import FlorentineFamilies


def test_known_answers() -> None:
    # Breiger and Pattison 1986: 15 families with ties, 20 marriages; the Medici have six
    built = FlorentineFamilies().build()
    assert (built.n, built.m) == (15, 20)
    degree = dict(zip(built.node_labels, built.degrees.tolist(), strict=True))
    assert (degree["Medici"], degree["Strozzi"], degree["Acciaiuoli"]) == (6, 4, 1)
    assert "Pucci" not in degree
