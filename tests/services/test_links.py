"""Links between entries: no rename breaks one, whatever the titles and wherever it stops."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_app import paths
from journal_app.domain import links as names
from journal_app.domain.entry import Entry
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.store import mentions


def linked(journal: Journal, entry: Entry) -> dict[str, str | None]:
    found = mentions.of(journal.store.read(), entry.id)
    return {name: target for (_, name), target in found.items()}


def make(journal: Journal, title: str, body: str = "text", **more: str) -> Entry:
    return journal.entries.create(body, title=title, **more)


def retitle(journal: Journal, entry: Entry, title: str, origin: str = "window") -> Entry:
    now = journal.entries.get(entry.id)
    saved = journal.entries.save(
        entry.id, now.body, base_rev=now.rev, title=title, kind=now.kind, origin=origin
    )
    assert saved.copy is None
    return saved.entry


def test_a_name_waits_for_its_entry_and_keeps_it(journal: Journal) -> None:
    source = make(journal, "Source", "see [[warm  UP]] and [[Gone]]")
    assert linked(journal, source) == {"warm up": None, "gone": None}
    assert journal.links.unresolved(source.id) == ["warm UP", "Gone"]
    first = make(journal, "Warm up")
    make(journal, "Warm up", "a namesake takes nothing away")
    assert linked(journal, source) == {"warm up": first.id, "gone": None}
    journal.entries.trash(first.id)
    assert linked(journal, source)["warm up"] == first.id
    (back,) = journal.links.backlinks(first.id)
    assert back.row.id == source.id and back.passage is not None
    assert back.passage.text[back.passage.start : back.passage.end] == "warm UP"


def test_names_of_files_and_runs_are_no_missing_entries(journal: Journal) -> None:
    body = "![[losses.csv]] ![[run:r-9]] @run:r-10 @nobody [[paper.pdf]] [[Gone]] ![[Gone 2.5]]"
    source = make(journal, "Source", body)
    assert journal.links.unresolved(source.id) == ["paper.pdf", "Gone", "Gone 2.5"]
    assert journal.links.awaited_runs(source.id) == ["r-9", "r-10"]
    journal.entries.attach(source.id, b"%PDF-1.4", "Paper.pdf")
    assert journal.links.unresolved(source.id) == ["Gone", "Gone 2.5"]


def test_renaming_rewrites_every_link_in_one_step_and_nothing_else(journal: Journal) -> None:
    target = make(journal, "Old", "I am [[Old]]")
    body = "[[Old]] [[old|x]] [[Old#h]] ![[Old]] `[[Old]]`\n\n```\n[[Old]]\n```\n[[Older]]"
    source = make(journal, "Source", body)
    entry, changed = journal.links.rename("Old", "New name")
    assert entry.title == "New name" and sorted(changed) == sorted([target.id, source.id])
    now = journal.entries.get(source.id)
    assert now.body == (
        "[[New name]] [[New name|x]] [[New name#h]] ![[New name]] `[[Old]]`\n\n"
        "```\n[[Old]]\n```\n[[Older]]"
    )
    assert journal.entries.get(target.id).body == "I am [[New name]]"
    assert linked(journal, source) == {"new name": target.id, "older": None}
    assert now.updated_at == source.updated_at  # it moves to no other place in the list
    first, second = reversed(journal.entries.revisions(source.id))
    assert (first.body, second.origin) == (body, "rename-link")


def test_a_title_that_brackets_cannot_hold_is_linked_by_id(journal: Journal) -> None:
    target = make(journal, "Old")
    source = make(journal, "Source", "[[Old]] and [[Old#part|words]]")
    journal.links.rename(target.id, "a [b] | c")
    body = journal.entries.get(source.id).body
    assert body == rf"[a \[b\] \| c](entry:{target.id}) and [words](entry:{target.id})"
    assert set(linked(journal, source).values()) == {target.id}


def test_a_title_that_another_linked_entry_has_is_linked_by_id(journal: Journal) -> None:
    one, two = make(journal, "One"), make(journal, "Two")
    source = make(journal, "Source", "[[One]] against [[Two]]")
    journal.links.rename(one.id, "Two")
    assert journal.entries.get(source.id).body == f"[Two](entry:{one.id}) against [[Two]]"
    assert linked(journal, source) == {one.id.lower(): one.id, "two": two.id}


def test_titles_on_their_way_through_autosave_change_no_text_until_they_stand(
    journal: Journal,
) -> None:
    target = make(journal, "Old")
    source = make(journal, "Source", "[[Old]] [[Wa]]")
    for title in ("W", "Wa", "War", "Warm up"):
        retitle(journal, target, title, "autosave")
        assert journal.entries.get(source.id).body == "[[Old]] [[Wa]]"
        assert linked(journal, source) == {"old": target.id, "wa": None}
    # a save of the text in between keeps what its names mean
    now = journal.entries.get(source.id)
    journal.entries.save(source.id, "[[Old]] [[Wa]] more", base_rev=now.rev)
    assert journal.links.settle(target.id) == [source.id]
    assert journal.entries.get(source.id).body == "[[Warm up]] [[Wa]] more"
    assert linked(journal, source) == {"warm up": target.id, "wa": None}


def test_what_a_kill_left_open_is_settled_at_the_next_start(journal_folder: Path) -> None:
    with Journal(journal_folder) as journal:
        target = make(journal, "Old")
        source = make(journal, "Source", "[[Old]] [[Later]]")
        other = make(journal, "x")
        retitle(journal, target, "New", "autosave")
        retitle(journal, other, "Later", "autosave")
    with Journal(journal_folder) as journal:
        assert journal.links.catch_up() == 1
        assert journal.entries.get(source.id).body == "[[New]] [[Later]]"
        assert linked(journal, source) == {"new": target.id, "later": other.id}
        assert journal.links.catch_up() == 0


def test_an_open_text_takes_the_new_names_along_instead_of_clashing(journal: Journal) -> None:
    target = make(journal, "Old")
    source = make(journal, "Source", "[[Old]] text")
    journal.links.rename(target.id, "New")
    typed = journal.entries.save(source.id, "[[Old]] text, typed [[old|on]]", base_rev=source.rev)
    assert typed.copy is None
    assert typed.entry.body == "[[New]] text, typed [[New|on]]"
    assert linked(journal, source) == {"new": target.id}
    # a real change elsewhere is a clash as ever, and the copy's links lead where they led
    clash = journal.entries.save(source.id, "[[New]] other", base_rev=source.rev)
    assert clash.copy is not None and journal.entries.get(source.id).body == typed.entry.body
    assert linked(journal, clash.copy) == {"new": target.id}


def test_a_title_taken_over_while_another_is_on_its_way_takes_no_link(journal: Journal) -> None:
    one, two = make(journal, "One"), make(journal, "Two")
    source = make(journal, "Source", "[[One]] [[Two]]")
    retitle(journal, two, "Three", "autosave")  # not settled yet
    journal.links.rename(one.id, "Two")
    journal.links.settle(two.id)
    assert journal.entries.get(source.id).body == f"[Two](entry:{one.id}) [[Three]]"
    assert linked(journal, source) == {one.id.lower(): one.id, "three": two.id}


def test_first_lines_that_link_each_other_come_to_rest(journal: Journal) -> None:
    one = journal.entries.create("One")
    two = journal.entries.create("Two [[One]]")
    journal.entries.save(one.id, "One [[Two One]]", base_rev=1)
    for name in ("Uno", "Eins"):
        now = journal.entries.get(one.id)
        body = now.body.replace(now.body.split()[0], name, 1)
        journal.entries.save(one.id, body, base_rev=now.rev)
        first, second = journal.entries.get(one.id), journal.entries.get(two.id)
        assert set(linked(journal, first).values()) == {two.id}
        assert set(linked(journal, second).values()) == {one.id}
        assert len(first.title) < 60 and "[[" not in first.title + second.title
        for _ in range(3):
            journal.links.catch_up()
        assert journal.links.catch_up() == 0


def test_a_revision_that_comes_back_keeps_its_links(journal: Journal) -> None:
    target = make(journal, "Old")
    source = make(journal, "Source", "[[Old]]")
    journal.links.rename(target.id, "New")
    journal.entries.restore_revision(target.id, 1)
    assert journal.entries.get(target.id).title == "Old"
    assert journal.entries.get(source.id).body == "[[Old]]"
    assert linked(journal, source) == {"old": target.id}


def test_a_frozen_revision_is_not_touched(journal: Journal) -> None:
    target = make(journal, "Old")
    post = make(journal, "Post", "[[Old]]", kind="post")
    journal.links.rename(target.id, "New")
    kept = {r.rev: r.body for r in journal.entries.revisions(post.id)}
    assert kept == {1: "[[Old]]", 2: "[[New]]"}


def test_texts_of_before_are_looked_through_in_steps(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make(journal, f"n{n}", f"[[n{(n + 1) % 7}]]") for n in range(7)]
    with journal.store.write() as w:
        w.db.execute("DELETE FROM mentions")
        w.db.execute("INSERT INTO mention_backlog VALUES ((SELECT max(n) FROM entries))")
    monkeypatch.setattr("journal_app.services.links.BATCH", 2)
    calls = []

    class Stopped(Exception):
        pass

    def stop() -> None:
        calls.append(1)
        if len(calls) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        journal.links.catch_up(stop)
    done = journal.store.read().execute("SELECT count(*) FROM mentions").fetchone()[0]
    assert done == 4
    journal.links.catch_up()
    assert [linked(journal, e) for e in made] == [
        {f"n{(n + 1) % 7}": made[(n + 1) % 7].id} for n in range(7)
    ]
    assert mentions.backlog(journal.store.read()) == 0


titles = st.sampled_from(
    ["a", "B", "b", "a b", "c [d]", "e|f", "g#h", "ü", "Ü", "run:x", "学习", "x" * 130, "`q`"]
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(titles, st.lists(st.integers(0, 3), max_size=4)), min_size=4, max_size=4),
    st.lists(
        st.tuples(st.integers(0, 3), titles, st.sampled_from(["window", "autosave"])), max_size=8
    ),
)
def test_links_before_are_links_after(
    tmp_path_factory: pytest.TempPathFactory,
    migrated: Path,
    start: list[tuple[str, list[int]]],
    steps: list[tuple[int, str, str]],
) -> None:
    import shutil

    folder = tmp_path_factory.mktemp("property") / "journal"
    shutil.copytree(migrated, folder)
    with Journal(folder) as journal:
        made = [make(journal, title) for title, _ in start]
        for entry, (_, targets) in zip(made, start, strict=True):
            body = " ".join(journal.links.reference(made[n].id) for n in targets) or "nothing"
            journal.entries.save(entry.id, f"`[[a]]` {body}", base_rev=1, title=entry.title)

        def places(entry: Entry) -> list[str | None]:
            known = linked(journal, entry)
            body = journal.entries.get(entry.id).body
            assert body.startswith("`[[a]]`")
            return [known.get(m.key) for m in names.mentions(body)]

        before = [places(entry) for entry in made]
        for number, title, origin in steps:
            retitle(journal, made[number], title, origin)
            assert [places(entry) for entry in made] == before
            if origin == "autosave" and number % 2:
                journal.links.settle(made[number].id)
                assert [places(entry) for entry in made] == before
        journal.links.catch_up()
        assert [places(entry) for entry in made] == before
        for entry in made:  # what stands in the text is the title that the target has
            for m in names.mentions(journal.entries.get(entry.id).body):
                target = linked(journal, entry)[m.key]
                assert target is not None
                assert m.by_id or m.key == names.key(journal.entries.get(target).title)


# ---------------------------------------------------------------------- what is near


def test_links_of_every_sort_come_together(journal: Journal) -> None:
    one = make(journal, "One", "to [[Two]] and [three](entry:X), [[Nowhere]]")
    two = make(journal, "Two", "back to ![[One]]")
    three = make(journal, "Three", "by hand")
    journal.entries.link(three.id, f"entry:{one.id}", "supports")
    assert [n.row.title for n in journal.links.outgoing(one.id)] == ["Two"]
    back = {
        n.row.title: (n.relation, n.passage is not None) for n in journal.links.backlinks(one.id)
    }
    assert back == {"Two": ("", True), "Three": ("supports", False)}
    assert journal.links.unresolved(one.id) == ["X", "Nowhere"]
    assert journal.links.targets(one.id) == {"two": two.id}
    assert journal.links.resolver(one.id)("TWO") == two.id
    graph = journal.links.graph(two.id)
    assert [(node.title, node.far) for node in graph.nodes] == [
        ("Two", 0),
        ("One", 1),
        ("Three", 2),
    ]
    assert graph.edges == ((0, 1), (1, 2))


def test_a_graph_stays_small(journal: Journal) -> None:
    hub = make(journal, "Hub")
    for n in range(80):
        make(journal, f"n{n}", "[[Hub]]")
    graph = journal.links.graph(hub.id)
    assert len(graph.nodes) == 60 and graph.nodes[0].id == hub.id
    assert len(graph.edges) == 59


def test_an_unlinked_mention_becomes_a_link(journal: Journal) -> None:
    target = make(journal, "Warm up")
    source = make(journal, "Plan", "first a warm\nup, then `warm up`")
    make(journal, "Has it", "[[Warm up]] and warm up")
    make(journal, "abc")
    (found,) = journal.links.unlinked(target.id)
    assert found.row.id == source.id
    now = journal.entries.save(source.id, "so: first a warm\nup, then `warm up`", base_rev=1)
    assert now.copy is None
    journal.links.link_place(found, target.id)  # it was edited since: looked for again
    assert journal.entries.get(source.id).body == "so: first a [[Warm up|warm up]], then `warm up`"
    assert journal.links.unlinked(target.id) == []
    assert linked(journal, source) == {"warm up": target.id}
    with pytest.raises(JournalError, match="no longer"):
        journal.links.link_place(found, target.id)


def test_titles_are_completed_newest_first_and_by_scattered_letters(journal: Journal) -> None:
    old = make(journal, "Warm up longer")
    new = make(journal, "Warm start")
    make(journal, "Swarm")
    cjk = make(journal, "学习率预热")
    gone = make(journal, "Warm trash")
    journal.entries.trash(gone.id)
    service = journal.links
    assert [t for _, _, t in service.complete_entries("warm")][:3] == [
        "Warm start", "Warm up longer", "Swarm",
    ]  # fmt: skip
    assert service.complete_entries("wul")[0][0] == old.id
    assert service.complete_entries("start wa")[0][0] == new.id
    assert service.complete_entries("预热")[0][0] == cjk.id
    assert service.complete_entries("")[0][2] == "学习率预热"
    assert service.complete_entries('"%_\\') == []


def test_tags_and_runs_are_completed(journal: Journal) -> None:
    for text in ("x #warmup #lr", "y #warmup", "z #swarm"):
        journal.entries.add(text)
    assert journal.links.complete_tags("wa") == [("warmup", 2), ("swarm", 1)]
    assert journal.links.complete_tags("")[0] == ("warmup", 2)
    with journal.store.write() as w:
        for id, name in (("R1", "nano-d12"), ("R2", "nano d20"), ("R3", "twin"), ("R4", "twin")):
            w.db.execute(
                "INSERT INTO runs (id, source_kind, native_id, source_uri, name, status, digest,"
                " reader, imported_at, updated_at)"
                " VALUES (?, 'x', ?, '', ?, 'finished', '', '', 0, 0)",
                (id, id, name),
            )
    assert [name for _, name, _ in journal.links.complete_runs("nano")] == ["nano-d12", "nano d20"]
    assert journal.links.run_reference("R1") == "@nano-d12"
    assert journal.links.run_reference("R2") == "[nano d20](run:R2)"
    assert journal.links.run_reference("R3") == "[twin](run:R3)"
    entry = make(journal, "Runs", "@nano-d12 @twin @run:R3")
    assert [run.id for run in journal.links.runs(entry.id)] == ["R1", "R3"]
    assert (
        journal.links.run_table(entry.id).splitlines()[2].startswith("| [nano-d12](run:R1) | fin")
    )


def test_a_run_is_found_by_texts_that_named_it_before_it_was_imported(journal: Journal) -> None:
    entry = make(journal, "Plan", "watch @salience-s, says @somebody")
    assert journal.links.runs(entry.id) == [] and journal.links.unresolved(entry.id) == []
    journal.experiments.import_path(paths.resources() / "samples" / "nanochat" / "salience")
    (run,) = journal.links.runs(entry.id)
    assert run.name == "salience-s"
