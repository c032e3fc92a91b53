"""Bargains in the XML of Genius, the environment of the automated negotiating agents competition (ANAC) [1]_.

A *domain* file (`<negotiation_template>`) names the issues, and for each party a *profile* file
(`<utility_space>`) repeats them with what they are worth. Read is what the files of the competitions of 2010 to
2019 hold:

* issues of the type discrete (`<item value= evaluation=>`), whose evaluations are divided by the greatest of
  the issue; integer and real (`lowerbound=`, `upperbound=`, or a `<range>`), with an `<evaluator>`: linear,
  `offset` at the lower bound and `slope` from there on, or `parameter0` at zero and slope `parameter1`;
  triangular, 0 at `parameter0` and `parameter1` and 1 at `parameter2`;
* `<weight index= value=>` of each issue, by its index; divided by their sum, with a note if that is not 1;
* `<reservation value=>`, the utility of no deal, 0 where it is missing; `<discount_factor value=>` d, with
  which Genius multiplies utilities by d^t as time t goes from 0 to 1: over so many rounds that is d^(1/rounds)
  a round.

Non-linear spaces, rules and constraints, and objectives within objectives are refused.

**Hostile files.** The standard library's expat is driven directly, because an error should name the line, which
neither ElementTree nor defusedxml keeps. Entities are what makes XML dangerous (bombs, files and addresses read
in its name), and they are declared in a document type; the parser stops at the word DOCTYPE, before anything in
it is looked at, as defusedxml does where DTDs are forbidden. Elements are kept on a list and not on the stack,
so depth does no harm; no file of more than 16 MiB is opened, and none of more than 200,000 elements kept.

References
----------
.. [1] R. Lin, S. Kraus, T. Baarslag, D. Tykhonov, K. Hindriks, C. M. Jonker, "Genius: an integrated environment
       for supporting the design of generic automated negotiators", Computational Intelligence 30 (2014) 48-70,
       doi:10.1111/j.1467-8640.2012.00463.x.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from ..agents.errors import InputError
from ..agents.outcomes import Categorical, Continuous, Integer, Issue, Space
from ..agents.preferences.additive import Additive
from ..agents.profile import Profile
from .bargain import Bargain

__all__ = ["read"]

_INVALID_TOKEN = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_ELEMENTS = 200_000  # of a file at most; each takes about 300 bytes
_REFUSED = ("rules", "constraints", "utility")  # of spaces that are not additive


def read(domain: Path, profiles: Sequence[Path], *, levels: int, rounds: int | None) -> Bargain:
    """Return the bargain of a domain file and a profile file for each party.

    Parameters
    ----------
    domain, profiles
        The files.
    levels
        So many evenly spaced values stand for a real issue.
    rounds
        How many rounds a discount factor is for; needed where there is one.

    Raises
    ------
    InputError
        With the file and the line.
    """
    if not profiles:
        beside = sorted(file.name for file in domain.parent.glob("*.xml") if file.name != domain.name)
        hint = f" (beside it: {', '.join(beside)[:200]})" if beside else ""
        raise InputError(f"{domain}: a Genius domain needs the parties' profiles; give profiles=[...]{hint}")
    template = _parsed(domain)
    found = _issues(template)
    if not found:
        template.wrong("no <issue> in the whole file; is this the domain?")
    try:
        space = Space(list(found.values())).gridded(levels).require_room()
    except InputError as error:
        template.wrong(str(error))
    notes: list[str] = []
    return Bargain(
        space, [_profile(file, space, rounds, notes) for file in profiles], domain.stem, tuple(notes)
    )


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str]
    file: Path
    line: int
    children: list["_Element"] = field(default_factory=list)

    def within(self, *tags: str) -> "Iterator[_Element]":
        """Yield the elements of those kinds at any depth, in the order of the file."""
        pending = self.children[::-1]
        while pending:
            element = pending.pop()
            if element.tag in tags:
                yield element
            pending.extend(reversed(element.children))

    def text(self, name: str) -> str:
        if name not in self.attributes:
            self.wrong(f"<{self.tag}> has no {name}; write {name}=...")
        return self.attributes[name]

    def number(self, name: str) -> float:
        text = self.text(name)
        try:
            number = float(text)
        except ValueError:
            self.wrong(f'{name}="{text:.40}" is not a number')
        if not isfinite(number):
            self.wrong(f'{name}="{text:.40}" is not a finite number')
        return number

    def wrong(self, told: str) -> NoReturn:
        raise InputError(f"{self.file}, line {self.line}: {told}")


def _parsed(file: Path) -> _Element:
    """Return the root of a file's elements."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    whole = _Element("", {}, file, 1)
    opened = [whole]
    read = count(1)

    def start(tag: str, attributes: dict[str, str]) -> None:
        if next(read) > _ELEMENTS:
            raise InputError(f"{file}: more than {_ELEMENTS:,} elements; use fewer issues or levels")
        element = _Element(tag, attributes, file, parser.CurrentLineNumber)
        opened[-1].children.append(element)
        opened.append(element)

    def end(_: str) -> None:
        opened.pop()

    def refuse(*_: Any) -> NoReturn:
        raise InputError(
            f"{file}, line {parser.CurrentLineNumber}: document types, and so entities, are not read; Genius writes "
            "none: remove the DOCTYPE"
        )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(file.read_bytes(), True)
    except expat.ExpatError as error:
        hint = "; write & as &amp;, and the text in UTF-8" if error.code == _INVALID_TOKEN else ""
        told = expat.ErrorString(error.code)
        raise InputError(f"{file}, line {error.lineno}: not proper XML ({told}){hint}") from None
    except (LookupError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{file}, line 1: the encoding cannot be read ({error}); save the file as UTF-8"
        ) from None
    return whole


