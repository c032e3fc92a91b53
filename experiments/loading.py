"""Finding a model: by its name in the catalogue, in a module, or in a file of the user's own."""

import sys
from hashlib import sha256
from importlib import import_module, util
from pathlib import Path
from typing import Any

from ..agents.errors import InputError, UnknownNameError
from ..agents.parameters import name_of
from ..models.agreement import AgreementModel
from ..models.catalogue import models
from .provenance import loaded_source

__all__ = ["address", "load_model"]

_FILE_MODULE = "accord_model_"  # begins the names of modules that were read from the user's files


def load_model(model: Any, folder: Path | None = None) -> type[AgreementModel]:
    """Return the model that somebody means.

    Parameters
    ----------
    model
        A model's class; a name in the catalogue ("averaging"); "package.module:Class"; or
        "path/to/file.py:Class".
    folder
        Where relative paths start; by default the current folder.

    Raises
    ------
    InputError
        If there is none, or if it is not a model.
    """
    found = _named(model, folder) if isinstance(model, str) else model
    if not (isinstance(found, type) and issubclass(found, AgreementModel)):
        raise InputError(
            f"{model!r} is not a model: give a name ({', '.join(models)}), a class or 'file.py:Class'"
        )
    if not hasattr(found, "Scenario"):
        raise InputError(
            f"{found.__name__} has no Scenario; give it a class of that name with its parameters"
        )
    return found


def address(model: type[AgreementModel]) -> str:
    """Return the text by which `load_model` finds a model again."""
    module = model.__module__
    if models.package == module.rpartition(".")[0]:
        return name_of(model)
    if module.startswith(_FILE_MODULE):
        return f"{sys.modules[module].__file__}:{model.__qualname__}"
    return f"{module}:{model.__qualname__}"


def _named(text: str, folder: Path | None) -> Any:
    place, colon, name = text.rpartition(":")
    if not colon:
        return models[text]
    if place.endswith(".py"):
        module = _read((folder or Path()) / place)
    elif place == "__main__":
        raise InputError(
            f"{text} was defined in a script or notebook; run that again, or give the class itself"
        )
    else:
        try:
            module = import_module(place)
        except ImportError as error:
            raise InputError(
                f"{text}: cannot import {place} ({error}); give 'file.py:Class' or an installed one"
            ) from error
    found = module
    for part in name.split("."):
        if not hasattr(found, part):
            classes = [each for each, value in vars(module).items() if isinstance(value, type)]
            raise UnknownNameError(f"class in {place}", name, classes)
        found = getattr(found, part)
    return found


def _read(path: Path) -> Any:
    """Return a file as a module, read anew when it has changed, under a name that no other file has."""
    path = path.resolve()
    if not path.is_file():
        raise InputError(f"there is no file {path}; write the model as path/to/file.py:Class")
    source = path.read_text(encoding="utf-8", errors="replace")
    name = f"{_FILE_MODULE}{sha256(str(path).encode()).hexdigest()[:8]}.{path.stem}"
    if name in sys.modules and loaded_source(sys.modules[name]) == source:
        return sys.modules[name]
    if str(path.parent) not in sys.path:
        sys.path.append(str(path.parent))  # for what it imports from beside it
    spec = util.spec_from_file_location(name, path)
    assert spec is not None
    module = util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        # not by the loader, whose cache takes two files of one size and second for the same
        exec(compile(source, path, "exec"), module.__dict__)
    except Exception as error:
        del sys.modules[name]
        line = getattr(error, "lineno", None) or _line_of(error, path)
        raise InputError(f"{path}, line {line}: {type(error).__name__}: {error}") from error
    loaded_source(module, source)
    return module


def _line_of(error: BaseException, path: Path) -> int | None:
    """Return the last line of a file that an exception came through."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
