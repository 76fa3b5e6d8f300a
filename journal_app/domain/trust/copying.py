"""What a generator may write while it writes: facts can only be copied.

Numbers, their units, identifiers, quoted names and proper names of the text must stand in a source;
plain lower-case words and light punctuation are free. Held by construction: a text is legal if it
can be cut into free words and verbatim pieces of the sources that start and end where a fact
starts or ends, never inside of one ("3.0" out of "3.05", "120" out of "120 ms").

Invariants:
* Two facts with nothing but space between them must stand side by side in a source: no "Llama 2"
  from "Llama 3" and "2 runs".
* After a number, a word that is a unit (of the list, or after a number of a source) must be one of
  the words that follow this number there.
* Every text that was allowed can be finished: each state of the automaton has a way on, one
  character at a time. Scripts without case and all other characters can be copied only.

The automaton reads characters. It is nondeterministic (a word may be free and a copy at once) and
is made deterministic as far as texts go: a node holds the set of states and remembers its exits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journal_app.domain.trust.copying_sources import SPACE, STOP, Context, Sources
from journal_app.domain.trust.units import (
    DAYS,
    FUNCTION,
    MONTHS,
    SOFT,
    is_number_word,
)

MAX_NODES = 20_000  # about 20 MB: then the remembered exits are forgotten
UNFINISHED = "\ufffd"  # what decoders show for the first bytes of a character

_CLOSING = ",;:.!?…)"
_CLOSING_WIDE = "，。、；：！？）"
_FINAL = ".!?。！？"
_DASHES = "-–—−"
_TYPOGRAPHIC = "“”‘’–—…"


class Gap(NamedTuple):
    """Between words. `fact`: a fact stands right before it. `pending`: units that may follow the
    number before, None where there is none; `left` words may still be that unit. `begins`: a
    sentence begins here; `line`: a line does. `counts`: a number may follow. `open`: something
    must follow."""

    fact: bool = False
    pending: frozenset[str] | None = None
    left: int = 0
    begins: bool = False
    line: bool = False
    counts: bool = True
    open: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Inside of a free word that began at `gap`."""

    text: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class Closed:
    """After punctuation that closes: space must follow."""

    final: bool


@dataclass(frozen=True, slots=True)
class Dash:
    """After a dash that stands alone."""

    gap: Gap


@dataclass(frozen=True, slots=True)
class Owner:
    """After the apostrophe of a name's genitive: an s must follow, and then it has ended."""

    done: bool


State = int | Gap | Word | Closed | Dash | Owner  # int: the next place in the sources


@dataclass(slots=True)
class _Node:
    states: tuple[State, ...]
    exits: dict[str, _Node]
    open: bool | None = None  # whether a piece may end here
    beyond: bool | None = None  # whether a character outside ASCII may follow


