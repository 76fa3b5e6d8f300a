"""Secrets of targets: in the keyring of the operating system, or in the environment.

Invariants: the database, logs, exports and messages hold references only (`keyring:SERVICE/USER`,
`env:NAME`); a value is read when something is sent and forgotten after it. Without a keyring (a
server, a container) the environment is the way: `env:NAME`, or `JOURNAL_SECRET_<TARGET>_<FIELD>`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journal_app.domain.targets import AccessDenied, Config, Field, Secret, TryLater
from journal_app.errors import JournalError

SERVICE = "field-journal"
_WITHOUT = (
    "Put it into an environment variable and name that: --set {field}=env:NAME (or set {variable})."
)


def variable(target: str, field: str) -> str:
    """The environment variable that is looked at for a target's secret by itself."""
    return "JOURNAL_SECRET_" + re.sub(r"\W", "_", f"{target}_{field}").upper()


class Vault:
    """The secrets of one journal's targets. `folder` keeps those of two journals apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.realpath(folder)

    def put(self, target: str, field: str, value: str) -> str:
        """Keep a secret in the keyring; returns the reference for the config.

        Raises JournalError where this computer has no keyring that works.
        """
        import keyring
        from keyring.errors import KeyringError

        user = f"{self._folder}#{target}/{field}"
        way = _WITHOUT.format(field=field, variable=variable(target, field))
        try:
            keyring.set_password(SERVICE, user, value)
            kept = keyring.get_password(SERVICE, user)
        except (KeyringError, OSError, RuntimeError) as error:
            raise JournalError(
                f"The keyring of this computer did not take the {field}: {type(error).__name__}.",
                way,
            ) from error
        if kept != value:
            raise JournalError(f"The keyring of this computer does not keep the {field}.", way)
        return f"keyring:{user}"

    def forget(self, reference: str) -> None:
        """Remove a secret that `put` kept; anything else is left alone."""
        if not reference.startswith("keyring:"):
            return
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.delete_password(SERVICE, reference.removeprefix("keyring:"))
        except (KeyringError, OSError, RuntimeError):
            return  # it is not there, or the keyring is away: there is nothing more to do

    def open(self, target: str, config: Config, fields: tuple[Field, ...]) -> dict[str, Any]:
        """The config with each reference to a secret replaced by a `Secret`.

        Raises AccessDenied where a reference leads nowhere, TryLater where the keyring cannot be
        read now: what is due waits then.
        """
        opened: dict[str, Any] = dict(config)
        for field in fields:
            if field.secret:
                value = self._value(target, field.name, str(config.get(field.name) or ""))
                if value:
                    opened[field.name] = Secret(value)
                else:
                    opened.pop(field.name, None)
        return opened

    def _value(self, target: str, field: str, reference: str) -> str:
        if reference.startswith("keyring:"):
            return self._from_keyring(target, field, reference.removeprefix("keyring:"))
        name = reference.removeprefix("env:") if reference else variable(target, field)
        value = os.environ.get(name, "")
        if reference and not value:
            raise AccessDenied(
                f"The {field} of the target {target!r} is to come from the environment variable "
                f"{name}, which is not set.",
                f"Set it where `journal` runs, or give another: `journal target secret {target}`.",
            )
        return value

    def _from_keyring(self, target: str, field: str, user: str) -> str:
        import keyring
        from keyring.errors import KeyringError

        value = os.environ.get(variable(target, field), "")
        try:
            value = value or keyring.get_password(SERVICE, user) or ""
        except (KeyringError, OSError, RuntimeError) as error:
            raise TryLater(
                f"The {field} of the target {target!r} cannot be read from the keyring "
                f"({type(error).__name__}; is it locked?).",
                f"Unlock it; posts wait meanwhile. Or set {variable(target, field)}.",
            ) from error
        if not value:
            raise AccessDenied(
                f"The {field} of the target {target!r} is not in the keyring of this computer.",
                f"Give it again: `journal target secret {target}`; or set "
                f"{variable(target, field)}.",
            )
        return value


def references(config: Mapping[str, Any], fields: tuple[Field, ...]) -> list[str]:
    """The references to secrets in a config."""
    return [str(config[f.name]) for f in fields if f.secret and config.get(f.name)]
