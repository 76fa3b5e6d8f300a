"""The shape of the code: small modules, layers (import-linter runs in the checks), no twins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import journal_app

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 400  # lines


def test_no_module_grows_into_a_monster() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "journal_app").rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LIMIT
    }
    assert long == {}


def test_importing_the_package_costs_a_training_script_nothing() -> None:
    code = (
        "import sys; before = set(sys.modules); import journal_app\n"
        "print(sorted(n for n in set(sys.modules) - before if n.startswith('journal_app')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['journal_app']"


def test_every_package_says_what_lives_there() -> None:
    for init in (ROOT / "journal_app").rglob("__init__.py"):
        assert init.read_text(encoding="utf-8").startswith('"""'), init


def test_every_public_name_is_there() -> None:
    for name in journal_app.__all__:
        assert getattr(journal_app, name) is not None
    with pytest.raises(AttributeError):
        _ = journal_app.no_such_name
