"""
Measures, shipped so that users can score their own gold: spans, attributions, ledgers, sentences.

Each module states its definitions. All of them count hits, gold and predicted
items into a :class:`~allegedly.metrics.spans.Score`; scores of documents add
up, so that a sample of documents can be drawn again and again (bootstrap).
"""

from __future__ import annotations

from allegedly.metrics.attribution import score_attributions, speech_attributions
from allegedly.metrics.bio import score_bio
from allegedly.metrics.ledger import macro_f1, score_ledger, score_ledgers
from allegedly.metrics.sentences import score_sentences
from allegedly.metrics.spans import Score, add_scores

__all__ = [
    "Score",
    "add_scores",
    "macro_f1",
    "score_attributions",
    "score_bio",
    "score_ledger",
    "score_ledgers",
    "score_sentences",
    "speech_attributions",
]
