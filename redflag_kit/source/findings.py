"""Read findings: their domains, values and what is assumed of them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.model.condition import Value
from redflag_kit.model.evidence import Source
from redflag_kit.model.vocabulary import (
    ABSENT,
    PRESENT,
    Assume,
    Coding,
    Finding,
    Grid,
    Kind,
)
from redflag_kit.source.documents import (
    AssumeDoc,
    FindingDoc,
)
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, Path, Scalar, key_span_at, node_at, span_at
from redflag_kit.source.numbers import amount, in_unit, scalar_quantity
from redflag_kit.source.parameters import check_unique
from redflag_kit.terms.quantity import Quantity, render
from redflag_kit.terms.units import dimension, unit_help

MAX_GRID = 10_000_000


def read_finding(
    name: str, doc: FindingDoc, node: Node, at: Path, sources: Mapping[str, Source], faults: Faults
) -> Finding | None:
    """Return a finding, or None after noting every fault that leaves it without a domain."""
    kind = Kind(doc.type)
    before = len(faults.found)
    words = _words_of(kind, doc, node, at, faults)
    grid = _grid_of(kind, doc, node, at, faults)
    if dimension(doc.unit) is None:
        faults.add(span_at(node, (*at, "unit")), codes.RF120, f"{quoted(doc.unit)} is not a unit", unit_help(doc.unit))
    if len(faults.found) > before or (grid is None and not words):
        return None
    blank = Finding(
        id=name,
        kind=kind,
        ask=doc.ask,
        label=doc.label or name.replace("_", " "),
        words=words,
        grid=grid,
        unit=doc.unit,
        clean=None,
        example=words[0] if words else (grid.low if grid else ""),
        assume=None,
        says=tuple(doc.says.items()),
        codes=tuple(Coding(c.system, c.code, c.status, c.note) for c in doc.codes),
        span=key_span_at(node, at),
    )
    for word in doc.says:
        if word not in words:
            hint = did_you_mean(word, words) or f"its values are {', '.join(words)}"
            faults.add(
                key_span_at(node, (*at, "says", word)),
                codes.RF109,
                f"{quoted(word)} is not a value of {quoted(name)}",
                hint,
            )
    clean = read_value(blank, node, (*at, "clean"), faults) if doc.clean is not None else None
    example = read_value(blank, node, (*at, "example"), faults) if doc.example is not None else None
    assume = None
    if isinstance(doc.on_unknown, AssumeDoc):
        assume = read_assume(blank, doc.on_unknown, node, (*at, "on_unknown"), sources, faults)
    return Finding(
        id=name,
        kind=kind,
        ask=doc.ask,
        label=blank.label,
        words=words,
        grid=grid,
        unit=doc.unit,
        clean=clean,
        example=example if example is not None else clean if clean is not None else blank.example,
        assume=assume,
        says=blank.says,
        codes=blank.codes,
        span=blank.span,
    )


def _words_of(kind: Kind, doc: FindingDoc, node: Node, at: Path, faults: Faults) -> tuple[str, ...]:
    if kind is Kind.YES_NO:
        if doc.values is not None:
            faults.add(
                span_at(node, (*at, "values")),
                codes.RF125,
                "a yes_no finding has the values absent and present",
                "leave `values` out",
            )
        return (ABSENT, PRESENT)
    if kind is not Kind.CHOICE:
        if doc.values is not None:
            faults.add(
                span_at(node, (*at, "values")),
                codes.RF125,
                "a number has a range, not a list of values",
                "leave `values` out",
            )
        return ()
    if not doc.values or len(doc.values) < 2:
        faults.add(
            span_at(node, (*at, "values")),
            codes.RF139,
            f"the choice {quoted(str(at[-1]))} needs at least two values",
            "list them under `values:`",
        )
        return ()
    check_unique(doc.values, node, (*at, "values"), "value", faults)
    for position, word in enumerate(doc.values):
        faults.level(word, span_at(node, (*at, "values", position)), "a value")
    return tuple(doc.values)


def _grid_of(kind: Kind, doc: FindingDoc, node: Node, at: Path, faults: Faults) -> Grid | None:
    name = quoted(str(at[-1]))
    if kind in (Kind.YES_NO, Kind.CHOICE):
        for key in ("range", "step"):
            if getattr(doc, key) is not None:
                message = f"{name} has words as values and takes no `{key}`"
                faults.add(key_span_at(node, (*at, key)), codes.RF125, message, f"leave `{key}` out")
        return None
    low_and_high = _ends_of(name, doc, node, at, faults)
    if low_and_high is None:
        return None
    if kind is Kind.NUMBER and doc.step is None:
        hint = "write the resolution in which it is recorded, such as `step: 0.1`"
        faults.add(key_span_at(node, at), codes.RF101, f"`step` is missing in {name}", hint)
        return None
    grid = Grid(*low_and_high, Fraction(Decimal(doc.step)) if doc.step is not None else Fraction(1))
    fault = _fault_of(kind, name, grid, doc)
    if fault:
        faults.add(span_at(node, (*at, "range")), codes.RF126, *fault)
        return None
    return grid


def _ends_of(name: str, doc: FindingDoc, node: Node, at: Path, faults: Faults) -> tuple[Fraction, Fraction] | None:
    """Return the two numbers of a range."""
    hint = "write the lowest and highest possible value, such as `0 to 120`"
    if doc.range is None:
        faults.add(key_span_at(node, at), codes.RF101, f"`range` is missing in {name}", hint)
        return None
    ends = [amount(part.strip()) for part in doc.range.split(" to ")]
    if len(ends) != 2 or not all(isinstance(end, Quantity) and end.unit in ("1", doc.unit) for end in ends):
        faults.add(span_at(node, (*at, "range")), codes.RF126, f"{quoted(doc.range)} is not a range", hint)
        return None
    low, high = (end.value for end in ends if isinstance(end, Quantity))
    return low, high


def _fault_of(kind: Kind, name: str, grid: Grid, doc: FindingDoc) -> tuple[str, str] | None:
    """Return why a grid is not one, and what to do about it."""
    said, step = quoted(doc.range or ""), 1 if doc.step is None else doc.step
    if grid.low > grid.high:
        return f"{said} runs from a larger to a smaller number", "swap the two ends"
    if grid.step <= 0:
        return f"the range {said} does not fit the step {step}", "write a step above 0"
    if (grid.high - grid.low) % grid.step != 0:
        return f"the range {said} does not fit the step {step}", "the range must be a whole number of steps"
    if kind is Kind.INTEGER and (grid.step.denominator != 1 or grid.low.denominator != 1):
        message = f"the whole number {name} cannot take the values of {said} in steps of {render(grid.step)}"
        return message, "use whole numbers, or `type: number`"
    if (grid.high - grid.low) / grid.step > MAX_GRID:
        return f"the range {said} holds more than {MAX_GRID:,} values", "narrow the range or coarsen the step"
    return None


def read_value(finding: Finding, node: Node, at: Path, faults: Faults) -> Value | None:
    """Return one value of a finding as written at a place of the file."""
    scalar = node_at(node, at)
    assert isinstance(scalar, Scalar)
    return scalar_value(finding, scalar, faults)


def scalar_value(finding: Finding, scalar: Scalar, faults: Faults) -> Value | None:
    """Return one value of a finding, checked against its domain."""
    if finding.grid is None:
        if scalar.text in finding.words and scalar.value is not None:
            return scalar.text
        hint = did_you_mean(scalar.text, finding.words) or f"its values are {', '.join(finding.words)}"
        faults.add(scalar.span, codes.RF109, f"{quoted(scalar.text)} is not a value of {quoted(finding.id)}", hint)
        return None
    found = scalar_quantity(scalar, faults)
    if found is None:
        return None
    if found.unit == "1":
        number: Fraction | None = found.value  # domains, defaults and cases may leave the unit to the finding
    else:
        number = in_unit(found, finding, scalar.span, faults, scalar.text)
    if number is None:
        return None
    if number not in finding.grid:
        unit = "" if finding.unit == "1" else f" {finding.unit}"
        low, high, step = (render(n) for n in (finding.grid.low, finding.grid.high, finding.grid.step))
        hint = f"it takes {low} to {high}{unit} in steps of {step}"
        faults.add(scalar.span, codes.RF109, f"{quoted(scalar.text)} is not a value of {quoted(finding.id)}", hint)
        return None
    return number


def read_assume(
    finding: Finding, doc: AssumeDoc, node: Node, at: Path, sources: Mapping[str, Source], faults: Faults
) -> Assume | None:
    """Return what is taken for a finding of which nothing is known."""
    faults.cite(doc.cite, span_at(node, (*at, "cite")), sources)
    value = read_value(finding, node, (*at, "assume"), faults)
    if value is None:
        return None
    place = key_span_at(node, (*at, "assume"))
    return Assume(value, doc.reason, doc.evidence, doc.cite, place, span_at(node, at))
