"""A small picture of what hangs together: nodes, edges, and where to draw them.

The layout is Fruchterman and Reingold's (1991): edges pull, nodes push, and steps grow smaller. It
starts from a spiral, so that the same graph gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MOST = 60  # nodes of one picture
STEPS = 90


@dataclass(frozen=True, slots=True)
class Node:
    """An entry or a run. `kind` is an entry's kind or `run`; `far` counts steps from the middle."""

    id: str
    kind: str
    title: str
    far: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes, the middle one first, and edges as pairs of their numbers."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[int, int], ...]


def layout(
    graph: Graph, check: Callable[[], None] | None = None
) -> tuple[tuple[float, float], ...]:
    """A place for each node inside the square from -1 to 1; the first stays in the middle."""
    count = len(graph.nodes)
    if count == 0:
        return ()
    place = [_spiral(n, count) for n in range(count)]
    ideal = 1.6 / math.sqrt(count)
    for step in range(STEPS):
        if check is not None:
            check()
        force = [[0.0, 0.0] for _ in range(count)]
        for a in range(count):
            ax, ay = place[a]
            for b in range(a + 1, count):
                dx, dy = ax - place[b][0], ay - place[b][1]
                far = dx * dx + dy * dy + 1e-9
                push = ideal * ideal / far
                force[a][0] += dx * push
                force[a][1] += dy * push
                force[b][0] -= dx * push
                force[b][1] -= dy * push
        for a, b in graph.edges:
            dx, dy = place[a][0] - place[b][0], place[a][1] - place[b][1]
            pull = math.hypot(dx, dy) / ideal
            force[a][0] -= dx * pull
            force[a][1] -= dy * pull
            force[b][0] += dx * pull
            force[b][1] += dy * pull
        heat = 0.25 * (1 - step / STEPS)
        for n in range(1, count):
            fx, fy = force[n]
            length = math.hypot(fx, fy) + 1e-9
            move = min(length, heat) / length
            x, y = place[n]
            place[n] = (x + fx * move, y + fy * move)
    return _fitted(place)


def _spiral(n: int, count: int) -> tuple[float, float]:
    angle = n * 2.399963  # the golden angle: no two nodes start in one direction
    reach = math.sqrt(n / max(1, count))
    return reach * math.cos(angle), reach * math.sin(angle)


def _fitted(place: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    widest = max((abs(x) for x, _ in place), default=0.0) or 1.0
    highest = max((abs(y) for _, y in place), default=0.0) or 1.0
    return tuple((x / widest, y / highest) for x, y in place)
