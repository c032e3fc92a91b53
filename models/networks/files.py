"""Networks in files: graph formats, lists of edges, tables and matrices.

Whatever is wrong with a file becomes one line that names the file and, where it is known, the line.
"""

import csv
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import numpy as np
from numpy.typing import NDArray

from ...agents.errors import InputError
from .. import files
from .matrix_files import ARRAY_BYTES, read_archive, read_array
from .network import Network

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SUFFIXES", "checked_path", "digest", "of_named_edges", "read"]

_ENDS: Final = frozenset({"source", "target", "from", "to", "node1", "node2", "u", "v"})
_GRAPH_BYTES: Final = 512 * 2**20  # networkx makes about twenty bytes of one


def read(path: str, *, weight: str | None = "weight") -> Network:
    """Return the network that a file holds; its suffix tells the format.

    Parameters
    ----------
    path
        The file. The last few are kept, and read again only when they have changed.
    weight
        Column or edge attribute with the weights; None: every edge weighs 1.

    Raises
    ------
    InputError
        If the file is missing, unreadable, empty, malformed, not UTF-8, too large, or holds what is
        no network.
    """
    file = checked_path(path)
    state = file.stat()
    try:
        return _read(path, weight, state.st_mtime_ns, state.st_size)
    except UnicodeDecodeError:
        files.point_at_byte(file)
    except MemoryError:
        raise InputError(f"{path}: too large for this machine's memory; take a part of it") from None


@lru_cache(maxsize=4)
def _read(path: str, weight: str | None, _changed: int, _size: int) -> Network:
    file = Path(path).expanduser()
    return replace(_READERS[file.suffix.lower()](file, weight), name=path)


def digest(path: str) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal digits."""
    return files.digest(checked_path(path))


def checked_path(path: str) -> Path:
    """Return the path of a file that is there, can be read, has a known suffix and is not too large."""
    return files.checked_path(path, _LIMITS)


def of_named_edges(names: "pd.Series", weights: NDArray[np.float64] | None, *, title: str) -> Network:
    """Return the network of edges between named nodes.

    Where all names are whole numbers the ids follow their order, else the order in which they come.

    Parameters
    ----------
    names : (2m,) of str
        The sources of all edges, then their targets.
    weights : (m,) or None
    title
        The network's name.
    """
    import pandas as pd

    found, known = pd.factorize(names)
    ids, order = pd.factorize(found.reshape(2, -1).T.ravel())  # edge by edge, as a reader meets them
    labels = np.asarray(known[order], dtype=np.str_)
    numbers = _whole_numbers(labels)
    if numbers is not None:
        order = np.argsort(numbers)
        labels = labels[order]
        ids = np.argsort(order)[ids]
    is_plain = numbers is not None and int(numbers.max()) == len(numbers) - 1
    names_kept = None if is_plain else tuple(labels.tolist())
    return Network.from_edges(len(labels), ids[::2], ids[1::2], weights, labels=names_kept, name=title)


def _whole_numbers(labels: NDArray[np.str_]) -> NDArray[np.int64] | None:
    """Return the numbers that labels such as "17" are, or None; "017" is a name."""
    if not labels.size or not np.char.isdecimal(labels).all() or np.char.str_len(labels).max() > 18:
        return None
    numbers = labels.astype(np.int64)
    return numbers if (numbers.astype(np.str_) == labels).all() else None


# Tables are read at once and looked at as columns. Only where something is wrong is the file gone
# through again, line by line, to say where.


def _edge_list(file: Path, weight: str | None) -> Network:
    faults = partial(_edge_list_faults, file)
    table = _table(
        file,
        faults,
        sep=r"\s+",
        header=None,
        names=range(4),
        comment="#",
        quoting=csv.QUOTE_NONE,
        index_col=False,
    )
    width = 4 - int((table[3] == "").all()) - int((table[[2, 3]] == "").all(axis=None))
    if width == 4 or (table.iloc[:, :width] == "").any(axis=None):
        _point_at(file, faults)
    return _of_columns(file, table[0], table[1], table[2] if width == 3 and weight else None, faults)


def _edge_list_faults(file: Path) -> Iterator[tuple[int, str]]:
    expected = 0
    with file.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, 1):
            fields = line.partition("#")[0].split()
            if not fields:
                continue
            expected = expected or len(fields)
            if len(fields) not in (2, 3) or len(fields) != expected:
                yield (
                    number,
                    (
                        f"{len(fields)} entries; write 'source target' or 'source target weight', the same "
                        "in every line (networkx: write_weighted_edgelist, or write_edgelist with data=False)"
                    ),
                )
            elif len(fields) == 3:
                yield from ((number, fault) for fault in _weight_faults(fields[2]))


def _csv(file: Path, weight: str | None) -> Network:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            header = [field.strip() for field in next(csv.reader(stream), [])]
    except csv.Error as error:
        raise InputError(f"{file}, line 1: {error}") from None
    if len(header) < 2 or any(_is_number(column) or not column for column in header[:2]):
        raise InputError(
            f"{file}, line 1: the first line must name the columns, such as source,target,weight"
        )
    lowered = [column.lower() for column in header]
    if weight not in (None, "weight", *header):
        raise InputError(
            f"{file}, line 1: there is no column {weight!r}; the columns are {', '.join(header)}"
        )
    source, target = (
        (lowered.index(each) for each in ("source", "target"))
        if {"source", "target"} <= {*lowered}
        else (0, 1)
    )
    place = header.index(weight) if weight in header else None
    if place is None and weight == "weight" in lowered:
        place = lowered.index("weight")
    notes = []
    if not {lowered[source], lowered[target]} & _ENDS:
        notes.append(f"took the first line ({header[source]}, {header[target]}) for the columns' names")
    used = [source, target] if place is None else [source, target, place]
    faults = partial(_csv_faults, file, header, used)
    table = _table(file, faults, skipinitialspace=True, index_col=False)
    if (table.iloc[:, used] == "").any(axis=None):
        _point_at(file, faults)
    idle = [column for at, column in enumerate(header) if at not in used]
    if idle:
        notes.append(f"columns not used: {', '.join(idle)}")
    weights = None if place is None else table.iloc[:, place]
    first, second = (table.iloc[:, at].str.strip() for at in (source, target))
    network = _of_columns(file, first, second, weights, faults)
    return replace(network, notes=(*notes, *network.notes))


def _csv_faults(file: Path, header: list[str], used: list[int]) -> Iterator[tuple[int, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream, skipinitialspace=True, strict=True)
        try:
            for row in rows:
                if row and len(row) != len(header):
                    yield rows.line_num, f"{len(row)} entries where the header has {len(header)}"
                for place in used if row else ():
                    if not row[place]:
                        yield rows.line_num, f"{header[place]} is empty; give it, or leave the line out"
                if row and len(used) == 3 and rows.line_num > 1:
                    yield from ((rows.line_num, fault) for fault in _weight_faults(row[used[2]]))
        except csv.Error as error:
            yield rows.line_num, str(error)


def _table(file: Path, faults: Callable[[], Iterator[tuple[int, str]]], **form: Any) -> "pd.DataFrame":
    """Return a file's columns as text, "" where an entry is missing."""
    import pandas as pd

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # of entries that would be lost
            table: pd.DataFrame = pd.read_csv(file, dtype=str, na_filter=False, encoding="utf-8-sig", **form)
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as error:
        _point_at(file, faults, str(error))
    if len(table) == 0:
        raise InputError(f"{file}: the file holds no edges")
    return table


