"""Read scales and outputs."""

from collections.abc import Mapping

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.vocabulary import (
    Combine,
    Output,
)
from redflag_kit.source.documents import (
    OutputDoc,
    ScaleDoc,
)
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, Path, key_span_at, span_at
from redflag_kit.source.ordering import cycle_in
from redflag_kit.source.parameters import check_unique
from redflag_kit.terms.scale import STATUSES, Scale


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
        scales[name] = Scale(name, tuple(one.levels), one.against, lateral, tuple(one.says.items()), one.note)
    return scales


def check_headline(names: list[str], scales: Mapping[str, ScaleDoc], node: Node, faults: Faults) -> None:
    """Note every scale that is named as telling and does not exist, or is named twice."""
    check_unique(names, node, ("headline",), "scale", faults)
    for position, name in enumerate(names):
        if name not in scales:
            hint = did_you_mean(name, scales) or "declare it under `scales:`"
            span = span_at(node, ("headline", position))
            faults.add(span, codes.RF108, f"no scale is called {quoted(name)}", hint)


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
            short=one.short,
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
