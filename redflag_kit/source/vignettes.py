"""Build vignettes: written patients with what each guideline should say of them."""

import re
from collections.abc import Mapping
from fractions import Fraction

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Range
from redflag_kit.model.vignette import Expectation, Expected, Stated, Vignette
from redflag_kit.model.vocabulary import Finding, Output, Vocabulary
from redflag_kit.source.documents import ExpectationDoc, VignetteDoc, VignettesDoc
from redflag_kit.source.findings import scalar_value
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Mapping as MapNode
from redflag_kit.source.nodes import Node, Path, Scalar, Sequence, key_span_at, node_at, span_at
from redflag_kit.source.parameters import check_unique
from redflag_kit.terms.scale import STATUSES

_WHOLE = ("out_of_scope", "silent", "undecided", "TODO")
_REFERENCE = re.compile(r"[^@]+@[0-9]+(\.[0-9]+)*")
_STATED = "write a value, `unknown`, or {one_of: [...]}"


def build_vignettes(doc: VignettesDoc, node: Node, vocabulary: Vocabulary, faults: Faults) -> tuple[Vignette, ...]:
    """Return the vignettes of a file; those with faults are left out and noted."""
    check_unique([one.id for one in doc.vignettes], node, ("vignettes",), "vignette", faults, key="id")
    if not doc.vignettes:
        faults.add(span_at(node, ("vignettes",)), codes.RF139, "the file has no vignette", "add at least one")
    found: list[Vignette] = []
    for position, one in enumerate(doc.vignettes):
        before = len(faults.found)
        vignette = _vignette(one, node, ("vignettes", position), vocabulary, faults)
        if not any(fault.code.severity.reaches(codes.Severity.ERROR) for fault in faults.found[before:]):
            found.append(vignette)
    return tuple(found)


def _vignette(doc: VignetteDoc, node: Node, at: Path, vocabulary: Vocabulary, faults: Faults) -> Vignette:
    span = span_at(node, (*at, "id"))
    faults.rule_id(doc.id, span, "a vignette")
    stated: list[Stated] = []
    for name in doc.findings:
        place: Path = (*at, "findings", name)
        one = read_stated(name, node_at(node, place), key_span_at(node, place), vocabulary.findings, faults)
        stated += [one] if one else []
    expectations: tuple[Expectation, ...] = ()
    if not isinstance(doc.expect, str):
        if not doc.expect:
            faults.add(
                key_span_at(node, (*at, "expect")),
                codes.RF139,
                "nothing is expected",
                "name a guideline, or write `expect: TODO`",
            )
        expectations = tuple(
            _expectation(name, one, node, (*at, "expect", name), vocabulary, faults) for name, one in doc.expect.items()
        )
    return Vignette(
        id=doc.id,
        title=doc.title,
        source=doc.source,
        narrative=doc.narrative,
        tags=tuple(doc.tags),
        findings=tuple(stated),
        fill_clean=doc.unmentioned == "absent",
        truth=doc.truth,
        expectations=expectations,
        todo=doc.expect == "TODO",
        span=span,
    )


def read_stated(name: str, node: Node, span: Span, findings: Mapping[str, Finding], faults: Faults) -> Stated | None:
    """Return what a case says of one finding."""
    finding = findings.get(name)
    if finding is None:
        hint = did_you_mean(name, findings) or "declare it in the vocabulary"
        faults.add(span, codes.RF107, f"no finding is called {quoted(name)}", hint)
        return None
    match node:
        case Scalar() if node.text == "unknown":
            return Stated(name, unknown=True)
        case Scalar():
            return _any_of(finding, [node], faults)
        case MapNode(((key, value),)) if key.text == "one_of":
            items = value.items if isinstance(value, Sequence) else (value,)
            scalars = [item for item in items if isinstance(item, Scalar)]
            if scalars and len(scalars) == len(items):
                return _any_of(finding, scalars, faults)
    faults.add(node.span, codes.RF103, f"{quoted(name)} is not given as a value", _STATED)
    return None


def _any_of(finding: Finding, scalars: list[Scalar], faults: Faults) -> Stated | None:
    words: set[str] = set()
    ranges: list[Range] = []
    for scalar in scalars:
        ends = scalar.text.split(" to ") if finding.grid else [scalar.text]
        if len(ends) == 2:
            found = [scalar_value(finding, Scalar(end.strip(), end.strip(), True, scalar.span), faults) for end in ends]
            low, high = found
            if isinstance(low, Fraction) and isinstance(high, Fraction):
                if low > high:
                    faults.add(
                        scalar.span,
                        codes.RF126,
                        f"{quoted(scalar.text)} runs from a larger to a smaller number",
                        "swap the two ends",
                    )
                ranges.append(Range(low, high))
            continue
        value = scalar_value(finding, scalar, faults)
        if isinstance(value, Fraction):
            ranges.append(Range(value, value))
        elif value is not None:
            words.add(value)
    return Stated(finding.id, frozenset(words), tuple(ranges)) if words or ranges else None