class CopyGuard:
    """A guard over the texts that facts may come from. Not safe for several threads at once.

    Typically 1 to 5 µs a call; making one takes about 1 ms per 100 words of sources."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = Sources(sources)
        self._foreign = frozenset(
            letter for source in sources for letter in source if ord(letter) > 127
        ) | frozenset(_TYPOGRAPHIC)
        self._forget()

    def allows(self, text: str, piece: str) -> bool:
        """Whether `piece` may follow `text`: what then stands there can be made a legal text.

        `piece` may end inside of a word or number. A piece (or text) that ends in the middle of a
        character shows U+FFFD there; with the bytes at hand `allows_bytes` is exact."""
        node = self._walk(self._at(text.rstrip(UNFINISHED)), piece.rstrip(UNFINISHED))
        if not piece.endswith(UNFINISHED):
            return self._open(node)
        if node.beyond is None:
            node.beyond = any(self._open(self._walk(node, letter)) for letter in self._foreign)
        return node.beyond

    def allows_bytes(self, text: str, piece: bytes) -> bool:
        """`allows` for a piece in UTF-8 that may end inside of a character; `text` ends before all
        bytes of an unfinished character, which stand in `piece` again."""
        cut = len(piece)
        for back in range(1, min(4, len(piece)) + 1):
            lead = piece[-back]
            if lead & 0xC0 != 0x80:
                width = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
                cut = len(piece) - back if width > back else cut
                break
        try:
            node = self._walk(self._at(text), piece[:cut].decode("utf-8"))
        except UnicodeDecodeError:
            return False
        tail = piece[cut:]
        if not tail:
            return self._open(node)
        return any(
            letter.encode("utf-8", "surrogatepass").startswith(tail)
            and self._open(self._walk(node, letter))
            for letter in self._foreign
        )

    def ends(self, text: str) -> bool:
        """Whether the text may end here: nothing in it is unfinished."""
        return any(self._may_end(state) for state in self._at(text).states)

    def _may_end(self, state: State) -> bool:
        if isinstance(state, int):
            return state in self._sources.ends
        if isinstance(state, Word):
            return self._leave_word(state) is not None
        if isinstance(state, Gap):
            return not state.open
        return isinstance(state, Closed) or (isinstance(state, Owner) and state.done)

    # -- walking

    def _forget(self) -> None:
        self._nodes: dict[frozenset[State], _Node] = {}
        self._root = self._node({Gap(begins=True, line=True)})
        self._text, self._here = "", self._root

    def _at(self, text: str) -> _Node:
        if len(self._nodes) > MAX_NODES:
            self._forget()
        if text == self._text:
            return self._here
        if text.startswith(self._text):
            self._here = self._walk(self._here, text[len(self._text) :])
        else:
            self._here = self._walk(self._root, text)
        self._text = text
        return self._here

    def _walk(self, node: _Node, text: str) -> _Node:
        for letter in text:
            following = node.exits.get(letter)
            if following is None:
                following = self._follow(node, letter)
                node.exits[letter] = following
            node = following
        return node

    def _node(self, states: set[State]) -> _Node:
        key = frozenset(states)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = _Node(tuple(key), {})
        return node

    def _follow(self, node: _Node, letter: str) -> _Node:
        if letter == STOP or (
            ord(letter) > 127 and letter not in self._foreign and letter not in SPACE
        ):
            return self._node(set())
        found: set[State] = set()
        for state in node.states:
            found.update(self._step(state, letter))
        return self._node(found)

    def _open(self, node: _Node) -> bool:
        """Whether a piece may end at the node. A word that is forbidden as it stands ("ten") is
        not left open in the hope of "tentative": the model would be led into nonsense."""
        if node.open is None:
            node.open = any(
                not isinstance(state, Word) or len(state.text) == 1 or not self._forbidden(state)
                for state in node.states
            )
        return node.open

    # -- the automaton

    def _step(self, state: State, letter: str) -> Iterator[State]:
        if isinstance(state, int):
            yield from self._step_copy(state, letter)
        elif isinstance(state, Gap):
            yield from self._step_gap(state, letter)
        elif isinstance(state, Word):
            yield from self._step_word(state, letter)
        elif isinstance(state, Closed):
            if letter in SPACE:
                starts = state.final or letter in "\r\n"
                yield Gap(begins=starts, line=letter in "\r\n")
            elif letter in _CLOSING:
                yield Closed(letter in _FINAL)
            elif letter in _CLOSING_WIDE:
                yield Gap(begins=letter in _FINAL)
        elif isinstance(state, Dash):
            if letter in SPACE:
                gap = state.gap
                yield gap if gap.line else Gap(counts=False, open=True)
        elif state.done:
            yield from self._leave(Context(True), letter)
        elif letter == "s":
            yield Owner(True)

    def _step_copy(self, at: int, letter: str) -> Iterator[State]:
        shown = " " if letter in SPACE else letter
        text = self._sources.text
        if text[at] == shown:
            yield at + 1
        elif shown == " " and text[at - 1] == " ":
            yield at  # more space than the source has
        context = self._sources.ends.get(at)
        if context is not None:
            yield from self._leave(context, letter)

    def _step_gap(self, gap: Gap, letter: str) -> Iterator[State]:
        if letter in SPACE:
            breaks = letter in "\r\n" and not gap.open
            yield gap._replace(fact=False, begins=True, line=True, counts=True) if breaks else gap
            return
        if letter in "(（":
            yield gap._replace(fact=False, open=True, line=False)
        elif letter in _DASHES:
            yield Dash(gap)
        elif _is_free(letter) or (gap.begins and "A" <= letter <= "Z"):
            yield Word(letter, gap)
        if gap.fact:
            return
        for start in self._sources.starts.get(letter, ()):
            if start.counts and not gap.counts:
                continue
            if gap.pending is not None and (
                start.free or (start.word in self._sources.units and start.word not in gap.pending)
            ):
                continue
            yield start.at + 1

    def _step_word(self, state: Word, letter: str) -> Iterator[State]:
        last = state.text[-1]
        if _is_free(letter):
            yield Word(state.text + letter, state.gap)
            return
        if letter in "'’-" and last not in "'’-":
            yield Word(state.text + letter, state.gap)
        context = self._leave_word(state)
        if context is not None:
            yield from self._leave(context, letter)

    def _leave(self, context: Context, letter: str) -> Iterator[State]:
        """Where a word or copy has ended and `letter` follows."""
        if letter in SPACE:
            breaks = letter in "\r\n"
            fact = context.fact and not breaks
            yield Gap(fact, context.pending, context.left, begins=breaks, line=breaks)
        elif letter in _CLOSING:
            yield Closed(letter in _FINAL)
        elif letter in _CLOSING_WIDE:
            yield Gap(begins=letter in _FINAL)
        elif letter == "—":
            yield Gap(fact=True, counts=False, open=True)
        elif letter in "'’" and context.owns:
            yield Owner(False)

    def _leave_word(self, state: Word) -> Context | None:
        """What the free word leaves behind, or None where it may not stand as it is."""
        text, gap = state.text, state.gap
        if text[-1] == "-" or (text[-1] in "'’" and text[-2:-1] != "s") or self._forbidden(state):
            return None
        if gap.pending is None or text.lower() in FUNCTION or gap.left <= 1:
            return Context(False)
        return Context(False, gap.pending, gap.left - 1)

    def _forbidden(self, state: Word) -> bool:
        """Whether the word as it stands is a fact, or the wrong unit."""
        text, gap = state.text, state.gap
        low = text.lower().rstrip("'’")
        if low.endswith(("'s", "’s")):
            low = low[:-2]
        if is_number_word(low) or low in DAYS:
            return True
        if low in MONTHS and (text[0].isupper() or low not in SOFT):
            return True
        if text[0].isupper() and text in self._sources.names:
            return True  # as a copy only, with what that means for the next word
        return gap.pending is not None and low in self._sources.units and low not in gap.pending


def _is_free(letter: str) -> bool:
    """Lower-case letters of the Latin script."""
    if "a" <= letter <= "z":
        return True
    return (
        ord(letter) > 127
        and letter.islower()
        and unicodedata.category(letter) == "Ll"
        and unicodedata.name(letter, "").startswith("LATIN SMALL LETTER")
        and unicodedata.normalize("NFKC", letter) == letter
    )
