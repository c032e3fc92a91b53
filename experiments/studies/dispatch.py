"""Dispatch: what a lie does to units that agree on a price, and what it takes to repair it.

**Question.** The six units of the IEEE 30-bus system agree on a price without anybody in charge. What does one of them
do to all that quotes 5 whatever it hears, when does trimmed averaging repair it, which lie about costs pays, and does
it still pay if units are paid what their absence would cost the others (Vickrey, Clarke, Groves)?
**Design.** Four networks: W-MSR bears no traitor on the ring, and one or two on the others. Linear averaging, trimmed
means and W-MSR; each of the units in turn is the liar. Lies about costs: half to three times the truth, on the ring.
Nothing is random.
**Expected.** Honest units find the least cost, 565.21, everywhere. One stubborn price freezes linear averaging with
98 MW too much on average, at 72 per cent above the least cost, and doubles what the liar gains, from 25 to 55. W-MSR
meets the demand in every run. Honest units agree by it on the networks that are (2, 2)-robust, in 18 of 18 runs, and in
none of 6 on the ring, which is what [1]_ proves necessary and sufficient. Trimmed means do the same here. What is left
there, 2 per cent of the costs, is the power that the liar goes on producing at a price at which nobody buys, mostly at
its own expense: it gains 7 instead of 25. Of its costs, every unit does best to claim 1.05 or 1.1 times the truth. That
gains it 0.2 to 15 per cent, and costs all together 0.02 to 0.26 per cent. Under VCG the truth is best for all six.

References
----------
.. [1] H. J. LeBlanc, H. Zhang, X. Koutsoukos, S. Sundaram, "Resilient asymptotic consensus in robust
       networks", IEEE Journal on Selected Areas in Communications 31 (2013) 766-781, doi:10.1109/JSAC.2013.130413.
"""

from ..study import Small, Study

__all__ = ["dispatch"]

_STUBBORN = "stubborn(value=5.0)"  # as a level is written out
_FACTORS = [round(0.5 + 0.05 * step, 2) for step in range(51)]
_ONCE = "(traitors == 1 or placement == 'given(nodes=[0])')"
_PRICE_LIES = f"conduct == '{_STUBBORN}' and payment == 'uniform' and {_ONCE}"
_COST_LIES = f"conduct != '{_STUBBORN}' and network == 'ring(n=6)' and rule == 'linear' and traitors == 1"

dispatch = Study(
    name="dispatch",
    question="What do lies about prices and about costs do to units that agree on a dispatch, and what repairs it?",
    model="dispatch",
    factors={
        "case": "ieee(case30)",
        "network": ["ring(n=6)", "harary(k=3, n=6)", "wheel(n=6)", "complete(n=6)"],
        "rule": ["linear", "trimmed-mean", "w-msr"],
        "payment": ["uniform", "vcg"],
        "traitors": [0, 1],
        "conduct": [_STUBBORN, *(f"misreport(factor={factor})" for factor in _FACTORS)],
        "placement": [f"given(nodes=[{node}])" for node in range(6)],
    },
    where=f"({_PRICE_LIES}) or ({_COST_LIES})",
    seed=1,
    record=(),
    measures=("dispatch", "best-lies"),
    figures=("dispatch-rounds",),
    small=Small(
        factors={
            "network": ["ring(n=6)", "complete(n=6)"],
            "rule": ["linear", "w-msr"],
            "conduct": [
                _STUBBORN,
                "misreport(factor=1.0)",
                "misreport(factor=1.05)",
                "misreport(factor=1.1)",
            ],
            "placement": ["given(nodes=[0])", "given(nodes=[3])"],
        }
    ),
)
