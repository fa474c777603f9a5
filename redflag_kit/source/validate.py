"""Check a file's tree against the shape of its schema, and say in an author's words what does not fit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, did_you_mean, quoted
from redflag_kit.source.documents import Document
from redflag_kit.source.names import FAULT_LIMIT, too_many_faults
from redflag_kit.source.nodes import Mapping, Node, Path, Scalar, Sequence, get, key_span_at, node_at, plain, span_at
from redflag_kit.source.schemas import DOCUMENTS

D = TypeVar("D", bound=Document)

_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "decimal_type": "a number",
    "is_instance_of": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a map",
    "model_type": "a map",
}
_SHAPES = {
    "text": "plain text",
    "a whole number": "a whole number, such as 2",
    "a number": "a number, such as 0.1",
    "true or false": "`true` or `false`",
    "a list": "a list, such as [one, two]",
    "a map": "a map, such as {key: value}",
}
_HOW = {
    "version": "write three numbers, such as 2011.0.0",
    "published": "write year-month-day, such as 2011-02-01",
    "value": "write a number with its unit, such as `50 a`",
    "then": "write {output: level}, or `silent` under `otherwise`",
    "on_unknown": "write `ask`, or {assume: VALUE, reason: ..., evidence: STATUS}",
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
    place = span_at(node, ("schema",))
    if name is None:
        message = "the file does not say which schema it follows"
        return (Diagnostic(place, codes.RF105, message, f"start with `schema:` and one of {', '.join(known)}"),)
    family, _, number = name.rpartition("/")
    if re.fullmatch("[1-9][0-9]*", number) and f"{family}/1" in DOCUMENTS:
        message = f"{quoted(name)} is newer than this version of redflag-kit reads ({family}/1)"
        return (Diagnostic(place, codes.RF105, message, "install a newer redflag-kit"),)
    hint = did_you_mean(name, known) or f"known schemas are {', '.join(known)}"
    return (Diagnostic(place, codes.RF105, f"no schema is called {quoted(name)}", hint),)


def validate(node: Node, shape: type[D]) -> tuple[D | None, tuple[Diagnostic, ...]]:
    """Return the document, or every way in which the tree does not have its shape."""
    try:
        return shape.model_validate(plain(node)), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True, include_input=True)
    faults = [_located(node, detail) for detail in details]
    told = list(dict.fromkeys(islice(_told(node, shape, faults), FAULT_LIMIT + 1)))
    if len(told) > FAULT_LIMIT:
        told[FAULT_LIMIT] = too_many_faults(told[FAULT_LIMIT].span)
    return None, tuple(told)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What pydantic says of one place; `choices` are the places on its path that take values of several kinds."""

    path: Path
    choices: tuple[Path, ...]
    detail: ErrorDetails

    @property
    def is_of_choice(self) -> bool:
        """Say whether the value is of the wrong kind for one branch of a choice; other branches may say more."""
        return self.path in self.choices


def _located(node: Node, detail: ErrorDetails) -> _Fault:
    """Follow pydantic's path through the file; a step that leads nowhere names a branch of a choice, not a key."""
    path: Path = ()
    choices: list[Path] = []
    steps = detail["loc"]
    here: Node = node
    for position, step in enumerate(steps):
        if isinstance(step, int) and isinstance(here, Sequence):
            here, path = here.items[step], (*path, step)
        elif isinstance(here, Mapping) and str(step) in here.by_key:
            here, path = here.by_key[str(step)][1], (*path, str(step))
        elif position == len(steps) - 1 and detail["type"] == "missing":
            path = (*path, str(step))
        else:
            choices.append(path)
    return _Fault(path, tuple(choices), detail)


