"""Build vocabularies and bibliographies: documents into the model, every name checked."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Value
from redflag_kit.model.evidence import Parameter, Source
from redflag_kit.model.vocabulary import (
    ABSENT,
    PRESENT,
    Assume,
    Coding,
    Combine,
    Comparison,
    Constraint,
    Derived,
    Finding,
    Grid,
    Implication,
    Kind,
    Output,
    Vocabulary,
)
from redflag_kit.source.conditions import names_in, read_condition, read_definition
from redflag_kit.source.documents import (
    AssumeDoc,
    ConstraintDoc,
    FindingDoc,
    OutputDoc,
    ParameterDoc,
    ScaleDoc,
    SourcesDoc,
    VocabularyDoc,
)
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, Scalar, key_span_at, node_at, span_at
from redflag_kit.source.numbers import amount, in_unit, scalar_quantity
from redflag_kit.source.ordering import cycle_in, in_order
from redflag_kit.terms.quantity import Quantity, render
from redflag_kit.terms.scale import STATUSES, Scale
from redflag_kit.terms.units import compatible, convert, dimension, unit_help
from redflag_kit.terms.version import parse_version

MAX_GRID = 10_000_000


def build_sources(doc: SourcesDoc, node: Node, faults: Faults) -> dict[str, Source]:
    """Return the bibliography."""
    sources = {}
    for key, one in doc.sources.items():
        faults.rule_id(key, key_span_at(node, ("sources", key)), "a source")
        sources[key] = Source(
            id=key,
            title=one.title,
            authors=tuple(one.author),
            publisher=one.publisher,
            container=one.container_title,
            issued=str(one.issued),
            doi=one.DOI,
            url=one.URL,
            read=one.read,
            note=one.note,
        )
    return sources


def build_vocabulary(
    doc: VocabularyDoc, node: Node, sources: Mapping[str, Source], path: str, faults: Faults
) -> Vocabulary:
    """Return the vocabulary; parts with faults are left out and noted."""
    faults.word(doc.id, span_at(node, ("id",)), "a vocabulary")
    if parse_version(doc.version) is None:
        hint = "write three numbers, such as 1.0.0"
        faults.add(span_at(node, ("version",)), codes.RF117, f"{quoted(doc.version)} is not a version", hint)
    findings: dict[str, Finding] = {}
    names = Names(findings=findings, parameters={})
    parameters = names.parameters = read_parameters(doc.parameters, node, sources, faults, names)
    for name, one in doc.findings.items():
        at: Path = ("findings", name)
        named = faults.word(name, key_span_at(node, at), "a finding")
        finding = _finding(name, one, node, at, sources, faults)
        if named and finding:
            findings[name] = finding
        else:
            names.failed.add(name)
    scales = read_scales(doc.scales, node, faults)
    outputs = read_outputs(doc.outputs, scales, doc.scales, node, faults)
    for name in sorted(outputs.keys() & findings.keys()):
        faults.add(
            outputs[name].span, codes.RF127, f"{quoted(name)} is a finding already", "give the output another name"
        )
    derived = _derived(doc, node, outputs, names, sources, faults)
    constraints = read_constraints(doc.constraints, node, names, sources, faults)
    unused = [one for one in parameters if one not in names.used_parameters]
    for name in () if faults.has_error else unused:
        faults.add(
            parameters[name].span, codes.RF151, f"the parameter {quoted(name)} is not used", "use it or delete it"
        )
    return Vocabulary(
        id=doc.id,
        version=doc.version,
        title=doc.title,
        findings=findings,
        outputs=outputs,
        derived=derived,
        constraints=constraints,
        parameters=parameters,
        path=path,
    )


def _derived(
    doc: VocabularyDoc,
    node: Node,
    outputs: Mapping[str, Output],
    names: Names,
    sources: Mapping[str, Source],
    faults: Faults,
) -> dict[str, Derived]:
    """Return the derived findings, read in an order in which each comes after those it uses."""
    findings = names.findings
    nodes = {name: node_at(node, ("derived", name, "when")) for name in doc.derived}
    for name, item in doc.derived.items():
        at: Path = ("derived", name)
        if name in findings or name in outputs:
            faults.add(
                key_span_at(node, at),
                codes.RF127,
                f"{quoted(name)} stands for something else already",
                "choose another name",
            )
        faults.word(name, key_span_at(node, at), "a derived finding")
        faults.cite(item.cite, span_at(node, (*at, "cite")), sources)
        if parse_version(item.version) is None:
            faults.add(
                span_at(node, (*at, "version")),
                codes.RF117,
                f"{quoted(item.version)} is not a version",
                "write three numbers, such as 1.0.0",
            )
    needs = {name: frozenset(names_in(one)) & nodes.keys() for name, one in nodes.items()}
    circle = cycle_in(needs)
    if circle:
        message = f"derived findings refer to each other in a circle: {' -> '.join(circle)}"
        hint = "let one of them stand on findings alone"
        faults.add(key_span_at(node, ("derived", circle[0])), codes.RF128, message, hint)
        names.broken |= nodes.keys()
        return {}
    for name in in_order(needs):
        read_definition(name, nodes[name], names, faults)
    return {
        name: Derived(
            name,
            item.version,
            item.title,
            names.definitions[name],
            item.cite,
            item.note,
            key_span_at(node, ("derived", name)),
        )
        for name, item in doc.derived.items()
        if name in names.definitions
    }


def read_parameters(
    docs: Mapping[str, ParameterDoc], node: Node, sources: Mapping[str, Source], faults: Faults, names: Names
) -> dict[str, Parameter]:
    """Return named numbers with their units; those that cannot be read are among the names that failed."""
    parameters = {}
    for name, one in docs.items():
        at: Path = ("parameters", name)
        faults.word(name, key_span_at(node, at), "a parameter")
        faults.cite(one.cite, span_at(node, (*at, "cite")), sources)
        value = node_at(node, (*at, "value"))
        assert isinstance(value, Scalar)
        found = scalar_quantity(value, faults)
        if found:
            parameters[name] = Parameter(
                name, found.value, found.unit, one.cite, one.evidence, one.note, key_span_at(node, at)
            )
        else:
            names.failed.add(name)
    return parameters


def _finding(
    name: str, doc: FindingDoc, node: Node, at: Path, sources: Mapping[str, Source], faults: Faults
) -> Finding | None:
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
                faults.add(
                    key_span_at(node, (*at, key)),
                    codes.RF125,
                    f"{name} has words as values and takes no `{key}`",
                    f"leave `{key}` out",
                )
        return None
    if doc.range is None:
        faults.add(
            key_span_at(node, at),
            codes.RF101,
            f"`range` is missing in {name}",
            "write the lowest and highest possible value, such as `0 to 120`",
        )
        return None
    ends = [amount(part.strip()) for part in doc.range.split(" to ")]
    if len(ends) != 2 or not all(isinstance(end, Quantity) and end.unit in ("1", doc.unit) for end in ends):
        faults.add(
            span_at(node, (*at, "range")),
            codes.RF126,
            f"{quoted(doc.range)} is not a range",
            "write the lowest and highest possible value, such as `0 to 120`",
        )
        return None
    low, high = (end.value for end in ends if isinstance(end, Quantity))
    if kind is Kind.NUMBER and doc.step is None:
        faults.add(
            key_span_at(node, at),
            codes.RF101,
            f"`step` is missing in {name}",
            "write the resolution in which it is recorded, such as `step: 0.1`",
        )
        return None
    step = Fraction(Decimal(doc.step)) if doc.step is not None else Fraction(1)
    if step <= 0 or low > high or (high - low) % step != 0:
        message = f"the range {quoted(doc.range)} does not fit the step {1 if doc.step is None else doc.step}"
        hint = "the range must be a whole number of steps"
        if low > high:
            message, hint = f"{quoted(doc.range)} runs from a larger to a smaller number", "swap the two ends"
        elif step <= 0:
            hint = "write a step above 0"
        faults.add(span_at(node, (*at, "range")), codes.RF126, message, hint)
        return None
    if kind is Kind.INTEGER and (step.denominator != 1 or low.denominator != 1):
        faults.add(
            span_at(node, (*at, "range")),
            codes.RF126,
            f"the whole number {name} cannot take the values of {quoted(doc.range)} in steps of {render(step)}",
            "use whole numbers, or `type: number`",
        )
        return None
    if (high - low) / step > MAX_GRID:
        faults.add(
            span_at(node, (*at, "range")),
            codes.RF126,
            f"the range {quoted(doc.range)} holds more than {MAX_GRID:,} values",
            "narrow the range or coarsen the step",
        )
        return None
    return Grid(low, high, step)


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
    return None if value is None else Assume(value, doc.reason, doc.evidence, doc.cite)


def read_scales(docs: Mapping[str, ScaleDoc], node: Node, faults: Faults) -> dict[str, Scale]:
    """Return the scales of a file."""
    scales = {}
    for name, one in docs.items():
        at: Path = ("scales", name)
        faults.word(name, key_span_at(node, at), "a scale")
        if not one.levels:
            faults.add(
                key_span_at(node, at),
                codes.RF139,
                f"the scale {quoted(name)} has no level",
                "list its levels, least urgent first",
            )
        check_unique(one.levels, node, (*at, "levels"), "level", faults)
        for position, level in enumerate(one.levels):
            place = span_at(node, (*at, "levels", position))
            if level in STATUSES or level in ("undecided", "listed"):
                faults.add(
                    place, codes.RF127, f"{quoted(level)} is a status and cannot be a level", "choose another name"
                )
            else:
                faults.level(level, place, "a level")
        if not one.levels:
            continue
        mentioned = [((*at, "against"), one.against)] if one.against else []
        mentioned += [
            ((*at, "lateral", i, j), level) for i, pair in enumerate(one.lateral) for j, level in enumerate(pair)
        ]
        for place_path, level in mentioned:
            _check_level(level, one.levels, span_at(node, place_path), name, faults)
        for level in one.says:
            _check_level(level, one.levels, key_span_at(node, (*at, "says", level)), name, faults)
        for position, pair in enumerate(one.lateral):
            if len(set(pair)) != 2:
                faults.add(
                    span_at(node, (*at, "lateral", position)),
                    codes.RF139,
                    "a lateral pair needs two different levels",
                    "write [level, level]",
                )
        lateral = frozenset(frozenset(pair) for pair in one.lateral)
        scales[name] = Scale(name, tuple(one.levels), one.against, lateral, tuple(one.says.items()))
    return scales


def _check_level(level: str, levels: list[str], span: Span, scale: str, faults: Faults) -> None:
    if level not in levels:
        hint = did_you_mean(level, levels) or f"its levels are {', '.join(levels)}"
        faults.add(span, codes.RF110, f"{quoted(level)} is not a level of {quoted(scale)}", hint)


def read_outputs(
    docs: Mapping[str, OutputDoc],
    scales: Mapping[str, Scale],
    declared: Mapping[str, ScaleDoc],
    node: Node,
    faults: Faults,
) -> dict[str, Output]:
    """Return the outputs of a file; nothing more is said of a scale that is `declared` with a fault."""
    outputs: dict[str, Output] = {}
    at: Path = ("outputs",)
    for name, one in docs.items():
        place: Path = (*at, name)
        span = key_span_at(node, place)
        faults.word(name, span, "an output")
        if (one.scale is None) == (one.set is None):
            faults.add(
                span,
                codes.RF101,
                f"the output {quoted(name)} needs either `scale` or `set`",
                "name a scale, or list the members of a set",
            )
            continue
        if one.scale in declared and one.scale not in scales:
            continue
        if one.scale is not None and one.scale not in scales:
            hint = did_you_mean(one.scale, scales) or "declare it under `scales:`"
            faults.add(span_at(node, (*place, "scale")), codes.RF108, f"no scale is called {quoted(one.scale)}", hint)
            continue
        if one.set is not None and not one.set:
            message = f"the set {quoted(name)} has no member"
            faults.add(span_at(node, (*place, "set")), codes.RF139, message, "list at least one member")
            continue
        if one.set is not None:
            check_unique(one.set, node, (*place, "set"), "member", faults)
            for position, member in enumerate(one.set):
                faults.level(member, span_at(node, (*place, "set", position)), "a member")
        outputs[name] = Output(
            id=name,
            label=one.label or name.replace("_", " "),
            scale=scales[one.scale] if one.scale else None,
            elements=tuple(one.set or ()),
            combine=Combine(one.combine),
            satisfied_by=tuple(one.satisfied_by),
            says=tuple(one.says.items()),
            span=span,
        )
    for name, output in outputs.items():
        _check_satisfied_by(output, outputs, docs, node, (*at, name, "satisfied_by"), faults)
    circle = cycle_in({name: frozenset(output.satisfied_by) & outputs.keys() for name, output in outputs.items()})
    if circle:
        message = f"outputs satisfy each other in a circle: {' -> '.join(circle)}"
        hint = "take one of them out of the `satisfied_by` of another"
        faults.add(span_at(node, (*at, circle[0], "satisfied_by")), codes.RF137, message, hint)
    return outputs


def _check_satisfied_by(
    output: Output, outputs: Mapping[str, Output], docs: Mapping[str, OutputDoc], node: Node, at: Path, faults: Faults
) -> None:
    for position, member in enumerate(output.satisfied_by):
        span = span_at(node, (*at, position))
        if member not in outputs and member not in docs:
            hint = did_you_mean(member, outputs) or "declare it under `outputs:`"
            faults.add(span, codes.RF108, f"no output is called {quoted(member)}", hint)
        elif member in outputs and (outputs[member].scale != output.scale or output.scale is None):
            message = f"{quoted(member)} is not on the scale of {quoted(output.id)}"
            faults.add(span, codes.RF137, message, "only outputs on one scale can satisfy each other")


def read_constraints(
    docs: list[ConstraintDoc],
    node: Node,
    names: Names,
    sources: Mapping[str, Source],
    faults: Faults,
    earlier: tuple[Constraint, ...] = (),
) -> tuple[Constraint, ...]:
    """Return the constraints of a file; `earlier` ones, of the vocabulary, hold beside them."""
    check_unique([one.id for one in docs], node, ("constraints",), "constraint", faults, key="id")
    constraints: list[Constraint] = []
    compared = {side: one.id for one in earlier if isinstance(one, Comparison) for side in (one.left, one.right)}
    taken = {one.id for one in earlier}
    for position, one in enumerate(docs):
        at: Path = ("constraints", position)
        span = span_at(node, (*at, "id"))
        faults.rule_id(one.id, span, "a constraint")
        if one.id in taken:
            message = f"the vocabulary has a constraint {quoted(one.id)} already"
            faults.add(span, codes.RF106, message, "rename this one")
        faults.cite(one.cite, span_at(node, (*at, "cite")), sources)
        if one.compare is not None and one.if_ is None and one.then is None:
            comparison = _comparison(one, node, at, names, compared, faults)
            constraints += [comparison] if comparison else []
        elif one.compare is None and one.if_ is not None and one.then is not None:
            when = read_condition(node_at(node, (*at, "if")), names, faults)
            then = read_condition(node_at(node, (*at, "then")), names, faults)
            if when is not None and then is not None:
                constraints.append(Implication(one.id, one.title, when, then, span))
        else:
            faults.add(
                span,
                codes.RF101,
                f"the constraint {quoted(one.id)} needs `if` and `then`, or `compare`",
                "write one of the two",
            )
    return tuple(constraints)


def _comparison(
    doc: ConstraintDoc, node: Node, at: Path, names: Names, compared: dict[str, str], faults: Faults
) -> Comparison | None:
    span = span_at(node, (*at, "compare"))
    words = doc.compare or []
    shape = "write [finding, at_most, finding], with below, at_most, at_least or above in the middle"
    if len(words) != 3 or words[1] not in ("below", "at_most", "at_least", "above"):
        faults.add(span, codes.RF135, "the comparison cannot be read", shape)
        return None
    left, right = (words[0], words[2]) if words[1] in ("below", "at_most") else (words[2], words[0])
    if left == right:
        faults.add(span, codes.RF135, f"{quoted(left)} is compared with itself", "name two findings")
        return None
    sides = []
    for name in (left, right):
        span = span_at(node, (*at, "compare", 0 if name == words[0] else 2))
        finding = names.findings.get(name)
        if finding is None and name in names.failed:
            continue
        if finding is None:
            hint = did_you_mean(name, names.findings) or "declare it in the vocabulary"
            faults.add(span, codes.RF107, f"no finding is called {quoted(name)}", hint)
        elif finding.grid is None:
            hint = "only numbers can be compared; write {if: ..., then: ...} for other findings"
            faults.add(span, codes.RF135, f"{quoted(name)} is not a number", hint)
        elif name in compared:
            message = f"{quoted(name)} is compared in {quoted(compared[name])} already"
            faults.add(span, codes.RF135, message, "a finding may be compared with one other only")
        else:
            sides.append(finding)
            compared[name] = doc.id
    if len(sides) != 2:
        return None
    span = span_at(node, (*at, "compare"))
    one, other = sides
    if not compatible(one.unit, other.unit):
        faults.add(
            span,
            codes.RF121,
            f"{quoted(left)} is in {quoted(one.unit)}, and {quoted(right)} is in {quoted(other.unit)}",
            "only findings recorded in units of one kind can be compared",
        )
        return None
    if dimension(one.unit) == "temperature" and one.unit != other.unit:
        faults.add(
            span,
            codes.RF135,
            f"{quoted(left)} and {quoted(right)} are on different temperature scales",
            "declare both in one unit",
        )
        return None
    factor = convert(Fraction(1), other.unit, one.unit)
    return Comparison(
        doc.id, doc.title, left, right, words[1] in ("below", "above"), factor, span_at(node, (*at, "id"))
    )


def check_unique(ids: list[str], node: Node, at: Path, what: str, faults: Faults, key: str | None = None) -> None:
    """Note every id that is given twice in a list."""
    first: dict[str, int] = {}
    for position, one in enumerate(ids):
        tail: Path = (position, key) if key else (position,)
        if one in first:
            earlier: Path = (first[one], key) if key else (first[one],)
            note = Note(span_at(node, (*at, *earlier)), "first given here")
            faults.add(
                span_at(node, (*at, *tail)),
                codes.RF106,
                f"the {what} {quoted(one)} is given twice",
                "rename or remove one",
                (note,),
            )
        first.setdefault(one, position)
