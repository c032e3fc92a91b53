"""Units of an IEEE or MATPOWER test case, read from pypower.

**Case.** Cost curves and limits of the generators in service, and the total active demand of the buses. The grid, its
losses and its limits are left out, and all units are on. Needs the extra `grid`.
**Known.** Lambda a MWh, and cost an hour: case6ww 11.898949, 3046.4125; case9 24.044190, 5216.0266; case14 39.016168,
7642.5937; case30 3.789196, 565.2060.
**Names.** IEEE 14-, 24- (RTS), 30-, 39-, 57-, 118- and 300-bus systems; MATPOWER and PYPOWER cases.

References
----------
.. [1] R. D. Zimmerman, C. E. Murillo-Sanchez, R. J. Thomas, "MATPOWER: steady-state operations, planning, and analysis
       tools for power systems research and education", IEEE Transactions on Power Systems 26 (2011) 12-19,
       doi:10.1109/TPWRS.2010.2051168.

Examples
--------
>>> IEEE("case30")
<ieee>
"""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import Field

from ...agents.errors import InputError, UnknownNameError
from ..economic_dispatch import Units
from . import Case

__all__ = ["IEEE"]

# columns of pypower's tables
_DEMAND, _HIGH, _LOW, _STATUS = 2, 8, 9, 7
_KIND, _COEFFICIENTS, _FIRST = 0, 3, 4
_POLYNOMIAL: Final = 2


class IEEE(Case):
    """Units of a case of pypower."""

    case: str = Field("case30", description="pypower's name of the case")

    def build(self, rng: np.random.Generator | None = None) -> Units:
        """Return the units.

        Raises
        ------
        InputError
            If pypower is not installed, has no such case, or its costs are not quadratic.
        """
        told = self._read()
        if "gencost" not in told:
            raise InputError(f"{self}: {self.case} tells no costs; use another case")
        generators = told["gen"]
        curves = told["gencost"][: len(generators)]  # costs of reactive power may follow
        on = generators[:, _STATUS] > 0
        rows = [
            (*self._costs(unit, curve), generator[_LOW], generator[_HIGH])
            for unit, (generator, curve) in enumerate(zip(generators[on], curves[on], strict=True))
        ]
        return Units.of(rows, float(told["bus"][:, _DEMAND].sum()), str(self))

    def _read(self) -> dict[str, Any]:
        found = find_spec("pypower")
        if found is None:
            raise InputError(f'{self}: cases are read from pypower; pip install "accord[grid]"')
        files = (
            file for place in found.submodule_search_locations or () for file in Path(place).glob("case*.py")
        )
        known = sorted(file.stem for file in files if re.match(r"case\d", file.stem))
        if self.case not in known:
            raise UnknownNameError("case of pypower", self.case, known)
        made: dict[str, Any] = getattr(import_module(f"pypower.{self.case}"), self.case)()
        return made

    def _costs(self, unit: int, curve: Any) -> tuple[float, float, float]:
        """Return a, b and c of a cost curve."""
        count = int(curve[_COEFFICIENTS])
        highest_first = curve[_FIRST : _FIRST + count]
        if curve[_KIND] != _POLYNOMIAL or np.any(highest_first[:-3]):
            raise InputError(f"{self}: the costs of unit {unit} are not quadratic; use another case")
        a, b, c = np.concatenate([np.zeros(3), highest_first])[-3:].tolist()
        return a, b, c
