"""Targets: added, changed, asked, paused and resumed; their secrets go to the vault."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journal_app.domain import retry
from journal_app.domain.publishing import IN_FLIGHT, STALLED, Target, slug
from journal_app.domain.targets import (
    Abilities,
    AccessDenied,
    Completes,
    Config,
    Field,
    Secret,
    TryLater,
)
from journal_app.errors import JournalError, NotFound
from journal_app.runtime.vault import references
from journal_app.store import publications, targets

if TYPE_CHECKING:
    from journal_app.domain.targets import PublishTarget
    from journal_app.runtime.vault import Vault
    from journal_app.services.sending import Kinds
    from journal_app.store.database import Store


def _nothing() -> None:
    """The default of what nobody asks."""


PUSH = Field(
    "push",
    "Hand over early",
    "off: it is sent from this computer at its time.",
    type="choice",
    choices=("on", "off"),
    default="on",
)
# For tests and slow networks; no dialog shows them.
_WHERE = ("repository", "url", "service", "identifier")  # a site folder may be moved
UNSHOWN = ("timeout", "pause", "retired")


@dataclass(frozen=True, slots=True)
class KindFacts:
    """A kind of target, for a choice: its name, what it can do, what it wants to know."""

    name: str
    title: str
    abilities: Abilities
    fields: tuple[Field, ...]


class TargetService:
    """The targets of one journal."""

    def __init__(self, store: Store, kinds: Kinds, vault: Vault) -> None:
        self._store = store
        self._kinds = kinds
        self._vault = vault

    def kinds(self) -> list[KindFacts]:
        """The kinds of target, by title; one that does not load is left out."""
        found = []
        for name in self._kinds.names():
            try:
                found.append(self.kind(name))
            except JournalError:
                continue
        return sorted(found, key=lambda kind: kind.title.lower())

    def kind(self, name: str) -> KindFacts:
        """One kind of target. Raises JournalError."""
        kind = self._kinds.get(name)
        return KindFacts(name, kind.title, kind.abilities, fields_of(kind))

    def found_out(self, kind: str, config: Config) -> dict[str, Any]:
        """What a kind finds out by itself for settings that were left out (the kind of site that
        a folder shows); nothing for most kinds. Reads only. Raises JournalError."""
        made = self._kinds.get(kind)
        given = {name: value for name, value in config.items() if value not in (None, "")}
        if not isinstance(made, Completes):
            return {}
        found = made.completed(given)
        return {name: value for name, value in found.items() if name not in given}

    def ask(
        self, name: str, kind: str, config: Config, secrets: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """What a target with these settings would answer, a fact a line; nothing is kept.

        A secret that is not among `secrets` is what the target `name` has. Raises JournalError.
        """
        return self._asked(name, self._kinds.get(kind), config, secrets or {})[1]

    def add(
        self,
        name: str,
        kind: str,
        config: Config,
        secrets: Mapping[str, str] | None = None,
        *,
        check: Callable[[], None] = _nothing,
    ) -> Target:
        """Add a target after asking it whether posts can go there.

        `secrets` are values for the keyring; in `config` a secret is a reference (`env:NAME`).
        `check` is called once it has answered, and raises where the user gave up meanwhile.
        Raises JournalError; then nothing was added and no secret kept.
        """
        if slug(name) != name:
            raise JournalError(
                f"{name!r} is not a name for a target.", f"For example: {slug(name)}"
            )
        if any(target.name == name for target in self.listing()):
            raise JournalError(
                f"There is already a target {name!r}.",
                f"Another name; or `journal target change {name} --set NAME=VALUE`.",
            )
        self._refuse_another_place(name, kind, config)
        return self._put(name, kind, config, secrets or {}, check)

    def _refuse_another_place(self, name: str, kind: str, config: Config) -> None:
        """The history of a removed target counts for the place that it was, and for no other."""
        try:
            former = targets.get(self._store.read(), name, retired=True)
        except NotFound:
            return
        if former.kind != kind or _place(former.config) != _place(config):
            raise JournalError(
                f"{name!r} was the name of another place, which posts of this journal are out at.",
                f"Choose another name, such as {name}-2.",
            )

    def change(
        self,
        name: str,
        config: Config,
        secrets: Mapping[str, str] | None = None,
        *,
        check: Callable[[], None] = _nothing,
    ) -> Target:
        """Change settings of a target; an empty value takes one away. It is asked as for `add`."""
        found = self.get(name)
        changed = {**found.config, **config}
        if _place(changed) != _place(found.config):
            held = publications.in_state(self._store.read(), "pushed", "sending", "unknown")
            if any(p.target == name for p in held):
                raise JournalError(
                    f"{name} holds posts, or may: it cannot become another place now.",
                    "`journal queue` shows them. Take them off, or add the other place as a "
                    "target of its own.",
                )
        made = self._put(name, found.kind, changed, secrets or {}, check)
        for reference in set(self._references(found)) - set(self._references(made)):
            self._vault.forget(reference)
        return made

    def set_secret(self, name: str, field: str, value: str) -> Target:
        """Give a target another password or token; it is asked with it first."""
        return self.change(name, {}, {field: value})

    def _asked(
        self, name: str, made: PublishTarget, config: Config, secrets: Mapping[str, str]
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The settings to keep, and what the target says to them."""
        kept = _checked(config, fields_of(made), secrets)
        if isinstance(made, Completes):
            kept = made.completed(kept)
        opened = self._vault.open(name, kept, made.fields)
        return kept, _ask(made, {**opened, **_as_secrets(secrets)})

    def _put(
        self,
        name: str,
        kind: str,
        config: Config,
        secrets: Mapping[str, str],
        check: Callable[[], None],
    ) -> Target:
        made = self._kinds.get(kind)
        kept, _facts = self._asked(name, made, config, secrets)
        check()
        new: list[str] = []
        try:
            for field, value in secrets.items():
                kept[field] = self._vault.put(name, field, value)
                new.append(str(kept[field]))
            with self._store.write() as w:
                targets.put(w, name, kind, kept)
                targets.set_health(w, name, retry.Health())
                publications.wake_target(w, name)
                return targets.get(w.db, name)
        except BaseException:
            known = {
                reference
                for target in self.listing()
                for reference in references(target.config, made.fields)
            }
            for reference in new:
                if reference not in known:
                    self._vault.forget(reference)
            raise

    def listing(self) -> list[Target]:
        """The targets in use, by name."""
        return targets.listing(self._store.read())

    def get(self, name: str) -> Target:
        """One target. Raises NotFound."""
        return targets.get(self._store.read(), name)

    def test(self, name: str) -> tuple[str, ...]:
        """Ask a target whether posts can go there now; what it says, a fact a line.

        One that was paused goes on when it answers well. Raises JournalError.
        """
        found = self.get(name)
        kind = self._kinds.get(found.kind)
        # Outside of the try: that this shell lacks a variable is no reason to pause the agent.
        opened = self._vault.open(name, found.config, kind.fields)
        try:
            facts = _ask(kind, opened)
        except AccessDenied as error:
            self._keep(name, retry.Health(1, None, True, error.message))
            raise
        self.resume(name)
        return facts

    def resume(self, name: str) -> None:
        """Let a paused target go on; what waits for it is looked at now."""
        with self._store.write() as w:
            targets.get(w.db, name)
            targets.set_health(w, name, retry.Health())
            publications.wake_target(w, name)

    def _keep(self, name: str, health: retry.Health) -> None:
        with self._store.write() as w:
            targets.set_health(w, name, health)

    def health(self) -> dict[str, retry.Health]:
        """How the targets do, by name."""
        db = self._store.read()
        return {target.name: targets.health(db, target.name) for target in self.listing()}

    def variables(self) -> list[str]:
        """The environment variables that keys of targets come from."""
        found = {r for target in self.listing() for r in self._references(target)}
        return sorted(r.removeprefix("env:") for r in found if r.startswith("env:"))

    def remove(self, name: str) -> None:
        """Remove a target. What is published there stays, and so do its receipts.

        What failed or was missed there leaves the queue. Raises JournalError while posts wait.
        """
        with self._store.write() as w:
            found = targets.get(w.db, name)
            open = publications.in_state(w.db, *IN_FLIGHT, *STALLED)
            mine = [p for p in open if p.target == name]
            waiting = [p for p in mine if p.state in IN_FLIGHT]
            if waiting:
                one = len(waiting) == 1
                raise JournalError(
                    f"{len(waiting)} publication{' waits' if one else 's wait'} for the target "
                    f"{name!r}.",
                    f"Take {'it' if one else 'them'} off first: "
                    f"`journal unschedule {waiting[0].id}`.",
                )
            for p in mine:
                publications.move(w, p, "cancelled", f"the target {name} was removed")
            targets.remove(w, found)
        for reference in self._references(found):
            self._vault.forget(reference)

    def _references(self, found: Target) -> list[str]:
        try:
            return references(found.config, self._kinds.get(found.kind).fields)
        except JournalError:  # its kind is gone: what it kept is known by its look
            values = (str(value) for value in found.config.values())
            return [value for value in values if value.startswith("keyring:")]


