"""Any text at all: no check breaks, and none takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.preflight import (
    front_matter,
    images,
    links,
    numbers,
    personal,
    private,
    reading,
    report,
    secret_scan,
)
from journal_app.domain.preflight.subject import Subject
from tests.domain.claims import FACTS

PIECES = (
    "MMLU GSM8K accuracy val bpb learning rate is was of at 0.45 45 % 1e-3 ±0.1 ~0.4 from to and | "
    "- > # ``` ` [a](b) ![x](y) [[z]] ->run:a %% <!-- --> TODO /home/x/y C:\\Users\\x\\y \\\\a\\b "
    "a@b.co +49 170 1234567 10.0.0.1 hf_ password= key: \n \n\n \t ? . , ; ( ) é 模型 \u202e \x00"
).split(" ")


def check_all(body: str) -> None:
    subject = Subject("x", "Title", body, front={"date": body[:20]}, description=body[:50])
    report(
        [
            *front_matter.check(subject),
            *private.check(subject, (), [("Diary", body[::2])]),
            *secret_scan.check(subject),
            *personal.check(subject, host="trainbox", user="marta"),
            *images.check(subject),
            *links.check(subject, lambda _: False, lambda _: False),
            *numbers.check(subject, FACTS, [numbers.Source("S", body, body[1:])]),
            *reading.check(subject),
        ]
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map(" ".join))
def test_no_text_breaks_a_check(body: str) -> None:
    check_all(body)


@pytest.mark.parametrize(
    "piece",
    ["a", "score ", "0.1 ", "MMLU 0.4, ", "/home/", "/home/a ", "<!-- ", "%% ", "[a](#x) ", "a@",
     "\\\\a\\b ", "+1 ", "TODO ", "key=", "x-", "1.", "(", "`", "'a' ", "https://a.b/ ", "[[a]] ",
     "| a ", "模", "from 0.1 to ", "accuracy of "],
)  # fmt: skip
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    def took(size: int) -> float:
        begun = time.process_time()
        check_all(piece * (size // len(piece)))
        return time.process_time() - begun

    took(2_000)
    small = max(min(took(10_000) for _ in range(3)), 0.03)
    # Four times the text; a square would be sixteen. The quickest: others share the processor.
    assert min(took(40_000) for _ in range(3)) < 12 * small
