"""Read what a safety property claims: a statement, a floor, monotone steps, or safety where little is known."""

from collections.abc import Iterable
from dataclasses import replace

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Always, Condition, Not, NumberTest
from redflag_kit.model.property import (
    Claim,
    Floor,
    FloorRow,
    Monotone,
    NumberSteps,
    Statement,
    Steps,
    UnknownSafety,
    WordSteps,
)
from redflag_kit.model.vocabulary import ABSENT, PRESENT, Finding, Kind, Output
from redflag_kit.source.conditions import read_condition
from redflag_kit.source.documents import PropertyDoc
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Mapping, Node, Path, Scalar, Sequence, node_at, span_at
from redflag_kit.source.tests import read_test

KINDS = ("always", "never", "when", "monotone", "floor", "unknown_safety")
_ONE = "write one of always, never, when with then, monotone, floor, unknown_safety"
_STEP = "write a finding, {finding: [lowest, ..., highest]} or {finding: rising X to Y}"


def read_claim(doc: PropertyDoc, node: Node, at: Path, names: Names, faults: Faults) -> Claim | None:
    """Return what a property claims, or None after noting every fault in it."""
    given = [kind for kind in KINDS if getattr(doc, kind) is not None]
    span = span_at(node, (*at, "id"))
    if len(given) != 1 or (doc.then is None) != (doc.when is None):
        said = f"claims {' and '.join(given)} at once" if len(given) > 1 else "does not say what it claims"
        faults.add(span, codes.RF101, f"the property {quoted(doc.id)} {said}", _ONE)
        return None
    reader = _Reader(node, at, names, faults)
    match given[0]:
        case "monotone":
            return reader.monotone(doc)
        case "floor":
            return reader.floor(doc)
        case "unknown_safety":
            outputs = read_outputs(doc.unknown_safety or (), node, (*at, "unknown_safety"), names, faults)
            return UnknownSafety(outputs) if outputs else None
        case word:
            return reader.statement(word)


