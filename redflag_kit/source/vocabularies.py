"""Build vocabularies: documents into the model, every name checked."""

from collections.abc import Mapping

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.model.evidence import Source
from redflag_kit.model.vocabulary import (
    Derived,
    Finding,
    Output,
    Vocabulary,
)
from redflag_kit.source.conditions import names_in, read_definition
from redflag_kit.source.constraints import read_constraints
from redflag_kit.source.documents import (
    VocabularyDoc,
)
from redflag_kit.source.findings import read_finding
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, key_span_at, node_at, span_at
from redflag_kit.source.ordering import cycle_in, in_order
from redflag_kit.source.outputs import check_headline, read_outputs, read_scales
from redflag_kit.source.parameters import read_parameters
from redflag_kit.terms.version import parse_version


def build_vocabulary(
    doc: VocabularyDoc, node: Node, sources: Mapping[str, Source], path: str, faults: Faults
) -> Vocabulary:
    """Return the vocabulary; parts with faults are left out and noted."""
    faults.word(doc.id, span_at(node, ("id",)), "a vocabulary")
    if parse_version(doc.version) is None:
        hint = "write three numbers, such as 1.0.0"
        faults.add(span_at(node, ("version",)), codes.RF117, f"{quoted(doc.version)} is not a version", hint)
    findings: dict[str, Finding] = {}
    names = Names(findings=findings, parameters={})
    parameters = names.parameters = read_parameters(doc.parameters, node, sources, faults, names)
    for name, one in doc.findings.items():
        at: Path = ("findings", name)
        named = faults.word(name, key_span_at(node, at), "a finding")
        finding = read_finding(name, one, node, at, sources, faults)
        if named and finding:
            findings[name] = finding
        else:
            names.failed.add(name)
    scales = read_scales(doc.scales, node, faults)
    check_headline(doc.headline, doc.scales, node, faults)
    outputs = read_outputs(doc.outputs, scales, doc.scales, node, faults)
    for name in sorted(outputs.keys() & findings.keys()):
        faults.add(
            outputs[name].span, codes.RF127, f"{quoted(name)} is a finding already", "give the output another name"
        )
    derived = _derived(doc, node, outputs, names, sources, faults)
    constraints = read_constraints(doc.constraints, node, names, sources, faults)
    unused = [one for one in parameters if one not in names.used_parameters]
    for name in () if faults.has_error else unused:
        faults.add(
            parameters[name].span, codes.RF151, f"the parameter {quoted(name)} is not used", "use it or delete it"
        )
    return Vocabulary(
        id=doc.id,
        version=doc.version,
        title=doc.title,
        findings=findings,
        outputs=outputs,
        derived=derived,
        constraints=constraints,
        parameters=parameters,
        path=path,
        headline=tuple(doc.headline),
    )


def _derived(
    doc: VocabularyDoc,
    node: Node,
    outputs: Mapping[str, Output],
    names: Names,
    sources: Mapping[str, Source],
    faults: Faults,
) -> dict[str, Derived]:
    """Return the derived findings, read in an order in which each comes after those it uses."""
    findings = names.findings
    nodes = {name: node_at(node, ("derived", name, "when")) for name in doc.derived}
    for name, item in doc.derived.items():
        at: Path = ("derived", name)
        if name in findings or name in outputs:
            faults.add(
                key_span_at(node, at),
                codes.RF127,
                f"{quoted(name)} stands for something else already",
                "choose another name",
            )
        faults.word(name, key_span_at(node, at), "a derived finding")
        faults.cite(item.cite, span_at(node, (*at, "cite")), sources)
        if parse_version(item.version) is None:
            faults.add(
                span_at(node, (*at, "version")),
                codes.RF117,
                f"{quoted(item.version)} is not a version",
                "write three numbers, such as 1.0.0",
            )
    needs = {name: frozenset(names_in(one)) & nodes.keys() for name, one in nodes.items()}
    circle = cycle_in(needs)
    if circle:
        message = f"derived findings refer to each other in a circle: {' -> '.join(circle)}"
        hint = "let one of them stand on findings alone"
        faults.add(key_span_at(node, ("derived", circle[0])), codes.RF128, message, hint)
        names.broken |= nodes.keys()
        return {}
    for name in in_order(needs):
        read_definition(name, nodes[name], names, faults)
    return {
        name: Derived(
            name,
            item.version,
            item.title,
            names.definitions[name],
            item.cite,
            item.note,
            key_span_at(node, ("derived", name)),
        )
        for name, item in doc.derived.items()
        if name in names.definitions
    }
