"""Titles and helps of the built-in commands, marked for the translators; the texts themselves
stand in resources/commands."""

from __future__ import annotations

from journal_app.gui.language import later

TEXTS = (
    later("Ask the journal"),
    later("Sentences of the journal that answer, each with its entry; or that it does not know."),
    later("Compare runs"),
    later("Runs side by side: a table of what they share, and which is best where that is known."),
    later("Draft of a post"),
    later(
        "What the text says, its parts, the numbers of linked runs, the lesson, and what is open."
    ),
    later("Failure report"),
    later("What broke, how it showed, the cause, what changes: filled with sentences of the text."),
    later("Glossary"),
    later("Acronyms and identifiers of the text with what the journal says they are."),
    later("Lesson"),
    later("What the text says was learned."),
    later("Outline"),
    later("The sections, each with the sentence that carries it."),
    later("Shorten"),
    later("About half of the text: the sentences that carry it, in their order."),
    later("Since a day"),
    later("What was written and what ran since a day, one sentence for each entry."),
    later("Summary"),
    later("The sentences that carry the text, each with its source."),
    later("Tags"),
    later("Tags that the journal has and that fit, then words that the text repeats."),
    later("Title"),
    later("A title out of the sentence that carries most."),
    later("In one sentence"),
    later("The one sentence that carries most."),
)
