import io
import os
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.files import SUFFIXES, checked_path, digest, read
from accord.models.networks.network import Network
from scipy.sparse import coo_array, csc_array, csr_array, save_npz

KARATE = nx.karate_club_graph()
NAMED = nx.Graph()
NAMED.add_weighted_edges_from([("Ada", "Bjørn", 2.0), ("Bjørn", "Cleo", 0.5)])


def written(folder: Path, name: str, content: str | bytes) -> str:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(file)


# what is right


@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        (".graphml", nx.write_graphml),
        (".gexf", nx.write_gexf),
        (".gml", nx.write_gml),
        (".net", nx.write_pajek),
        (".edgelist", nx.write_weighted_edgelist),
        (".csv", lambda graph, path: nx.to_pandas_edgelist(graph).to_csv(path, index=False)),
        (".npy", lambda graph, path: np.save(path, nx.to_numpy_array(graph))),
        (".npz", lambda graph, path: save_npz(path, nx.to_scipy_sparse_array(graph))),
    ],
)
def test_every_format_gives_karate_back(tmp_path: Path, suffix: str, write: Any) -> None:
    file = tmp_path / f"karate{suffix}"
    write(KARATE, file)
    network = read(str(file))
    assert network == Network.from_networkx(KARATE)
    assert network.labels is None
    assert network.notes == ()
    assert network.name == str(file)
    if suffix not in (".npy", ".npz"):
        assert read(str(file), weight=None) == Network.from_networkx(KARATE, weight=None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "# friends\n\nAda Bjørn 2\n  Bjørn\tCleo 0.5   # late\n"),
        ("a.edges", "\ufeffAda Bjørn 2.0\r\nBjørn Cleo 5e-1"),
        ("a.csv", "source,target,weight\nAda,Bjørn,2\n\nBjørn,Cleo,.5\n"),
        ("a.csv", '\ufeffweight, target, since, source\n2, "Bjørn", 1999, Ada\n0.5, Cleo, , Bjørn\n'),
        ("a.csv", "from,to,weight\nAda,Bjørn,2\nBjørn,Cleo,0.5\n"),
        (
            "a.gml",
            'graph [ node [ id 0 label "Ada" ] node [ id 1 label "Bjørn" ] node [ id 2 label "Cleo" ]\n'
            " edge [ source 0 target 1 weight 2 ] edge [ source 1 target 2 weight 0.5 ] ]",
        ),
        ("a.net", "*Vertices 3\n1 Ada\n2 Bjørn\n3 Cleo\n*Edges\n1 2 2\n2 3 0.5\n"),
    ],
)
def test_labels_and_weights_are_kept(tmp_path: Path, name: str, content: str) -> None:
    network = read(written(tmp_path, name, content))
    assert network == Network.from_networkx(NAMED)
    assert network.node_labels == ("Ada", "Bjørn", "Cleo")


def test_numbers_as_names(tmp_path: Path) -> None:
    ids = read(written(tmp_path, "ids.txt", "2 1\n0 2\n"))
    assert ids.labels is None
    assert ids.neighbours(2).tolist() == [0, 1]
    gaps = read(written(tmp_path, "gaps.txt", "30 7\n7 100\n"))
    assert gaps.labels == ("7", "30", "100")  # in their order as numbers
    assert gaps.degrees.tolist() == [2, 1, 1]
    codes = read(written(tmp_path, "codes.csv", "source,target\n007,7\n7,NA\n"))
    assert codes.labels == ("007", "7", "NA")  # names, not numbers; and no missing value
    zeros = read(written(tmp_path, "zeros.txt", "8 007\n007 7\n"))
    assert zeros.labels == ("8", "007", "7")


def test_labels_of_graph_formats_come_from_the_attribute(tmp_path: Path) -> None:
    graph = nx.relabel_nodes(NAMED, {"Ada": "n0", "Bjørn": "n1", "Cleo": "n2"})
    nx.set_node_attributes(graph, {"n0": "Ada", "n1": "Bjørn", "n2": "Cleo"}, "label")
    nx.write_graphml(graph, tmp_path / "a.graphml")
    assert read(str(tmp_path / "a.graphml")).labels == ("Ada", "Bjørn", "Cleo")


