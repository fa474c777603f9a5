"""Results as JSON, `redflag/result/1`: one shape for files, pipes and the other renderers.

A dataclass becomes an object with its field names; the tables below list the fields whose JSON form differs. Key order
is the order of the fields, so the same result gives the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TypeAlias

from redflag_kit import __version__
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import Span
from redflag_kit.report.verdicts import mentioned
from redflag_kit.results.diff import ChangeClass, Edit, OutputCounts, RuleRef
from redflag_kit.results.envelope import SCHEMA, Envelope
from redflag_kit.results.region import Region
from redflag_kit.results.vignettes import VignetteResult

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None
Result: TypeAlias = dict[str, Json]

TOOL = "redflag-kit"

# Tuples of pairs that are objects: the first of each pair is the key.
OBJECTS = frozenset(
    {
        ("Witness", "old"),
        ("Witness", "new"),
        ("RuleRef", "assumptions"),
        ("ShownGuideline", "definitions"),
        ("ShownGuideline", "assumptions"),
        ("ShownGuideline", "scores"),
        ("Disagreement", "says"),
        ("Reason", "assumptions"),
        ("CompareBody", "outcomes"),
        ("Tables", "successors"),
        ("ExploredOutput", "words"),
        ("CoverageBody", "floors"),
        ("GuidelineStrength", "operators"),
    }
)

# Tuples of tuples that are lists of objects with these keys.
RECORDS = {
    ("VignetteChange", "changes"): ("output", "old", "new"),
    ("ShownGuideline", "parameters"): ("id", "value", "cite", "evidence", "note"),
    ("ShownGuideline", "sources"): ("id", "title", "read"),
    ("CompareBody", "agreements"): ("label", "text"),
    ("CompareBody", "out_of_scope"): ("guideline", "why"),
    ("SignoffRecord", "conditions"): ("text", "met"),
}


def to_text(result: object) -> str:
    """Return plain data as JSON text: two spaces of indentation and a final line break."""
    return json.dumps(result, indent=2, ensure_ascii=False) + "\n"


def to_json(envelope: Envelope) -> Result:
    """Return an envelope as plain data; the body stands under the key named as the command."""
    diagnostics, body = _plain(envelope.diagnostics), _plain(envelope.body)
    return {
        "schema": SCHEMA,
        "command": envelope.command,
        "tool": {"name": TOOL, "version": __version__},
        "status": envelope.status,
        "exit_code": envelope.exit_code,
        "project": envelope.project,
        "inputs": _plain(envelope.inputs),
        "options": _plain(envelope.options),
        "diagnostics": diagnostics,
        "not_decided": _plain(envelope.not_decided),
        "limits": _plain(envelope.limits),
        "summary": _plain(envelope.summary),
        "verdicts": mentioned([diagnostics, body], envelope.verdicts),
        envelope.command: body,
    }


def plain_diagnostic(one: Diagnostic) -> Result:
    """Return a diagnostic as it stands in a result."""
    return {
        "code": one.code.id,
        "name": one.code.name,
        "severity": one.severity.value,
        "message": one.message,
        "help": one.help,
        **_span(one.span),
        "rules": list(one.rules),
        "findings": list(one.findings),
        "witness": _plain(one.witness),
        "where": one.where,
        "waived": one.waived,
        "related": [{"message": note.message, **_span(note.span)} for note in one.related],
    }


def plain_body(body: object) -> Result:
    """Return the body of a result, or a part of it, as it stands in a result."""
    found = _plain(body)
    assert isinstance(found, dict)
    return found


def plain_vignette(one: VignetteResult) -> Result:
    """Return the result of a vignette as it stands in a result."""
    return {**_fields(one), "passed": one.passed}


def plain(value: object) -> Json:
    """Return any part of a result as plain data."""
    return _plain(value)


def _plain(value: object) -> Json:
    match value:
        case None | bool() | int() | str():
            return value
        case tuple() | list():
            return _list(value)
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case Diagnostic():
            return plain_diagnostic(value)
        case ChangeClass():
            return _change(value)
        case Region():
            return _region(value)
        case Edit():
            return _edit(value)
        case VignetteResult():
            return plain_vignette(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _list(values: tuple[object, ...] | list[object]) -> Json:
    if values and all(isinstance(one, OutputCounts) for one in values):
        return {one.output: _without(one, "output") for one in values if isinstance(one, OutputCounts)}
    return [_plain(one) for one in values]


def _fields(value: object) -> dict[str, Json]:
    assert is_dataclass(value)
    kind: type = type(value)
    return {name: _field(value, name) for name in _names(kind)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _field(value: object, name: str) -> Json:
    place = (type(value).__name__, name)
    found = getattr(value, name)
    if place in OBJECTS:
        return {key: _plain(one) for key, one in found}
    if place in RECORDS:
        return [dict(zip(RECORDS[place], map(_plain, one), strict=True)) for one in found]
    if place == ("DiffBody", "counts") and not found:
        return {}
    return _plain(found)


def _without(value: object, *names: str) -> dict[str, Json]:
    return {key: one for key, one in _fields(value).items() if key not in names}


def _span(span: Span) -> dict[str, Json]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _change(one: ChangeClass) -> Json:
    """Return a change class; rules as ids and spans, with everything else known of them in `old_row` and `new_row`."""
    found = _without(one, "from_value", "to_value", "old_rule", "new_rule")
    old, new = one.old_rule, one.new_rule
    return {
        "id": one.id,
        "fingerprint": one.fingerprint,
        "kind": one.kind,
        "direction": one.direction,
        "output": one.output,
        "from": one.from_value,
        "to": one.to_value,
        "old_rule": old.id or None,
        "new_rule": new.id or None,
        **found,
        "old_span": _place(old),
        "new_span": _place(new),
        "evidence": {"old": _plain(old.evidence), "new": _plain(new.evidence)},
        "old_row": _fields(old),
        "new_row": _fields(new),
    }


def _place(rule: RuleRef) -> Json:
    return {"file": rule.file, "line": rule.line} if rule.file else None


def _region(one: Region) -> Json:
    """Return a region; `words` holds, for each cube, the same literals in plain words."""
    return {
        "text": one.text,
        "cubes": [{literal: list(values) for literal, values in cube.literals} for cube in one.cubes],
        "words": [list(cube.words) for cube in one.cubes],
        "exact": one.exact,
    }


def _edit(one: Edit) -> Json:
    """Return an edit as the region it moves (`lost` and `gained` together), with both parts beside it."""
    parts = [part for part in (one.lost, one.gained) if part is not None]
    whole = Region(one.text, tuple(cube for part in parts for cube in part.cubes), all(part.exact for part in parts))
    region = _region(whole)
    assert isinstance(region, dict)
    return {**region, **_fields(one)}
