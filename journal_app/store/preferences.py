"""The settings that differ from their defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app import settings

if TYPE_CHECKING:
    from journal_app.store.database import Store


class Preferences:
    """Settings of one journal, kept in its database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str) -> str:
        """The value of a setting, its default when it was never set."""
        default = settings.declared(name).default
        row = (
            self._store.read()
            .execute("SELECT value FROM preferences WHERE key = ?", (name,))
            .fetchone()
        )
        return str(row["value"]) if row else default

    def set(self, name: str, value: str) -> None:
        """Set a value; raises JournalError for one that the setting does not allow."""
        value = settings.checked(name, value)
        if value == self.get(name):
            return
        with self._store.write() as w:
            w.db.execute(
                "INSERT INTO preferences (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (name, value),
            )
            w.changed("preference", name)

    def all(self) -> dict[str, str]:
        """Every setting with its present value."""
        return {setting.name: self.get(setting.name) for setting in settings.SETTINGS}
