"""Stored blocks of weights in the layout of ONNX Runtime's MatMulNBits and GatherBlockQuantized.

Nothing is quantized anew: levels and scales stay what they are. Both operators read unsigned levels
around a zero point (8 for 4 bits, 128 for 8) and w = scale * (level - zero). Q4_0 and Q8_0 fit
that as they are. Q4_1 has w = scale * level + offset, so each block keeps a rest,
offset + 8 * scale, which the graph multiplies with the sum of the block's inputs. (Given as a
float zero point instead, the rest would be exact too, but that path is ten times slower.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journal_app.models.gguf_read import BLOCK, Weights, unpacked

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Packed:
    """A quantized matrix of `rows` outputs and `columns` inputs.

    `data` is (rows, blocks, bytes of a block), `scales` and `rests` are (rows, blocks).
    """

    bits: int
    data: NDArray[np.uint8]
    scales: NDArray[np.float32]
    rests: NDArray[np.float32] | None

    @property
    def rows(self) -> int:
        """How many outputs."""
        return int(self.data.shape[0])

    @property
    def columns(self) -> int:
        """How many inputs."""
        return int(self.data.shape[1]) * BLOCK


def packed(weights: Weights, names: tuple[str, ...]) -> Packed:
    """The tensors, all of one quantized type, one below the other."""
    kind = weights.info(names[0]).type
    raw = np.concatenate([weights.rows(name) for name in names])
    levels, scales, offsets = unpacked(raw, kind)
    if kind == "Q8_0":
        return Packed(8, levels.view(np.uint8) ^ np.uint8(128), scales, None)
    unsigned = levels.view(np.uint8) if kind == "Q4_1" else (levels + np.int8(8)).view(np.uint8)
    data = (unsigned[..., 0::2] | (unsigned[..., 1::2] << 4)).astype(np.uint8, copy=False)
    rests = None if offsets is None else offsets + np.float32(8) * scales
    return Packed(4, data, scales, rests)
