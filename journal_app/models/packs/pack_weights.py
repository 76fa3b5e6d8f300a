"""Where the weights of a coming pack lie: beside its graph, in files that are there and whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from journal_app.errors import JournalError
from journal_app.models.onnx_file import Graph
from journal_app.models.packs.pack_names import Unsafe, checked, never_unpickled, pickled


def confine(graph: Graph, name: str, sizes: Mapping[str, int]) -> list[str]:
    """The files beside the graph `name` that it needs, as names like those in `sizes` (bytes).

    Raises JournalError, with the tensor named, when a tensor lies outside the graph's folder, in a
    file of a kind that is refused, past the end of its file, or in one that is missing.
    """
    base = PurePosixPath(name).parent
    needed: dict[str, None] = {}
    for one in graph.external:
        where = f"The tensor {one.tensor!r} of {name} lies in {one.location!r}"
        try:
            full = (base / checked(one.location)).as_posix()
        except Unsafe as error:
            raise JournalError(
                f"{where}, and that is refused: {error}.",
                "A model's data must lie beside it. Get the model from another origin.",
            ) from error
        if pickled(full):
            raise never_unpickled(full)
        if full not in sizes:
            raise JournalError(
                f"{where}, and there is no such file.", "Put it beside the model and try again."
            )
        end = one.offset + max(one.length, 0)
        if one.offset < 0 or one.length < -1 or end > sizes[full]:
            raise JournalError(
                f"{where}, at bytes {one.offset} to {end}, and that file has {sizes[full]}.",
                "The file is cut off, or it is of another model. Get both again.",
            )
        needed[full] = None
    return list(needed)
