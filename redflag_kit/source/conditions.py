"""Read conditions from the tree of a file."""

from decimal import Decimal

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import All, Always, Any, AtLeast, Condition, Named, Not, WordTest, members
from redflag_kit.model.vocabulary import PRESENT, Kind
from redflag_kit.source.names import Faults, Names, Size
from redflag_kit.source.nodes import Mapping, Node, Scalar, Sequence, entry_span, get, key_span_at
from redflag_kit.source.tests import read_test

MAX_CONDITIONS = 100_000
MAX_HEIGHT = 100
_HINT = "write a finding, {finding: test}, {all: [...]}, {any: [...]}, {not: ...} or {at_least: {n: 2, of: [...]}}"


def read_condition(node: Node, names: Names, faults: Faults) -> Condition | None:
    """Return a condition, or None after noting every fault in it."""
    found = _read(node, names, faults)
    # INVARIANT: no condition is lost in silence, for what is left would mean something else.
    assert found is not None or faults.has_error
    return found


def _read(node: Node, names: Names, faults: Faults) -> Condition | None:
    names.read += 1
    match node:
        case Scalar():
            return _bare_name(node, names, faults)
        case Sequence():
            faults.add(
                node.span, codes.RF124, "a list is not a condition by itself", "write {all: [...]} or {any: [...]}"
            )
            return None
        case Mapping(()):
            faults.add(node.span, codes.RF124, "the condition is empty", "write `always` if everybody is meant")
            return None
        case Mapping(((key, value),)):
            return _entry(key, value, node.span, names, faults)
        case Mapping(entries):
            parts = [_entry(key, value, entry_span(key, value), names, faults) for key, value in entries]
            sound = tuple(part for part in parts if part is not None)
            return All(sound, node.span) if len(sound) == len(parts) else None


def _bare_name(node: Scalar, names: Names, faults: Faults) -> Condition | None:
    name = node.text
    if isinstance(node.value, int | Decimal | bool) or node.value is None or not isinstance(node.value, str):
        faults.add(node.span, codes.RF124, f"{quoted(node.text) if node.text else 'nothing'} is not a condition", _HINT)
        return None
    if name == "always":
        return Always(node.span)
    if name in names.definitions:
        return _named(node, names, faults)
    if name in names.broken or name in names.failed:
        names.used_definitions.add(name)
        return None
    finding = names.findings.get(name)
    if finding and finding.kind is Kind.YES_NO:
        return WordTest(name, frozenset({PRESENT}), PRESENT, node.span)
    if finding or name in names.outputs or name in names.scores:
        faults.add(
            node.span,
            codes.RF125,
            f"{quoted(name)} needs a test",
            f"write {{{name}: test}}, for example a value or `above X`",
        )
        return None
    _unknown(node, names, faults)
    return None


def names_in(node: Node) -> frozenset[str]:
    """Return every name that a condition may refer to, the words of its tests left out."""
    match node:
        case Scalar():
            return frozenset({node.text})
        case Sequence(items):
            return frozenset(name for item in items for name in names_in(item))
        case Mapping(entries):
            inner = (value for key, value in entries if key.text in ("all", "any", "not", "at_least", "of"))
            return frozenset(key.text for key, _ in entries).union(*map(names_in, inner))


def size(condition: Condition) -> Size:
    """Return the size of a condition with its definitions written out."""
    parts = [size(part) for part in members(condition)]
    return Size(1 + sum(part.count for part in parts), 1 + max((part.height for part in parts), default=0))


def read_definition(name: str, node: Node, names: Names, faults: Faults) -> None:
    """Read a definition that stands on earlier ones, and make it known."""
    before = names.read
    condition = read_condition(node, names, faults)
    height = 0 if condition is None else _height(condition, names)
    if height > MAX_HEIGHT:
        message = f"definitions stand on definitions more than {MAX_HEIGHT} levels deep"
        faults.add(node.span, codes.RF015, message, "let this one stand on findings alone")
    if condition is None or height > MAX_HEIGHT:
        names.broken.add(name)
        return
    names.definitions[name] = condition
    names.sizes[name] = Size(names.read - before, height)


