"""
Names, mentions, chains, sources and codes, read off our pipeline for the bench.

The annotators' layers are enough for most of it. What the layers leave out is
asked of the annotators themselves, by the names in :data:`HOOKS`: the flat names
with types that the ledger does not have, and the phrases and chains of things
that are no entities there (times, events, objects), which corpora mark too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict, cast

from allegedly.metrics.mentions import TypedSpan
from allegedly.records.annotations import Annotation, Attribution, Chain, CodedActor, Mention, ResolvedSource
from allegedly.records.codes import EntityType, MentionKind
from allegedly.records.document import Document
from allegedly.records.origin import Origin
from allegedly.records.span import Span
from bench.found import Codes, Found, FoundChain, FoundSource, Pair

if TYPE_CHECKING:
    from allegedly.annotators.base import Reading
    from allegedly.pipeline import Pipeline

# What an annotator may offer beyond its layers; each takes the reading.
HOOKS: Final = {
    "names": "names(reading) -> iterable of (Span, type): flat names, types PER ORG GPE LOC FAC NORP MIL … MISC",
    "all_mentions": "all_mentions(reading) -> iterable of Mention: every phrase, types beyond the ledger's included",
    "all_chains": "all_chains(reading) -> iterable of iterables of Mention: chains of every type",
    "chains_of": "chains_of(reading, mentions) -> iterable of iterables of Mention: chains of these mentions",
}
UNKNOWN: Final = Codes(None, None)


class Capabilities(TypedDict, total=False):
    """The fields of a :class:`bench.systems.System` that the pipeline can fill."""

    names: Callable[[str], list[TypedSpan]]
    mentions: Callable[[str], list[Found]]
    chains: Callable[[str], list[FoundChain]]
    chains_of: Callable[[str, Sequence[Found]], list[FoundChain]]
    sources: Callable[[str], list[FoundSource]]
    code: Callable[[str, Pair, str | None], Codes]


def capabilities(pipeline: Pipeline) -> Capabilities:
    """Give what the annotators of a pipeline allow; what they do not provide is left out, and not scored."""
    found = Capabilities()
    if offered(pipeline, "names") or _provides(pipeline, Mention):
        found["names"] = lambda text: read_names(pipeline, text)
    if offered(pipeline, "all_mentions") or _provides(pipeline, Mention):
        found["mentions"] = lambda text: read_mentions(pipeline, text)
    if offered(pipeline, "all_chains") or _provides(pipeline, Chain):
        found["chains"] = lambda text: read_chains(pipeline, text)
    if offered(pipeline, "chains_of"):
        found["chains_of"] = lambda text, mentions: read_chains_of(pipeline, text, mentions)
    if _provides(pipeline, ResolvedSource):
        found["sources"] = lambda text: read_sources(pipeline, text)
    if _provides(pipeline, CodedActor):
        found["code"] = lambda text, span, published: read_codes(pipeline, text, span, published)
    return found


def offered(pipeline: Pipeline, hook: str) -> Callable[..., Any] | None:
    """Give the method of this name of the annotator that has one."""
    methods = (getattr(annotator, hook, None) for annotator in pipeline.annotators)
    return next((method for method in methods if callable(method)), None)


def _provides(pipeline: Pipeline, layer: type[Annotation]) -> bool:
    """Say whether some annotator writes a layer."""
    return any(layer in annotator.provides for annotator in pipeline.annotators)


def _read(pipeline: Pipeline, text: str, published: str | None = None) -> Reading:
    """Run the pipeline on one text."""
    return pipeline.read(Document(text, language="en", published=published))


def read_names(pipeline: Pipeline, text: str) -> list[TypedSpan]:
    """Give the flat names of a text: those of the hook ``names``, else of the mentions that are names."""
    reading = _read(pipeline, text)
    if hook := offered(pipeline, "names"):
        return [TypedSpan(span.start, span.end, kind) for span, kind in hook(reading)]
    names = ((mention.name, mention.type) for mention in reading.layers[Mention])
    return [TypedSpan(name.start, name.end, kind) for name, kind in names if name]


def read_mentions(pipeline: Pipeline, text: str) -> list[Found]:
    """Give the mentions of a text: those of the hook ``all_mentions``, else the layer."""
    reading = _read(pipeline, text)
    hook = offered(pipeline, "all_mentions")
    return [found_mention(mention) for mention in (hook(reading) if hook else reading.layers[Mention])]


def read_chains(pipeline: Pipeline, text: str) -> list[FoundChain]:
    """Give the chains of a text: those of the hook ``all_chains``, else the layer."""
    reading = _read(pipeline, text)
    if hook := offered(pipeline, "all_chains"):
        return [_found_chain(chain) for chain in hook(reading)]
    mentions = {mention.key: found_mention(mention) for mention in reading.layers[Mention]}
    return [
        FoundChain(chain.type, tuple(mentions[link.mention] for link in chain.links)) for chain in reading.layers[Chain]
    ]


def read_chains_of(pipeline: Pipeline, text: str, mentions: Sequence[Found]) -> list[FoundChain]:
    """Give the chains of mentions that are known beforehand."""
    hook = offered(pipeline, "chains_of")
    if hook is None:
        return []
    reading, names = _read(pipeline, text), offered(pipeline, "names")
    proper = [(span.start, span.end) for span, _ in names(reading)] if names else []
    return [_found_chain(chain) for chain in hook(reading, [_mention(m, k, proper) for k, m in enumerate(mentions)])]


def _mention(found: Found, number: int, names: Sequence[Pair]) -> Mention:
    """Give a mention that is known beforehand as the annotators take it; its name is the one around its head."""
    name = next((n for n in names if n[0] <= found.head[0] < n[1]), found.span) if found.kind == "name" else None
    return Mention(
        span=Span(*found.span),
        origin=Origin("gold", "1"),
        key=f"m{number + 1}",
        head=Span(*found.head),
        kind=cast("MentionKind", found.kind),
        type=cast("EntityType", found.type),
        name=Span(*name) if name else None,
    )


def _found_chain(chain: Sequence[Any]) -> FoundChain:
    """Give a chain that a hook gave; its type is the commonest of its mentions, pronouns aside if there are others."""
    mentions = tuple(mention if isinstance(mention, Found) else found_mention(mention) for mention in chain)
    telling = [mention.type for mention in mentions if mention.kind != "pronoun"] or [m.type for m in mentions]
    return FoundChain(max(dict.fromkeys(telling), key=telling.count), mentions)


def found_mention(mention: Mention) -> Found:
    """Give a mention of a layer as the bench takes it."""
    return Found(
        (mention.span.start, mention.span.end), (mention.head.start, mention.head.end), mention.kind, mention.type
    )


def read_sources(pipeline: Pipeline, text: str) -> list[FoundSource]:
    """Give the attributions of a text with the entities of their sources."""
    layers = _read(pipeline, text).layers
    mentions = {mention.key: found_mention(mention) for mention in layers[Mention]}
    chains = {chain.key: chain for chain in layers[Chain]}
    chain_of = {resolved.attribution: chains.get(resolved.chain or "") for resolved in layers[ResolvedSource]}

    def of(chain: Chain) -> tuple[Found, ...]:
        return tuple(mentions[link.mention] for link in chain.links)

    found = []
    for attribution in layers[Attribution]:
        source = tuple((span.start, span.end) for span in attribution.source)
        cue = tuple((span.start, span.end) for span in attribution.cue)
        chain = chain_of.get(attribution.key)
        if chain is None:
            found.append(FoundSource(source, cue))
            continue
        members = tuple(mention for key in chain.members for mention in of(chains[key]))
        found.append(FoundSource(source, cue, chain.name.of(text), of(chain), members))
    return found


def read_codes(pipeline: Pipeline, text: str, span: Pair, published: str | None) -> Codes:
    """Give the codes of whoever is meant by some words of a text: those of the chain whose mention fits them best."""
    layers = _read(pipeline, text, published).layers
    codes = {actor.chain: Codes(actor.country, actor.sector) for actor in layers[CodedActor]}
    chain_of = {link.mention: chain.key for chain in layers[Chain] for link in chain.links}
    fitting = [(share_of(span, found_mention(mention)), mention.key) for mention in layers[Mention]]
    best = max(fitting, default=(0.0, ""), key=lambda item: item[0])
    return codes.get(chain_of.get(best[1], ""), UNKNOWN) if best[0] else UNKNOWN


def share_of(span: Pair, mention: Found) -> float:
    """
    Say how well a mention fits a span: intersection over union, 0 if its head lies outside.

    Unit: 0 to 1.
    """
    start, end = mention.span
    if not (span[0] < mention.head[1] and mention.head[0] < span[1]):
        return 0.0
    return max(0, min(end, span[1]) - max(start, span[0])) / (max(end, span[1]) - min(start, span[0]))
