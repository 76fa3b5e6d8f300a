"""What a look at a public page says."""

from __future__ import annotations

from journal_app.domain.seen import DAY, HOUR, MINUTE, PATIENCE, WEEK, Page, judge, marks, next_look
from journal_app.services.receipts import visible

TEXT = [
    "We trained a small model on one machine in a day.",
    "It's “surprisingly good” at arithmetic – for its size.",
    "The learning rate was 3e-4, the batch size 512.",
]
WANTED = marks(TEXT)
PAGE = "Posted today, 17 views. " + " ".join(TEXT) + " Powered by something."


def test_the_posts_own_sentences_count_and_nothing_else() -> None:
    verdict, seen, _ = judge(Page(200, "a", PAGE), WANTED, (), 0)
    assert (verdict, len(seen)) == ("seen", 3)
    plain = (
        PAGE.replace("“", '"').replace("”", '"').replace("–", "-").replace("17 views", "9 views")
    )
    assert judge(Page(200, "b", plain), WANTED, seen, 0)[0] == "seen"
    lost = PAGE.replace(TEXT[2], "")
    verdict, left, message = judge(Page(200, "c", lost), WANTED, seen, 0)
    assert (verdict, len(left)) == ("changed", 2)
    assert message.startswith("1 of")
    assert judge(Page(200, "c", "Domain for sale"), WANTED, seen, 0)[0] == "changed"


def test_what_was_never_seen_is_waited_for_a_day_then_gone() -> None:
    for waits in range(len(PATIENCE)):
        assert judge(Page(404), WANTED, (), waits)[0] == "waiting"
        assert next_look("waiting", 0, waits, 0) == PATIENCE[waits]
    verdict, _, message = judge(Page(404), WANTED, (), len(PATIENCE))
    assert verdict == "gone"
    assert "look at the site" in message
    assert judge(Page(200, "x", "An empty shell"), WANTED, (), 0)[0] == "waiting"


def test_what_was_seen_and_is_away_is_gone_but_an_unreachable_site_is_not() -> None:
    seen = tuple(WANTED)
    assert judge(Page(404), WANTED, seen, 0)[0] == "gone"
    assert judge(Page(410), WANTED, seen, 0)[0] == "gone"
    for page in (Page(None, why="no network"), Page(503), Page(403), Page(429)):
        assert judge(page, WANTED, seen, 0)[0] == "unreachable"
        assert judge(page, WANTED, (), 6)[0] == "unreachable"
    moved = Page(301, onward="https://other.org/")
    assert judge(moved, WANTED, seen, 0)[0] == "changed"
    assert judge(moved, WANTED, (), 0)[0] == "waiting"


def test_a_post_without_sentences_is_there_when_its_page_answers() -> None:
    assert judge(Page(200, "x", "Hi"), marks(["Hi"]), (), 0)[0] == "seen"


def test_times_between_looks() -> None:
    assert next_look("seen", 0, 0, 0) == WEEK
    assert next_look("changed", 0, 0, 0) == WEEK
    assert next_look("gone", 0, 0, 0) == DAY
    assert next_look("unreachable", 0, 0, 0) == 15 * MINUTE
    assert next_look("unreachable", 0, 0, 2) == HOUR
    assert next_look("unreachable", 0, 0, 99) == DAY


def test_long_posts_are_looked_for_by_some_of_their_sentences() -> None:
    long = [f"Sentence number {n} says something that no other says." for n in range(500)]
    found = marks(long)
    assert len(found) == 60
    assert judge(Page(200, "x", " ".join(long)), found, (), 0)[0] == "seen"


def test_readers_see_no_scripts_styles_or_hidden_parts() -> None:
    html = (
        "<html><head><title>T</title><style>a{}</style></head><body><!-- c -->"
        "<script>var s</script>"
        "<p>Seen <b>by</b> all</p><p hidden>not this</p><noscript>nor that</noscript></body></html>"
    )
    assert visible(html.encode(), "text/html; charset=utf-8").split() == ["Seen", "by", "all"]
    assert "für" in visible("<p>für</p>".encode("latin-1"), "text/html; charset=latin-1")
    assert visible(b"plain words", "text/plain") == "plain words"