class _Reader:
    """Reads one claim; every part notes its own faults."""

    def __init__(self, node: Node, at: Path, names: Names, faults: Faults) -> None:
        self.node = node
        self.at = at
        self.names = names
        self.faults = faults

    def span(self, *tail: str | int) -> Span:
        return span_at(self.node, (*self.at, *tail))

    def condition(self, *tail: str | int) -> Condition | None:
        return read_condition(node_at(self.node, (*self.at, *tail)), self.names, self.faults)

    def statement(self, word: str) -> Statement | None:
        first = self.condition(word)
        then = self.condition("then") if word == "when" else Not(Always())
        if first is None or then is None:
            return None
        return Statement(word, Always(), first) if word == "always" else Statement(word, first, then)

    def floor(self, doc: PropertyDoc) -> Floor | None:
        rows = [self.row(position, one.at_least) for position, one in enumerate(doc.floor or ())]
        if not rows:
            self.faults.add(self.span("floor"), codes.RF139, "the floor has no row", "add {when: ..., at_least: ...}")
        sound = tuple(row for row in rows if row)
        return Floor(sound) if sound and len(sound) == len(rows) else None

    def row(self, position: int, least: dict[str, str]) -> FloorRow | None:
        when = self.condition("floor", position, "when")
        place = ("floor", position, "at_least")
        if not least:
            self.faults.add(self.span(*place), codes.RF139, "the row has no level", "write {output: level}")
        found = []
        for name, level in least.items():
            output = _output(name, self.span(*place, name), self.names, self.faults)
            if output is None or output.scale is None:
                continue
            if level in output.scale.levels:
                found.append((name, level))
                continue
            known = output.scale.levels
            hint = did_you_mean(level, known) or f"known are {', '.join(known)}"
            message = f"{quoted(level)} is not a level of {quoted(name)}"
            self.faults.add(self.span(*place, name), codes.RF110, message, hint)
        return FloorRow(when, tuple(found)) if when and found and len(found) == len(least) else None

    def monotone(self, doc: PropertyDoc) -> Monotone | None:
        assert doc.monotone is not None
        given = node_at(self.node, (*self.at, "monotone", "adding"))
        items = given.items if isinstance(given, Sequence) else ()
        if not items:
            self.faults.add(given.span, codes.RF139, "nothing is added", "name at least one finding")
        steps = [self.steps(item) for item in items]
        place = (*self.at, "monotone", "outputs")
        outputs = read_outputs(doc.monotone.outputs, self.node, place, self.names, self.faults)
        within: Condition | None = Always()
        if doc.monotone.within is not None:
            within = self.condition("monotone", "within")
        if not steps or not all(steps) or not outputs or within is None:
            return None
        return Monotone(tuple(one for some in steps for one in some), outputs, within)

    def steps(self, node: Node) -> tuple[Steps, ...]:
        """Return the steps of one entry, none after noting a fault."""
        if isinstance(node, Scalar):
            finding = self.finding(node)
            if finding and finding.kind is not Kind.YES_NO:
                self.faults.add(node.span, codes.RF125, f"{quoted(node.text)} is not a yes or no", _STEP)
                return ()
            return (WordSteps(finding.id, (ABSENT, PRESENT)),) if finding else ()
        if not isinstance(node, Mapping) or len(node.entries) != 1:
            self.faults.add(node.span, codes.RF123, "the step cannot be read", _STEP)
            return ()
        ((key, value),) = node.entries
        finding = self.finding(key)
        if finding is None:
            return ()
        items = value.items if isinstance(value, Sequence) else (value,)
        scalars = [item for item in items if isinstance(item, Scalar)]
        if len(scalars) < len(items) or not scalars:
            self.faults.add(value.span, codes.RF123, f"the steps of {quoted(key.text)} cannot be read", _STEP)
            return ()
        if finding.grid is None:
            return self.word_steps(finding, scalars, value.span)
        found = [self.number_steps(finding, scalar) for scalar in scalars]
        sound = tuple(one for one in found if one)
        return sound if len(sound) == len(found) else ()

    def word_steps(self, finding: Finding, scalars: list[Scalar], span: Span) -> tuple[Steps, ...]:
        words = tuple(scalar.text for scalar in scalars)
        for scalar in (one for one in scalars if one.text not in finding.words):
            hint = did_you_mean(scalar.text, finding.words) or f"its values are {', '.join(finding.words)}"
            message = f"{quoted(scalar.text)} is not a value of {quoted(finding.id)}"
            self.faults.add(scalar.span, codes.RF109, message, hint)
            return ()
        if len(set(words)) < 2 or len(set(words)) < len(words):
            hint = "list at least two different values, the least worrying first"
            self.faults.add(span, codes.RF123, f"the steps of {quoted(finding.id)} lead nowhere", hint)
            return ()
        return (WordSteps(finding.id, words),)

    def number_steps(self, finding: Finding, scalar: Scalar) -> NumberSteps | None:
        direction, _, rest = scalar.text.strip().partition(" ")
        if direction not in ("rising", "falling") or not rest:
            # Without limits a child would be compared with an old man; the author has to say which stretch is meant.
            hint = f"write `rising X to Y` or `falling X to Y`, in {quoted(finding.unit)}"
            message = f"{quoted(scalar.text)} does not say in which direction, and within which limits"
            self.faults.add(scalar.span, codes.RF123, message, hint)
            return None
        # The limits only say which stretch is meant, so they need no name and no source.
        free = replace(self.names, bare_numbers=True)
        test = read_test(finding.id, replace(scalar, text=rest, value=rest), scalar.span, free, self.faults)
        if not isinstance(test, NumberTest):
            return None
        if test.negated or len(test.ranges) != 1:
            hint = "list each stretch with its direction"
            self.faults.add(scalar.span, codes.RF123, f"{quoted(rest)} is not one range", hint)
            return None
        return NumberSteps(finding.id, test.ranges[0], direction == "rising")

    def finding(self, name: Scalar) -> Finding | None:
        finding = self.names.findings.get(name.text)
        if finding is None:
            hint = did_you_mean(name.text, self.names.findings) or "declare it in the vocabulary"
            self.faults.add(name.span, codes.RF107, f"no finding is called {quoted(name.text)}", hint)
        return finding


def read_outputs(given: Iterable[str], node: Node, at: Path, names: Names, faults: Faults) -> tuple[str, ...]:
    """Return the ordered outputs of a list; none after noting a fault."""
    found = [_output(name, span_at(node, (*at, position)), names, faults) for position, name in enumerate(given)]
    if not found:
        faults.add(span_at(node, at), codes.RF139, "no output is named", "name at least one ordered output")
    sound = tuple(dict.fromkeys(output.id for output in found if output))
    return sound if all(found) else ()


def _output(name: str, span: Span, names: Names, faults: Faults) -> Output | None:
    """Return an ordered output by its name."""
    output = names.outputs.get(name)
    if output is None:
        hint = did_you_mean(name, names.outputs) or "declare it in the vocabulary"
        faults.add(span, codes.RF108, f"no output is called {quoted(name)}", hint)
    elif output.scale is None:
        message = f"{quoted(name)} is a set and has no levels to compare"
        faults.add(span, codes.RF143, message, "write a condition with `includes`")
        return None
    return output
