"""What the checks of a text find, and what they let alone."""

from __future__ import annotations

from typing import Any

import pytest

from journal_app.domain import preflight
from journal_app.domain.preflight import Finding, front_matter, personal, private, reading
from journal_app.domain.preflight import links as link_checks
from journal_app.domain.preflight import unique as uniqueness
from journal_app.domain.preflight.links import Answer
from journal_app.domain.preflight.private import PrivateFact
from journal_app.domain.preflight.secret_scan import check as scan
from journal_app.domain.preflight.subject import Subject
from journal_app.domain.preflight.unique import Other

WORDS = "We trained a small model on one machine and wrote down what we saw. " * 10


def subject(body: str = WORDS, **more: Any) -> Subject:
    return Subject("x", more.pop("title", "A title"), body, **more)


def codes(found: Any) -> list[str]:
    return [one.code for one in found]


# ---------------------------------------------------------------------- report


def test_errors_come_first_and_each_finding_once() -> None:
    made = preflight.report(
        [Finding("b", "warning", "w"), Finding("a", "error", "e"), Finding("b", "warning", "w")]
    )
    assert codes(made.findings) == ["a", "b"]
    assert not made.ok()


def test_what_may_be_allowed_and_what_may_not() -> None:
    secret, gate = Finding("secret", "error", "s"), Finding("gate", "error", "g")
    made = preflight.report([secret, gate])
    assert made.errors([secret.id, gate.id]) == (gate,)
    assert made.errors([]) == (gate, secret) or made.errors([]) == (secret, gate)


# ---------------------------------------------------------------------- front matter


@pytest.mark.parametrize(
    ("front", "bad"),
    [
        ({"description": "fine", "tags": ["a", "b"], "date": "2026-11-28"}, []),
        ({"date": "next week"}, [("date", "warning")]),
        ({"tags": {"a": 1}}, [("tags", "warning")]),
        ({"slug": 7}, [("slug", "error")]),
        ({"description": ["x"]}, [("description", "error")]),
        ({"private": "yes"}, [("private", "warning")]),
    ],
)
def test_types_of_front_matter(front: dict[str, Any], bad: list[tuple[str, str]]) -> None:
    found = [
        (one.where, one.level)
        for one in front_matter.check(subject(front=front, description="d"))
        if one.level in ("error", "warning")
    ]
    assert found == bad


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://example.org/post/", True),
        ("http://example.org/post/", False),
        ("example.org/post", False),
        ("https://user@example.org/", False),
        ("https://example.org/a#b", False),
        ("https://exa mple.org/", False),
    ],
)
def test_canonical_addresses(url: str, fine: bool) -> None:
    found = front_matter.check(subject(canonical_url=url, description="d"))
    assert ("front-matter" not in codes(found)) is fine


def test_long_titles_missing_descriptions_and_a_slug_that_is_none() -> None:
    found = codes(front_matter.check(subject(title="t" * 71, slug="a/b")))
    assert {"title-long", "description", "front-matter"} <= set(found)
    assert "marked-private" in codes(front_matter.check(subject(front={"private": True})))


# ---------------------------------------------------------------------- private


def test_remarks_and_open_ends_are_told_outside_code_only() -> None:
    text = "A %% hidden %% thing.\n\n<!-- a note -->\n\nTODO: more\n\n`TODO` and\n\n    TODO\n"
    assert codes(private.check(subject(text))) == ["remark", "remark", "to-do"]
    assert codes(private.check(subject("100 %% of it, TK-42 and a_TODO_b"))) == []


def test_marks_of_the_journal_are_information() -> None:
    found = list(private.check(subject("See it ->run:abc and\n\n`->run:abc`")))
    assert {one.level for one in found} == {"info"}


def test_private_facts_are_found_as_whole_words_only() -> None:
    facts = [
        PrivateFact("/data/alice/run7", "the folder", "the run d12"),
        PrivateFact("trainbox", "the computer", "the run d12"),
        PrivateFact("ab", "x", "y"),
    ]
    found = list(private.check(subject("On trainbox I used /data/alice/run7 here, ab."), facts))
    assert [(one.level, one.code) for one in found] == [
        ("error", "private"),
        ("warning", "private"),
    ]
    assert codes(private.check(subject("A trainboxes text"), facts)) == []


