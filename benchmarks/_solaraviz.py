"""Averaging on 200 nodes as Mesa's tutorials would show it: served by `browser.py`, and by nothing else."""

import mesa
import networkx as nx
from mesa.discrete_space import FixedAgent, Network
from mesa.visualization import SolaraViz, make_plot_component, make_space_component

GRAPH = nx.connected_watts_strogatz_graph(200, 6, 0.1, seed=1)


class Averager(FixedAgent):
    def __init__(self, model: mesa.Model, cell: mesa.discrete_space.Cell) -> None:
        super().__init__(model)
        self.cell = cell
        self.opinion = self.next = model.random.random()

    def look(self) -> None:
        near = [self.opinion, *(each.opinion for each in self.cell.neighborhood.agents)]
        self.next = sum(near) / len(near)

    def move(self) -> None:
        self.opinion = self.next


class Crowd(mesa.Model):
    def __init__(self) -> None:
        super().__init__(rng=1)
        self.grid = Network(GRAPH, random=self.random)
        for cell in self.grid.all_cells:
            Averager(self, cell)
        self.datacollector = mesa.DataCollector({"range": Crowd.range})
        self.datacollector.collect(self)

    def range(self) -> float:
        opinions = self.agents.get("opinion")
        return max(opinions) - min(opinions)

    def step(self) -> None:
        self.agents.do("look")
        self.agents.do("move")
        self.datacollector.collect(self)


def portrayal(agent: Averager) -> dict[str, object]:
    return {"color": agent.opinion, "size": 30, "vmin": 0, "vmax": 1}


page = SolaraViz(
    Crowd(), components=[make_space_component(portrayal), make_plot_component("range")], name="averaging"
)
