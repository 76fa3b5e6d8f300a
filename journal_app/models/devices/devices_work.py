"""How much of a model runs where: nodes counted, and multiply-accumulates estimated.

One node of a hundred may do a tenth of the work, so both are told. The estimate is per token of
input: a product with weights costs their number, a product of two activations (attention) costs
LENGTH tokens of the model's width; anything else is small beside these and counts nothing. The
runtime fuses nodes and renames them: a heavy node that it reports under a new name gets an equal
part of the work of those that are missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

LENGTH = 128  # tokens that attention looks back on, in the estimate
_WEIGHTED = {
    "MatMul", "Gemm", "MatMulInteger", "QLinearMatMul", "FusedMatMul", "FusedGemm", "QGemm",
    "MatMulIntegerToFloat", "DynamicQuantizeMatMul", "Conv", "FusedConv", "ConvInteger",
    "QLinearConv", "MatMulNBits", "MatMulBnb4",
}  # fmt: skip
_ATTENTION = {
    "GroupQueryAttention", "MultiHeadAttention", "Attention", "QAttention", "PackedAttention",
    "DecoderMaskedMultiHeadAttention",
}  # fmt: skip
_SAME_SIZE = {"Cast", "Identity", "Transpose", "DequantizeLinear", "Mul"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A node as the session reports it."""

    provider: str
    kind: str
    name: str


def placed(session: Any) -> list[Placed]:
    """Every node of a session that records its assignment, with the provider it runs on."""
    return [
        Placed(part.ep_name, node.op_type, node.name)
        for part in session.get_provider_graph_assignment_info()
        for node in part.get_nodes()
    ]


def node_shares(nodes: Iterable[Placed]) -> dict[str, float]:
    """The part (0 to 1) of the nodes by provider."""
    counts = Counter(node.provider for node in nodes)
    total = sum(counts.values())
    return {provider: count / total for provider, count in counts.items()}


def work_shares(nodes: Iterable[Placed], model: Path | None) -> dict[str, float]:
    """The part (0 to 1) of the estimated work by provider; of the nodes where nothing is heavy.

    The file is only read where more than one provider has a part.
    """
    nodes = list(nodes)
    providers = {node.provider for node in nodes}
    if len(providers) < 2:
        return dict.fromkeys(providers, 1.0)
    costs = estimate(model) if model is not None else {}
    names = {node.name for node in nodes}
    missing = sum(cost for name, cost in costs.items() if name not in names)
    renamed = [
        node
        for node in nodes
        if node.kind in (_WEIGHTED | _ATTENTION | {"EPContext"}) and node.name not in costs
    ]
    sums = dict.fromkeys(providers, 0.0)
    for node in nodes:
        sums[node.provider] += costs.get(node.name, 0)
    for node in renamed:
        sums[node.provider] += (missing or 1) / len(renamed)
    total = sum(sums.values())
    return {one: part / total for one, part in sums.items()} if total else node_shares(nodes)


def estimate(model: Path) -> dict[str, int]:
    """Multiply-accumulates a token by the name of each heavy node of an ONNX file."""
    import onnx

    graph = onnx.load(str(model), load_external_data=False).graph
    shapes: dict[str, tuple[int, ...]] = {one.name: tuple(one.dims) for one in graph.initializer}
    costs: dict[str, int] = {}
    loose: list[tuple[str, int]] = []
    width = 0
    for node in graph.node:
        if node.op_type in _SAME_SIZE and node.input and node.input[0] in shapes:
            shapes[node.output[0]] = shapes[node.input[0]]
            continue
        if node.op_type in _ATTENTION:
            loose.append((node.name, 2))
        elif node.op_type in _WEIGHTED:
            cost, inner = _cost(node, shapes)
            width = width or inner
            if cost:
                costs[node.name] = cost
            else:
                loose.append((node.name, 1))
    costs.update((name, times * LENGTH * max(width, 1)) for name, times in loose)
    return costs


def _cost(node: Any, shapes: Mapping[str, tuple[int, ...]]) -> tuple[int, int]:
    """Number of weights, and the inner size; 0 where both factors are activations."""
    numbers = {one.name: one.i for one in node.attribute}
    if "K" in numbers and "N" in numbers:
        return numbers["K"] * numbers["N"], numbers["K"]
    for name in node.input:
        shape = shapes.get(name, ())
        if len(shape) >= 2 and prod(shape) > 1:
            return prod(shape), min(shape[-2:])
    return 0, 0


def left_over(nodes: Iterable[Placed], provider: str) -> str:
    """What did not go to `provider`, for people: `3 of 261 nodes ran elsewhere: GatherND, …`."""
    nodes = list(nodes)
    others = Counter(node.kind for node in nodes if node.provider != provider)
    if not others:
        return ""
    kinds = ", ".join(f"{kind} ×{n}" if n > 1 else kind for kind, n in others.most_common(6))
    more = ", …" if len(others) > 6 else ""
    return f"{sum(others.values())} of {len(nodes)} nodes stayed on the CPU: {kinds}{more}"
