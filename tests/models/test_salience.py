"""The shipped head: reads without pickle, has its record, beats its baselines on validation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from journal_app import paths
from journal_app.domain.segment import Sentence, sentences
from journal_app.domain.summarize import ASPECTS
from journal_app.errors import JournalError
from journal_app.models import evaluate, salience, wire, wording
from journal_app.models.embedder import STATIC_LENGTHS, Embedder
from journal_app.models.host import ModelHost
from tests.helpers.packs import real_packs

HEAD = paths.resources() / "models" / "salience" / "head.npz"


def unit(count: int) -> salience.Array:
    vectors = np.random.default_rng(1).normal(size=(count, 384))
    made: salience.Array = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return made


def test_the_record_belongs_to_the_weights() -> None:
    from journal_app.models.packs import digest

    record = json.loads(HEAD.with_suffix(".json").read_text("utf-8"))
    assert record["head_sha256"] == digest(HEAD)
    evaluated = json.loads(HEAD.with_name("eval.json").read_text("utf-8"))
    assert evaluated["split"] == "test" and evaluated["passed"] is True
    for metric, least in evaluate.THRESHOLDS.items():
        assert evaluated["results"]["salience head"][metric]["mean"] >= least


@pytest.mark.parametrize("count", [1, 2, 7])
def test_any_number_of_sentences_gets_finite_scores(count: int) -> None:
    found = sentences(" ".join(f"Sentence {n} is here." for n in range(count)))
    scores, shares = salience.load(HEAD).rate(found, unit(count))
    assert scores.shape == (count,) and shares.shape == (count, 3)
    assert np.isfinite(scores).all() and np.isfinite(shares).all()


def test_an_outcome_and_a_decision_are_worth_more_than_setup_and_chatter() -> None:
    note = sentences(
        "# Warmup\n\nlr 6e-4, batch 0.5M tokens, ctx 1024, bf16, seed 1337. Went for coffee. "
        "Warmup of 500 steps ended the divergence that 100 showed, loss fell from 3.21 to 3.05. "
        "So 500 is the default from now on. TODO plot grad norms."
    )
    head = salience.load(HEAD)
    assert head.facts is not None
    setup, coffee, outcome, decision, todo = head.facts.score(note, np.full((5, 384), 0.051))
    assert min(outcome, decision) > max(setup, coffee, todo)


def test_a_head_survives_saving(tmp_path: Path) -> None:
    head = salience.load(HEAD)
    salience.save(tmp_path / "copy.npz", head)
    again = salience.load(tmp_path / "copy.npz")
    found = [Sentence(0, 0, f"Text {n}.", place=n, places=3) for n in range(3)]
    assert np.allclose(head.rate(found, unit(3))[0], again.rate(found, unit(3))[0])


def test_a_damaged_or_foreign_head_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "head.npz"
    broken.write_bytes(HEAD.read_bytes()[:500])
    with pytest.raises(JournalError, match="cannot be read"):
        salience.load(broken)
    np.savez(tmp_path / "other.npz", features=np.array("other/9"))
    with pytest.raises(JournalError, match="other features"):
        salience.load(tmp_path / "other.npz")
    with pytest.raises(JournalError, match="cannot be read"):
        salience.load(tmp_path / "none.npz")


def test_static_shapes_give_the_vectors_of_dynamic_ones() -> None:
    folder = real_packs() / "all-minilm-l6-v2-int8"
    texts = ["short one", "a sentence of middle length for the sweep", "word " * 150]
    model, vocab = folder / "model.onnx", folder / "vocab.txt"
    free = Embedder(model, vocab, "cpu").embed(texts)
    fixed = Embedder(model, vocab, "cpu", static=True).embed(texts)
    assert STATIC_LENGTHS[0] < 150
    assert ((free * fixed).sum(1) > 0.97).all()


def test_the_head_beats_first_sentence_and_centroid_on_validation_papers() -> None:
    papers = evaluate.documents("val")[:12]
    host = ModelHost(real_packs(), device="cpu")
    try:
        results = evaluate.evaluate(papers, host.rate)
    finally:
        host.close()
    for metric in ("rouge1", evaluate.PRECISION):
        ours = results["salience head"][metric]["mean"]
        assert ours > results["first sentence"][metric]["mean"]
        assert ours > results["centroid"][metric]["mean"]


def test_r_precision_counts_marked_sentences_among_the_first_r() -> None:
    ranks = [[0.9, 0.1, 0.5, 0.4], [0.0, 0.0, 0.0, 0.0], [1.0, 2.0, 3.0, 4.0]]
    marked = [(1, 0, 0, 1), (0, 0, 0, 0), (0, 0, 0, 1)]
    assert evaluate.r_precision(ranks, marked) == [0.5, None, 1.0]
    score = (0.0, 0.0, 0.0)
    result = evaluate.summary([[score] * 3] * 2, [[0.5, None, 1.0], [1.0, 0.0, 0.0]])
    precision = result[evaluate.PRECISION]
    assert precision["mean"] == pytest.approx((0.75 + 0.0 + 0.5) / 3)
    assert [precision["aspects"][aspect]["left_out"] for aspect in ASPECTS] == [0, 1, 0]


def test_the_words_of_a_neighbour_count() -> None:
    head = salience.load(HEAD)
    before = [Sentence(0, 0, text, place=n, places=3) for n, text in enumerate("abc")]
    told = replace(before[1], text="However , it is difficult .")
    vectors = unit(3)
    matrix = salience.features(before, vectors)
    plain, near = (
        head.logits([before[0], middle, before[2]], matrix, vectors) for middle in (before[1], told)
    )
    assert not np.allclose(plain[0], near[0]) and not np.allclose(plain[2], near[2])
    assert wording.words("It ca n't reach 3.5 %") >= {"ca not", "reach 0", "0 %", "< it"}


def test_documents_are_the_published_splits() -> None:
    papers = evaluate.documents("test")
    assert len(papers) == 100
    assert all(len(marks) == len(p.sentences) for p in papers for marks in p.marked)
    assert papers[0].sentences[0].section == "abstract"
    assert evaluate.scorer()("the cat sat", "the cats sat") == (1.0, 1.0, 1.0)
    one = {"mean": 1.0}
    assert not evaluate.passed({"salience head": dict.fromkeys(evaluate.THRESHOLDS, one)})


def test_a_missing_package_says_how_to_get_it() -> None:
    with pytest.raises(JournalError, match="no-such-package") as caught:
        evaluate.need("no_such_package")
    assert "pip install" in caught.value.hint


def test_frames_survive_the_wire_and_a_cut_is_the_end(tmp_path: Path) -> None:
    path = tmp_path / "frames"
    with path.open("wb") as stream:
        wire.write(stream, {"op": "one", "text": "ü"}, b"\x00\x01")
        wire.write(stream, {"op": "two"})
    with path.open("rb") as stream:
        assert wire.read(stream) == ({"op": "one", "text": "ü", "bytes": 2}, b"\x00\x01")
        assert wire.read(stream) == ({"op": "two", "bytes": 0}, b"")
        assert wire.read(stream) is None
    path.write_bytes(path.read_bytes()[:-3])
    with path.open("rb") as stream:
        wire.read(stream)
        assert wire.read(stream) is None
