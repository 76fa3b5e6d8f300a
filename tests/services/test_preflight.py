"""The preflight of posts in a real journal, with a real site on loopback; and their gates."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.domain.due import Due
from journal_app.domain.preflight import Report
from journal_app.domain.publishing import Plan, Publication
from journal_app.errors import JournalError, NotFound
from journal_app.journal import Journal
from journal_app.runtime.answering import answers
from journal_app.services.preflight import PreflightService
from journal_app.store import entries, publications, targets
from tests.helpers.results import add_eval
from tests.helpers.runs import add_run
from tests.helpers.servers.base import FakeSite, Reply, Request, html_reply

WORDS = "We trained a small model on one machine and wrote down what we saw there.\n\n" * 8


class Pages(FakeSite):
    """Answers by path: /ok, /gone, /moved, /away (redirects), /shy (refuses HEAD), /slow."""

    def handle(self, request: Request) -> Reply:
        path = request.path
        if path == "/moved":
            return 301, {"Location": "/ok"}, b""
        if path == "/round":
            return 302, {"Location": "/round"}, b""
        if path == "/shy" and request.method == "HEAD":
            return html_reply(405, "")
        if path == "/closed":
            return html_reply(403, "")
        return html_reply(200 if path in ("/ok", "/shy") else 404, "<p>Hello</p>")

    def changes(self, request: Request) -> bool:
        return False


@pytest.fixture
def site() -> Iterator[Pages]:
    with Pages() as opened:
        yield opened


def post(journal: Journal, body: str = WORDS, title: str = "A post", **front: object) -> str:
    return journal.entries.create(
        body, kind="post", title=title, front={"description": "What we saw.", **front}
    ).id


def edit(journal: Journal, id: str, body: str) -> None:
    entry = journal.entries.get(id)
    journal.entries.save(entry.id, body, base_rev=entry.rev)


def codes(report: Report, *levels: str) -> list[str]:
    return [one.code for one in report.findings if not levels or one.level in levels]


def planned(journal: Journal, post_id: str, slug: str = "a-post", **plan: object) -> Publication:
    """A publication of the present revision, written."""
    with journal.store.write() as w:
        targets.put(w, "blog", "folder", {"path": "/nowhere"})
    due = Due("2030-01-01T09:00", "UTC", 1_893_488_400_000)
    rev = entries.get(journal.store.read(), post_id).rev
    made = Publication(
        journal.store.new_id(), post_id, rev, "blog", "scheduled", due, slug,
        Plan(slug, (), "What we saw.", due, **plan),  # type: ignore[arg-type]
    )  # fmt: skip
    with journal.store.write() as w:
        publications.insert(w, made)
    return made


# ---------------------------------------------------------------------- checks


def test_a_plain_post_has_nothing_wrong(journal: Journal) -> None:
    found = journal.preflight.check(post(journal), network=False)
    assert found.ok()
    assert codes(found, "error", "warning") == []
    assert set(codes(found)) == {"length", "level"}


def test_only_posts_are_checked(journal: Journal) -> None:
    note = journal.entries.add("a note")
    with pytest.raises(JournalError, match="not a post"):
        journal.preflight.check(note.id)
    with pytest.raises(NotFound):
        journal.preflight.check("01ARZ3NDEKTSV4RRFFQ69G5FAV")


def test_an_error_is_taken_on_by_its_id_and_stays_visible(journal: Journal) -> None:
    id = post(journal, WORDS + "Saved in /home/marta/runs.")
    found = journal.preflight.check(id, network=False)
    (error,) = found.errors()
    assert error.code == "path"
    after = journal.preflight.check(id, network=False, allowed=[error.id])
    assert after.ok()
    assert error.id in [one.id for one in after.findings]
    # an edit elsewhere keeps the id
    edit(journal, id, "Before.\n\n" + WORDS + "Saved in /home/marta/runs.")
    assert error.id in [one.id for one in journal.preflight.check(id, network=False).errors()]


def test_numbers_are_compared_with_linked_results(journal: Journal) -> None:
    run = add_run(journal, "speedrun-d12", {"val/bpb": 0.8119}, main="val/bpb")
    add_eval(journal, "gsm8k", "exact_match", 0.4519, run=run)
    id = post(journal, WORDS + "GSM8K exact match is 0.512 and the val bpb is 0.8119.")
    assert "number" not in codes(journal.preflight.check(id, network=False))
    journal.entries.link(id, run)
    (wrong,) = journal.preflight.check(id, network=False).errors()
    assert "0.512" in wrong.what and "0.4519" in wrong.what


def test_a_source_that_changed_its_number_is_told(journal: Journal) -> None:
    note = journal.entries.add("The run took 4.2 hours on one machine, which was fine.")
    draft = journal.writing.draft([note.id], "About a run")
    assert "number-source" not in codes(journal.preflight.check(draft.id, network=False))
    edit(journal, note.id, "The run took 5.1 hours on one machine, which was fine.")
    assert "number-source" in codes(journal.preflight.check(draft.id, network=False), "warning")


def test_private_things_of_runs_and_entries_stay_private(journal: Journal) -> None:
    run = add_run(journal, "d12", {})
    with journal.store.write() as w:
        w.db.execute(
            "UPDATE runs SET host = 'trainbox-17', extra = ?",
            ('{"private": {"user": "marta.k@corp.io", "optimizer": "adamw"}}',),
        )
    secret = "The reviewers of the second round did not read the appendix at all."
    journal.entries.create(secret, title="Diary", tags=["private"])
    text = f"On trainbox-17 by marta.k@corp.io with adamw. {secret}"
    id = post(journal, WORDS + text)
    journal.entries.link(id, run)
    found = journal.preflight.check(id, network=False)
    assert sorted(set(codes(found, "error"))) == ["private", "private-text"]
    assert "adamw" not in " ".join(one.what for one in found.findings)
    assert "appendix" not in " ".join(one.what for one in found.findings)


def test_slugs_titles_and_canonical_addresses_of_other_posts(journal: Journal) -> None:
    planned(journal, post(journal, title="First"), "same", canonical_url="https://a.org/p")
    second = planned(
        journal, post(journal, title="first"), "same", canonical_url="https://a.org/p/"
    )
    found = journal.preflight.check_publication(second, network=False)
    assert {"slug-taken", "canonical-taken", "title-taken"} <= set(codes(found))
    assert journal.preflight.refusal(second)


def test_missing_files_and_unknown_entries(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "plot.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
    id = post(journal)
    path = journal.attachments.attach_file(id, file).path
    edit(journal, id, WORDS + f"![A plot]({path}) and [[Nothing]]")
    assert "link-entry" in codes(journal.preflight.check(id, network=False), "warning")
    (journal.folder / path).unlink()
    (error,) = journal.preflight.check(id, network=False).errors()
    assert error.code == "image-missing"
    assert not journal.preflight.check(id, network=False, allowed=[error.id]).ok()


def test_before_sending_only_what_may_have_changed_is_looked_at_again(journal: Journal) -> None:
    id = post(journal, WORDS + "Saved in /home/marta/runs.")
    p = planned(journal, id)
    approved = journal.preflight.check_publication(p, network=False)
    assert codes(approved, "error") == ["path"]
    assert journal.preflight.refusal(p)  # no approval is known: everything is looked at
    journal.preflight.keep(p.id, "approval", approved)
    assert journal.preflight.refusal(p) == ""
    journal.preflight.add_gate(id, "quality", "gsm8k", "exact_match", ">=0.45")
    assert "quality" in journal.preflight.refusal(p)
    stages = [one.stage for one in journal.preflight.reports(p.id)]
    assert stages == ["sending", "approval", "sending"]


def test_a_usual_post_takes_less_than_50_ms(journal: Journal) -> None:
    run = add_run(journal, "d12", {f"metric_{n}/loss": n / 7 for n in range(60)})
    for n in range(40):
        add_eval(journal, f"task_{n}", "acc", n / 50, run=run)
    body = "## Part\n\n" + "Task 7 accuracy is 0.14 [here](https://a.org/x), see `code`.\n\n" * 60
    id = post(journal, body)
    journal.entries.link(id, run)
    journal.preflight.check(id, network=False)  # loads the scanner and the patterns
    took = []
    for _ in range(7):
        begun = time.process_time()
        journal.preflight.check(id, network=False)
        took.append(time.process_time() - begun)
    assert min(took) < 0.05


# ---------------------------------------------------------------------- the web


def test_links_are_asked_and_the_dead_are_errors(journal: Journal, site: Pages) -> None:
    service = PreflightService(journal.store, private_network=True)
    text = " ".join(
        f"[{n}]({site.url}/{n})" for n in ("ok", "moved", "shy", "gone", "closed", "round")
    )
    id = post(journal, WORDS + text)
    dead = {
        one.what.split("/")[3].split()[0].rstrip(":"): one.level
        for one in service.check(id).findings
        if one.code == "link-dead"
    }
    assert dead == {"gone": "error", "closed": "info", "round": "warning"}
    journal.settings.set("publish.links", "off")
    assert "link-dead" not in codes(service.check(id))


def test_addresses_of_this_computer_are_never_asked(journal: Journal, site: Pages) -> None:
    id = post(journal, WORDS + f"[a]({site.url}/ok)")
    assert "link-private" in codes(journal.preflight.check(id), "warning")
    assert site.requests == []
    assert answers([f"{site.url}/ok"], 2.0)[f"{site.url}/ok"].local


def test_a_site_that_says_nothing_costs_no_more_than_the_time_given(site: Pages) -> None:
    site.read_faults[:] = ["hang"] * 20
    begun = time.monotonic()
    said = answers([f"{site.url}/{n}" for n in range(10)], 0.4, private=True)
    assert time.monotonic() - begun < 2
    assert all(one.late or one.offline for one in said.values())


def test_without_a_network_nothing_is_wrong(journal: Journal, site: Pages) -> None:
    address = f"{site.url}/ok"
    site.leave()
    service = PreflightService(journal.store, private_network=True)
    found = service.check(post(journal, WORDS + f"[a]({address})"))
    assert found.ok()
    assert "offline" in codes(found, "info")


# ---------------------------------------------------------------------- gates


def test_gates_follow_the_linked_results(journal: Journal) -> None:
    id = post(journal)
    journal.preflight.add_gate(id, "quality", "gsm8k", "exact_match", ">=0.45")
    (shut,) = journal.preflight.verdicts(id)
    assert not shut.passed and "no linked result" in shut.reason
    run = add_run(journal, "d12", {})
    add_eval(journal, "gsm8k", "exact_match", 0.40, run=run, model="m", at=1)
    journal.entries.link(id, run)
    assert not journal.preflight.verdicts(id)[0].passed
    newer = add_eval(journal, "gsm8k", "exact_match", 0.50, run=run, model="m", at=2)
    (opened,) = journal.preflight.verdicts(id)
    # the run that only the helper wrote is not whole: its results do not count
    assert not opened.passed and "incomplete" in opened.reason
    with journal.store.write() as w:
        w.db.execute("UPDATE runs SET complete = 1")
    (opened,) = journal.preflight.verdicts(id)
    assert (opened.passed, opened.eval_id) == (True, newer)
    found = journal.preflight.check(id, network=False)
    assert "gate" in codes(found, "ok")


def test_gates_are_named_once_and_removed_by_name(journal: Journal) -> None:
    id = post(journal)
    journal.preflight.add_gate(id, "quality", "gsm8k", "exact_match", ">=0.45")
    with pytest.raises(JournalError, match="already"):
        journal.preflight.add_gate(id, "quality", "mmlu", "acc", ">=0.3")
    with pytest.raises(NotFound, match="no gate"):
        journal.preflight.remove_gate(id, "other")
    journal.preflight.remove_gate(id, "quality")
    assert journal.preflight.gates(id) == []
    with pytest.raises(JournalError, match="only posts"):
        journal.preflight.add_gate(journal.entries.add("n").id, "q", "t", "m", ">1")