def _issues(whole: _Element) -> dict[str, Issue]:
    """Return the issues of a domain, by name."""
    issues: dict[str, Issue] = {}
    for element in whole.within("issue"):
        name = element.text("name")
        if name in issues:
            element.wrong(f"a second issue is called {name!r}; give each a name of its own")
        try:
            issues[name] = _issue(name, element)
        except InputError as error:
            element.wrong(str(error).removeprefix(f"{element.file}, line {element.line}: "))
    return issues


def _issue(name: str, element: _Element) -> Issue:
    kind = _kind(element)
    if kind == "discrete":
        return Categorical(name=name, values=tuple(item.text("value") for item in element.within("item")))
    low, high = _bounds(element)
    if kind == "real":
        return Continuous(name=name, low=low, high=high)
    if low % 1 or high % 1:
        element.wrong(f"the bounds of a whole number are whole, not {low:g} and {high:g}")
    return Integer(name=name, low=int(low), high=int(high))


def _kind(element: _Element) -> str:
    kind = next(
        (element.attributes[key] for key in ("vtype", "type", "etype") if key in element.attributes),
        "discrete",
    )
    if kind not in ("discrete", "integer", "real"):
        element.wrong(f"issues of the type {kind!r} are not read; known: discrete, integer, real")
    return kind


def _bounds(element: _Element) -> tuple[float, float]:
    holder = next(element.within("range"), element)
    return holder.number("lowerbound"), holder.number("upperbound")


def _profile(file: Path, space: Space, rounds: int | None, notes: list[str]) -> Profile:
    whole = _parsed(file)
    for element in whole.within(*_REFUSED):
        element.wrong(
            f"<{element.tag}>: only additive utility spaces are read; write such preferences as 'constraints' in TOML"
        )
    if len(objectives := list(whole.within("objective"))) > 1:
        objectives[1].wrong("objectives within objectives are not read; let one hold all issues")
    elements = {element.text("name"): element for element in whole.within("issue")}
    unknown = next((name for name in elements if name not in space.names), None)
    if unknown is not None:
        elements[unknown].wrong(f"the domain has no issue {unknown!r}; it has {', '.join(space.names):.200}")
    missing = next((name for name in space.names if name not in elements), None)
    if missing is not None:
        whole.wrong(f"the issue {missing!r} of the domain is missing")
    weights = _weights(whole, [elements[name] for name in space.names])
    if abs(sum(weights) - 1) > 1e-6:
        notes.append(f"the weights of {file.stem} have the sum {sum(weights):g}; they are divided by it")
    values = [tuple(_worth(issue, elements[issue.name])) for issue in space.issues]
    try:
        utilities = Additive(values=values, weights=weights)(space)
        return Profile(utilities, _reservation(whole), _discount(whole, rounds), file.stem)
    except InputError as error:
        raise InputError(str(error) if str(error).startswith(str(file)) else f"{file}: {error}") from None


