"""
A network that says what the test tells it, so that what annotators make of scores can be tested word by word.

Each word of a text is one token and one piece, and a token's row is its number;
the session knows by that what it is asked about. What is not scripted scores
low: no sentence begins, no span, no event, no mention, no link, no antecedent,
the stance `assert`, the factuality `+`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers

from allegedly.annotators.base import Reading
from allegedly.coreference.items import INNER_TYPES, NAME_TYPES
from allegedly.coreference.pairs import TABLE_SIZES
from allegedly.encoder.encode import Encoder
from allegedly.encoder.wordpiece import WordPieces
from allegedly.presets import assemble
from allegedly.records.codes import EVENT_TYPES, FACTUALITIES, MEASURES, MENTION_KINDS, MODES, STANCES
from allegedly.records.document import Document
from allegedly.resources.pack import Pack
from allegedly.text.paragraphs import split_paragraphs
from allegedly.text.quotes import quote_states
from tests.random_network import HEADS, PAIR_LABELS

SURE = 8.0
SURER = 16.0
SPAN_ROLES = ("source", "cue", "content")
ARGUMENT_ROLES = ("actors", "recipients", "places", "times")
MEASURE_COLUMN = 1 + 2 * len(ARGUMENT_ROLES)


class ScriptedSession:
    """
    Stands in for the ONNX session; remembers what it was asked.

    Args:
        ids: Pieces of the whole text, one to a token.
        tags: Tag scores of its tokens.
    """

    def __init__(self, ids: Sequence[int], tags: Any) -> None:
        self.ids, self.tags = list(ids), tags
        self.links: dict[tuple[int, int], float] = {}
        self.none: dict[int, float] = {}
        self.pairs: dict[tuple[float, int], dict[int, float]] = {}
        self.factualities: dict[float, int] = {}
        self.edges: dict[int, tuple[int, int]] = {}
        self.antecedents: dict[tuple[int, int], float] = {}
        self.alone: dict[int, float] = {}
        self.encoded = 0
        self.pair_tokens: set[tuple[float, int]] = set()
        self.fact_stances: list[int] = []
        self.fact_types: list[int] = []

    def encode(self, ids: Any, features: Any, mask: Any, tokens: Any) -> tuple[Any, Any]:
        """Give each token its number as its row, and its scripted tag scores."""
        assert ids.shape == features.shape == mask.shape
        self.encoded += 1
        starts = [self._place(row[1 : int(size) - 1].tolist()) for row, size in zip(ids, mask.sum(1), strict=True)]
        rows, columns = np.divmod(tokens, ids.shape[1])
        numbers = np.array(starts, np.int64)[rows] + columns - 1
        return numbers[:, None].astype(np.float32), self.tags[numbers]

    def _place(self, window: list[int]) -> int:
        """Find a window in the text by its words."""
        places = [k for k in range(len(self.ids)) if self.ids[k : k + len(window)] == window]
        assert len(places) == 1, "script texts whose windows differ"
        return places[0]

    def link(self, first: Any, last: Any, cue_first: Any, cue_last: Any, *, bucket: Any, role: Any) -> tuple[Any, Any]:
        """Give scripted links, by first token of child and cue."""
        assert bucket.shape == (len(first), len(cue_first))
        assert len(role) == len(last) == len(first)
        assert len(cue_last) == len(cue_first)
        scores = [[self.links.get((int(c), int(q)), -SURE) for q in cue_first[:, 0]] for c in first[:, 0]]
        none = [self.none.get(int(q), 0.0) for q in cue_first[:, 0]]
        return np.array(scores, np.float32).reshape(bucket.shape), np.array(none, np.float32)

    def pair(self, tokens: Any, triggers: Any, *, at: Any, types: Any, owner: Any, distance: Any) -> Any:
        """Give scripted arguments and numbers, by the middle of the trigger and the token."""
        assert len(types) == len(triggers)
        assert len(distance) == len(owner) == len(at)
        out = np.zeros((len(at), PAIR_LABELS), np.float32)
        out[:, [0, MEASURE_COLUMN]] = SURE
        for k, (token, trigger) in enumerate(zip(tokens[at, 0].tolist(), triggers[owner, 0].tolist(), strict=True)):
            self.pair_tokens.add((trigger, int(token)))
            for column, score in self.pairs.get((trigger, int(token)), {}).items():
                out[k, column] = score
        return out

    def fact(self, triggers: Any, stances: Any, types: Any) -> Any:
        """Give scripted factualities, by the middle of the trigger."""
        self.fact_stances += stances.tolist()
        self.fact_types += types.tolist()
        out = np.zeros((len(triggers), len(FACTUALITIES)), np.float32)
        for k, trigger in enumerate(triggers[:, 0].tolist()):
            out[k, self.factualities.get(trigger, 0)] = SURE
        return out

    def boundary(self, heads: Any, tokens: Any, *, offset: Any) -> tuple[Any, Any]:
        """Give scripted phrases, by head; a head that has none is its own phrase."""
        assert offset.shape == (len(heads), len(tokens))
        edges = [self.edges.get(int(head), (int(head), int(head))) for head in heads[:, 0]]
        numbers = tokens[:, 0]
        first, last = (
            np.array([np.where(numbers == edge[k], SURE, 0.0) for edge in edges], np.float32).reshape(offset.shape)
            for k in (0, 1)
        )
        return first, last

    def antecedent(self, mentions: Any, *, anaphor: Any, antecedent: Any, features: Any) -> tuple[Any, Any]:
        """Give scripted antecedents, by the heads of both mentions."""
        assert features.shape == (len(anaphor), len(TABLE_SIZES))
        heads = mentions[:, 0].astype(int).tolist()
        pairs = zip(anaphor.tolist(), antecedent.tolist(), strict=True)
        scores = [self.antecedents.get((heads[i], heads[j]), -SURE) for i, j in pairs]
        return np.array(scores, np.float32), np.array([self.alone.get(head, 0.0) for head in heads], np.float32)


class Script:
    """
    One text and what the networks say of it; words are named as they stand in the text.

    Args:
        folder: Where the tokenizer's file is written.
        text: The text.
        thresholds: Decision thresholds that differ from 0.5.
        calibration: As in a pack.
    """

    def __init__(self, folder: Path, text: str, **other: Any) -> None:
        self.text = text
        thresholds = dict.fromkeys(("sentence", "trigger", "mode", "mention", "antecedent"), 0.5) | other.get(
            "thresholds", {}
        )
        self.pack = Pack(
            folder=folder,
            digest="sha256:scripted",
            heads=HEADS,
            labels={},
            transitions=dict.fromkeys(("polnear", "ledger", "nested"), ((0.0,) * 7,) * 7),
            thresholds=thresholds,
            calibration=other.get("calibration", {}),
            card={},
        )
        self._pieces_of = WordPieces(word_tokenizer(folder, text))
        starts = [paragraph.start for paragraph in split_paragraphs(text)]
        self.pieces = self._pieces_of.split(text, paragraphs=starts, states=quote_states(text))
        edges = np.cumsum([0, *HEADS.values()]).tolist()
        self._column = dict(zip(HEADS, edges, strict=False))
        tags = np.zeros((len(self.pieces.starts), edges[-1]), np.float32)
        tags[:, [self._column[head] for head in ("polnear", "ledger", "nested", "trigger", "stance_cue")]] = SURE
        tags[:, self._column["sentence"]] = -SURE
        tags[:, self._column["mode"] : self._column["mention"]] = -SURE
        tags[:, [self._column["mention"], self._column["name"]]] = SURE
        self.session = ScriptedSession(self.pieces.ids.tolist(), tags)

    def tokens(self, words: str, *, skip: int = 0) -> tuple[int, int]:
        """Give first and last token of words, the first or, with `skip`, a later occurrence."""
        start = -1
        for _ in range(skip + 1):
            start = self.text.index(words, start + 1)
        first = self.pieces.starts.tolist().index(start)
        return first, self.pieces.ends.tolist().index(start + len(words))

    def score(self, head: str, words: str, label: int, score: float, *, skip: int = 0) -> None:
        """Script one score of all tokens of some words."""
        first, last = self.tokens(words, skip=skip)
        self.session.tags[first : last + 1, self._column[head] + label] = score

    def sentence(self, words: str, score: float = SURE) -> None:
        """Let a sentence begin at the first of some words."""
        self.session.tags[self.tokens(words)[0], self._column["sentence"]] = score

    def span(self, head: str, role: str, words: str, *, skip: int = 0) -> tuple[int, int]:
        """Let a head find a source, cue or content."""
        first, last = self.tokens(words, skip=skip)
        label = self._column[head] + 1 + 2 * SPAN_ROLES.index(role)
        self.session.tags[first, label] = SURER
        self.session.tags[first + 1 : last + 1, label + 1] = SURER
        return first, last

    def attribution(
        self, source: str | None, cue: str, *contents: str, head: str = "ledger", stance: str = "assert"
    ) -> None:
        """Let a head find an attribution: its spans, their links and the stance at its cue."""
        at = self.span(head, "cue", cue)[0]
        if source is not None:
            self.session.links[self.span(head, "source", source)[0], at] = SURE
        for words in contents:
            first, last = self.span(head, "content", words)
            # links are asked for after trimming, when a content may begin after its first signs
            letters = [k for k in range(first, last + 1) if self.text[self.pieces.starts[k]].isalnum()]
            self.session.links |= {(k, at): SURE for k in range(first, min([*letters, last]) + 1)}
        self.score("stance_cue", cue, STANCES.index(stance), SURER if stance != "assert" else SURE)

    def trigger(self, words: str, kind: str, *modes: str, skip: int = 0, score: float = SURER) -> None:
        """Let some words be a trigger of a type and modes."""
        self.score("trigger", words, 1 + EVENT_TYPES.index(kind), score, skip=skip)
        for mode in modes:
            self.score("mode", words, MODES.index(mode), SURE, skip=skip)

    def argument(self, trigger: str, role: str, words: str) -> None:
        """Let some words be an argument of the trigger that others are."""
        label = 1 + 2 * ARGUMENT_ROLES.index(role)
        first, last = self.tokens(words)
        for token in range(first, last + 1):
            self._pair(trigger, token)[label + (token > first)] = SURER

    def number(self, trigger: str, measure: str, words: str) -> None:
        """Let some words be a number of the trigger that others are."""
        first, last = self.tokens(words)
        for token in range(first, last + 1):
            self._pair(trigger, token)[MEASURE_COLUMN + 1 + MEASURES.index(measure)] = SURER

    def factuality(self, trigger: str, value: str) -> None:
        """Let the event of a trigger have a factuality."""
        self.session.factualities[sum(self.tokens(trigger)) / 2] = FACTUALITIES.index(value)

    def mention(self, words: str, kind: str, type_: str, *, head: str = "", skip: int = 0, name: str = "") -> int:
        """
        Let some words be a mention and give its head token.

        Args:
            words: The phrase.
            kind: As in the ledger.
            type_: As in ``INNER_TYPES``.
            head: Its head word; its last token if empty.
            skip: Occurrences of the phrase before the one meant.
            name: The name proper inside the phrase, if the name layer finds one.
        """
        first, last = self.tokens(words, skip=skip)
        at = last if not head else self._inside(words, first, head)[1]
        label = 1 + MENTION_KINDS.index(kind) * len(INNER_TYPES) + INNER_TYPES.index(type_)
        self.session.tags[at, self._column["mention"] + label] = SURER
        self.session.edges[at] = (first, last)
        if name:
            start, end = self._inside(words, first, name)
            column = self._column["name"] + 1 + 2 * NAME_TYPES.index(type_)
            self.session.tags[start, column] = SURER
            self.session.tags[start + 1 : end + 1, column + 1] = SURER
        return at

    def _inside(self, words: str, first: int, part: str) -> tuple[int, int]:
        """Give first and last token of a part of a phrase."""
        start = int(self.pieces.starts[first]) + words.index(part)
        return self.pieces.starts.tolist().index(start), self.pieces.ends.tolist().index(start + len(part))

    def antecedent(self, anaphor: int, antecedent: int, score: float = SURER) -> None:
        """Let the mention of one head refer to what that of another refers to."""
        self.session.antecedents[anaphor, antecedent] = score

    def _pair(self, trigger: str, token: int) -> dict[int, float]:
        return self.session.pairs.setdefault((sum(self.tokens(trigger)) / 2, token), {})

    def read(self, *, published: str | None = None) -> Reading:
        """Run all annotators over the text."""
        encoder = Encoder(self._pieces_of, self.session)
        document = Document(self.text, id="scripted", language="en", published=published)
        return assemble(self.pack, encoder).read(document)


def word_tokenizer(folder: Path, text: str) -> Path:
    """Write a tokenizer that knows the words of one text, each as one piece."""
    words = sorted({word for word, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(text)})
    vocabulary = {word: number for number, word in enumerate(["[UNK]", "[CLS]", "[SEP]", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106  # no password
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    path = folder / "tokenizer.json"
    tokenizer.save(str(path))
    return path