def test_gml_without_labels(tmp_path: Path) -> None:
    network = read(
        written(tmp_path, "a.gml", "graph [ node [ id 5 ] node [ id 9 ] edge [ source 5 target 9 ] ]")
    )
    assert network.labels == ("5", "9")


def test_weights_by_another_name(tmp_path: Path) -> None:
    csv = written(tmp_path, "a.csv", "source,target,trust\n0,1,3\n")
    assert read(csv).edge_weights is None
    assert read(csv, weight="trust").edge_list[2].tolist() == [3]
    graph = nx.Graph()
    graph.add_edge(0, 1, trust=3)
    nx.write_graphml(graph, tmp_path / "a.graphml")
    assert read(str(tmp_path / "a.graphml"), weight="trust").edge_list[2].tolist() == [3]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "0 1\n1 0\n1 1\n1 2\n"),
        ("a.csv", "source,target\n0,1\n1,0\n1,1\n1,2\n"),
        ("a.net", "*Vertices 3\n1 0\n2 1\n3 2\n*Edges\n1 2\n2 1\n2 2\n2 3\n"),
        (
            "a.gml",
            "graph [ multigraph 1 node [ id 0 ] node [ id 1 ] node [ id 2 ] edge [ source 0 target 1 ] "
            "edge [ source 1 target 0 ] edge [ source 1 target 1 ] edge [ source 1 target 2 ] ]",
        ),
    ],
)
def test_self_loops_and_parallel_edges_are_repaired_and_told(tmp_path: Path, name: str, content: str) -> None:
    network = read(written(tmp_path, name, content))
    assert network.degrees.tolist() == [1, 2, 1]
    assert network.notes == ("dropped 1 self-loop", "merged 1 parallel edge")


def test_directions_are_dropped_and_told(tmp_path: Path) -> None:
    nx.write_graphml(nx.DiGraph([(0, 1), (1, 2)]), tmp_path / "a.graphml")
    assert read(str(tmp_path / "a.graphml")).notes == ("took 2 directed edges as undirected",)


@pytest.mark.parametrize("form", [csr_array, csc_array, coo_array])
def test_sparse_and_dense_archives(tmp_path: Path, form: Any) -> None:
    matrix = nx.to_scipy_sparse_array(KARATE)
    save_npz(tmp_path / "sparse.npz", form(matrix))
    np.savez_compressed(tmp_path / "dense.npz", adjacency=matrix.toarray())
    assert read(str(tmp_path / "sparse.npz")) == read(str(tmp_path / "dense.npz"))


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "0 1\n")
    first, before = read(path), digest(path)
    assert read(path) is first
    written(tmp_path, "a.txt", "0 1\n1 2\n")
    assert read(path).m == 2
    assert digest(path) != before


# what is wrong