def _expectation(
    name: str, doc: ExpectationDoc, node: Node, at: Path, vocabulary: Vocabulary, faults: Faults
) -> Expectation:
    guideline, _, version = name.partition("@")
    span = key_span_at(node, at)
    if not _REFERENCE.fullmatch(name):
        hint = "write the guideline's id, `@`, and a version or the start of one, such as acp@2011"
        faults.add(span, codes.RF116, f"{quoted(name)} does not name a guideline and version", hint)
    outcomes = node_at(node, (*at, "outcomes"))
    whole: Expected | None = None
    found: list[Expected] = []
    match outcomes:
        case Scalar() if outcomes.text in _WHOLE:
            whole = _expected_word("", outcomes)
        case MapNode(()):
            hint = "write {output: level}, or `silent` if nothing is to be said"
            faults.add(outcomes.span, codes.RF139, "no outcome is expected", hint)
        case MapNode(entries):
            for key, value in entries:
                output = vocabulary.outputs.get(key.text)
                if output is None:
                    hint = did_you_mean(key.text, vocabulary.outputs) or "declare it in the vocabulary"
                    faults.add(key.span, codes.RF108, f"no output is called {quoted(key.text)}", hint)
                    continue
                one = _expected(output, value, faults)
                found += [one] if one else []
        case _:
            shape = f"write {{output: level}}, or {', '.join(_WHOLE)} for every output"
            faults.add(outcomes.span, codes.RF103, "the expected outcomes cannot be read", shape)
    return Expectation(
        guideline, version, tuple(found), whole, tuple(doc.because), doc.reason, doc.others == "silent", span
    )


def _expected_word(output: str, node: Scalar) -> Expected:
    text = node.text
    if text in ("undecided", "TODO"):
        return Expected(output, text, undecided=text == "undecided", todo=text == "TODO", span=node.span)
    return Expected(output, text, values=frozenset({text}), span=node.span)


def _expected(output: Output, node: Node, faults: Faults) -> Expected | None:
    known = output.scale.levels if output.scale else output.elements
    match node:
        case Scalar() if node.text in ("undecided", "TODO") or node.text in STATUSES:
            return _expected_word(output.id, node)
        case Scalar() if output.scale:
            if not _all_known([node], (*known, *STATUSES), output, faults):
                return None
            return _expected_word(output.id, node)
        case Sequence(items) if not output.scale:
            if not _all_known(items, known, output, faults):
                return None
            members = frozenset(item.text for item in items if isinstance(item, Scalar))
            return Expected(
                output.id, "[" + ", ".join(sorted(members)) + "]", must=members, may=members, span=node.span
            )
        case MapNode(entries) if {key.text for key, _ in entries} <= {"must", "may"}:
            return _expected_map(output, node, faults)
    hint = (
        "write a level, a status, `undecided` or {may: [...]}"
        if output.scale
        else "write a list of members, `undecided` or {must: [...], may: [...]}"
    )
    faults.add(node.span, codes.RF103, f"the expected value of {quoted(output.id)} cannot be read", hint)
    return None


def _expected_map(output: Output, node: MapNode, faults: Faults) -> Expected | None:
    known = output.scale.levels if output.scale else output.elements
    lists: dict[str, frozenset[str]] = {}
    for key, value in node.entries:
        items = value.items if isinstance(value, Sequence) else ()
        if not isinstance(value, Sequence) or not _all_known(items, (*known, *STATUSES), output, faults):
            if not isinstance(value, Sequence):
                faults.add(value.span, codes.RF103, f"{quoted(key.text)} must be a list", "write [value, value]")
            return None
        lists[key.text] = frozenset(item.text for item in items if isinstance(item, Scalar))
    text = "; ".join(f"{key}: {', '.join(sorted(values))}" for key, values in lists.items())
    if output.scale:
        if "must" in lists or not lists.get("may"):
            faults.add(
                node.span,
                codes.RF103,
                f"{quoted(output.id)} is ordered and takes only `may`",
                "write {may: [value, value]}",
            )
            return None
        return Expected(output.id, text, values=lists["may"], span=node.span)
    return Expected(
        output.id, text, must=lists.get("must", frozenset()), may=lists.get("may", lists.get("must")), span=node.span
    )


def _all_known(items: tuple[Node, ...] | list[Scalar], known: tuple[str, ...], output: Output, faults: Faults) -> bool:
    sound = True
    for item in items:
        if not isinstance(item, Scalar) or item.text not in known:
            word = item.text if isinstance(item, Scalar) else "a list or map"
            hint = did_you_mean(word, known) or f"known are {', '.join(known)}"
            faults.add(
                item.span,
                codes.RF110,
                f"{quoted(word)} is not a {'level' if output.scale else 'member'} of {quoted(output.id)}",
                hint,
            )
            sound = False
    return sound


def stated_from_text(
    name: str, text: str, findings: Mapping[str, Finding], span: Span, faults: Faults
) -> Stated | None:
    """Return what `finding=value` on a command line says; alternatives are joined by `|`."""
    finding = findings.get(name)
    if finding is None or text == "unknown":
        return read_stated(name, Scalar(text, text, True, span), span, findings, faults)
    return _any_of(finding, [Scalar(part.strip(), part.strip(), True, span) for part in text.split("|")], faults)