def _ask(kind: PublishTarget, config: Config) -> tuple[str, ...]:
    """What a target says. Whether it is paused for being away is the sender's to say; nobody
    asks it again by itself here, whatever its hint says."""
    try:
        return kind.check(config)
    except TryLater as error:
        hint = error.hint.replace("It will be tried again by itself.", "Try again later.")
        raise TryLater(error.message, hint, after_ms=error.after_ms) from error


def _as_secrets(secrets: Mapping[str, str]) -> dict[str, Any]:
    return {field: Secret(value) for field, value in secrets.items()}


def _place(config: Config) -> dict[str, str]:
    """The settings that say where a target is."""
    return {name: str(config[name]).rstrip("/") for name in _WHERE if config.get(name)}


def fields_of(kind: PublishTarget) -> tuple[Field, ...]:
    """The settings of a kind, those that the journal itself has for it included."""
    has = any(field.name == PUSH.name for field in kind.fields)
    return kind.fields if has or not kind.abilities.schedules else (*kind.fields, PUSH)


def _checked(
    config: Config, fields: tuple[Field, ...], secrets: Mapping[str, str]
) -> dict[str, Any]:
    """The config to keep: no empty values, choices allowed, no secret in the clear.

    Raises JournalError that names the field.
    """
    kept = {name: value for name, value in config.items() if value not in (None, "")}
    known = {field.name: field for field in fields}
    for name in kept:
        if name not in known and name not in UNSHOWN:
            near = difflib.get_close_matches(name, known, 1)
            raise JournalError(
                f"This kind of target has no setting {name!r}.",
                f"Did you mean {near[0]}?" if near else "Settings: " + ", ".join(known) + ".",
            )
    for name in secrets:
        if name not in known or not known[name].secret:
            raise JournalError(
                f"{name!r} is not a secret of this kind of target.",
                "Secrets: " + (", ".join(f.name for f in fields if f.secret) or "none") + ".",
            )
    for field in fields:
        value = kept.get(field.name)
        if value is None:
            if field.default:
                kept[field.name] = field.default
            elif field.required and field.name not in secrets and not field.secret:
                raise JournalError(
                    f"The target needs {field.label.lower()} ({field.name}).",
                    field.help or f"Give it with --set {field.name}=…",
                )
        elif field.choices and value not in field.choices:
            raise JournalError(
                f"{value!r} is not a value of {field.name}.",
                "Values: " + ", ".join(filter(None, field.choices)) + ".",
            )
        elif field.secret and not str(value).startswith(("keyring:", "env:")):
            raise JournalError(
                f"The {field.name} must not stand in the settings of the target.",
                f"Leave it away to be asked for it, or name a variable: {field.name}=env:NAME.",
            )
    return kept
