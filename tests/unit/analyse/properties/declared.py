"""Properties from YAML text over a small guideline, and what becomes of them."""

from __future__ import annotations

from typing import Any

from redflag_kit.analyse.properties.verdict import Decided, Verdict, decide
from redflag_kit.analyse.properties.ward import Ward, ward
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Property
from redflag_kit.source.documents import PropertiesDoc
from redflag_kit.source.names import Faults
from redflag_kit.source.properties import build_properties
from redflag_kit.source.reader import read_yaml
from redflag_kit.source.validate import validate
from tests.unit.evaluate.worlds import guideline


def declared(one: Guideline, *claims: str) -> tuple[Property, ...]:
    """Return properties P0, P1 ... of a guideline's vocabulary; each claim is given as the rest of its map."""
    lines = [
        f"  - {{id: P{i}, title: T, hazard: harm, assumption: a, applies_to: all, {claim}}}\n"
        for i, claim in enumerate(claims)
    ]
    text = "schema: redflag/properties/1\nvocabulary: words\nproperties:\n" + "".join(lines)
    node, found = read_yaml(text.encode(), "g/properties.yaml")
    assert node is not None, found
    doc, told = validate(node, PropertiesDoc)
    assert doc is not None, told
    faults = Faults()
    built = build_properties(doc, node, one.vocabulary, (one,), True, one.sources, faults)
    assert not faults.has_error, faults.found
    return built


def opened(one: Guideline, *claims: str) -> tuple[Ward[BddRegion], tuple[Property, ...]]:
    properties = declared(one, *claims)
    return ward(one, properties, Diagrams), properties


def decided(claim: str, *decisions: str, **options: Any) -> Decided:
    ready, (only,) = opened(guideline(*decisions, **options), claim)
    return decide(ready, only)


def verdict(claim: str, *decisions: str, **options: Any) -> Verdict:
    (only,) = decided(claim, *decisions, **options).verdicts
    return only
