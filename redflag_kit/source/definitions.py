"""Read the named conditions of a file, and note what it declares and never uses."""

from collections.abc import Iterable

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.model.condition import Condition
from redflag_kit.source.conditions import names_in, read_definition
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, key_span_at, node_at
from redflag_kit.source.ordering import cycle_in, in_order


def read_definitions(given: Iterable[str], node: Node, names: Names, faults: Faults) -> dict[str, Condition]:
    """Read the definitions of a file in an order in which each comes after those it uses, and make them known."""
    nodes = {name: node_at(node, ("definitions", name)) for name in given}
    for name in nodes:
        span = key_span_at(node, ("definitions", name))
        faults.word(name, span, "a definition")
        if name in names.all():
            faults.add(span, codes.RF127, f"{quoted(name)} stands for something else already", "choose another name")
    needs = {name: frozenset(names_in(one)) & nodes.keys() for name, one in nodes.items()}
    circle = cycle_in(needs)
    if circle:
        message = f"definitions refer to each other in a circle: {' -> '.join(circle)}"
        place = key_span_at(node, ("definitions", circle[0]))
        faults.add(place, codes.RF128, message, "let one of them stand on findings alone")
        names.broken |= nodes.keys()
        return {}
    for name in in_order(needs):
        read_definition(name, nodes[name], names, faults)
    return {name: names.definitions[name] for name in nodes if name in names.definitions}


def note_unused(definitions: Iterable[str], node: Node, names: Names, faults: Faults) -> None:
    """Note parameters and definitions of a file that nothing uses."""
    for name in (one for one in names.parameters if one not in names.used_parameters):
        message = f"the parameter {quoted(name)} is not used"
        faults.add(names.parameters[name].span, codes.RF151, message, "use it or delete it")
    for name in (one for one in definitions if one not in names.used_definitions):
        message = f"the definition {quoted(name)} is not used"
        faults.add(key_span_at(node, ("definitions", name)), codes.RF152, message, "use it or delete it")
