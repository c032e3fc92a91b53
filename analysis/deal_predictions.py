"""Predictions of deals: what theory says about runs whose parties deal, from what they were set to.

Of legislatures and of two who divide a pie, about any run; of sealed offers, treaties, markets and money, about the
mean over what parties want and over luck.
"""

from functools import lru_cache
from math import inf, isnan, nan
from typing import NamedTuple

from ..agents.conducts import conducts
from ..agents.conducts.bluff import Bluff
from ..agents.conducts.breach import Breach
from ..agents.conducts.misreport import Misreport
from ..agents.conducts.ring import Ring
from ..agents.exchanges import exchanges
from ..agents.exchanges.coin import Coin
from ..agents.exchanges.split import Split
from ..agents.tactics import tactics
from ..agents.tactics.chatterjee_samuelson import ChatterjeeSamuelson
from ..agents.traders import traders
from ..agents.traders.truthful import Truthful
from ..agents.traders.zero_intelligence import ZeroIntelligence
from ..models.domains import domains, one_each
from ..models.domains.pie import Pie
from ..models.domains.random import Random
from ..models.domains.trade import Trade
from ..models.institutions import institutions
from ..models.institutions.call_auction import CallAuction
from ..models.institutions.continuous_double_auction import ContinuousDoubleAuction
from ..models.procedures import procedures
from ..models.procedures.sealed_offers import SealedOffers
from ..models.schedules import equilibrium
from ..models.valuations import valuations
from .scenarios import Row, chosen
from .theory.bargaining import rubinstein, stahl
from .theory.competitive import constrained_price, unconstrained_efficiency
from .theory.legislative_bargaining import one_proposer, proposers_by_lot, proposers_in_turn
from .theory.ratification import approval, passes
from .theory.wealth import coin_distribution, coin_gini, mean_wealth_beside_defaulters

__all__ = [
    "Division",
    "Forecast",
    "Wealth",
    "approval_of",
    "auction_weight",
    "division_of",
    "first_share",
    "market_of",
    "pays_of",
    "proposer_share_of",
    "ratified_of",
    "wealth_of",
]

_DIVISIONS = {"random": proposers_by_lot, "rotating": proposers_in_turn, "fixed": one_proposer}
_PLAY = {"generosity": 1, "demand": 1, "tremble": 0}  # of the equilibrium


def proposer_share_of(row: Row) -> float:
    """Return what theory gives to the first proposer of a legislature in which all can talk to all; NaN of any other.

    Parameters
    ----------
    row
        A row of the frame of runs: `recognition`, `discount`, `nodes`, `needed`; of other settings that are not there
        the defaults count. With a deadline, or where members do not play the equilibrium, nothing is said.

    Examples
    --------
    >>> proposer_share_of({"recognition": "random", "discount": 1, "nodes": 3, "needed": 2})
    0.6666666666666667
    """
    plays = all(row.get(name, usual) == usual for name, usual in _PLAY.items())
    talks = str(row.get("network", "complete")).startswith("complete")
    endless = str(row.get("deadline")).lower() in ("none", "nan")
    if not (plays and talks and endless and row["needed"] > 0):
        return nan
    patience = row["discount"] * (1 - row.get("break_off", 0))
    shares = _DIVISIONS[row["recognition"]](int(row["nodes"]), int(row["needed"]), patience)
    return float(shares[0])


class Division(NamedTuple):
    """How a pie is divided in equilibrium.

    Parameters
    ----------
    discounts
        What a round costs the first and the second proposer.
    share
        What the first one gets.
    error
        By how much at most that may differ on the pie's grid. Each round's proposer leaves at most a step too much,
        which discounts carry on to the first round: together at most step / (1 - d1 d2).
    """

    discounts: tuple[float, float]
    share: float
    error: float


def first_share(first: float, second: float, deadline: float) -> float:
    """Return what the first to propose gets of a pie, by what a round costs either; a deadline of NaN is none.

    >>> first_share(0.5, 0.5, 1), round(first_share(0.5, 0.5, nan), 4)
    (1.0, 0.6667)
    """
    return rubinstein(first, second) if isnan(deadline) else stahl(int(deadline), first, second)


