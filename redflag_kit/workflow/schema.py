"""`redflag schema`: JSON Schemas of authored files and of results; `redflag_kit/schemas/` holds them ready made.

Authored files come from the document models; what those leave open (conditions, tests, expected outcomes, stated
values) is described here by hand, well enough for an editor to complete it. `redflag schema --write
redflag_kit/schemas` makes the shipped files again.
"""

import json
from importlib.resources import files
from typing import Any, TypeAlias

from pydantic.json_schema import DefsRef, GenerateJsonSchema, JsonRef

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.source.schemas import DOCUMENTS
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.schema_result import result_schema

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = (
    *("guideline", "vocabulary", "sources", "vignettes", "properties", "claims", "hazards", "approval", "mutants"),
    "result",
)
TITLES = {
    "guideline": "One edition of a guideline",
    "vocabulary": "Findings, recommendations, scales and constraints",
    "sources": "A bibliography, with how far each source was read",
    "vignettes": "Patients with the outcomes that guidelines should give them",
    "properties": "Safety properties of guidelines, with documented violations",
    "claims": "What a text claims, with verdicts and what implements each claim",
    "hazards": "A hazard log: a risk matrix, and hazards with their controls",
    "approval": "A sign-off record: who decided what about which changes, and why",
    "mutants": "Mutants of an edition that no vignette needs to notice, with reasons",
    "result": "What every command writes with --format json",
}
_ID = "^[a-z][a-z0-9_]*$"
_STATUS = ["silent", "out_of_scope", "not_covered"]

CONDITION: Schema = {
    "title": "Condition",
    "description": "a finding that is present, a definition that holds, {finding: test}, all, any, not or at_least",
    "anyOf": [
        {"type": "string", "pattern": _ID, "description": "a finding that is present, a definition, or `always`"},
        {
            "type": "object",
            "minProperties": 1,
            "properties": {
                "all": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"$ref": "#/$defs/Condition"},
                    "description": "every one of these holds",
                },
                "any": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"$ref": "#/$defs/Condition"},
                    "description": "at least one of these holds",
                },
                "not": {"$ref": "#/$defs/Condition", "description": "this does not hold"},
                "at_least": {
                    "type": "object",
                    "description": "at least `n` of these hold",
                    "properties": {
                        "n": {"type": "integer", "minimum": 1},
                        "of": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Condition"}},
                    },
                    "required": ["n", "of"],
                    "additionalProperties": False,
                },
            },
            "propertyNames": {"pattern": _ID},
            "additionalProperties": {"$ref": "#/$defs/Test"},
            "description": "several findings in one map: all of them",
        },
    ],
}

TEST: Schema = {
    "title": "Test",
    "description": "present, absent, a value, a list of values, is_not VALUE, above X, at_least X, below X, at_most X, "
    "X to Y; X is a parameter or an amount with its unit",
    "anyOf": [
        {"enum": ["present", "absent"]},
        {"type": "string", "pattern": "^is_not ", "description": "any other value"},
        {"type": "string", "pattern": "^(above|at_least|below|at_most) ", "description": "compared with a threshold"},
        {"type": "string", "pattern": " to ", "description": "both ends included"},
        {"type": ["string", "number"], "description": "a value, or a quoted S-FEEL unary test"},
        {"type": "array", "minItems": 1, "items": {"type": ["string", "number"]}, "description": "any of these"},
    ],
}

_VALUES: Schema = {"type": "array", "items": {"type": "string"}}

OUTCOMES: Schema = {
    "title": "Outcomes",
    "description": "what is expected of each output; covered outputs that are not listed must be silent",
    "anyOf": [
        {"enum": ["silent", "out_of_scope", "undecided", "TODO"], "description": "the same for every covered output"},
        {
            "type": "object",
            "propertyNames": {"pattern": _ID},
            "additionalProperties": {
                "anyOf": [
                    {"enum": [*_STATUS, "undecided", "TODO"]},
                    {"type": "string", "description": "a level"},
                    {**_VALUES, "description": "for a set: exactly these members, in every completion"},
                    {
                        "type": "object",
                        "properties": {
                            "may": {**_VALUES, "description": "exactly these values and statuses are possible"},
                            "must": {**_VALUES, "description": "for a set: members in every completion"},
                        },
                        "minProperties": 1,
                        "additionalProperties": False,
                    },
                ]
            },
        },
    ],
}

