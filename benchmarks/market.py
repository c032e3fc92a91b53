"""A continuous double auction of 1,000 traders without intelligence, against plain agents of Mesa with two heaps.

The peer is the model as one would write it: an agent has a `shout`, quotes wait in two heaps, of which the dead ones
are thrown away when they come up; agents shout in a new random order again and again, or one drawn at random at a
time. Prices are drawn by Mesa's own generator. On both sides units are worth the same, a deal voids no quotes, and
who has traded shouts no more. Rates are shouts a second of processor time, medians of several runs.
"""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from statistics import median
from time import process_time

import mesa
from accord.models import Market
from accord.models.schedules import Schedules

TRADERS, HIGH, SHOUTS, REPEATS = 1000, 200, 100_000, 5


def measure() -> Iterator[str]:
    """Yield rates and ratios."""
    peers = {name: _median(lambda turn=turn: _plain(turn)) for name, turn in TURNS.items()}
    for name, (rate, deals) in peers.items():
        yield f"Mesa, {name}: {rate:,.0f} shouts a second, {deals:.0f} deals"
    fastest = max(rate for rate, _ in peers.values())
    for name, institution in (
        ("order book", "continuous-double-auction(clear=false)"),
        ("open outcry", "continuous-double-auction"),
    ):
        rate, deals = _median(lambda institution=institution: _own(institution))
        yield (
            f"accord, {name}: {rate:,.0f} shouts a second (promised: 100,000), {deals:.0f} deals; {rate / fastest:.1f} "
            "times the faster peer (promised: 3)"
        )


def _median(run: Callable[[], tuple[float, int]]) -> tuple[float, float]:
    runs = [run() for _ in range(REPEATS)]
    return median(rate for rate, _ in runs), median(deals for _, deals in runs)


def _limits() -> list[int]:
    return [(37 * number) % (HIGH + 1) for number in range(TRADERS)]


def _own(institution: str) -> tuple[float, int]:
    limits, half = _limits(), TRADERS // 2
    schedules = Schedules(
        tuple((each,) for each in limits[:half]), tuple((each,) for each in limits[half:]), 0, HIGH
    )
    model = Market(valuation=schedules, institution=institution, periods=1, shouts=SHOUTS, tick=1, rng=1)
    start = process_time()
    model.run()
    return SHOUTS / (process_time() - start), len(model.deals)


def _plain(turn: "Callable[[_Plain], None]") -> tuple[float, int]:
    model = _Plain()
    start = process_time()
    while model.shouts < SHOUTS:
        turn(model)
    return model.shouts / (process_time() - start), len(model.deals)


class _Trader(mesa.Agent):  # type: ignore[misc]
    def __init__(self, model: "_Plain", limit: int, buys: bool) -> None:
        super().__init__(model)
        self.limit, self.buys, self.done = limit, buys, False

    def shout(self) -> None:
        if self.done:
            return
        model = self.model
        model.shouts += 1
        if self.buys:
            price = int(model.random.random() * (self.limit + 1))
            while model.asks and model.asks[0][2].done:
                heappop(model.asks)
            if model.asks and model.asks[0][0] <= price:
                ask, _, seller = heappop(model.asks)
                model.trade(self, seller, ask)
            else:
                heappush(model.bids, (-price, model.shouts, self))
        else:
            price = self.limit + int(model.random.random() * (HIGH - self.limit + 1))
            while model.bids and model.bids[0][2].done:
                heappop(model.bids)
            if model.bids and -model.bids[0][0] >= price:
                bid, _, buyer = heappop(model.bids)
                model.trade(buyer, self, -bid)
            else:
                heappush(model.asks, (price, model.shouts, self))


class _Plain(mesa.Model):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(rng=1)
        self.shouts, self.bids, self.asks, self.deals = 0, [], [], []
        self.traders = [_Trader(self, limit, at < TRADERS // 2) for at, limit in enumerate(_limits())]

    def trade(self, buyer: _Trader, seller: _Trader, price: int) -> None:
        buyer.done = seller.done = True
        self.deals.append((buyer.unique_id, seller.unique_id, price))


def _shuffled(model: _Plain) -> None:
    model.agents.shuffle_do("shout")


def _drawn(model: _Plain) -> None:
    model.random.choice(model.traders).shout()


TURNS = {"in a random order": _shuffled, "one drawn at a time": _drawn}