def _told(node: Node, shape: type[Document], faults: list[_Fault]) -> Iterator[Diagnostic]:
    """Yield one diagnostic per fault of the author: branches of a choice that the value did not mean are left out."""
    entered = {place for one in faults for place in one.choices if len(one.path) > len(place)}
    alike: dict[Path, list[_Fault]] = {}
    for one in faults:
        if one.is_of_choice:
            alike.setdefault(one.path, []).append(one)
    extra = islice((one for one in faults if one.detail["type"] == "extra_forbidden"), FAULT_LIMIT)
    meant = {(one.path[:-1], _meant(shape, one)) for one in extra}
    for one in faults:
        if one.detail["type"] == "missing":
            if (one.path[:-1], f"did you mean {quoted(str(one.path[-1]))}?") not in meant:
                yield _missing(node, one.path)
        elif one.detail["type"] == "extra_forbidden":
            known = ", ".join(_keys_at(shape, one.path[:-1]))
            message = f"{_name(one.path)} is not a key that is known{_where(node, one.path[:-1])}"
            hint = _meant(shape, one) or f"known here: {known}"
            yield Diagnostic(key_span_at(node, one.path), codes.RF102, message, hint)
        elif not one.is_of_choice:
            yield _misfit(node, [one])
        elif one.path not in entered and alike[one.path][0] is one:
            yield _misfit(node, alike[one.path])


def _meant(shape: type[Document], fault: _Fault) -> str:
    return did_you_mean(str(fault.path[-1]), _keys_at(shape, fault.path[:-1]))


def _missing(node: Node, path: Path) -> Diagnostic:
    owner = span_at(node, path[:-1]) if len(path) == 1 else key_span_at(node, path[:-1])
    message = f"{_name(path)} is missing{_where(node, path[:-1])}"
    return Diagnostic(owner, codes.RF101, message, f"add {quoted(f'{path[-1]}: ...')}")


def _misfit(node: Node, faults: list[_Fault]) -> Diagnostic:
    """Say what a value must be; several faults are the branches of one choice."""
    path, given = faults[0].path, faults[0].detail.get("input")
    words: list[str] = []
    kinds: list[str] = []
    for fault in faults:
        if fault.detail["type"] == "literal_error":
            words += re.findall("'([^']*)'", str(fault.detail.get("ctx", {}).get("expected", "")))
        else:
            kinds.append(_KINDS.get(fault.detail["type"], "of another kind"))
    if "a number" in kinds and "a whole number" in kinds:
        kinds.remove("a whole number")
    kinds = list(dict.fromkeys(kinds))
    wanted = _or([*(f"`{word}`" for word in words), *kinds])
    message = f"{_name(path)} must be {wanted}, not {_given(given)}"
    shapes = [*(f"`{word}`" for word in words), *(_SHAPES[kind] for kind in kinds if kind in _SHAPES)]
    hint = f"write {_or(shapes)}" if kinds or len(words) == 1 else "write one of these words"
    if "text" in kinds and given is not None:
        written = (
            "it is meant as text" if not isinstance(given, dict | list) else "it holds a colon, a comma or brackets"
        )
        hint = f"{hint}, in quotes if {written}"
    own = _HOW.get(str(path[-1])) or _HOW.get(str(path[-2])) if len(path) > 1 else _HOW.get("".join(map(str, path)))
    if words and isinstance(given, str):
        return Diagnostic(span_at(node, path), codes.RF104, message, did_you_mean(given, words) or own or hint)
    return Diagnostic(span_at(node, path), codes.RF103, message, own or hint)


def _or(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _name(path: Path) -> str:
    """Name a place: its key, or its position in the list under a key."""
    if not path:
        return "the file"
    if isinstance(path[-1], str):
        return quoted(path[-1])
    return f"item {path[-1] + 1} of {_name(path[:-1])}"


def _where(node: Node, path: Path) -> str:
    """Say where a key is missing or unknown: by the id of its owner if that has one."""
    if not path:
        return ""
    own = node_at(node, path)
    own_id = get(own, "id") if isinstance(own, Mapping) else None
    if isinstance(own_id, Scalar) and own_id.text:
        return f" in {quoted(own_id.text)}"
    if isinstance(path[-1], int):
        return f" in {_name(path)}"
    words = [str(step) for step in path if isinstance(step, str)]
    return f" in {quoted('.'.join(words))}"


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