STATED: Schema = {
    "title": "Stated",
    "description": "a value, an amount with its unit, `unknown`, or {one_of: [values]}",
    "anyOf": [
        {"enum": ["present", "absent", "unknown"]},
        {"type": ["string", "number"]},
        {
            "type": "object",
            "properties": {
                "one_of": {
                    "anyOf": [
                        {"type": "string", "description": "a range: `40 a to 60 a`"},
                        {"type": "array", "minItems": 1, "items": {"type": ["string", "number"]}},
                    ]
                }
            },
            "required": ["one_of"],
            "additionalProperties": False,
        },
    ],
}

_DIRECTED: Schema = {"type": "string", "pattern": "^(rising|falling) ", "description": "a stretch: `rising X to Y`"}
STEP: Schema = {
    "title": "Step",
    "description": "a finding that becomes present, {finding: [least worrying, ..., most worrying]}, "
    "or {number: rising X to Y}",
    "anyOf": [
        {"type": "string", "pattern": _ID, "description": "a finding, absent before and present after"},
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"pattern": _ID},
            "additionalProperties": {
                "anyOf": [
                    _DIRECTED,
                    {"type": "array", "minItems": 1, "items": _DIRECTED},
                    {**_VALUES, "minItems": 2, "description": "values, each step from an earlier to a later one"},
                ]
            },
        },
    ],
}

BY_HAND = {"Condition": CONDITION, "Test": TEST, "Outcomes": OUTCOMES, "Stated": STATED, "Step": STEP}


def schema(name: str) -> Schema:
    """Return a schema, made from the models."""
    found = result_schema() if name == "result" else _authored(name)
    return {"$schema": DIALECT, "$id": f"redflag/{name}/1", **found, "title": TITLES[name]}


def schema_text(name: str) -> str:
    """Return a schema as JSON text."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def shipped_text(name: str) -> str:
    """Return the schema that ships with the package. Raises UsageError for a name that there is not."""
    if name not in NAMES:
        hint = did_you_mean(name, NAMES) or f"there are {', '.join(NAMES)}"
        raise UsageError(f"there is no schema {quoted(name)}", hint)
    return (files("redflag_kit") / "schemas" / f"{name}.json").read_text("utf-8")


class _Generator(GenerateJsonSchema):
    """Knows the definitions that are written by hand from the start, so that models may refer to them."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, one in BY_HAND.items():
            self.definitions[DefsRef(name)] = one
            self.json_to_defs_refs[JsonRef(f"#/$defs/{name}")] = DefsRef(name)
            # pydantic has no public way to add a definition; the schemas are shipped, so only their making hangs on it.
            self._prioritized_defsref_choices[DefsRef(name)] = [DefsRef(name)]


def _authored(name: str) -> Schema:
    found = _tidied(DOCUMENTS[f"redflag/{name}/1"].model_json_schema(by_alias=True, schema_generator=_Generator))
    assert isinstance(found, dict)
    own: Schema = found.pop("$defs", {})
    by_hand = {key: BY_HAND[key] for key in own if key in BY_HAND}
    return {**found, "$defs": dict(sorted({**own, **by_hand}.items()))}


def _tidied(value: Any) -> Any:
    """Return a schema as authors meet it: no null, numbers as numbers, no titles that repeat the key."""
    if isinstance(value, list):
        return [_tidied(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {
        key: {name: _tidied(one) for name, one in part.items()} if key in ("properties", "$defs") else _tidied(part)
        for key, part in value.items()
        if not (key == "title" and isinstance(part, str)) and not (key == "default" and part in (None, [], {}, ""))
    }
    options = found.get("anyOf")
    if isinstance(options, list):
        # COST: pydantic offers decimals as text as well, which strict reading refuses.
        kept = [one for one in options if one != {"type": "null"} and "pattern" not in one]
        if len(kept) == 1:
            found = {**kept[0], **{key: part for key, part in found.items() if key != "anyOf"}}
        else:
            found["anyOf"] = kept
    return found
