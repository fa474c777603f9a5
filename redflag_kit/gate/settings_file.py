"""Read the settings of the gate from `pyproject.toml` or `redflag.toml`: bytes in, settings and faults out.

`redflag.toml` wins where both hold settings, and that is said. A fault leaves the default in place, and is an error:
nobody should believe in a setting that is not read.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, TypeAlias

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code, Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, did_you_mean, quoted, sorted_unique
from redflag_kit.diagnostics.span import Span
from redflag_kit.gate.settings import DEFAULT_ROLES, GateSettings

PYPROJECT, REDFLAG = "pyproject.toml", "redflag.toml"
FILES = (REDFLAG, PYPROJECT)
"""The files that may hold settings, at the root of the project; the first that does is read."""

_TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType({REDFLAG: (), PYPROJECT: ("tool", "redflag")})
_GATE = "gate"
_KNOWN = ("roles", "reviewers", "min_guidelines", "min_vignettes", "min_mutation_score", "fail_on")
SEVERITIES = tuple(one.value for one in Severity)

KeyPath: TypeAlias = tuple[str, ...]
Checked: TypeAlias = "tuple[object, str]"
"""A value as the settings hold it, and what is wrong with it in words (then the value does not count)."""


def read_settings(files: Mapping[str, bytes]) -> tuple[GateSettings, tuple[Diagnostic, ...]]:
    """Return the settings that the files of a project's root hold, the defaults where they are silent."""
    found: list[Diagnostic] = []
    texts: list[_Text] = []
    for name in FILES:
        text = _parsed(name, files[name], found) if name in files else None
        if text is not None:
            found += _unknown(text)
        if text is not None and text.gate is not None:
            texts.append(text)
    if len(texts) == len(FILES):
        hint = f"keep them in one file; those of {REDFLAG} are used"
        message = f"{REDFLAG} holds settings of the gate as well, so these are not read"
        found.append(Diagnostic(texts[1].span(_gate_path(PYPROJECT)), codes.RF533, message, hint))
    settings = _settings(texts[0], found) if texts else GateSettings()
    return settings, sorted_unique(found)


class _Text:
    """A TOML file with what it holds for the kit, and where its keys stand."""

    def __init__(self, file: str, text: str, values: Mapping[str, Any]) -> None:
        self.file = file
        self.text = text
        self.own: Any = values
        for name in _TABLES[file]:
            self.own = self.own.get(name, {}) if isinstance(self.own, dict) else {}
        self.gate = self.own.get(_GATE) if isinstance(self.own, dict) else None

    def span(self, path: KeyPath) -> Span:
        """Return where a key stands: its own line, else that of the nearest table around it, else the first.

        The parser tells no positions, so the line is looked for in the text.
        """
        places = _places(self.text)
        near = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in places), None)
        line, column, length = places[near] if near else (1, 1, 0)
        return Span(self.file, line, column, line, column + length)


def _parsed(name: str, data: bytes, found: list[Diagnostic]) -> _Text | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        found.append(_unreadable(name, 1, 1, "it is not UTF-8 text"))
        return None
    try:
        values = tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        said = re.sub(r" \(at .*\)$", "", str(error), flags=re.DOTALL)
        found.append(_unreadable(name, line, column, said[:1].lower() + said[1:]))
        return None
    return _Text(name, text, values)


def _unreadable(name: str, line: int, column: int, why: str) -> Diagnostic:
    message = f"the settings of the gate cannot be read, since the file is no TOML: {quoted(why)}"
    return Diagnostic(Span(name, line, column, line, column), codes.RF530, message, "correct the file")


def _gate_path(file: str) -> KeyPath:
    return (*_TABLES[file], _GATE)


def _unknown(text: _Text) -> Iterator[Diagnostic]:
    """Yield a fault for each key of the kit that is no settings of the gate: a table may be misspelt."""
    at = _gate_path(text.file)
    for name in text.own if isinstance(text.own, dict) else ():
        if name != _GATE:
            hint = did_you_mean(name, (_GATE,)) or f"settings stand in the table {quoted('.'.join(at))}"
            message = f"no setting is called {quoted(name)}"
            yield Diagnostic(text.span((*at[:-1], name)), codes.RF531, message, hint)


