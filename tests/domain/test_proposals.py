"""Lessons and failure reports out of the sentences of a text."""

from __future__ import annotations

import pytest

from journal_app.domain import proposals
from journal_app.domain.segment import sentences as segment

SWEEP = """# Warmup sweep

With 100 warmup steps it diverged at step 4,200 with loss 9.81.
The curve rose after 4,000 steps.
The cause of the divergence was a gradient spike in layer 3, not the data order.
Lesson: warm up for at least 500 steps.
"""


def filled(text: str) -> dict[str, list[str]]:
    found = segment(text)
    made = proposals.slots(found, lambda index: 0.0)
    return {slot: [found[index].text for index in places] for slot, places in made.items()}


def test_a_sentence_that_says_what_it_is_fills_that_slot_and_no_other() -> None:
    made = filled(SWEEP)
    assert made["What broke"] == ["With 100 warmup steps it diverged at step 4,200 with loss 9.81."]
    assert made["How it showed"] == ["The curve rose after 4,000 steps."]
    assert made["Cause"][0].startswith("The cause of the divergence")
    assert made["What changes"] == ["Lesson: warm up for at least 500 steps."]


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("Root cause: the run crashed on an error in the loader.", "Cause"),
        ("## Cause\n\nThe loader dropped a shard.", "Cause"),
        ("**Fix:**\n\n- The clip that failed is on again.", "What changes"),
        ("Ursache: ein Fehler im Lader.", "Cause"),
        ("Die Ursache war ein Fehler im Lader.", "Cause"),
        ("原因：数据加载器出现错误。", "Cause"),
        ("Der Lauf brach bei Schritt 4.200 ab.", "What broke"),
        ("训练在第4200步发散了。", "What broke"),
    ],
)
def test_slots_in_three_languages(text: str, slot: str) -> None:
    assert {name for name, found in filled(text).items() if found} == {slot}


def test_a_slot_that_nothing_fills_stays_open() -> None:
    assert not any(filled("We had lunch.").values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SWEEP, "Lesson: warm up"),
        ("Der Lauf brach ab. Die Lehre: länger aufwärmen. Das Wetter war schön.", "Die Lehre"),
        ("今天天气很好。教训：小批量时预热至少500步。", "教训"),
        ("## Fazit\n\n500 Schritte reichen.", "500 Schritte"),
    ],
)
def test_lessons_in_three_languages(text: str, says: str) -> None:
    found = segment(text)
    (index,) = proposals.lessons(found, 1)
    assert found[index].text.startswith(says)


def test_what_only_sounds_like_a_lesson_gives_way_to_one() -> None:
    found = segment("It broke because the rate was high. The lesson: warm up longer. Tea was cold.")
    assert [found[index].text for index in proposals.lessons(found, 3)] == [
        "The lesson: warm up longer."
    ]
    assert len(proposals.lessons(segment("It broke because the rate was high."), 3)) == 1
