"""What users of other journals complain of, and the tests that show that it does not happen here.

Each line names tests that fail when the pain comes back; this file fails when one of them is gone.
The complaints are public threads of the projects named with them.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

PAINS: dict[str, tuple[str, ...]] = {
    "a save fails without a word (Zettlr #4628)": (
        "gui/test_editor.py::test_a_full_disk_keeps_the_text_and_says_so",
        "gui/test_editor.py::test_a_read_only_journal_keeps_the_text",
        "gui/test_editor_autosave.py::test_a_failed_save_keeps_the_text_and_can_be_tried_again",
    ),
    "what is typed during a save counts as saved (Zettlr #4214)": (
        "gui/test_editor_autosave.py"
        "::test_typing_during_a_save_stays_unsaved_and_is_saved_after_it",
        "gui/test_editor_autosave.py::test_no_order_of_events_loses_a_word",
    ),
    "renaming or moving with unsaved text (Zettlr #2347)": (
        "services/test_links.py::test_an_open_text_takes_the_new_names_along_instead_of_clashing",
        "e2e/test_rename_kill.py::test_no_link_breaks_when_a_rename_is_killed",
    ),
    "a change from outside replaces what is being typed (QOwnNotes #2416)": (
        "gui/test_editor.py::test_another_process_wrote_while_one_typed",
        "gui/test_editor_autosave.py::test_a_clash_keeps_both_and_typing_goes_on_in_the_copy",
    ),
    "the last instance to close wins (RedNotebook #58, eLabFTW #4110)": (
        "e2e/test_capture.py::test_two_starts_are_one_window_and_a_kill_leaves_no_wreck",
        "services/test_entries.py::test_a_save_from_an_old_revision_keeps_both_texts",
        "cli/test_entries.py::test_two_processes_writing_at_once_lose_nothing",
    ),
    "opening another journal overwrites today (RedNotebook #421)": (
        "test_training.py::test_a_journal_that_cannot_be_written_makes_notes_wait_for_it_alone",
        "services/test_templates.py::test_two_processes_at_once_make_one_note",
    ),
    "a conflict judged by the clock drops a side (Joplin #13531)": (
        "services/test_pains.py::test_a_clock_that_goes_back_hides_no_conflict",
        "services/test_merging.py::test_a_change_in_one_place_is_a_conflict",
    ),
    "deletions are carried everywhere (Joplin #4223, #3846)": (
        "services/test_pains.py::test_taking_a_shrunken_folder_in_again_deletes_nothing",
        "services/test_mirroring.py::test_a_file_that_somebody_changed_is_kept_and_told",
        "services/test_mirroring.py::test_the_trash_removes_only_our_own_file",
    ),
    "every rotating backup is damaged at once (CherryTree #2148)": (
        "store/test_database.py::test_a_copy_that_does_not_verify_pushes_no_good_copy_out",
        "store/test_database.py::test_old_copies_go_only_after_a_newer_one_counts",
        "store/test_database.py::test_a_damaged_newest_copy_is_passed_over",
    ),
    "backups are on and there is none (CherryTree #1769, RedNotebook #719)": (
        "store/test_database.py::test_the_daily_copy_is_taken_once_and_only_after_a_change",
        "gui/test_shell_window.py::test_the_clock_runs_and_the_first_backup_is_told",
        "services/test_upkeep.py::test_a_second_folder_that_is_gone_is_told_and_the_backup_kept",
    ),
    "a sync folder breaks the database (Logseq #10947)": (
        "services/test_upkeep.py::test_a_journal_in_a_carried_folder_is_warned_about",
        "services/test_upkeep.py::test_a_syncthing_folder_is_known_by_its_mark",
    ),
    "settings are not backed up (Publii #2665)": (
        "services/test_upkeep.py::test_settings_are_in_the_backup",
    ),
    # Encryption (jrnl #284, #787): there is none of our own to lock anyone out. A failed write of
    # any kind keeps the text, which is the lesson of these threads:
    "a failure on the way to the file deletes the text (jrnl #284)": (
        "gui/test_capture.py::test_a_failed_save_keeps_text_and_draft",
        "cli/test_entries.py::test_a_full_disk_is_a_plain_error_and_nothing_is_lost",
    ),
    "undo crosses notes (Joplin #355, Notable #264, ZenNotes #247)": (
        "gui/test_writing.py::test_undo_never_crosses_entries",
        "gui/test_writing_pane.py::test_undo_comes_back_with_the_entry_and_saves_nothing_strange",
    ),
    "lists load bodies and lag (Joplin #9758, QOwnNotes #2088)": (
        "services/test_pains.py::test_lists_and_counts_never_read_a_text",
        "services/test_history.py::test_a_list_of_revisions_reads_no_text",
    ),
    "going to a note takes half a minute with a huge note (Joplin #11063)": (
        "services/test_pains.py::test_a_note_of_400_000_characters_is_kept_found_and_listed",
    ),
    "search lags at each key (QOwnNotes #2088)": (
        "gui/test_searching.py::test_newer_letters_interrupt_the_older_search",
    ),
    "search dies with blobs in the rows (Memos #990)": (
        "services/test_pains.py::test_files_do_not_swell_the_database",
    ),
    "short Chinese words are not found (Joplin #4613, basic-memory #1294)": (
        "services/test_pains.py::test_words_of_one_and_two_chinese_characters_are_found",
    ),
    "no quick capture, or only with a window open (Simplenote #1160, hubble.md #190)": (
        "e2e/test_capture.py::test_capture_without_a_window_starts_one_of_its_own",
        "gui/test_shell_window.py::test_an_empty_capture_creates_nothing",
        "gui/test_capture.py::test_type_ctrl_enter_gone",
    ),
    "a global key that does not work or is taken (QHotkey #14, pynput #674)": (
        "gui/test_hotkeys.py::test_a_key_of_the_x_server_reaches_us_whatever_locks_are_on",
    ),
    "pasted images ask, or break when moved (marktext #2309, RedNotebook)": (
        "gui/test_editor.py::test_a_pasted_image_becomes_an_attachment",
        "services/test_pains.py::test_pictures_survive_when_the_journal_and_the_original_move",
    ),
    "unsent text is lost in a crash (Memos #2207)": (
        "e2e/test_capture.py::test_kill_9_while_typing_loses_at_most_two_seconds",
        "gui/test_capture.py::test_what_is_typed_lies_on_the_disk_within_two_seconds",
    ),
    "no versions to go back to (Memos #4712, #2285)": (
        "services/test_history.py::test_restoring_is_a_new_revision_and_loses_nothing",
        "services/test_history.py::test_a_named_revision_survives_the_autosaves_after_it",
    ),
    "the preview lags with large images (QOwnNotes #2078)": (
        "gui/test_attachments_view.py::test_images_are_read_no_larger_than_asked",
        "gui/test_preview.py::test_a_wide_image_fits_the_column",
    ),
    "the preview is slow or stale (ghostwriter #201)": (
        "gui/test_preview.py::test_only_the_last_of_several_texts_is_shown",
        "gui/test_preview_parts.py::test_a_long_text_has_pages",
    ),
    "editor and preview do not scroll together (ReText #657, #544)": (
        "gui/test_writing_pane.py::test_text_and_preview_scroll_together",
    ),
    "the preview runs code (Zettlr's own security page)": (
        "gui/test_preview_hostile.py::test_nothing_happens",
        "hostile/test_texts.py::test_the_corpus_is_large_and_has_no_repeats",
    ),
}


@pytest.mark.parametrize("pain", PAINS)
def test_every_pain_has_its_tests(pain: str) -> None:
    assert PAINS[pain]
    for name in PAINS[pain]:
        file, _, function = name.partition("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert function in names, f"{name} is gone"