@lru_cache(maxsize=4096)
def division_of(domain: str, deadline: float) -> Division | None:
    """Return how two who take turns divide a pie, in its text form, before a deadline; NaN is none.

    None where the domain is no pie with linear utilities and without reservations, or both discounts are 1 and there
    is no deadline.

    Examples
    --------
    >>> division_of("pie(steps=1000, discount=[0.9, 0.8])", float("nan")).share  # doctest: +ELLIPSIS
    0.71428...
    >>> round(division_of("pie(discount=0.9)", 3).share, 9), division_of("random", 3)
    (0.91, None)
    """
    pie = chosen(domains, domain)
    if not isinstance(pie, Pie) or pie.powers != (1, 1) or any(one_each("reservation", pie.reservation, 2)):
        return None
    first, second = one_each("discount", pie.discount, 2)
    if first == second == 1 and isnan(deadline):
        return None
    share = first_share(first, second, deadline)
    slack = inf if first == second == 1 else 1 / (1 - first * second)
    return Division((first, second), share, min(slack, inf if isnan(deadline) else deadline) / pie.steps)


def auction_weight(row: Row) -> float:
    """Return the weight of the bid in the price of a run between Chatterjee and Samuelson's traders; NaN of any other.

    Parameters
    ----------
    row
        A row of the frame of runs: `procedure`, `tactic`, `rivals` and `domain`, in their text forms.

    Examples
    --------
    >>> play = "chatterjee-samuelson(k=0.25)"
    >>> row = {"procedure": "sealed-offers(k=0.25)", "tactic": play, "rivals": play}
    >>> auction_weight({**row, "domain": "trade(low=0, high=1)"}), auction_weight({**row, "domain": "pie"})
    (0.25, nan)
    """
    # a row of another model has none of these
    procedure, domain = chosen(procedures, row.get("procedure")), chosen(domains, row.get("domain"))
    if not isinstance(procedure, SealedOffers) or not isinstance(domain, Trade):
        return nan
    drawn = (domain.low, domain.high, domain.value, domain.cost) == (0, 1, None, None)
    players = [chosen(tactics, row.get(name)) for name in ("tactic", "rivals")]
    plays = all(isinstance(each, ChatterjeeSamuelson) and each.k == procedure.k for each in players)
    return procedure.k if drawn and plays else nan


@lru_cache
def approval_of(domain: str) -> float:
    """Return how likely a party of a domain, in its text form, approves of a deal that others chose; NaN if unknown.

    >>> round(approval_of("random(parties=10, issues=1, reservation=0.25)"), 9), approval_of("pie")
    (0.7, nan)
    """
    about = chosen(domains, domain)
    if not isinstance(about, Random) or (about.issues, about.opposition) != (1, None):
        return nan
    return nan if isinstance(about.reservation, tuple) else approval(about.levels, about.reservation)


_VOTERS = {
    "silent": "silent",
    "forging": "willing",
    "equivocating": None,
    "colluding": None,
}  # all else is honest


def ratified_of(row: Row) -> float:
    """Return how likely a selfish draft of an honest proposer is ratified; NaN of any other.

    Countries approve independently where there is one issue and preferences are as they come. Of liars it is known
    how they vote if they are silent, forge, or tell this to one half of the others and that to the other half: then
    they vote as they want.

    Parameters
    ----------
    row
        A row of the frame of runs: `protocol`, `domain`, `draft`, `traitors`, `conduct`, `nodes`, `needed`,
        `traitor_nodes`.

    Examples
    --------
    >>> row = {"protocol": "ratification", "domain": "random(parties=10, issues=1, reservation=0.25)"}
    >>> row |= {"draft": "selfish", "conduct": "silent", "traitors": 1, "nodes": 10, "needed": 7, "traitor_nodes": "3"}
    >>> round(ratified_of(row), 4), ratified_of({**row, "draft": "passable"})
    (0.5518, nan)
    """
    p = approval_of(str(row["domain"]))
    voters = _VOTERS.get(row["conduct"], "") if row["traitors"] else None
    known = str(row["protocol"]).startswith("ratification") and row["draft"] == "selfish" and voters != ""
    if not known or isnan(p) or row["needed"] <= 0 or "0" in str(row["traitor_nodes"]).split():
        return nan
    liars = {voters: int(row["traitors"])} if voters else {}
    return passes(int(row["nodes"]), int(row["needed"]), p, **liars)


class Wealth(NamedTuple):
    """What theory says of money that has changed hands at random for long enough.

    Parameters
    ----------
    gini
        The expected Gini coefficient.
    broke
        The expected share of parties that have nothing.
    traitor
        The expected wealth of a traitor.
    """

    gini: float = nan
    broke: float = nan
    traitor: float = nan


