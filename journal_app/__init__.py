"""Field Journal: keep lessons while the experiment is warm.

>>> from journal_app import note
>>> note("Loss left at step 4,200", tags=["warmup"])

Names load on first use, so that importing this package costs a training script nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.domain.experiments import Run
    from journal_app.journal import Journal, open_journal
    from journal_app.training import note

__version__ = "0.1.0"
__all__ = ["Entry", "Journal", "Run", "__version__", "note", "open_journal"]

_HOMES = {
    "Entry": "journal_app.domain.entry",
    "Journal": "journal_app.journal",
    "Run": "journal_app.domain.experiments",
    "load_ipython_extension": "journal_app.jupyter",
    "note": "journal_app.training",
    "open_journal": "journal_app.journal",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value: object = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value
