"""The steps of one attempt to send, change, hold or take back a thread of Mastodon statuses.

Invariants: a part is sent only after the id of the one before it is remembered; at most one part of
an attempt can be in flight, and the next attempt of the same publication looks for that one among
the account's own statuses before it sends anything.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from journal_app.domain.digest import Part, Thread
from journal_app.domain.due import rfc3339
from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Config, Delivery, Post, TryLater
from journal_app.errors import JournalError
from journal_app.publish.social.mastodon_api import Account, moment, text_print
from journal_app.publish.social.mastodon_sent import Sent, visibility_of
from journal_app.publish.social.threads import TYPES, language_of

LEAD = 6 * 60_000  # ms: what is nearer than 5 minutes goes out at once there (mastodon #9884)
NEAREST = 5 * 60_000 + 20_000
FIRES = 10 * 60_000  # ms after its time until which a status that was held may still come out
SKEW = 15 * 60_000  # ms that clocks may differ when our own statuses are searched
MOST = 100  # parts of a thread
_FROM_HERE = "It is sent from this computer at its time: leave it on, or let the agent run."


class Work:
    """One attempt: what is known of the parts, and the steps."""

    def __init__(
        self,
        account: Account,
        config: Config,
        post: Post,
        thread: Thread,
        sent: Sent,
        delivery: Delivery,
    ) -> None:
        self._account = account
        self._config = config
        self._post = post
        self._thread = thread
        self._sent = sent
        self._delivery = delivery
        self._memory = dict(post.remote)
        self._again = self._memory.get("for") == post.publication
        self._recent: list[dict[str, Any]] | None = None

    def _remember(self, values: Mapping[str, str]) -> None:
        self._delivery.remember(values)
        self._memory.update(values)

    def _fence(self) -> None:
        """Before what cannot be repeated: raises where another attempt took over."""
        self._delivery.remember({})

    def _begin(self) -> None:
        """Before anything is sent: what it will be, and since when, by the server's clock."""
        begun = self._memory.get("begun", "") if self._again else ""
        self._remember(
            {
                **self._sent.as_memory(),
                "for": self._post.publication,
                "begun": begun or str(self._account.now),
            }
        )

    # ------------------------------------------------------------------ the server holds it

    def hand_over(self, at: int) -> Receipt:
        """Let the server put out a single status by itself."""
        parts = self._thread.parts
        if len(parts) > 1:
            raise JournalError(
                f"Mastodon cannot hold a thread until its time, and this one has {len(parts)} "
                "parts.",
                f"{_FROM_HERE} parts=1 makes a single message of it.",
            )
        found = self._held()
        if found is None and self._memory.get("held"):
            self._gone()
        self._settle_in_flight()
        if self._memory.get("part1"):
            raise JournalError("Mastodon cannot hold a change until its time.", _FROM_HERE)
        if found is not None and self._same_held(found):
            return self._moved(found, at)
        if at - self._account.now < NEAREST:
            raise JournalError(
                f"{self._account.site} would put it out at once: its time is less than 5 minutes "
                "ahead.",
                _FROM_HERE,
            )
        if found is not None:
            self._drop(found)
        self._begin()
        values = {**self._values(parts[0]), "scheduled_at": rfc3339(at, "UTC")}
        self._fence()
        answer = self._account.post(values, self._key(1, f"held {at} {self._sent.whole}"))
        if not answer.get("scheduled_at"):  # it did put it out at once
            self._keep(1, str(answer["id"]), self._sent)
            return self._receipt(answer)
        self._remember_held(str(answer["id"]), at)
        return self._held_receipt(str(answer["id"]))

    def _remember_held(self, id: str, at: int) -> None:
        self._remember({"held": id, "held_at": str(at), "held_print": self._sent.parts[0]})

    def _held(self) -> dict[str, Any] | None:
        """What the server holds of this post, by id or by its text."""
        id = self._memory.get("held")
        found = self._account.held(id) if id else None
        if found is not None or not self._memory.get("begun"):
            return found
        wanted = {*self._sent.texts[:1], *Sent.kept(self._memory).texts[:1]}
        return next((one for one in self._account.all_held() if _held_text(one) in wanted), None)

    def _same_held(self, found: Mapping[str, Any]) -> bool:
        if str(found["id"]) == self._memory.get("held"):
            return self._memory.get("held_print") == self._sent.parts[0]
        return _held_text(found) == self._sent.texts[0]

    def _moved(self, found: Mapping[str, Any], at: int) -> Receipt:
        id = str(found["id"])
        self._remember_held(id, at)
        same = moment(found.get("scheduled_at")) // 1000 == at // 1000
        if not same and not self._account.hold_until(id, at):
            self._gone()
            raise TryLater(
                f"{self._account.site} does not hold it any more.",
                "It will be looked up there before anything is sent.",
            )
        return self._held_receipt(id)

    def _held_receipt(self, id: str) -> Receipt:
        return replace(self._receipt({"id": id}), path=f"scheduled:{id}", url="", live=False)

    def _drop(self, found: Mapping[str, Any]) -> bool:
        id = str(found["id"])
        if self._memory.get("held") != id:
            at = str(moment(found.get("scheduled_at")))
            self._remember({"held": id, "held_at": at, "held_print": ""})
        self._fence()
        if not self._account.drop(id):
            return False
        self._remember({"held": "", "held_at": ""})
        return True

    def take_back_held(self) -> None:
        """Before it is sent or removed: what the server holds must not come out as well."""
        found = self._held()
        if found is not None and self._drop(found):
            return
        if self._memory.get("held"):
            self._gone()

    def _gone(self) -> None:
        """It was held and is not any more: out (then it is ours), on its way, or deleted there."""
        status = self._recognised(1, None)
        if status is not None:
            kept = replace(self._sent, parts=(self._memory.get("held_print", ""),))
            self._keep(1, str(status["id"]), kept)
        else:
            self._on_its_way()
        self._remember({"held": "", "held_at": ""})

    def _on_its_way(self) -> None:
        at = int(self._memory.get("held_at") or 0)
        if at - 60_000 <= self._account.now < at + FIRES:
            raise TryLater(
                f"{self._account.site} is about to put it out by itself.",
                "It is looked up again in a minute, before anything is sent.",
                after_ms=60_000,
            )

    # ------------------------------------------------------------------ parts

    def send(self) -> Receipt:
        """Every part in order: changed where it is out, sent where it is not."""
        self._settle_in_flight()
        self._begin()
        before: dict[str, Any] | None = None
        first: dict[str, Any] | None = None
        for n, part in enumerate(self._thread.parts, 1):
            self._delivery.check()
            status = self._standing(n)
            if status is None:
                status = self._post_part(n, part, before)
            elif self._memory.get(f"print{n}") != self._sent.parts[n - 1]:
                values = self._values(part, status, n)
                self._fence()
                self._account.edit(str(status["id"]), values)
                self._keep(n, str(status["id"]), self._sent)
            before = status
            first = first or status
            self._delivery.progress(n, len(self._thread.parts))
        self.remove(len(self._thread.parts) + 1)
        if first is None:
            raise JournalError("The thread has no parts.", "Write some text.")
        return self._receipt(first)

    def _settle_in_flight(self) -> None:
        """The part that an earlier attempt of this publication may have sent unanswered."""
        if not self._again:
            return
        kept = Sent.kept(self._memory)
        n = next((n for n in range(1, MOST) if not self._memory.get(f"part{n}")), MOST)
        if n > len(kept.texts):
            return
        before = {"id": self._memory[f"part{n - 1}"]} if n > 1 else None
        status = self._recognised(n, before)
        if status is not None:
            self._keep(n, str(status["id"]), kept)

    def _standing(self, n: int) -> dict[str, Any] | None:
        id = self._memory.get(f"part{n}")
        return self._account.status(id) if id else None

    def _recognised(self, n: int, before: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """A status of ours whose answer was lost: same text, same place in the thread."""
        begun = int(self._memory.get("begun") or 0)
        if not begun:
            return None
        if self._recent is None:
            self._recent = list(self._account.recent(begun - SKEW))
        parent = str(before["id"]) if before is not None else None
        wanted = {*self._sent.texts[n - 1 : n], *Sent.kept(self._memory).texts[n - 1 : n]}
        for status in self._recent:
            replied = status.get("in_reply_to_id")
            if (str(replied) if replied else None) != parent or status.get("reblog"):
                continue
            if text_print(self._account.text_of(status)) in wanted:
                return status
        return None

    def _post_part(self, n: int, part: Part, before: Mapping[str, Any] | None) -> dict[str, Any]:
        values = self._values(part)
        if before is not None:
            values["in_reply_to_id"] = str(before["id"])
        self._fence()
        status = self._account.post(values, self._key(n))
        self._keep(n, str(status["id"]), self._sent)
        return status

    def _keep(self, n: int, id: str, sent: Sent) -> None:
        """Part `n` is the status `id`, and stands there as `sent` says."""
        kept = {
            f"part{n}": id,
            f"print{n}": "".join(sent.parts[n - 1 : n]),
            f"text{n}": "".join(sent.texts[n - 1 : n]),
        }
        if sent is self._sent and self._thread.parts:
            kept[f"pictures{n}"] = _pictures_print(self._thread.parts[n - 1])
        self._remember(kept)

    def _key(self, n: int, more: str = "") -> str:
        words = f"{self._post.publication or self._post.id} {n} {more}"
        return hashlib.sha256(words.encode()).hexdigest()

    def remove(self, first: int) -> None:
        """Delete the parts from `first` on, the last first."""
        for n in reversed(range(first, MOST)):
            if id := self._memory.get(f"part{n}"):
                self._fence()
                self._account.delete(id)
                self._remember({f"part{n}": "", f"print{n}": "", f"text{n}": ""})

    def remove_all(self) -> None:
        """Delete every part, one whose answer was lost included."""
        self._again = True
        self._settle_in_flight()
        self.remove(1)

    # ------------------------------------------------------------------ reading

    def found(self) -> Receipt | None:
        """The receipt if exactly this thread is out or held."""
        held = self._held()
        if held is not None:
            if not self._same_held(held):
                return None
            if str(held["id"]) != self._memory.get("held"):
                self._remember_held(str(held["id"]), moment(held.get("scheduled_at")))
            return self._held_receipt(str(held["id"]))
        before: dict[str, Any] | None = None
        first: dict[str, Any] | None = None
        for n, text in enumerate(self._sent.texts, 1):
            status = self._standing(n)
            kept = self._memory.get(f"print{n}") if status is not None else ""
            status = status or self._recognised(n, before)
            if status is None:
                if n == 1 and self._memory.get("held"):
                    self._on_its_way()
                return None
            if text_print(self._account.text_of(status)) != text:
                return None
            arrived = self._memory.get(f"text{n}", text) != text  # a change whose answer was lost
            if kept and kept != self._sent.parts[n - 1] and not arrived:
                return None
            if arrived or self._memory.get(f"part{n}") != str(status["id"]):
                self._keep(n, str(status["id"]), self._sent)
            before = status
            first = first or status
        return self._receipt(first) if first is not None else None

    def _receipt(self, status: Mapping[str, Any]) -> Receipt:
        url = str(status.get("url") or status.get("uri") or "")
        shown = url if visibility_of(self._config) != "private" else ""
        size = sum(len(part.text.encode()) for part in self._thread.parts)
        at = time.time_ns() // 1_000_000
        remote = {k: v for k, v in self._memory.items() if self._post.remote.get(k) != v}
        path = url or f"status:{status['id']}"
        return Receipt(path, shown, self._sent.whole, size, at, remote=remote)

    # ------------------------------------------------------------------ what is sent

    def _values(
        self, part: Part, old: Mapping[str, Any] | None = None, n: int = 0
    ) -> dict[str, Any]:
        """The fields of a status; `old`: part `n` as it stands, whose visibility stays."""
        warning = str(self._config.get("warning") or "")
        values: dict[str, Any] = {"status": part.text}
        if old is None:
            values["visibility"] = visibility_of(self._config)
        if warning or old is not None:
            values |= {"spoiler_text": warning, "sensitive": bool(warning)}
        if language := language_of(self._config, self._post):
            values["language"] = language
        if old is not None and self._memory.get(f"pictures{n}") == _pictures_print(part):
            values["media_ids"] = [str(one["id"]) for one in old.get("media_attachments") or []]
        elif part.pictures or old is not None:
            values["media_ids"] = self._upload(part)
        return values

    def _upload(self, part: Part) -> list[str]:
        ids = []
        for picture in part.pictures:
            self._delivery.check()
            source = self._post.root / picture.file
            kind = TYPES[source.suffix.lower()]
            data = source.read_bytes()
            check = self._delivery.check
            ids.append(self._account.upload(picture.name, data, kind, picture.alt, check))
        return ids


def _held_text(held: Mapping[str, Any]) -> str:
    params = held.get("params") or {}
    return text_print(str(params.get("text") or params.get("status") or ""))


def _pictures_print(part: Part) -> str:
    words = repr([(one.sha256, one.alt) for one in part.pictures])
    return hashlib.sha256(words.encode()).hexdigest()[:20]