def pays_of(exchange: str, conduct: str) -> float | None:
    """Return how likely a traitor pays that is to give away a coin; None where money is exchanged in other ways.

    >>> pays_of("coin", "breach(p=0.25)"), pays_of("coin", "misreport"), pays_of("barter", "breach")
    (0.75, 1.0, None)
    """
    rule, lie = chosen(exchanges, exchange), chosen(conducts, conduct)
    if not isinstance(rule, Coin | Split) or lie is None or lie.quotes:
        return None
    if isinstance(lie, Breach):
        return 1 - lie.p if isinstance(rule, Coin) else None
    return 1.0 if isinstance(lie, Misreport | Bluff | Ring) else None


def wealth_of(row: Row) -> Wealth:
    """Return what theory says of the wealth in a run of money exchange on a connected network.

    Parameters
    ----------
    row
        A row of the frame of runs: `exchange`, `traitors`, `conduct`, `nodes` and `mean_wealth`.

    Examples
    --------
    >>> row = {"exchange": "coin", "traitors": 0, "conduct": "breach", "nodes": 2, "mean_wealth": 0.5}
    >>> round(wealth_of(row).gini, 9)
    0.5
    >>> wealth_of({**row, "traitors": 1}).traitor
    1.0
    """
    cut = "connected=any" in str(row.get("network", ""))
    pays = pays_of(row["exchange"], row["conduct"] if row["traitors"] else "misreport")
    if cut or pays is None or isnan(row["mean_wealth"]):
        return Wealth()
    n, traitors = int(row["nodes"]), int(row["traitors"])
    return _wealth(n, traitors, round(n * row["mean_wealth"]), pays)


@lru_cache(maxsize=4096)
def _wealth(n: int, traitors: int, coins: int, pays: float) -> Wealth:
    told = Wealth()
    if traitors:
        told = told._replace(traitor=mean_wealth_beside_defaulters(n - traitors, traitors, coins, pays)[1])
    if not traitors or pays == 1:
        told = told._replace(gini=coin_gini(n, coins), broke=float(coin_distribution(n, coins)[0]))
    return told


class Forecast(NamedTuple):
    """What a market comes to; NaN where theory is silent.

    Parameters
    ----------
    efficiency
        Surplus as a share of the greatest, in every run with shouts enough.
    price
        Mean price.
    """

    efficiency: float = nan
    price: float = nan


def market_of(row: Row) -> Forecast:
    """Return what theory says of a market in which nobody lies and all can deal with all.

    In a call auction truthful traders make the equilibrium. In a continuous double auction unconstrained traders trade
    every unit in time, and the price of constrained ones is that at which a bid and an ask are the same by chance,
    which disregards that the best quotes stand.

    Parameters
    ----------
    row
        A row of the frame of runs: `valuation`, `institution`, `trader` in their text forms; of other settings that are
        not there the defaults count.

    Examples
    --------
    >>> row = {"valuation": "gode-sunder(market=4)", "institution": "continuous-double-auction"}
    >>> market_of({**row, "trader": "zero-intelligence(constrained=false)"})  # doctest: +ELLIPSIS
    Forecast(efficiency=0.4878..., price=nan)
    >>> market_of({"valuation": "smith", "institution": "call-auction", "trader": "truthful"})
    Forecast(efficiency=1.0, price=2.0)
    """
    valuation = chosen(valuations, row["valuation"])
    institution, trader = chosen(institutions, row["institution"]), chosen(traders, row["trader"])
    usual = all(str(row.get(name)).lower() in ("none", "nan") for name in ("sellers", "network"))  # not given
    if row.get("traitors", 0) or not usual or valuation is None or valuation.is_random:
        return Forecast()
    schedules = valuation.build()
    found = equilibrium(schedules)
    if isinstance(institution, CallAuction) and isinstance(trader, Truthful):
        price = found.low + institution.k * (found.high - found.low)
        return Forecast(1.0 if found.surplus else nan, price if found.quantity else nan)
    if isinstance(institution, ContinuousDoubleAuction) and isinstance(trader, ZeroIntelligence):
        if trader.constrained:
            return Forecast(price=constrained_price(schedules))
        return Forecast(efficiency=unconstrained_efficiency(schedules))
    return Forecast()
