"""Build bibliographies."""

from redflag_kit.model.evidence import Source
from redflag_kit.source.documents import (
    SourcesDoc,
)
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, key_span_at


def build_sources(doc: SourcesDoc, node: Node, faults: Faults) -> dict[str, Source]:
    """Return the bibliography."""
    sources = {}
    for key, one in doc.sources.items():
        faults.rule_id(key, key_span_at(node, ("sources", key)), "a source")
        sources[key] = Source(
            id=key,
            title=one.title,
            authors=tuple(one.author),
            publisher=one.publisher,
            container=one.container_title,
            issued=str(one.issued),
            doi=one.DOI,
            url=one.URL,
            read=one.read,
            note=one.note,
            span=key_span_at(node, ("sources", key)),
        )
    return sources