BAD: list[tuple[str, str | bytes, str]] = [
    ("a.txt", "", "a.txt: the file is empty"),
    ("a.txt", "# nothing\n\n", "a.txt: the file holds no edges"),
    ("a.txt", "0 1\n\n# x\n2\n", "a.txt, line 4: 1 entries; write 'source target'"),
    ("a.txt", "0 1\n1 2 3\n", "a.txt, line 2: 3 entries; .* the same in every line"),
    ("a.txt", "0 1 2 3\n", "a.txt, line 1: 4 entries"),
    ("a.txt", "0 1\n0 1 2 3 4 5 6\n", "a.txt, line 2: 7 entries"),
    ("a.txt", "0 1 2\n1 2 3 4 5\n", "a.txt, line 2: 5 entries"),
    ("a.txt", "0 1 2\n1 2 x\n", "a.txt, line 2: the weight 'x' is not a number"),
    ("a.txt", "0 1 2\n1 2 nan\n", "a.txt, line 2: the weight is nan; weights must be positive numbers"),
    ("a.txt", "0 1 2\n# x\n1 2 -1\n", "a.txt, line 3: the weight is -1"),
    ("a.txt", "0 1 inf\n", "a.txt, line 1: the weight is inf"),
    ("a.txt", "0 1 0\n", r"a.txt, line 1: the weight is 0; .* \(leave an edge of weight 0 out\)"),
    ("a.txt", "0 1 {'weight': 3}\n", "write_edgelist with data=False"),
    ("a.txt", b"0 1\n1 \xe9\n", "a.txt, line 2: byte 3 is not UTF-8 text; save the file as UTF-8"),
    ("a.csv", "source,target\n", "a.csv: the file holds no edges"),
    ("a.csv", "\n\n", "a.csv, line 1: the first line must name the columns, such as source,target,weight"),
    ("a.csv", "0,1\n1,2\n", "a.csv, line 1: the first line must name the columns"),
    ("a.csv", "source;target\n0;1\n", "a.csv, line 1: the first line must name"),
    ("a.csv", "source,target\n0,1\n2\n", "a.csv, line 3: 1 entries where the header has 2"),
    ("a.csv", "source,target\n0,1\n\n0,1,2\n", "a.csv, line 4: 3 entries where the header has 2"),
    ("a.csv", "source,target\n0,1,5\n0,1,2\n", "a.csv, line 2: 3 entries where the header has 2"),
    (
        "a.csv",
        "source,target,weight\n0,,1\n",
        "a.csv, line 2: target is empty; give it, or leave the line out",
    ),
    (
        "a.csv",
        "source,target,weight\n0,1,\n",
        "a.csv, line 2: weight is empty; give it, or leave the line out",
    ),
    ("a.csv", "source,target,weight\n0,1,2\n1,2,nan\n", "a.csv, line 3: the weight is nan"),
    (
        "a.csv",
        "source,target,weight\n0,1,2\n1,2,heavy\n",
        "a.csv, line 3: the weight 'heavy' is not a number",
    ),
    ("a.csv", 'source,target\n0,1\n"0,1\n', "a.csv, line 3: unexpected end of data"),
    ("a.csv", b"source,target\n0,1\n0,\xff\n", "a.csv, line 3: byte 3 is not UTF-8"),
    ("a.csv", b"\xff\xfe0\x001\x00", "a.csv, line 1: byte 1 is not UTF-8"),
    ("a.graphml", "<graphml>", "a.graphml, line 1: not a proper .graphml file .ParseError"),
    ("a.graphml", "<graphml></graphml>", "a.graphml: not a proper .graphml file .NetworkXError"),
    ("a.graphml", "no xml", "a.graphml, line 1: not a proper"),
    ("a.graphml", b"<graphml>\n\xff</graphml>", "a.graphml, line 2: not a proper"),
    ("a.gexf", "<gexf></gexf>", "a.gexf: not a proper .gexf file"),
    ("a.gexf", "", "a.gexf: the file is empty"),
    ("a.gml", "graph [ node [", "a.gml: not a proper .gml file"),
    ("a.gml", "graph [ ]", "a.gml: the file holds no nodes"),
    ("a.gml", b'graph [ node [ id 0\nlabel "\xe9" ] ]', "a.gml, line 2: byte 8 is not UTF-8"),
    (
        "a.gml",
        "graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] edge [ source 0 target 1 ] ]",
        "is duplicated",
    ),
    (
        "a.gml",
        "graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 weight NAN ] ]",
        "the edge 0 - 1 weighs nan",
    ),
    ("a.net", "0 1\n", "a.net: not a proper .net file .ValueError: it has no .Vertices"),
    ("a.net", "*Vertices 2\n1 a\n2 b\n*Edges\n1 x\n", "a.net: not a proper .net file"),
    (
        "a.net",
        "*Vertices 2\n1 a\n2 b\n*Edges\n1 2 -4\n",
        "the edge a - b weighs -4.0; weights must be positive",
    ),
    ("a.npy", b"\x93NUMPY\x01\x00", "a.npy: not a proper .npy file of numbers"),
    ("a.npy", "text", "a.npy: not a proper .npy file .* write it with numpy.save"),
    ("a.npz", "text", "a.npz: not a proper .npz file"),
    ("a.xyz", "0 1\n", "unknown kind of file '.xyz'; known: .csv, .edgelist, .edges, .gexf, .gml, .graphml"),
    ("nosuffix", "0 1\n", r"unknown kind of file '\(no suffix\)'"),
]


