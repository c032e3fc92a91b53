import networkx as nx
import numpy as np
from accord.models.networks.topologies.petersen import Petersen


def test_edges_are_those_of_networkx() -> None:
    built = Petersen().build()
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(nx.petersen_graph().edges))


def test_strongly_regular() -> None:
    # srg(10, 3, 0, 1): no triangles, and one common neighbour of any two strangers
    matrix = Petersen().build().adjacency.toarray().astype(int)
    assert (matrix @ matrix == 3 * np.eye(10) + (1 - np.eye(10) - matrix)).all()
