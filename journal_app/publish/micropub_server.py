"""A Micropub server as `micropub` speaks to it: discovery, queries, and the four acts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

from journal_app.domain.targets import Config, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.publish import posting
from journal_app.publish.body import Carried
from journal_app.runtime.http import Reply, Web

LISTED = 100  # posts of the list that is looked at
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
          ".webp": "image/webp", ".svg": "image/svg+xml"}  # fmt: skip
Item = Mapping[str, Any]


class Server:
    """One endpoint with a token. Use as a context manager."""

    def __init__(self, endpoint: str, config: Config) -> None:
        self.endpoint = endpoint
        self.name = urlsplit(endpoint).netloc
        self._config = config
        self._destination = posting.setting(config, "destination")
        self._web = Web(
            endpoint, self._headers(config), timeout=posting.patience(config), largest=20_000_000
        )
        self._facts: dict[str, Any] | None = None

    @classmethod
    def of(cls, config: Config) -> Server:
        """The server of a site: as the settings say, or as the site does."""
        return cls(posting.setting(config, "endpoint") or discover(config), config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._web.__exit__()

    @staticmethod
    def _headers(config: Config) -> dict[str, Any]:
        return {
            "Authorization": posting.secret(config, "token", "Bearer {}"),
            "Accept": "application/json",
        }

    # ------------------------------------------------------------------ what it can do

    @property
    def facts(self) -> dict[str, Any]:
        """Its answer to `q=config`; servers without it are asked for nothing more."""
        if self._facts is None:
            reply = self._web.read(self._query(q="config"), missing=(400, 404, 410, 501))
            found = _json(reply)
            if reply is not None and not isinstance(found, dict):
                raise JournalError(
                    f"{self.endpoint} does not answer like a Micropub server.",
                    "Give its address with --set endpoint=https://…",
                )
            self._facts = found if isinstance(found, dict) else {}
        return self._facts

    @property
    def drafts(self) -> bool:
        """Whether it keeps drafts: as the settings say, or as one of its types of post does."""
        wanted = posting.setting(self._config, "drafts", "auto")
        if wanted != "auto":
            return wanted == "yes"
        types = self.facts.get("post-types") or []
        known = [one.get("properties") or [] for one in types if isinstance(one, dict)]
        known += [self.facts.get("properties") or [], self.facts]
        return any("post-status" in properties for properties in known)

    @property
    def reads(self) -> bool:
        """Whether it answers `q=source`, as far as it says what it answers."""
        asked = self.facts.get("q")
        return not isinstance(asked, list) or "source" in asked

    @property
    def media(self) -> str:
        """The address that takes files, "" for none."""
        place = str(self.facts.get("media-endpoint") or "")
        return urljoin(self.endpoint, place) if place else ""

    def destined(self) -> str:
        """The blog that posts go to. Raises JournalError for one that is not there."""
        blogs = [one for one in self.facts.get("destination") or [] if isinstance(one, dict)]
        if not blogs:
            return self.name
        wanted = self._destination
        for blog in blogs:
            chosen = (
                wanted in (blog.get("uid"), blog.get("name"))
                if wanted
                else blog.get("microblog-default") or len(blogs) == 1
            )
            if chosen:
                return str(blog.get("name") or blog.get("uid"))
        if not wanted:
            return str(blogs[0].get("name") or blogs[0].get("uid"))
        known = ", ".join(str(blog.get("uid")) for blog in blogs)
        raise JournalError(f"{self.name} has no blog {wanted}.", f"It has: {known}.")

    # ------------------------------------------------------------------ reading

    def source(self, url: str) -> Item | None:
        """The properties of a post, None where nothing stands there."""
        found = _json(
            self._web.read(self._query(q="source", url=url), missing=(400, 404, 410, 501))
        )
        properties = found.get("properties") if isinstance(found, dict) else None
        return {**properties, "url": [url]} if isinstance(properties, dict) else None

    def listing(self) -> list[Item] | None:
        """Its newest posts and drafts; None where it lists none."""
        if not self.reads:
            return None
        found = _json(
            self._web.read(self._query(q="source", limit=str(LISTED)), missing=(400, 404, 410, 501))
        )
        items = found.get("items") if isinstance(found, dict) else None
        if not isinstance(items, list):
            return None
        properties = [one.get("properties") for one in items if isinstance(one, dict)]
        return [one for one in properties if isinstance(one, dict) and url_of(one)]

    def shows(self, url: str, title: str) -> bool:
        """Whether a public page with this title stands there. Raises JournalError where that
        cannot be known."""
        with Web(url, timeout=posting.patience(self._config)) as web:
            reply = web.read(url)
        if reply is None:
            return False
        if " ".join(title.split()) in " ".join(_Text.of(reply.text).split()):
            return True
        raise JournalError(f"{url} is there, without the post's title.", "Look at it.")

    # ------------------------------------------------------------------ acts

    def create(self, properties: Item, *, harmless: bool) -> str:
        """Make a post, returns its address. By form, which every server knows; HTML needs JSON."""
        if isinstance(first(properties, "content"), dict):
            whole = {**properties, **{name: [value] for name, value in self._blog().items()}}
            asked = {"type": ["h-entry"], "properties": whole}
            reply = self._web.send("POST", self.endpoint, json=asked, harmless=harmless)
        else:
            reply = self._by_form(properties, harmless)
        url = self._location(reply)
        if url:
            return url
        words = f"{self.name} took the post and did not say where it is."
        if harmless:
            raise TryLater(words, "It will be looked for there; nothing is public.")
        raise Unsure(words, "It will be looked up there before anything is sent.")

    def _by_form(self, properties: Item, harmless: bool) -> Reply:
        form: dict[str, Any] = {"h": "entry"}
        for name, values in properties.items():
            form[f"{name}[]" if name == "category" else name] = (
                values if name == "category" else values[0]
            )
        form.update(self._blog())
        return self._web.send("POST", self.endpoint, data=form, harmless=harmless)

    def update(self, url: str, properties: Item) -> str | None:
        """Replace what is given; returns the (new) address, None where nothing stands there."""
        asked = {"action": "update", "url": url, "replace": dict(properties), **self._blog()}
        reply = self._web.send("POST", self.endpoint, json=asked, accept=(400, 404, 410))
        if reply.status < 400:
            return self._location(reply) or url
        if reply.status == 400 and (not self.reads or self.source(url) is not None):
            raise JournalError(
                f"{self.name} refused to change {url}{self._web.words(reply)}.",
                "Not every server can change posts; look what it says, then try again.",
            )
        return None

    def delete(self, url: str) -> None:
        """Take a post away; that nothing stands there is success."""
        asked = {"action": "delete", "url": url, **self._blog()}
        reply = self._web.send(
            "POST", self.endpoint, json=asked, accept=(400, 404, 410), harmless=True
        )
        if reply.status == 400 and (not self.reads or self.source(url) is not None):
            raise JournalError(
                f"{self.name} refused to delete {url}{self._web.words(reply)}.",
                "Delete it at your site.",
            )

    def upload(self, file: Carried) -> str:
        """Put a file there, returns its address."""
        if not self.media:
            raise JournalError(
                f"{self.name} takes no pictures.", "Take them out, or put them elsewhere first."
            )
        kind = _TYPES.get(file.source.suffix.lower(), "application/octet-stream")
        files = {"file": (file.name, file.source.read_bytes(), kind)}
        with Web(
            self.media, self._headers(self._config), timeout=posting.patience(self._config)
        ) as web:
            reply = web.send(
                "POST", self.media, files=files, data=self._blog() or None, harmless=True
            )
        url = self._location(reply)
        if not url:
            raise TryLater(f"{self.name} did not say where {file.name} is.", "Again later.")
        return url

    def _location(self, reply: Reply) -> str:
        place = reply.headers.get("location", "").strip()
        return urljoin(self.endpoint, place) if place else ""

    def _blog(self) -> dict[str, str]:
        return {"mp-destination": self._destination} if self._destination else {}

    def _query(self, **asked: str) -> str:
        mark = "&" if "?" in self.endpoint else "?"
        return f"{self.endpoint}{mark}{urlencode({**asked, **self._blog()})}"


# ---------------------------------------------------------------------- items


def first(item: Item, name: str) -> Any:
    """The first value of a property."""
    values = item.get(name)
    if isinstance(values, list):
        return values[0] if values else ""
    return "" if values is None else values


def url_of(item: Item) -> str:
    """Where a post is."""
    return str(first(item, "url"))


def slug_of(item: Item) -> str:
    """The last part of a post's address, without an ending."""
    last = urlsplit(url_of(item)).path.rstrip("/").rpartition("/")[2]
    return re.sub(r"\.html?$", "", last)


