"""The JSON Schema of results, made from the result types in the shape that `report.json` gives them."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from redflag_kit.model.evidence import EVIDENCE_STATUSES
from redflag_kit.report.json import OBJECTS, RECORDS
from redflag_kit.results.across import AcrossBody
from redflag_kit.results.approve import ApproveBody
from redflag_kit.results.case import Explanation
from redflag_kit.results.changelog import ChangelogBody
from redflag_kit.results.check import CheckBody, ShownEvidence, ShownGuideline
from redflag_kit.results.claims import ClaimsBody
from redflag_kit.results.compare import CompareBody, MatrixBody
from redflag_kit.results.diff import ChangeClass, DiffBody, Edit, OutputCounts, RuleRef
from redflag_kit.results.envelope import SCHEMA, NotDecided, ResultInput
from redflag_kit.results.gate import GateBody
from redflag_kit.results.imported import ImportBody
from redflag_kit.results.in_force import ShownFamily
from redflag_kit.results.mutate import MutateBody
from redflag_kit.results.region import Region
from redflag_kit.results.revisions import RevisionsBody
from redflag_kit.results.suggest import SuggestBody
from redflag_kit.results.trace import TraceBody
from redflag_kit.results.vignettes import TestBody, VignetteResult

Schema: TypeAlias = dict[str, Any]

BODIES: dict[str, Any] = {
    "check": CheckBody,
    "test": TestBody,
    "explain": Explanation,
    "compare": CompareBody | MatrixBody,
    "trace": TraceBody,
    "show": ShownGuideline | ShownFamily,
    "claims": ClaimsBody,
    "import": ImportBody,
    "diff": DiffBody,
    "mutate": MutateBody,
    "changelog": ChangelogBody,
    "suggest": SuggestBody,
    "gate": GateBody,
    "approve": ApproveBody,
}
STATUSES = ["ok", "findings", "usage", "not_loaded", "undecided", "blocked_by_signoff", "internal"]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
TEXTS: Schema = {"type": "array", "items": TEXT}
NULL: Schema = {"type": "null"}


def result_schema() -> Schema:
    """Return the schema of the envelope and of every body. Unknown keys are allowed everywhere: readers ignore them."""
    defs: dict[str, Schema] = {}
    keys: Schema = {
        "schema": {"const": SCHEMA},
        "command": TEXT,
        "tool": _object({"name": TEXT, "version": TEXT}),
        "status": {"enum": STATUSES},
        "exit_code": {"enum": [0, 1, 2, 3, 4, 5, 70]},
        "project": TEXT,
        "inputs": _array(_of(ResultInput, defs)),
        "options": {"type": "object"},
        "diagnostics": _array({"$ref": "#/$defs/Diagnostic"}),
        "not_decided": _array(_of(NotDecided, defs)),
        "limits": TEXTS,
        "summary": {"type": "object"},
        "verdicts": _map({"enum": list(EVIDENCE_STATUSES)}),
    }
    bodies = {command: _of(body, defs) for command, body in BODIES.items()}
    # `compares` tells the kinds of comparison apart: "editions", "revisions" or "guidelines".
    bodies["diff"] = {"anyOf": [bodies["diff"], _of(RevisionsBody, defs), _of(AcrossBody, defs)]}
    bodies["checks"] = _catalogue()
    defs["Diagnostic"] = _diagnostic()
    branches = [
        {
            "if": {"properties": {"command": {"const": command}}},
            "then": {"required": [command], "properties": {command: _optional(body)}},
        }
        for command, body in bodies.items()
    ]
    return {**_object(keys), "allOf": branches, "$defs": dict(sorted(defs.items()))}


def _object(keys: Schema) -> Schema:
    return {"type": "object", "properties": keys, "required": list(keys)}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


def _optional(one: Schema) -> Schema:
    return {"anyOf": [one, NULL]}


def _of(kind: Any, defs: dict[str, Schema]) -> Schema:
    """Return the schema of a type; dataclasses go to the definitions."""
    simple = {str: TEXT, int: NUMBER, bool: {"type": "boolean"}, type(None): NULL, object: {}}
    if kind in simple:
        return simple[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in defs:
            defs[kind.__name__] = {}  # a type may contain itself
            defs[kind.__name__] = _dataclass(kind, defs)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(part, defs) for part in parts]}
    if origin in (tuple, list):
        return _array(_of(parts[0], defs))
    if origin in (dict, Mapping):
        return _map(_of(parts[1], defs))
    raise TypeError(f"{kind} has no schema")


def _dataclass(kind: type, defs: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    keys = {one.name: _field(kind, one.name, hints[one.name], defs) for one in fields(kind)}
    description = {"description": kind.__doc__.split("\n")[0]} if kind.__doc__ else {}
    return {**description, **_object(_changed(kind, keys, defs))}


def _field(kind: type, name: str, hint: Any, defs: dict[str, Schema]) -> Schema:
    place = (kind.__name__, name)
    if place in OBJECTS:
        pair = get_args(get_args(hint)[0])
        return _map(_of(pair[1], defs))
    if place in RECORDS:
        return _array(_object(dict.fromkeys(RECORDS[place], TEXT)))
    if get_args(hint)[:1] == (OutputCounts,):
        counts = _of(OutputCounts, defs)
        return _map(counts)
    return _of(hint, defs)


def _changed(kind: type, keys: Schema, defs: dict[str, Schema]) -> Schema:
    """Return the keys of a type as `report.json` writes them, where those are not its fields."""
    if kind is OutputCounts:
        return {key: one for key, one in keys.items() if key != "output"}
    if kind is VignetteResult:
        return {**keys, "passed": {"type": "boolean"}}
    if kind is Region:
        return _region()
    if kind is Edit:
        return {**_region(), **keys}
    if kind is ChangeClass:
        return _change(keys, defs)
    return keys


def _region() -> Schema:
    cubes = _array(_map(TEXTS))
    return {"text": TEXT, "cubes": cubes, "words": _array(TEXTS), "exact": {"type": "boolean"}}


def _change(keys: Schema, defs: dict[str, Schema]) -> Schema:
    place = _optional(_object({"file": TEXT, "line": NUMBER}))
    evidence = _array(_of(ShownEvidence, defs))
    renamed = {"from_value": "from", "to_value": "to"}
    found = {renamed.get(key, key): one for key, one in keys.items()}
    return {
        **found,
        "old_rule": _optional(TEXT),
        "new_rule": _optional(TEXT),
        "old_span": place,
        "new_span": place,
        "evidence": _object({"old": evidence, "new": evidence}),
        "old_row": _of(RuleRef, defs),
        "new_row": _of(RuleRef, defs),
    }


def _diagnostic() -> Schema:
    span = {"file": TEXT, **dict.fromkeys(("line", "column", "end_line", "end_column"), NUMBER)}
    return _object(
        {
            "code": {"type": "string", "pattern": "^RF[0-9]{3}$"},
            "name": TEXT,
            "severity": {"enum": ["error", "warning", "info"]},
            "message": TEXT,
            "help": TEXT,
            **span,
            "rules": TEXTS,
            "findings": TEXTS,
            "witness": _optional({"type": "object"}),
            "where": TEXT,
            "waived": TEXT,
            "related": _array(_object({"message": TEXT, **span})),
        }
    )


def _catalogue() -> Schema:
    keys = ("id", "name", "severity", "title", "what", "why", "do", "example")
    return _object({"families": _map(TEXT), "entries": _array(_object(dict.fromkeys(keys, TEXT)))})