@pytest.mark.parametrize(
    ("name", "content", "told"), BAD, ids=[f"{name}-{i}" for i, (name, _, _) in enumerate(BAD)]
)
def test_bad_content_is_told_in_one_line_with_file_and_line(
    tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    with pytest.raises(InputError, match=told) as error:
        read(written(tmp_path, name, content))
    assert "\n" not in str(error.value)
    assert str(tmp_path / name) in str(error.value)


def npy(array: Any, **options: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def npz(**arrays: Any) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def sparse(**changes: Any) -> bytes:
    parts = {"indices": [1, 0], "indptr": [0, 1, 2], "data": [1.0, 1.0], "shape": [2, 2], "format": b"csr"}
    return npz(**{key: np.array(value) for key, value in {**parts, **changes}.items()})


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "a.npy",
            npy(np.array([[0, {}], [{}, 0]], dtype=object), allow_pickle=True),
            "Python objects in dtype",
        ),
        ("a.npy", npy(np.zeros((2, 3))), "a.npy: an adjacency matrix is square"),
        ("a.npy", npy(np.ones((3, 3)))[:-8], "a.npy: not a proper .npy file"),
        ("a.npy", npy(np.array([[0, np.nan], [np.nan, 0]])), r"a.npy: entry \(0, 1\) is nan"),
        ("a.npy", npy(np.array([[0, 1], [0, 0]])), "a.npy: .* more than the entry across the diagonal"),
        ("a.npy", npy(np.array([["a"]])), "holds real numbers"),
        ("a.npz", npz(a=np.eye(2), b=np.eye(2)), r"holds 2 arrays \(a, b\); save the adjacency matrix alone"),
        ("a.npz", npz(a=np.array([[{}]], dtype=object)), "Object arrays cannot be loaded"),
        ("a.npz", sparse(shape=[10**12, 10**12]), r"about 1e\+12 nodes are more than the 1e\+08"),
        ("a.npz", sparse(indices=[1, 10**6]), "a.npz: not a proper .npz file"),
        ("a.npz", sparse(indptr=[0, 1, 99]), "a.npz: not a proper .npz file"),
        ("a.npz", sparse(format=b"odd"), "a.npz: not a proper .npz file"),
        ("a.npz", sparse(data=[-1.0, -1.0]), r"entry \(0, 1\) is -1 not a number from 0 up"),
        ("a.npz", npz(a=np.eye(2))[:100], "a.npz: not a proper .npz file"),
    ],
)
def test_bad_arrays(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        read(written(tmp_path, name, content))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("suffix", "advice"), [(".gml", "use an edge list, a table or a matrix"), (".txt", "use a part of it")]
)
def test_huge_files(tmp_path: Path, suffix: str, advice: str) -> None:
    huge = tmp_path / f"huge{suffix}"
    with huge.open("wb") as stream:
        stream.truncate(5 * 2**30)  # a hole, which takes no place
    with pytest.raises(InputError, match=f"5.4e.09 bytes are more than the .* {advice}"):
        read(str(huge))


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name, told in [
        ("folder.csv", "this is a folder; name a file in it"),
        ("pipe.csv", "this is not a regular file"),
        ("missing.csv", "there is no such file; check the path"),
        ("a.csv/b.csv", "no such file"),
        ("x" * 300 + ".csv", "cannot be read|no such file"),
        ("nul\0.csv", "a path has no null characters"),
    ]:
        with pytest.raises(InputError, match=told):
            checked_path(str(tmp_path / name))


def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "secret.csv", "source,target\n0,1\n")

    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # a superuser may read everything
    with pytest.raises(InputError, match=r"cannot be read \(Permission denied\); check its permissions"):
        read(path)


def test_an_unknown_column_of_weights(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "source,target,trust\n0,1,3\n")
    with pytest.raises(
        InputError, match="line 1: there is no column 'trusst'; the columns are source, target, trust"
    ):
        read(path, weight="trusst")


def test_suffixes_are_those_of_the_issue() -> None:
    assert {".graphml", ".gexf", ".gml", ".net", ".edgelist", ".txt", ".csv", ".npy", ".npz"} <= SUFFIXES


def test_a_csv_in_capitals_with_blanks_and_more_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Source,Target,Weight,since\na , b,2,1999\nb,c ,3,2001\n")
    network = read(str(tmp_path / "a.csv"))
    assert network.labels == ("a", "b", "c")
    assert network.edge_list[2].tolist() == [2.0, 3.0]
    assert network.notes == ("columns not used: since",)
    assert repr(network).endswith("3 nodes, 2 edges, weighted>")


def test_a_csv_without_known_names_says_what_it_took_for_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\nb,c\nc,a\n")
    assert read(str(tmp_path / "a.csv")).notes == ("took the first line (a, b) for the columns' names",)
