"""Which spans touch a given one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegedly.records.span import Span
from allegedly.records.spanindex import SpanIndex

_SPANS = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(_SPANS, max_size=12), _SPANS)
def test_finds_what_a_search_through_all_finds(spans: list[Span], wanted: Span) -> None:
    """Nested, crossing and equal spans alike, each once, in order of the text."""
    found = list(SpanIndex((span, span) for span in spans).touching(wanted))
    assert found == sorted(span for span in spans if span.overlaps(wanted))


def test_equal_spans_keep_their_order() -> None:
    """What was given first for a span comes first."""
    index = SpanIndex([(Span(2, 4), "b"), (Span(0, 3), "a"), (Span(2, 4), "c")])
    assert list(index.touching(Span(2, 3))) == ["a", "b", "c"]
