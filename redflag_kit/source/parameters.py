"""Read parameters, and check that ids are unique."""

from collections.abc import Mapping

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, quoted
from redflag_kit.model.evidence import Parameter, Source
from redflag_kit.source.documents import (
    ParameterDoc,
)
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, Scalar, key_span_at, node_at, span_at
from redflag_kit.source.numbers import scalar_quantity


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
                name, found.value, found.unit, one.cite, one.evidence, one.note, key_span_at(node, at), value.span
            )
        else:
            names.failed.add(name)
    return parameters


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
