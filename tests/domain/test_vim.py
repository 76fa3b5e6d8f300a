"""Vim keys as a table: text before, keys, text after; `|` is the caret."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.vim import Vim

KEY = re.compile(r"<[A-Za-z-]+>|.", re.DOTALL)


def play(start: str, keys: str) -> tuple[str, Vim]:
    """Press keys; in insert mode characters go in at the caret, as the editor would do it."""
    vim = Vim()
    caret, text = start.index("|"), start.replace("|", "")
    for key in KEY.findall(keys):
        if vim.mode.startswith("visual") and key in "dxcsy" and not vim.pending:
            out = vim.operate_on_selection(key, text, caret)
        else:
            out = vim.press(key, text, caret)
        text, caret = out.text, out.caret
        if not out.taken:
            text, caret = text[:caret] + key + text[caret:], caret + 1
    return f"{text[:caret]}|{text[caret:]}", vim


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        # moving
        ("|abc", "ll", "ab|c"), ("ab|c", "h", "a|bc"), ("|abc", "9l", "ab|c"),
        ("a|b\ncd\nef", "j", "ab\nc|d\nef"), ("ab\nc|d", "k", "a|b\ncd"),
        ("|one two.three", "w", "one |two.three"), ("one |two.three", "w", "one two|.three"),
        ("one two.|three", "b", "one two|.three"), ("|one two.x", "W", "one |two.x"),
        ("|one two", "e", "on|e two"), ("|one two", "2e", "one tw|o"),
        ("  on|e", "0", "|  one"), ("  on|e", "^", "  |one"), ("|one\ntwo", "$", "on|e\ntwo"),
        ("a\nb\n|c", "gg", "|a\nb\nc"), ("|a\nb\nc", "G", "a\nb\n|c"),
        ("|a\nb\nc", "2G", "a\n|b\nc"),
        ("|a,b,c", "f,", "a|,b,c"), ("|a,b,c", "f,;", "a,b|,c"), ("|a,b,c", "2f,,", "a|,b,c"),
        ("|a,b,c", "t,", "|a,b,c"), ("|ab,b", "t,", "a|b,b"), ("a,b|c", "F,", "a|,bc"),
        ("|a\nb\n\nc", "}", "a\nb\n|\nc"),
        # operators
        ("|one two", "dw", "|two"), ("one |two", "dw", "one| "),
        ("|one two three", "2dw", "|three"),
        ("|one two three", "d2w", "|three"), ("a\n|b\nc", "dd", "a\n|c"), ("a\n|b", "dd", "|a"),
        ("|a\nb\nc", "2dd", "|c"), ("|a\nb\nc", "dj", "|c"), ("ab|cd\ne", "D", "a|b\ne"),
        ("|abc", "x", "|bc"), ("|abc", "2x", "|c"), ("ab|c", "X", "a|c"),
        ("one (t|wo) x", "di(", "one (|) x"), ("one (t|wo) x", "da(", "one | x"),
        ('a "b|c" d', 'di"', 'a "|" d'), ("on|e two", "diw", "| two"), ("on|e two", "daw", "|two"),
        ("a\n\nb|\nc\n\nd", "dip", "a\n\n|\nd"),
        # changing
        ("|one two", "cwsix<Esc>", "si|x two"), ("|one two", "ccnew<Esc>", "ne|w"),
        ("on|e two", "ciwsix<Esc>", "si|x two"), ("|a", "Ab<Esc>", "a|b"),
        ("a|b", "Ic<Esc>", "|cab"),
        ("|a", "ob<Esc>", "a\n|b"), ("|a", "Ob<Esc>", "|b\na"), ("|ab", "rx", "|xb"),
        ("|ab cd", "2s_<Esc>", "|_ cd"), ("|one\n  two", "J", "one| two"), ("|ab", "~", "A|b"),
        # yank and paste
        ("|a\nb", "yyjp", "a\nb\n|a"), ("a\n|b", "yyP", "a\n|b\nb"), ("|ab c", "yiwP", "a|bab c"),
        ("|abc", "xp", "b|ac"), ("|one two", "dwp", "tone| wo"),
        # repeating
        ("|a b c d", "dw..", "|d"), ("|one one", "cwx<Esc>w.", "x |x"),
        ("|a\nb", "A!<Esc>j.", "a!\nb|!"),
        # visual
        ("|abcd", "vld", "|cd"), ("a|bcd", "vly", "a|bcd"), ("|a\nb\nc", "Vjd", "|c"),
        ("one t|wo", "viwd", "one| "), ("|ab", "vlcx<Esc>", "|x"),
        # a command line
        ("|a\nb\nc", ":3<CR>", "a\nb\n|c"), ("|abc", "d<Esc>l", "a|bc"),
        ("|", "x", "|"), ("|", "dd", "|"), ("a|b", "ix<Esc>", "a|xb"),
    ],
)  # fmt: skip
def test_keys(start: str, keys: str, end: str) -> None:
    after, vim = play(start, keys)
    assert after == end
    assert vim.pending == ""


def test_what_is_for_the_editor_is_told() -> None:
    for keys, command in (("u", "undo"), ("<C-r>", "redo"), ("n", "next"), ("/", "find")):
        assert Vim().press(keys, "a", 0).command == command
    vim = Vim()
    for key in (":", "w"):
        assert vim.press(key, "a", 0).command == ""
    assert vim.pending == ":w" and vim.press("<CR>", "a", 0).command == "write"


def test_the_mode_is_known() -> None:
    vim = Vim()
    vim.press("i", "a", 0)
    assert vim.mode == "insert" and not vim.press("x", "a", 0).taken
    vim.press("<Esc>", "a", 1)
    assert vim.mode == "normal"
    vim.press("V", "a\nb", 0)
    assert vim.mode == "visual-line" and vim.selection("a\nb", 0) == (0, 2)


KEYS = st.lists(st.sampled_from(
    [*"hjklwbe0^$GgfFtT;,xdcypPrJuoOaAiIsSDCvVn.~123{}\"(", "<Esc>", "<C-r>", "<BS>"]
), max_size=25)  # fmt: skip


@given(st.text('ab (),"\n.', max_size=30), KEYS, st.data())
def test_no_keys_lead_out_of_the_text(text: str, keys: list[str], data: st.DataObject) -> None:
    vim, caret = Vim(), data.draw(st.integers(0, len(text)))
    for key in keys:
        if vim.mode.startswith("visual") and key in "dxcsy" and not vim.pending:
            out = vim.operate_on_selection(key, text, caret)
        else:
            out = vim.press(key, text, caret)
        text, caret = out.text, out.caret
        assert 0 <= caret <= len(text)
        if vim.mode.startswith("visual"):
            start, end = vim.selection(text, caret)
            assert 0 <= start <= end <= len(text)
