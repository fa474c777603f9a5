"""Check a file's tree against the shape of its schema, and say in an author's words what does not fit."""

from collections.abc import Iterator
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, did_you_mean, quoted
from redflag_kit.source.documents import DOCUMENTS, Document
from redflag_kit.source.nodes import Mapping, Node, Path, Scalar, get, key_span_at, plain, span_at

D = TypeVar("D", bound=Document)

_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "decimal_type": "a number",
    "is_instance_of": "a number",
    "list_type": "a list",
    "dict_type": "a map of keys and values",
    "model_type": "a map of keys and values",
    "model_attributes_type": "a map of keys and values",
    "bool_type": "true or false",
}


def schema_of(node: Node) -> str | None:
    """Return what a file gives as its schema, if it gives one as text."""
    found = get(node, "schema") if isinstance(node, Mapping) else None
    return found.value if isinstance(found, Scalar) and isinstance(found.value, str) else None


def check_schema(node: Node) -> tuple[Diagnostic, ...]:
    """Return the fault if the file does not name a schema that this version can read."""
    known = sorted(DOCUMENTS)
    if not isinstance(node, Mapping):
        message = "the file is not a map of keys and values"
        return (Diagnostic(node.span, codes.RF105, message, f"start with `schema:` and one of {', '.join(known)}"),)
    name = schema_of(node)
    if name in DOCUMENTS:
        return ()
    if name is None:
        message = "the file does not say which schema it follows"
        return (Diagnostic(node.span, codes.RF105, message, f"start with `schema:` and one of {', '.join(known)}"),)
    family, _, number = name.rpartition("/")
    if number.isdigit() and f"{family}/1" in DOCUMENTS:
        message = f"{quoted(name)} is newer than this version of redflag-kit reads ({family}/1)"
        return (Diagnostic(span_at(node, ("schema",)), codes.RF105, message, "install a newer redflag-kit"),)
    hint = did_you_mean(name, known) or f"known schemas are {', '.join(known)}"
    return (Diagnostic(span_at(node, ("schema",)), codes.RF105, f"no schema is called {quoted(name)}", hint),)


def validate(node: Node, shape: type[D]) -> tuple[D | None, tuple[Diagnostic, ...]]:
    """Return the document, or every way in which the tree does not have its shape."""
    try:
        return shape.model_validate(plain(node)), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True, include_input=True)
        return None, tuple(dict.fromkeys(_diagnostic(node, shape, detail) for detail in _telling(details)))


def _telling(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Drop the branches of a choice that the value obviously did not mean, so that one fault is told once."""
    literal_places = {detail["loc"][:-1] for detail in details if detail["type"] == "literal_error"}
    seen: set[tuple[object, ...]] = set()
    for detail in details:
        place = tuple(step for step in detail["loc"] if not _is_branch(step))
        if detail["type"] in _KINDS and place in seen:
            continue
        others = [d for d in details if d is not detail and d["loc"][: len(detail["loc"]) - 1] == detail["loc"][:-1]]
        inside = any(len(d["loc"]) > len(detail["loc"]) for d in others)
        if detail["type"] == "literal_error" and _is_branch(detail["loc"][-1]) and inside:
            continue
        if (
            detail["type"] in _KINDS
            and _is_branch(detail["loc"][-1])
            and detail["loc"][:-1] in literal_places
            and inside
        ):
            continue
        seen.add(place)
        yield detail


def _is_branch(step: object) -> bool:
    """Say whether a step of pydantic's path names a branch of a union and not a key of the file."""
    text = str(step)
    return isinstance(step, str) and (text in {"str", "int", "decimal", "float"} or "[" in text or text.endswith("Doc"))


def _diagnostic(node: Node, shape: type[Document], detail: ErrorDetails) -> Diagnostic:
    path: Path = tuple(step for step in detail["loc"] if not _is_branch(step))
    key = quoted(str(path[-1])) if path else "the file"
    kind = detail["type"]
    span = span_at(node, path)
    if kind == "missing":
        owner = span_at(node, path[:-1]) if len(path) == 1 else key_span_at(node, path[:-1])
        return Diagnostic(owner, codes.RF101, f"{key} is missing{_where(path[:-1])}", f"add {key}")
    if kind == "extra_forbidden":
        known = _keys_at(shape, path[:-1])
        hint = did_you_mean(str(path[-1]), known) or f"known here: {', '.join(known)}"
        return Diagnostic(
            key_span_at(node, path), codes.RF102, f"{key} is not a key that is known{_where(path[:-1])}", hint
        )
    given = detail.get("input")
    shown = f", not {_given(given)}"
    if kind == "literal_error":
        expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "`")
        options = [word.strip("` ") for word in expected.replace(" or ", ", ").split(",")]
        hint = did_you_mean(str(given), options) or f"write {expected}"
        return Diagnostic(span, codes.RF104, f"{key} must be {expected}{shown}", hint)
    wanted = _KINDS.get(kind, detail["msg"].lower())
    hint = (
        "put it in quotes if it is meant as text"
        if kind == "string_type" and not isinstance(given, dict | list)
        else ""
    )
    return Diagnostic(span, codes.RF103, f"{key} must be {wanted}{shown}", hint or f"write {wanted}")


def _given(value: object) -> str:
    match value:
        case dict():
            return "a map"
        case list():
            return "a list"
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case _:
            return quoted(str(value))


def _where(path: Path) -> str:
    words = [str(step) for step in path if isinstance(step, str)]
    return f" in {quoted('.'.join(words))}" if words else ""


def _keys_at(shape: Any, path: Path) -> tuple[str, ...]:
    """Return the keys that the schema allows at a place."""
    models = _models(shape)
    for step in path:
        following = []
        for model in models:
            for name, field in model.model_fields.items():
                if step in (name, field.alias):
                    following += _models(field.annotation)
        models = following or models
    return tuple(dict.fromkeys(field.alias or name for model in models for name, field in model.model_fields.items()))


def _models(annotation: Any) -> list[type[BaseModel]]:
    """Return the models inside a type: itself, list or map members, branches of a choice."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (list, dict, Union, UnionType) or get_args(annotation):
        return [model for part in get_args(annotation) for model in _models(part)]
    return []