def test_a_sentence_of_a_private_entry_is_found_however_it_is_set() -> None:
    diary = ("Diary", "Nobody must know that the reviewers were wrong about it. Short one.")
    text = "Well.\n\n> Nobody must know that the *reviewers* were wrong about it!"
    (one,) = private.check(subject(text), (), [diary])
    assert one.code == "private-text"
    assert "Diary" in one.what
    assert "reviewers" not in one.what
    assert codes(private.check(subject("Short one."), (), [diary])) == []


# ---------------------------------------------------------------------- secrets

SECRETS = [
    "AKIAIOSFODNN7EXAMPLQ",
    "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz1234KEY",
    "hf_AbCdEfGhIjKlMnOpQrStUvWxYz123456",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "password = 'hunter2!pass99'",
    "-----BEGIN RSA PRIVATE KEY-----",
    "https://user:s3cr3tpw99@example.org/repo.git",
    "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
    "Authorization: Bearer abcdef1234567890abcdef",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
]
PLAIN = [
    "commit 3f2a9c1b7d8e9f00112233445566778899aabbcc",
    "sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
    "model: 'HuggingFaceTB/SmolLM2-135M-Instruct'",
    "api_key = 'your-key-here'",
    "api_key = os.environ['OPENAI_API_KEY']",
    "password: ${PASSWORD}",
    "The secret: patience.",
    "tokens per second: 41000",
    "pad_token = '<|endoftext|>'",
    "max_tokens=512, secret sauce",
    "the key is to warm up slowly",
    "checkpoint 'runs/d12/model_005568-of-000020.safetensors'",
    "id '123e4567-e89b-12d3-a456-426614174000'",
    "attention: key = 'query_projection'",
]


@pytest.mark.parametrize("text", SECRETS)
def test_secrets_are_errors_that_do_not_show_them(text: str) -> None:
    found = [one for one in scan(subject(f"Words.\n\n```\n{text}\n```")) if one.level == "error"]
    assert found
    secret = text.split("=")[-1].split(":")[-1].strip("' ")[-12:]
    assert all(secret not in one.what + one.hint for one in found)
    assert found[0].where == "line 4"


@pytest.mark.parametrize("text", PLAIN)
def test_hashes_names_and_placeholders_are_no_secrets(text: str) -> None:
    assert [one.what for one in scan(subject(text)) if one.level == "error"] == []


# ---------------------------------------------------------------------- personal


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("saved to /home/marta/runs/d12", "path", "error"),
        ("in C:\\Users\\marta\\runs", "path", "error"),
        ("on \\\\nas01\\models\\d12", "path", "error"),
        ("file:///tmp/x.html", "path", "error"),
        ("under /mnt/big/models", "path", "warning"),
        ("mail jo@corp.io", "mail", "warning"),
        ("call +49 170 1234567", "phone", "warning"),
        ("call (212) 555-0188", "phone", "warning"),
        ("at 192.168.2.14:8080", "private-address", "warning"),
        ("on trainbox7 it ran", "name", "warning"),
    ],
)
def test_what_tells_of_a_person_or_a_computer(text: str, code: str, level: str) -> None:
    found = list(personal.check(subject(text), host="trainbox7.lan", user="marta"))
    assert (code, level) in [(one.code, one.level) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/home/marta/x",
        "/home/user/data and /Users/you/x",
        "~/.cache/models",
        "git@github.com:me/repo.git",
        "write to jo@example.com or me@own.net",
        "127.0.0.1 and 0.0.0.0 and version 10.2.3",
        "16704 steps, 2026-11-28, 0.8119, +1.2 points",
        "src/train.py and data/train",
        "loss 1.234-5.678 and 1234-5678",
    ],
)
def test_what_tells_nothing(text: str) -> None:
    found = personal.check(subject(text), mails=["me@own.net"], host="localhost", user="root")
    assert [one.what for one in found] == []


# ---------------------------------------------------------------------- links


def _links(text: str, *, entry: bool = True, file: bool = True) -> list[Finding]:
    return list(link_checks.check(subject(text), lambda _: entry, lambda _: file))