def _settings(text: _Text, found: list[Diagnostic]) -> GateSettings:
    at = _gate_path(text.file)

    def fault(code: Code, path: KeyPath, message: str, hint: str) -> None:
        found.append(Diagnostic(text.span(path), code, message, hint))

    if not isinstance(text.gate, dict):
        fault(codes.RF532, at, f"{quoted('gate')} is not a table", f"write a table {quoted('.'.join(at))}")
        return GateSettings()
    values: dict[str, object] = {}
    for name, value in text.gate.items():
        if name not in _KNOWN:
            hint = did_you_mean(name, _KNOWN) or f"there are {', '.join(_KNOWN)}"
            fault(codes.RF531, (*at, name), f"no setting of the gate is called {quoted(name)}", hint)
        elif name == "roles":
            values[name] = _roles(value, (*at, name), fault)
        elif name == "reviewers":
            values[name] = _reviewers(value, (*at, name), fault)
        else:
            kept, wrong = checked(name, value)
            if wrong:
                fault(codes.RF532, (*at, name), f"{quoted(name)} {wrong}", _HINTS[name])
            else:
                values[name] = kept
    return replace(GateSettings(), **values)  # type: ignore[arg-type]  # every value was checked by its name


Fault: TypeAlias = Callable[[Code, KeyPath, str, str], None]


def _roles(value: object, at: KeyPath, fault: Fault) -> Mapping[str, tuple[str, ...]]:
    """Return the roles by what changed, the defaults for kinds of change that are not mentioned."""
    roles = dict(DEFAULT_ROLES)
    if not isinstance(value, dict):
        fault(codes.RF532, at, "`roles` is not a table", "write what changed and a list of roles")
        return DEFAULT_ROLES
    for kind, names in value.items():
        if kind not in DEFAULT_ROLES:
            hint = did_you_mean(kind, DEFAULT_ROLES) or f"there are {', '.join(DEFAULT_ROLES)}"
            fault(codes.RF531, (*at, kind), f"no kind of change is called {quoted(kind)}", hint)
        elif (listed := _names(names)) is None:
            message = f"the roles of {quoted(kind)} are not a list of names"
            fault(codes.RF532, (*at, kind), message, 'write for example ["clinical-safety"], or [] for none')
        else:
            roles[kind] = listed
    return MappingProxyType(roles)


def _reviewers(value: object, at: KeyPath, fault: Fault) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(value, dict):
        fault(codes.RF532, at, "`reviewers` is not a table", "write a role and a list of people")
        return MappingProxyType({})
    for role, names in value.items():
        listed = _names(names)
        if listed is None:
            message = f"the reviewers of {quoted(role)} are not a list of names"
            fault(codes.RF532, (*at, role), message, 'write for example ["Name <name@example.org>"]')
            listed = ()  # a list that cannot be read opens the role to nobody
        found[role] = listed
    return MappingProxyType(found)


def _names(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        return None
    return tuple(dict.fromkeys(one.strip() for one in value))


_HINTS = {
    "min_guidelines": "write the least number of guidelines, 1 or more",
    "min_vignettes": "write the least number of vignettes, 1 or more",
    "min_mutation_score": 'write a share from 0 to 1, such as "0.8"',
    "fail_on": f"write one of {', '.join(SEVERITIES)}",
}


def checked(name: str, value: object) -> Checked:
    """Return a single setting as it is used, and what is wrong with it. A text may stand for a number."""
    if name in ("min_guidelines", "min_vignettes"):
        text = "" if isinstance(value, bool) else str(value)
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
            return 0, "is no whole number above 0"
        return int(text), ""
    if name == "min_mutation_score":
        return _share(value)
    if value not in SEVERITIES:
        return "", "is no severity"
    return value, ""


def hint_of(name: str) -> str:
    """Return what to write for a single setting."""
    return _HINTS[name]


def _share(value: object) -> Checked:
    text = "" if isinstance(value, bool) else str(value)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "", "is no share"
    if not number.is_finite() or not 0 <= number <= 1:
        return "", "is no share from 0 to 1"
    return text, ""


_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def _places(text: str) -> dict[KeyPath, tuple[int, int, int]]:
    """Return line, column and length of every table header and key that begins a line, by its path."""
    found: dict[KeyPath, tuple[int, int, int]] = {}
    table: KeyPath = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = _parts(header[1])
            _add(found, table, number, header.start(1), len(header[1]))
        elif key:
            _add(found, (*table, *_parts(key[1])), number, key.start(1), len(key[1]))
    return found


def _add(found: dict[KeyPath, tuple[int, int, int]], path: KeyPath, line: int, start: int, length: int) -> None:
    for n in range(1, len(path) + 1):
        found.setdefault(path[:n], (line, start + 1, length))


def _parts(dotted: str) -> KeyPath:
    return tuple(one.strip("\"'") for one in _PART.findall(dotted))