def _height(condition: Condition, names: Names) -> int:
    if isinstance(condition, Named):
        return 1 + names.sizes[condition.name].height
    return 1 + max((_height(part, names) for part in members(condition)), default=0)


def _named(node: Scalar, names: Names, faults: Faults) -> Condition | None:
    """Return a definition by its name, unless definitions inside definitions grow beyond all bounds."""
    name = node.text
    names.used_definitions.add(name)
    names.read += names.sizes[name].count
    if names.read <= MAX_CONDITIONS:
        return Named(name, names.definitions[name], node.span)
    if not any(fault.code is codes.RF016 for fault in faults.found):
        message = f"with its definitions written out, the file holds more than {MAX_CONDITIONS:,} conditions"
        faults.add(node.span, codes.RF016, message, "let fewer definitions stand on other definitions")
    return None


def _unknown(node: Scalar, names: Names, faults: Faults) -> None:
    if node.text in names.uncovered:
        message = f"the output {quoted(node.text)} is not among those this guideline covers"
        faults.add(node.span, codes.RF138, message, "add it to `covers:` and let an earlier decision write it")
        names.failed.add(node.text)
        return
    if node.text in names.parameters:
        message = f"{quoted(node.text)} is a parameter, not a finding"
        faults.add(node.span, codes.RF124, message, f"write {{finding: at_least {node.text}}}")
        return
    hint = did_you_mean(node.text, names.all()) or "declare it in the vocabulary, or under `definitions:`"
    faults.add(node.span, codes.RF107, f"no finding or definition is called {quoted(node.text)}", hint)


def _entry(key: Scalar, value: Node, span: Span, names: Names, faults: Faults) -> Condition | None:
    match key.text:
        case "all" | "any":
            parts = _members(key, value, names, faults)
            if parts is None:
                return None
            return All(parts, span, key.span) if key.text == "all" else Any(parts, span, key.span)
        case "not":
            part = _read(value, names, faults)
            return None if part is None else Not(part, span)
        case "at_least":
            return _at_least(value, span, names, faults)
        case name if name in names.findings or name in names.outputs or name in names.scores:
            return read_test(name, value, span, names, faults)
        case name if name in names.definitions or name in names.broken:
            names.used_definitions.add(name)
            faults.add(
                value.span,
                codes.RF125,
                f"{quoted(name)} is a definition and takes no test",
                f"write {name} alone, or {{not: {name}}}",
            )
            return None
        case name if name in names.failed:
            return None
        case _:
            _unknown(key, names, faults)
            return None


def _members(key: Scalar, value: Node, names: Names, faults: Faults) -> tuple[Condition, ...] | None:
    if not isinstance(value, Sequence):
        faults.add(
            value.span,
            codes.RF124,
            f"{quoted(key.text)} needs a list of conditions",
            f"write {{{key.text}: [..., ...]}}",
        )
        return None
    if not value.items:
        faults.add(
            value.span, codes.RF139, f"{quoted(key.text)} needs at least one condition", "add one, or write `always`"
        )
        return None
    parts = [_read(item, names, faults) for item in value.items]
    sound = tuple(part for part in parts if part is not None)
    return sound if len(sound) == len(parts) else None


def _at_least(value: Node, span: Span, names: Names, faults: Faults) -> Condition | None:
    shape = "write {at_least: {n: 2, of: [..., ..., ...]}}"
    if not isinstance(value, Mapping) or sorted(k.text for k, _ in value.entries) != ["n", "of"]:
        faults.add(value.span, codes.RF124, "`at_least` needs `n` and `of`", shape)
        return None
    number, members = get(value, "n"), get(value, "of")
    assert number is not None and members is not None
    parts = _members(Scalar("of", "of", True, key_span_at(value, ("of",))), members, names, faults)
    if (
        not isinstance(number, Scalar)
        or not isinstance(number.value, int)
        or isinstance(number.value, bool)
        or number.value < 1
    ):
        faults.add(number.span, codes.RF124, "`n` must be a whole number from 1", shape)
        return None
    if parts is None:
        return None
    if number.value > len(parts):
        faults.add(
            number.span,
            codes.RF124,
            f"`n` is {number.value}, but only {len(parts)} conditions are listed",
            "lower `n`, or list more conditions",
        )
        return None
    return AtLeast(number.value, parts, span, number.span)
