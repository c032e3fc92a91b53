"""The manifest: what a folder of results holds, and everything that it depends on.

Its identity names all that determines the numbers: model, factors, replicates, seed, record, code and
versions. A folder takes the runs of one identity only, so old and new results never mix.
"""

import json
from collections.abc import Mapping
from operator import index
from pathlib import Path
from typing import Any

from ..agents.errors import InputError
from ..models.records import Column
from .design import Design, label
from .plan import Plan
from .shards import Layout, atomically

__all__ = ["claimed", "read_manifest", "write_manifest"]

_NAME = "manifest.json"
_FORMAT = 1


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest anew, all of it or nothing."""
    text = json.dumps(manifest, indent=1, default=str)
    atomically(folder / _NAME, lambda file: file.write(text.encode()))


def read_manifest(folder: Path) -> tuple[dict[str, Any], Layout]:
    """Return a folder's manifest and the layout of its frames.

    Raises
    ------
    InputError
        If the folder does not hold the results of a sweep.
    """
    path = folder / _NAME
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        plan = manifest["plan"]
        number = manifest["format"]
        if number == _FORMAT:
            columns = {
                frame: {name: Column(*each) for name, each in named.items()}
                for frame, named in plan["columns"].items()
            }
            levels = {factor: tuple(each) for factor, each in plan["factors"].items()}
            design = Design(levels, plan["side_by_side"], plan.get("where"))
            replicates, seed = index(plan["replicates"]), index(plan["seed"])
            if replicates < 1 or not all(levels.values()) or not columns["runs"].keys() >= levels.keys():
                raise ValueError("replicates, or a factor's levels or column, are missing")
            return manifest, Layout(design, replicates, seed, columns)
    except FileNotFoundError:
        raise InputError(
            f"{folder} holds no results: it has no {_NAME}; give the folder of a sweep"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{path} cannot be read ({type(error).__name__}: {error}); is it a sweep's?"
        ) from error
    raise InputError(
        f"{path} has format {number}, this accord reads {_FORMAT}; read it with the accord that wrote it"
    )


def claimed(folder: Path, plan: Plan) -> dict[str, Any]:
    """Return the manifest of a folder that is empty or holds this very sweep."""
    identity = json.loads(json.dumps(plan.identity()))
    if (folder / _NAME).exists():
        manifest, _ = read_manifest(folder)
        changed = difference(manifest["identity"], identity)
        if changed:
            raise InputError(
                f"{folder} holds another sweep: {changed}; give another folder as out, or delete this one"
            )
        return manifest
    strangers = [
        each.name for each in folder.iterdir() if each.name != ".lock" and not each.name.endswith(".tmp")
    ]
    if strangers:
        raise InputError(
            f"{folder} is not empty and holds no sweep ({min(strangers)} is there); give another as out"
        )
    return {"format": _FORMAT, "identity": identity, "plan": plan.description(), "sessions": [], "counts": {}}


def difference(there: Any, here: Any, name: str = "") -> str:
    """Return the first difference between two identities in words; nothing if they are equal."""
    if isinstance(there, Mapping) and isinstance(here, Mapping):
        for key in dict.fromkeys([*here, *there]):
            inner = f"{name}.{key}" if name else key
            if key not in there or key not in here:
                return f"{inner} is given only {'here' if key in here else 'there'}"
            if told := difference(there[key], here[key], inner):
                return told
        return (
            ""
            if list(there) == list(here) or not name.startswith("factors")
            else "the factors' order differs"
        )
    if json.dumps(there) == json.dumps(here):  # which 1 and 1.0 tell apart
        return ""
    if name.startswith("code."):
        return (
            "the code of accord has changed" if name == "code.accord" else "the code of the model has changed"
        )
    return f"{name} is {_short(there)} there and {_short(here)} here"


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_short, value))}]" if len(value) <= 8 else f"{len(value)} levels"
    return str(label(value))
