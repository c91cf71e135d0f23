"""How queries are put to the full-text indexes of both databases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.store.embedded import match_expression
from allegedly.store.postgres import PostgresSearch, vector
from allegedly.store.queries import _claim_condition, _document_condition
from allegedly.store.query_language import Clause, Figure, Words, parse_query
from allegedly.store.search import MOST_WORDS, words_of
from allegedly.store.words import split_words

FIGURE, WORDS = Figure("killed", ">=", 1), Words(None, ("a",))


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("drone", '(passage : "drone")'),
        ('"air raid"*', '(passage : "air raid" *)'),
        ("source:a OR b", '(source : "a" OR passage : "b")'),
        ("a b", '(passage : "a") AND (passage : "b")'),
        ("a -b -c", '((passage : "a")) NOT (passage : "b" OR passage : "c")'),
        ("-b", '(labels : "anyqx") NOT (passage : "b")'),
        ("denies:x", '((labels : "stanceqxdeny" AND source : "x"))'),
        ("", 'labels : "anyqx"'),
    ],
)
def test_expressions_of_fts5(query: str, expression: str) -> None:
    """One expression asks all; negations take from what is wanted, or from everything."""
    assert match_expression("claims_text", parse_query(query).clauses) == expression


def test_documents_are_searched_by_headline_too() -> None:
    """Words without a field look into text and headline of documents."""
    assert match_expression("documents_text", parse_query("a").clauses) == '({passage title} : "a")'


@given(text=st.text(max_size=80))
def test_vectors(text: str) -> None:
    """A vector names every word with its place."""
    words = split_words(text)
    assert vector(" ".join(words)).split() == [f"'{word}':{place}" for place, word in enumerate(words, 1)]


def test_long_texts_are_cut() -> None:
    """Of a very long text the beginning is searched: PostgreSQL takes no more."""
    assert len(words_of("word " * (MOST_WORDS + 5)).split()) == MOST_WORDS


@pytest.mark.parametrize("table", ["claims_text", "documents_text"])
def test_what_the_index_cannot_answer(table: str) -> None:
    """Asking the index for a number is a mistake in the program and says so."""
    clause = [Clause((FIGURE,))]
    with pytest.raises(TypeError, match="not for the full-text index"):
        match_expression(table, clause)
    with pytest.raises(TypeError, match="not for the full-text index"):
        PostgresSearch().match(table, clause)


def test_what_the_tables_cannot_answer() -> None:
    """And so is asking the tables for words."""
    for condition in (_claim_condition, _document_condition):
        with pytest.raises(TypeError, match="for the full-text index"):
            condition(WORDS)
