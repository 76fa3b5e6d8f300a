"""A command service with scripted models: real store, real tools, real files of commands; no
process. The writer says what the test puts into its script."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from journal_app import paths
from journal_app.domain.generate import Completion, Permission, Prompt, Reason
from journal_app.domain.rewriter import Rewriter
from journal_app.domain.segment import Sentence
from journal_app.domain.similar import Likeness
from journal_app.domain.summarize import DeviceInfo, ModelIdentity, Rating
from journal_app.journal import Journal
from journal_app.services.commands import OWN, CommandService, Models
from journal_app.services.tools_journal import JournalTools
from journal_app.services.tools_text import TextTools
from tests.helpers.encoder import FakeEncoder


class LongestFirst:
    """A rater that likes long sentences; every vector is new."""

    def __init__(self) -> None:
        self.rated: list[str] = []

    def rate(
        self,
        sentences: Sequence[Sentence],
        *,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> Rating:
        self.rated += [one.text for one in sentences]
        for done in range(len(sentences)):
            if check:
                check()
            if progress:
                progress(done + 1, len(sentences))
        count = len(sentences)
        vectors = tuple(tuple(float(a == b) for b in range(count)) for a in range(count))
        aspects = tuple((0.0, 0.0, 0.0) for _ in sentences)
        return Rating(tuple(float(len(s.text)) for s in sentences), aspects, vectors)

    def device(self) -> DeviceInfo:
        return DeviceInfo("npu", "Hexagon", "Test", 1.0)

    def identity(self) -> ModelIdentity:
        return ModelIdentity("longest-first", "0" * 64)


class ScriptedWriter:
    """Says `text`, word by word; by pack where `says` holds it. Keeps the prompts."""

    def __init__(self, text: str = "", says: dict[str, str] | None = None) -> None:
        self.text, self.says = text, says or {}
        self.prompts: list[tuple[str, Prompt]] = []
        self.wait = False  # writes nothing more until it is cancelled
        self.reason: Reason = "stop"

    def generate(
        self,
        prompt: Prompt,
        *,
        pack: str,
        emit: Callable[[str], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> Completion:
        self.prompts.append((pack, prompt))
        text = self.says.get(pack, self.text)
        if progress:
            progress(40, 120)
            progress(120, 120)
        words = text.split(" ")
        for place, word in enumerate(words):
            if emit:
                emit((" " if place else "") + word)
            while self.wait and check:
                check()
        return Completion(text, self.reason, 120, len(words), 0.1, 0.2)

    def count(self, texts: Sequence[str], *, pack: str) -> list[int]:
        return [len(text.split()) for text in texts]

    def device_of(self, pack: str) -> DeviceInfo:
        return DeviceInfo("npu", "Hexagon", "Test", 1.0)

    def digest_of(self, pack: str) -> str:
        return "ab" * 32


def command_service(
    journal: Journal,
    writer: ScriptedWriter,
    *,
    allowed: bool = True,
    why: str = "",
    rater: LongestFirst | None = None,
    encoder: FakeEncoder | None = None,
    like: Callable[[str, int], Likeness] = lambda _words, _limit: Likeness((), "words"),
    asked: list[str] | None = None,
    rewriting: str = "",
) -> CommandService:
    """The service of `journal` from now on; `allowed`: whether the gate lets the writer write.

    `asked` gets the pack each time that the gate is asked; `rewriting` says why sentences stay as
    they are though the gate is open."""
    rater, encoder = rater or LongestFirst(), encoder or FakeEncoder()

    text = TextTools(journal.store, rater, like)
    whole = JournalTools(journal.store, rater, encoder, like, text)
    tools = {
        "sentences": text.sentences,
        "title": text.title,
        "tags": text.tags,
        "lesson": text.lesson,
        "failure": text.failure,
        "outline": text.outline,
        "shorten": text.shorten,
        "glossary": text.glossary,
        "compare": whole.compare,
        "since": whole.since,
        "answer": whole.answer,
        "draft": whole.draft,
    }

    def permission(pack: str = "scripted") -> Permission:
        if asked is not None:
            asked.append(pack)
        return Permission(pack, allowed, why)

    def of_sentences() -> Permission:
        return Permission("scripted", False, rewriting) if rewriting else permission()

    rewriter = Rewriter(writer, encoder, of_sentences)
    made = CommandService(
        journal.store,
        Models(rater, encoder, writer, rewriter, permission),
        tools,
        [(paths.resources() / "commands", False), (journal.folder / OWN, True)],
        writer=lambda: "scripted",
    )
    journal.__dict__["commands"] = made
    return made
