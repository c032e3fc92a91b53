"""Provenance: which code, in which versions, from which commit, made a result."""

import ast
import inspect
import re
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import resolve_name
from pathlib import Path
from pickle import dumps
from platform import platform
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

__all__ = ["accord_code", "command", "git", "loaded_source", "user_code", "versions"]

_ROOT = Path(__file__).resolve().parent.parent
_STDLIB = sysconfig.get_path("stdlib")
_PLAIN = (bool, int, float, complex, str, bytes, type(None))


def versions() -> dict[str, str]:
    """Return the versions of everything that numbers may depend on, and of what writes them down."""
    packages = ("accord", "mesa", "numpy", "scipy", "networkx", "pydantic", "pandas", "pyarrow")
    return {"python": ".".join(map(str, sys.version_info[:3])), **{name: _version(name) for name in packages}}


def git() -> dict[str, Any] | None:
    """Return commit and dirty flag of accord's checkout; None where there is none."""
    if not (_ROOT / ".git").exists():
        return None
    try:
        commit, changes = (
            subprocess.run(
                ["git", "-C", str(_ROOT), *words], capture_output=True, text=True, check=True, timeout=10
            ).stdout.strip()
            for words in (["rev-parse", "HEAD"], ["status", "--porcelain"])
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return {"commit": commit, "dirty": bool(changes)}


def command() -> dict[str, str]:
    """Return what was typed, and on what kind of machine."""
    words = sys.orig_argv if Path(sys.argv[0]).name == "__main__.py" else sys.argv  # python -m accord
    return {"command": shlex.join(words) or "python", "platform": platform()}


def accord_code() -> str:
    """Return a fingerprint of the code that makes runs: accord's agents and models."""
    digest = sha256()
    for folder in ("agents", "models"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            digest.update(str(path.relative_to(_ROOT).as_posix()).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def user_code(roots: Iterable[Any]) -> str | None:
    """Return a fingerprint of the user's own code behind some classes; None if all of it is accord's.

    Modules count with their files, and so do those of the user's modules that they import. What a script or
    notebook defines counts piece by piece: the classes, and the functions and constants that these refer
    to. So a script's figures may change and its sweep can still be resumed.
    """
    pieces = sorted(set(_pieces(roots)))
    return sha256("\0".join(pieces).encode()).hexdigest()[:16] if pieces else None


def loaded_source(module: ModuleType, source: str | None = None) -> str:
    """Return the source that a module was loaded from: what `source` says, or its file when first asked for.

    A file that is edited later does not change what runs in this process.
    """
    if source is None:
        source = Path(str(module.__file__)).read_text(encoding="utf-8", errors="replace")
    return str(module.__dict__.setdefault("__accord_source__", source))


def _pieces(roots: Iterable[Any]) -> Iterator[str]:
    waiting, seen = list(roots), set()
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        name = thing.__name__ if isinstance(thing, ModuleType) else getattr(thing, "__module__", None)
        module = sys.modules.get(str(name))
        if module is None or not _is_users(module):
            continue
        file = getattr(module, "__file__", None)
        if file and module.__name__ != "__main__":
            if id(module) not in seen or thing is module:
                seen.add(id(module))
                source = loaded_source(module)
                yield f"{Path(file).name}: {source}"
                waiting += [
                    each
                    for each in vars(module).values()
                    if isinstance(each, type | FunctionType | ModuleType)
                ]
                waiting += _imported(module, source)
        elif isinstance(thing, type):
            yield f"{thing.__qualname__}: {_source(thing)}"
            waiting += [*thing.__mro__, *map(_unwrapped, vars(thing).values())]
        elif isinstance(thing, FunctionType):
            yield f"{thing.__qualname__}: {_source(thing)}"
            for each in _names(thing.__code__):
                value = thing.__globals__.get(each)
                value = getattr(value, "__wrapped__", value)  # of a cached function
                if isinstance(value, _PLAIN) and each in thing.__globals__:
                    yield f"{each} = {value!r}"
                elif isinstance(value, set | frozenset):
                    yield f"{each} = {sorted(map(repr, value))}"
                elif isinstance(value, list | tuple | dict | np.ndarray):
                    yield f"{each} = {sha256(dumps(value)).hexdigest()}"
                elif isinstance(value, type | FunctionType | ModuleType):
                    waiting.append(value)


def _imported(module: ModuleType, source: str) -> Iterator[ModuleType]:
    """Yield the modules that a module's source imports, even if only constants of theirs are used."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            with suppress(ImportError):
                base = resolve_name("." * node.level + (node.module or ""), module.__package__ or None)
                names |= {base, *(f"{base}.{each.name}" for each in node.names)}
    yield from (sys.modules[name] for name in sorted(names) if name in sys.modules)


def _is_users(module: ModuleType) -> bool:
    if module.__name__ == "__main__":
        return True
    file = getattr(module, "__file__", None)
    if file is None or module.__name__.partition(".")[0] in {"accord", *sys.stdlib_module_names}:
        return False
    path = Path(file)
    return not ({"site-packages", "dist-packages"} & set(path.parts)) and not path.is_relative_to(_STDLIB)


def _source(thing: Any) -> str:
    try:
        return inspect.getsource(thing)
    except (OSError, TypeError):  # typed at a prompt
        if isinstance(thing, FunctionType):
            return _bytecode(thing.__code__)
        fields = getattr(thing, "model_fields", {})
        plain = {
            key: value for key, value in vars(thing).items() if isinstance(value, _PLAIN) and key[:2] != "__"
        }
        return re.sub(r" at 0x[0-9a-fA-F]+", "", repr((sorted(plain.items()), sorted(fields.items()))))


def _bytecode(code: CodeType) -> str:
    inner = [_bytecode(each) if isinstance(each, CodeType) else repr(each) for each in code.co_consts]
    return repr((code.co_code.hex(), code.co_names, inner))


def _names(code: CodeType) -> set[str]:
    return set(code.co_names).union(*(_names(each) for each in code.co_consts if isinstance(each, CodeType)))


def _unwrapped(value: Any) -> Any:
    if isinstance(value, property):
        return value.fget
    return getattr(value, "__func__", value)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
