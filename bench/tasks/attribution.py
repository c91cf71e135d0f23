"""
Attributions on PolNeAR: articles (triples) and protocol A (labels per token of a paragraph).

In protocol A the system reads the whole article once, as in life; what it finds
outside the paragraph is dropped. Published systems saw the paragraph alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from allegedly.metrics import score_attributions, score_bio, speech_attributions
from allegedly.metrics.attribution import ROLES
from bench.readers.polnear import Paragraph, read_articles, read_paragraphs, read_speech_words
from bench.systems import Attributions
from bench.tasks import Result, f1_of, make_result

Extract = Callable[[str], Attributions]

_LENIENT = ("triple_lenient", "attribution_detected", "exact_source", "exact_cue", "exact_content")


def run_articles(extract: Extract) -> dict[str, Result]:
    """Score whole articles: all attributions, and those with a speech cue."""
    words = read_speech_words()
    rows = [(article.text, article.attributions, extract(article.text)) for article in read_articles()]
    speech = [(t, speech_attributions(t, g, words), speech_attributions(t, p, words)) for t, g, p in rows]
    reads = {measure: f1_of(measure) for measure in _LENIENT}
    return {
        task: make_result(task, ("polnear_dev",), [score_attributions([item]) for item in items], reads)
        for task, items in (("polnear articles", rows), ("polnear articles, speech cues", speech))
    }


def run_protocol_a(extract: Extract) -> Result:
    """Score protocol A; the bootstrap draws articles, not paragraphs."""
    texts = {article.id: article.text for article in read_articles()}
    by_article: dict[str, list[Paragraph]] = {}
    for paragraph in read_paragraphs():
        by_article.setdefault(paragraph.article, []).append(paragraph)
    documents = []
    for name, paragraphs in by_article.items():
        rows = extract(texts[name])
        pairs = [(paragraph.labels, label_tokens(paragraph.offsets, rows)) for paragraph in paragraphs]
        documents.append(score_bio(pairs)[0])
    reads = {f"exact_{role}": f1_of(f"exact_{role}") for role in ROLES}
    reads |= {f"begin_{role}": f1_of(f"begin_{role}") for role in ROLES}
    return make_result("polnear protocol A", ("polnear_dev", "polnear_cofenet_valid"), documents, reads)


def label_tokens(offsets: Sequence[Sequence[int]], attributions: Sequence[dict[str, Any]]) -> list[str]:
    """
    Turn spans into one BIO label per token.

    Contents are written first, then sources, then cues, so that the smaller
    span wins where two overlap. Equal spans of two attributions count once.

    Offsets: ``offsets`` and spans index the same text.
    """
    labels = ["O"] * len(offsets)
    for role in ("content", "source", "cue"):
        spans = sorted({(start, end) for row in attributions for start, end in row[role]}, key=lambda s: (s[0], -s[1]))
        written = 0
        for start, end in spans:
            places = [k for k, (b, e) in enumerate(offsets) if b < end and start < e and k >= written]
            for k in places:
                labels[k] = f"{'B' if k == places[0] else 'I'}-{role}"
            written = places[-1] + 1 if places else written
    return labels
