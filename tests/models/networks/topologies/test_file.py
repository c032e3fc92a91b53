from pathlib import Path

import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies import topologies
from accord.models.networks.topologies.file import File


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "two parts.csv"
    file.write_text("source,target,weight\na,b,2\nc,d,1\nd,e,1\n")
    return str(file)


def test_text_and_mapping_give_it_back(path: str) -> None:
    file = File(path, weight=None, connected="giant")
    assert topologies.choose(str(file)) == file
    assert topologies.choose(path) == topologies.choose(Path(path)) == File(path)
    assert not file.is_random


def test_changed_data_never_pass_as_the_same(path: str) -> None:
    before = File(path).canonical()
    assert len(before["sha256"]) == 64
    assert topologies.choose(before).build is not None
    Path(path).write_text("source,target,weight\na,b,2\nc,d,1\nd,e,9\n")
    assert File(path).canonical() != before
    with pytest.raises(InputError, match=r"the file's content has changed since .* leave sha256 out"):
        topologies.choose(before)


def test_connected_as_asked_for(path: str) -> None:
    with pytest.raises(
        InputError, match=r"two parts.csv: the network falls into 2 components, the largest of 3 of 5"
    ):
        File(path).build()
    assert File(path, connected="any").build().n == 5
    giant = File(path, connected="giant").build()
    assert giant.labels == ("c", "d", "e")
    assert giant.notes[-1] == "took the giant component: 3 of 5 nodes, 2 components"


def test_ids_that_are_left_over_stay_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("0 1\n2 3\n3 4\n")
    assert File(str(tmp_path / "a.txt"), connected="giant").build().labels == ("2", "3", "4")


def test_a_bad_path_fails_at_once() -> None:
    with pytest.raises(InputError, match=r"file: path is missing; give path="):
        topologies.choose("file")
    with pytest.raises(InputError, match=r"file: nowhere\.gml: there is no such file"):
        File("nowhere.gml")


def test_weights_are_read_or_left(tmp_path: Path) -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 4.0)])
    nx.write_gml(graph, tmp_path / "a.gml")
    file = File(str(tmp_path / "a.gml"))
    assert file.build().edge_list[2].tolist() == [4]
    assert file.but(weight=None).build().edge_weights is None