def _weights(whole: _Element, issues: list[_Element]) -> list[float]:
    """Return the weight of each issue."""
    weights: dict[str, float] = {}
    for element in whole.within("weight"):
        index = element.text("index")
        if index in weights:
            element.wrong(f"a second weight has the index {index}; give each issue one")
        weights[index] = element.number("value")
        if weights[index] < 0:
            element.wrong(
                f"the weight {weights[index]:g} is negative; turn the issue's evaluations round instead"
            )
    for issue in issues:
        if issue.text("index") not in weights:
            issue.wrong(
                f'no weight has the index {issue.text("index")}; add <weight index="..." value="...">'
            )
    return [weights[issue.text("index")] for issue in issues]


def _worth(issue: Issue, element: _Element) -> NDArray[np.float64]:
    """Return what each level of an issue is worth, (size,)."""
    if isinstance(issue, Categorical):
        return _evaluations(issue, element)
    evaluator = next(element.within("evaluator"), None)
    if evaluator is None:
        element.wrong(f"issue {issue.name!r} has no <evaluator>; say what its numbers are worth")
    kind = evaluator.text("ftype")
    numbers = issue.quantities
    if kind == "linear" and "slope" in evaluator.attributes:
        numbers = numbers - numbers[0]
        return np.asarray(evaluator.number("offset") + evaluator.number("slope") * numbers)
    if kind == "linear":
        return np.asarray(evaluator.number("parameter0") + evaluator.number("parameter1") * numbers)
    if kind == "triangular":
        left, right, top = (evaluator.number(f"parameter{k}") for k in (0, 1, 2))
        if not left < top < right:
            evaluator.wrong(
                f"a triangle has its top between its ends, not {top:g} between {left:g} and {right:g}"
            )
        return np.interp(numbers, [left, top, right], [0.0, 1.0, 0.0])
    return evaluator.wrong(f"evaluators of the type {kind!r} are not read; known: linear, triangular")


def _evaluations(issue: Categorical, element: _Element) -> NDArray[np.float64]:
    worth = np.full(issue.size, np.nan)
    for item in element.within("item"):
        try:
            level = issue.level(item.text("value"))
        except InputError as error:
            item.wrong(str(error).removeprefix(f"{item.file}, line {item.line}: "))
        worth[level] = item.number("evaluation")
        if worth[level] < 0:
            item.wrong(f"the evaluation {worth[level]:g} is negative; let the worst of an issue be 0")
    if np.isnan(worth).any():
        missing = issue.value(int(np.isnan(worth).argmax()))
        element.wrong(f"issue {issue.name!r}: the value {missing!r} of the domain has no evaluation")
    return np.asarray(worth / worth.max()) if worth.max() > 0 else worth


def _reservation(whole: _Element) -> float:
    element = next(whole.within("reservation"), None)
    return 0.0 if element is None else element.number("value")


def _discount(whole: _Element, rounds: int | None) -> float:
    """Return what is lost a round."""
    element = next(whole.within("discount_factor"), None)
    factor = 1.0 if element is None else element.number("value")
    if element is None or factor == 1:
        return 1.0
    if not 0 < factor < 1:
        element.wrong(f"the discount factor {factor:g} must lie above 0, and be at most 1")
    if rounds is None:
        element.wrong(
            f"the discount factor {factor:g} is for a whole negotiation; say of how many rounds, rounds=..."
        )
    return float(factor ** (1 / rounds))