def draft(item: Item | None) -> bool:
    """Whether a post is one that readers do not see."""
    return item is not None and first(item, "post-status") == "draft"


def same(item: Item, wanted: Item) -> bool:
    """Whether a post has these words."""
    named = posting.same(first(item, "name"), first(wanted, "name"))
    return named and posting.same(words(item), words(wanted))


def words(item: Item) -> str:
    """The content of a post, however it is wrapped."""
    content = first(item, "content")
    if isinstance(content, dict):
        content = content.get("html") or content.get("value") or content.get("markdown")
    return str(content or "")


def _json(reply: Reply | None) -> Any:
    try:
        return None if reply is None else reply.json()
    except ValueError:
        return None


# ---------------------------------------------------------------------- discovery


def discover(config: Config) -> str:
    """The endpoint that a site names: a Link header, then the first <link> or <a> with rel
    micropub (W3C Micropub, 5.3). Raises JournalError where it names none."""
    place = posting.setting(config, "url")
    if urlsplit(place).netloc == "micro.blog":
        return "https://micro.blog/micropub"
    with Web(place, timeout=posting.patience(config)) as web:
        reply = web.read(place)
    if reply is None:
        raise JournalError(f"{place} is not there.", "Is the address right?")
    for target, relations in re.findall(
        r"<([^>]*)>\s*((?:;[^,]*)*)", reply.headers.get("link", "")
    ):
        found = re.search(r'rel\s*=\s*"?([^";]*)', relations)
        if found and "micropub" in found[1].split():
            return urljoin(reply.url, str(target))
    links = _Links()
    links.feed(reply.text)
    if links.found is None:
        raise JournalError(
            f"{place} names no Micropub server.",
            "Give its address with --set endpoint=https://…",
        )
    return urljoin(reply.url, links.found)


class _Links(HTMLParser):
    """The first link with rel micropub."""

    found: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        named = tag in ("link", "a") and "micropub" in (given.get("rel") or "").split()
        if named and self.found is None and given.get("href") is not None:
            self.found = given["href"]


class _Text(HTMLParser):
    """The words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    @classmethod
    def of(cls, page: str) -> str:
        """All of them."""
        text = cls()
        text.feed(page)
        return " ".join(text.parts)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