def _of_columns(
    file: Path,
    source: "pd.Series",
    target: "pd.Series",
    weight: "pd.Series | None",
    faults: Callable[[], Iterator[tuple[int, str]]],
) -> Network:
    import pandas as pd

    weights = None
    if weight is not None:
        weights = pd.to_numeric(weight, errors="coerce").to_numpy(dtype=np.float64)
        if not (np.isfinite(weights) & (weights > 0)).all():
            _point_at(file, faults)
    return of_named_edges(pd.concat([source, target], ignore_index=True), weights, title=str(file))


def _weight_faults(text: str) -> Iterator[str]:
    if not _is_number(text):
        yield f"the weight {text!r} is not a number"
    elif not (isfinite(float(text)) and float(text) > 0):
        yield f"the weight is {text}; weights must be positive numbers (leave an edge of weight 0 out)"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _point_at(
    file: Path, faults: Callable[[], Iterator[tuple[int, str]]], otherwise: str = "it cannot be read"
) -> NoReturn:
    """Raise the first fault with its line."""
    for line, fault in faults():
        raise InputError(f"{file}, line {line}: {fault}")
    raise InputError(f"{file}: {' '.join(otherwise.split())}")


def _graph(load: Callable[[Any, Path], Any]) -> Callable[[Path, str | None], Network]:
    """Return the reader of a format that networkx reads, `load(networkx, file)`."""

    def reader(file: Path, weight: str | None) -> Network:
        import networkx as nx

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # networkx warns of attributes that are not used here
                graph = load(nx, file)
        except UnicodeDecodeError:
            raise
        except Exception as error:  # its parsers meet malformed files with whatever goes wrong first
            line = getattr(error, "position", (None,))[0]
            reason = " ".join(str(error).split()) or "no explanation"
            raise InputError(
                f"{file}{f', line {line}' if line else ''}: not a proper {file.suffix} file "
                f"({type(error).__name__}: {reason:.200})"
            ) from None
        if graph.number_of_nodes() == 0:
            raise InputError(f"{file}: the file holds no nodes")
        return Network.from_networkx(graph, name=str(file), weight=weight)

    return reader


def _gml(nx: Any, file: Path) -> Any:
    text = file.read_text(encoding="utf-8")
    try:
        return nx.parse_gml(text, label="label")
    except nx.NetworkXError as error:
        if "label" not in str(error):
            raise
        return nx.parse_gml(text, label="id")  # many a file numbers its nodes and leaves it at that


def _pajek(nx: Any, file: Path) -> Any:
    text = file.read_text(encoding="utf-8-sig")
    declared = re.search(r"\*vertices\s+(\d+)", text, re.IGNORECASE)
    if declared is None:
        raise ValueError("it has no *Vertices")
    graph = nx.parse_pajek(text)
    if len(graph) > int(declared[1]):  # networkx makes new nodes where an edge names unknown ones
        raise ValueError(f"an edge ends at none of the {declared[1]} vertices")
    return graph


_GRAPHS: Final[dict[str, Callable[[Path, str | None], Network]]] = {
    ".graphml": _graph(lambda nx, file: nx.read_graphml(file)),
    ".gexf": _graph(lambda nx, file: nx.read_gexf(file)),
    ".gml": _graph(_gml),
    **dict.fromkeys((".net", ".paj", ".pajek"), _graph(_pajek)),
}
_READERS: Final[dict[str, Callable[[Path, str | None], Network]]] = {
    **_GRAPHS,
    **dict.fromkeys((".edgelist", ".edges", ".txt"), _edge_list),
    ".csv": _csv,
    ".npy": read_array,
    ".npz": read_archive,
}
SUFFIXES: Final = frozenset(_READERS)
_LIMITS: Final = {
    suffix: (_GRAPH_BYTES, "an edge list, a table or a matrix")
    if suffix in _GRAPHS
    else (ARRAY_BYTES, "a part of it")
    for suffix in _READERS
}