def test_links_inside_the_page_to_files_and_to_entries() -> None:
    assert codes(_links("# What I *learned*\n\n[a](#what-i-learned) [b](#h-what-i-learned)")) == []
    assert codes(_links("[a](#nowhere)")) == ["link-anchor"]
    path = f"attachments/ab/{'ab' * 32}.pdf"
    assert codes(_links(f"[a]({path})", file=False)) == ["link-file"]
    assert codes(_links("[[Another]]", entry=False)) == ["link-entry"]
    assert codes(_links("[a]()")) == ["link-empty"]


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8888/lab", "http://192.168.0.2/", "http://trainbox/x", "http://nas.local/"],
)
def test_links_that_only_this_computer_can_open(address: str) -> None:
    assert codes(_links(f"[a]({address})")) == ["link-private"]
    assert link_checks.web_addresses(subject(f"[a]({address}) [b](https://a.org/x#y)")) == [
        "https://a.org/x"
    ]


def test_a_dead_link_is_an_error_before_approval_and_a_warning_when_it_is_sent() -> None:
    text = subject("[a](https://a.org/x#part)")
    said = {"https://a.org/x": Answer(404)}
    assert [one.level for one in link_checks.answers(text, said)] == ["error"]
    assert [one.level for one in link_checks.answers(text, said, "sending")] == ["warning"]


def test_without_a_network_there_is_one_line_of_information() -> None:
    text = subject("[a](https://a.org/x) [b](https://b.org/)")
    said = {"https://a.org/x": Answer(offline=True), "https://b.org/": Answer(offline=True)}
    assert [(one.code, one.level) for one in link_checks.answers(text, said)] == [
        ("offline", "info")
    ]


# ---------------------------------------------------------------------- unique, reading


def test_slugs_clash_at_one_target_addresses_and_titles_anywhere() -> None:
    mine = subject(slug="a", canonical_url="https://A.org/p/")
    other = Other("y", "a  TITLE", "blog", "a", "https://a.org/p")
    assert codes(uniqueness.check(mine, "blog", [other])) == [
        "slug-taken",
        "canonical-taken",
        "title-taken",
    ]
    assert "slug-taken" not in codes(uniqueness.check(mine, "second", [other]))


def test_length_and_level() -> None:
    found = {one.code: one for one in reading.check(subject())}
    assert "140 words" in found["length"].what
    assert "Flesch" in found["level"].what
    german = "Wir haben ein kleines Modell trainiert und das Ergebnis ist nicht schlecht. " * 8
    assert "Amstad" in {one.code: one for one in reading.check(subject(german))}["level"].what
    chinese = {one.code: one for one in reading.check(subject("我们训练了一个小模型。" * 30))}
    assert "characters" in chinese["length"].what
    assert "level" not in chinese
    assert codes(reading.check(subject("Hi."))) == ["short", "length"]
    assert codes(reading.check(subject("```\ncode\n```"))) == ["empty"]


def test_simple_words_read_easier_than_long_ones() -> None:
    simple = reading.level(["The cat sat on the mat. The dog ran to the cat. " * 6], "en")
    hard = reading.level(
        ["Comprehensive evaluation methodologies necessitate considerable computational "
         "infrastructure, notwithstanding organizational peculiarities. " * 6],
        "en",
    )  # fmt: skip
    assert simple is not None and simple.startswith("Easy")
    assert hard is not None and hard.startswith("Very hard")


def test_addresses_are_judged_as_they_are_written() -> None:
    text = "[c](javascript:x) [d](file:///x) [e](a.md) https://a.org/x). `http://no.org` [^1]\n\n"
    found = _links(text + "[^1]: see <https://b.org/(y)>")
    assert [(one.code, one.level) for one in found] == [
        ("link-broken", "error"),
        ("link-broken", "error"),
        ("link-broken", "warning"),
    ]
    assert link_checks.web_addresses(subject(text + "[^1]: see <https://b.org/(y)>")) == [
        "https://a.org/x",
        "https://b.org/(y)",
    ]


def test_what_publishing_refuses_is_an_error_here_too() -> None:
    found = _links("[notes](/home/bob/a.md) and [next](../next/)")
    assert [(one.code, one.level) for one in found] == [
        ("link-broken", "error"),
        ("link-broken", "warning"),
    ]
