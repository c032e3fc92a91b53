"""Concede as the rival does.

**Tactic.** What the rival conceded `lag` of its offers ago is paid back, both in one's own utilities: *relative*, the
last bid's worth times the ratio of the two offers' worths; *absolute*, the last bid's worth less what the offer
gained; *averaged*, the ratio over a window that ends with the latest offer. Until there are enough offers, it asks
for the best.
**Effect.** Never exploited by who does not concede, and never without a deal with who does. Two of them may wait for
each other for ever.
**Names.** Behaviour-dependent (imitative) tactics: relative, random absolute (here without the random part), averaged
tit-for-tat.

References
----------
.. [1] P. Faratin, C. Sierra, N. R. Jennings, "Negotiation decision functions for autonomous agents", Robotics and
       Autonomous Systems 24 (1998) 159-182, doi:10.1016/S0921-8890(98)00029-3.
"""

from typing import Literal

from pydantic import Field

from ..bargaining import View
from . import Aspiring

__all__ = ["TitForTat"]


class TitForTat(Aspiring):
    """Pay concessions back."""

    kind: Literal["relative", "absolute", "averaged"] = Field(
        "relative", description="how a concession is measured"
    )
    lag: int = Field(
        1, ge=1, description="how many of the rival's offers ago the concession was made; the window's length"
    )

    def aspiration(self, view: View) -> float:
        """Return the last bid's worth less what is owed for the rival's concession."""
        worth, heard, lag = view.profile.utilities, view.heard, self.lag
        if not view.mine or len(heard) <= lag:
            return view.profile.best
        last, before = float(worth[view.mine[-1]]), float(worth[heard[-lag - 1]])
        after = float(worth[heard[-1 if self.kind == "averaged" else -lag]])
        if self.kind == "absolute":
            wanted = last - (after - before)
        else:
            wanted = last * before / after if after > 0 else view.profile.best
        return min(wanted, view.profile.best)
