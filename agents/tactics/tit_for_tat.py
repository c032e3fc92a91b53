"""Concede as the rival does.

**Tactic.** What the rival conceded `lag` of its offers ago is paid back, both in one's own utilities: *absolute*, the
last bid's worth less what the offer gained; *relative*, the last bid's worth times the ratio of the two offers' worths;
*averaged*, the ratio over a window of `lag` steps that ends with the latest offer. What the rival takes back is asked
back. Until there are enough offers, it asks for the best.
**Effect.** Concedes nothing to who concedes nothing; two of them wait for each other for ever. Absolute, it gives what
it gets, less what is lost to the next outcome above. Ratios are made for prices: from an offer worth nearly nothing to
one worth little is a great step in percent, which is paid back in full, so that who begins low wins. Of offers worth
nothing or less there are no ratios, and it repeats itself.
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

    kind: Literal["absolute", "relative", "averaged"] = Field(
        "absolute", description="how a concession is measured"
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
            return last - (after - before)
        return last * before / after if min(before, after) > 0 else last
