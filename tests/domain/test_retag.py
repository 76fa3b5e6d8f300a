"""Tags as a tree, and another name for one."""

from __future__ import annotations

from journal_app.domain import retag


def test_tags_lie_in_each_other() -> None:
    nodes = retag.tree([("eval/core", 2), ("eval", 1), ("a", 3), ("x/y/z", 1), ("eval-2", 1)])
    assert [(n.tag, n.name, n.depth, n.n, n.parent) for n in nodes] == [
        ("a", "a", 0, 3, False),
        ("eval", "eval", 0, 1, True),
        ("eval/core", "core", 1, 2, False),
        ("eval-2", "eval-2", 0, 1, False),
        ("x", "x", 0, 0, True),
        ("x/y", "y", 1, 0, True),
        ("x/y/z", "z", 2, 1, False),
    ]


def test_a_tag_is_renamed_in_a_text_but_not_in_code_or_in_another_word() -> None:
    text = "#warmup, (#Warmup/deep) #warmups `#warmup`\n```\n#warmup\n```\n# warmup a#warmup"
    assert retag.in_text(text, "warmup", "lr/warmup") == (
        "#lr/warmup, (#lr/warmup/deep) #warmups `#warmup`\n```\n#warmup\n```\n# warmup a#warmup"
    )


def test_tags_below_move_along() -> None:
    assert retag.renamed("a/b", "a", "c") == "c/b"
    assert retag.renamed("ab", "a", "c") == "ab"
