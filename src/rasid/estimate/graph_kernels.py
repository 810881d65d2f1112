"""Which graphs over a few lists are decomposable, and their cliques and separators; compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rasid.estimate.compiled import compiled

Ints = npt.NDArray[np.int64]


@compiled
def factor(graph: int, lists: int, signs: Ints) -> bool:
    """Fill signs[set] with +1 per clique and -1 per separator of the graph; False if it is not decomposable.

    graph: bit i * (i - 1) / 2 + j is the edge between lists i and j, j < i

    Maximum-cardinality search: visit next the list with most visited neighbours; the graph is decomposable if
    and only if these neighbours always form a clique (Tarjan and Yannakakis 1984).
    """
    near = np.zeros(lists, np.int64)
    for i in range(lists):
        for j in range(i):
            if graph >> (i * (i - 1) // 2 + j) & 1:
                near[i] |= 1 << j
                near[j] |= 1 << i
    signs[:] = 0
    visited = 0
    last = 0
    for _ in range(lists):
        best, most = -1, -1
        for v in range(lists):
            if not visited >> v & 1:
                size = 0
                common = near[v] & visited
                while common:
                    common &= common - 1
                    size += 1
                if size > most:
                    best, most = v, size
        behind = near[best] & visited
        for v in range(lists):
            if behind >> v & 1 and (behind & ~near[v]) != 1 << v:
                return False
        if behind == last:  # the clique grows
            signs[last] -= 1
        else:
            signs[behind] -= 1
        last = behind | 1 << best
        signs[last] += 1
        visited |= 1 << best
    signs[0] = 0
    return True


@compiled
def weigh_graphs(lists: int, terms: npt.NDArray[np.float64]) -> tuple[Ints, npt.NDArray[np.float64]]:
    """All decomposable graphs with their log marginal likelihood at each number of unseen persons.

    terms:   sets of lists x numbers: what a clique of this set adds, a separator takes away
    returns: the graphs; graphs x numbers
    """
    edges = lists * (lists - 1) // 2
    signs = np.zeros(1 << lists, np.int64)
    found = 0
    for graph in range(1 << edges):
        if factor(graph, lists, signs):
            found += 1
    graphs = np.empty(found, np.int64)
    weights = np.zeros((found, terms.shape[1]))
    row = 0
    for graph in range(1 << edges):
        if factor(graph, lists, signs):
            graphs[row] = graph
            for s in range(1, 1 << lists):
                if signs[s] != 0:
                    for g in range(terms.shape[1]):
                        weights[row, g] += signs[s] * terms[s, g]
            row += 1
    return graphs, weights
