"""Read waivers: findings of the analysis that the authors know of and accept, each with a reason."""

from collections.abc import Iterable, Sequence

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.model.guideline import Waiver
from redflag_kit.source.documents import WaiverDoc
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, Path, span_at

WAIVABLE: tuple[Code, ...] = (
    codes.RF301,
    codes.RF302,
    codes.RF303,
    codes.RF304,
    codes.RF306,
    codes.RF307,
    codes.RF308,
    codes.RF309,
    codes.RF310,
    codes.RF311,
    codes.RF313,
)


def read_waivers(
    docs: Sequence[WaiverDoc],
    node: Node,
    at: Path,
    decision: str,
    rules: Iterable[str],
    findings: Iterable[str],
    faults: Faults,
) -> tuple[Waiver, ...]:
    """Return the waivers of a decision, or of the whole guideline (`decision` empty), every name checked."""
    found = []
    rules, findings = tuple(rules), tuple(findings)
    for position, doc in enumerate(docs):
        place: Path = (*at, "waive", position)
        code = _code(doc.check, node, (*place, "check"), faults)
        for index, name in enumerate(doc.rules):
            if name not in rules:
                where = span_at(node, (*place, "rules", index))
                hint = did_you_mean(name, rules) or "name rules of this decision"
                faults.add(where, codes.RF112, f"no rule is called {quoted(name)}", hint)
        for index, name in enumerate(doc.findings):
            if name not in findings:
                where = span_at(node, (*place, "findings", index))
                hint = did_you_mean(name, findings) or "declare it in the vocabulary"
                faults.add(where, codes.RF107, f"no finding is called {quoted(name)}", hint)
        span = span_at(node, (*place, "check"))
        if not doc.reason.strip():
            faults.add(span_at(node, (*place, "reason")), codes.RF101, "the `reason` is empty", "say why this is so")
        if not decision and not doc.rules and not doc.findings:
            hint = "name its rules or findings, or move it into a decision"
            faults.add(span, codes.RF101, "the waiver does not say what it is about", hint)
        if code is not None:
            found.append(Waiver(code, decision, frozenset(doc.rules), frozenset(doc.findings), doc.reason, span))
    return tuple(found)


def _code(text: str, node: Node, at: Path, faults: Faults) -> Code | None:
    known = {name: code for code in WAIVABLE for name in (code.id, code.name)}
    if text not in known:
        hint = did_you_mean(text, known) or f"known are {', '.join(code.name for code in WAIVABLE)}"
        faults.add(span_at(node, at), codes.RF104, f"{quoted(text)} is no check that can be waived", hint)
    return known.get(text)
