"""Plain words for citations."""

from collections.abc import Mapping

from redflag_kit.model.evidence import Evidence, Source
from redflag_kit.results.check import ShownEvidence


def source_words(source: Source | None) -> str:
    """Return a short reference: `Chou R, Qaseem A. Title. Container 2011`."""
    if source is None:
        return ""
    by = ", ".join(source.authors[:3]) + (" and others" if len(source.authors) > 3 else "") or source.publisher
    place = " ".join(part for part in (source.container, source.issued) if part)
    return ". ".join(part.rstrip(".") for part in (by, source.title, place) if part)


def shown_evidence(one: Evidence, sources: Mapping[str, Source]) -> ShownEvidence:
    """Return a citation with its source in words."""
    text = source_words(sources.get(one.cite))
    return ShownEvidence(one.cite, one.row, one.status, one.strength, one.certainty, one.note, text)
