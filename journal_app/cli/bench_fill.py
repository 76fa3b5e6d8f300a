"""A journal to measure with: made-up entries of about 120 words, the same for the same count.

Words follow Zipf's law over 20,000 made-up ones, led by words of the trade; one entry in fifty is
Chinese; up to 1,000 tags, 200 runs and one attachment in twenty entries (5,000 at most).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_app.journal import Journal

WORDS = """
loss warmup depth tokenizer val_bpb batch step rate schedule gradient clip seed run eval core
accuracy baseline holdout leakage prompt schema drift noise floor spread checkpoint restart
export quantized int4 block npu graph shape static dynamic latency memory page cache reader
worker shard mixture context window attention head embedding norm residual weight decay cosine
plateau spike diverged stable better worse negative result because however although after
before while again first second third never always maybe measured expected predicted real
""".split()
CHINESE = """
学习率 太高 模型 训练 失败 损失 下降 稳定 第二次 运行
数据 泄漏 评估 基线 结果 比较 收敛 发散 批量 梯度
""".split()
SYLLABLES = (
    "ba ce di fo gu ka le mi no pu ra se ti vo xu za lor men tis qua bri sto nel dar".split()
)
VOCABULARY, TAGS, RUNS, FILES = 20_000, 1_000, 200, 5_000
START = 1_700_000_000_000
BATCH = 5_000
KINDS = ("note", "note", "note", "lesson", "failure", "decision")


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up entry."""

    n: int
    id: str
    kind: str
    title: str
    body: str
    tags: list[str]
    run: str | None
    at: int


def vocabulary(chance: random.Random) -> list[str]:
    """Different words, the commonest first."""
    words = dict.fromkeys(WORDS)
    while len(words) < VOCABULARY:
        words["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5)))] = None
    return list(words)


def made(count: int) -> Iterator[Made]:
    """`count` entries, oldest first."""
    from journal_app.domain.ids import ulid

    chance = random.Random(count)
    words = vocabulary(chance)
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(words))))
    tags = [*WORDS, *(f"tag-{n}" for n in range(TAGS - len(WORDS)))]
    tag_weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(TAGS)))
    for n in range(count):
        drawn = chance.choices(words, cum_weights=weights, k=120)
        title = f"{' '.join(drawn[:6]).capitalize()} {n}"
        if n % 50 == 49:
            title = f"{''.join(chance.choices(CHINESE, k=4))} {n}"
            drawn[60:90] = ["，".join("".join(chance.choices(CHINESE, k=5)) for _ in range(6))]
        body = f"{title}\n\n{' '.join(drawn[6:60])}.\n\n{' '.join(drawn[60:])}."
        at = START + n * 60_000
        yield Made(
            n + 1,
            ulid(at, chance.getrandbits(80)),
            chance.choice(KINDS),
            title,
            body,
            list(dict.fromkeys(chance.choices(tags, cum_weights=tag_weights, k=2)))
            if n % 10
            else [],
            f"RUN{chance.randrange(RUNS):023d}" if n % 10 == 1 else None,
            at,
        )


def fill(folder: Path, count: int, told: Callable[[int], None] | None = None) -> None:
    """Make a journal of `count` entries in `folder`; `told` hears how many there are so far."""
    from journal_app.domain.entry import excerpt_of
    from journal_app.journal import Journal

    with Journal(folder) as journal:
        _runs(journal)
        entries = made(count)
        while batch := list(itertools.islice(entries, BATCH)):
            with journal.store.write() as w:
                w.db.executemany(
                    "INSERT INTO entries (n, id, kind, title, excerpt, rev, created_at, updated_at)"
                    " VALUES (?, ?, ?, ?, ?, 1, ?, ?)",
                    ((e.n, e.id, e.kind, e.title, excerpt_of(e.title, e.body), e.at, e.at)
                     for e in batch),
                )  # fmt: skip
                w.db.executemany(
                    "INSERT INTO entry_text (n, title, body) VALUES (?, ?, ?)",
                    ((e.n, e.title, e.body) for e in batch),
                )
                w.db.executemany(
                    "INSERT INTO revisions (entry_id, rev, kind, title, body, created_at, origin)"
                    " VALUES (?, 1, ?, ?, ?, ?, 'bench')",
                    ((e.id, e.kind, e.title, e.body, e.at) for e in batch),
                )
                w.db.executemany(
                    "INSERT INTO tags (entry_id, tag) VALUES (?, ?)",
                    ((e.id, tag) for e in batch for tag in e.tags),
                )
                w.db.executemany(
                    "INSERT INTO links (id, entry_id, target_kind, target_id, created_at)"
                    " VALUES ('L' || ?, ?, 'run', ?, ?)",
                    ((e.n, e.id, e.run, e.at) for e in batch if e.run),
                )
                w.db.executemany(
                    "INSERT INTO change_log (at, noun, id, op) VALUES (?, 'entry', ?, 'created')",
                    ((e.at, e.id) for e in batch),
                )
            for e in batch:
                if e.n % 20 == 0 and e.n <= 20 * FILES:
                    journal.entries.attach(e.id, f"step,loss\n{e.n},1.0\n".encode(), "loss.csv")
            if told is not None:
                told(batch[-1].n)


def _runs(journal: Journal) -> None:
    with journal.store.write() as w:
        w.db.executemany(
            "INSERT INTO runs (id, source_kind, native_id, source_uri, name, status, digest,"
            " reader, imported_at, updated_at) VALUES (?, 'bench', ?, '', ?, 'finished', '',"
            " 'bench', ?, ?)",
            ((f"RUN{n:023d}", str(n), f"bench-{n}", START, START) for n in range(RUNS)),
        )
