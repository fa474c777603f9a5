"""What an exported file carries beside the standard elements: the authored documents, as plain data.

The documents are words for what the standard elements say. Whether they still say the same is `differences`.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.model import Decision, DecisionTable, ItemDefinition, Model, Written
from redflag_kit.dmn.write_xml import EXTENSION
from redflag_kit.dmn.xml import Element, read_xml
from redflag_kit.source.dump import Data


def carried_documents(data: bytes, file: str) -> dict[str, dict[str, Data]] | None:
    """Return the documents by kind, none at all if they are not whole, or nothing if the file carries none."""
    document = read_xml(data, file)
    if isinstance(document, Diagnostic) or (holder := document.root.first("extensionElements")) is None:
        return None
    found = next((one for one in holder.children if one.namespace == EXTENSION and one.name == "carried"), None)
    if found is None:
        return None
    kinds = _data(found)
    documents = {kind: one for kind, one in kinds.items() if isinstance(one, dict)} if isinstance(kinds, dict) else {}
    return documents if {"guideline", "vocabulary"} <= documents.keys() else {}


def _data(element: Element) -> Data:
    match element.get("kind"):
        case "map":
            return {one.get("name"): _data(one) for one in element.children}
        case "list":
            return [_data(one) for one in element.children]
        case "number":
            return _number(element.text)
        case "truth":
            return element.text == "true"
        case "nothing":
            return None
        case _:
            return element.text


def _number(text: str) -> Data:
    try:
        return Decimal(text) if "." in text else int(text)
    except (InvalidOperation, ValueError):
        return text


# ---------------------------------------------------------------- comparison


def differences(read: Model, expected: Model) -> Iterator[tuple[Span | None, str]]:
    """Yield where the standard elements of a file differ from those that its documents would give, in words.

    Spacing, order of elements, labels, descriptions, ids and the diagram mean nothing and are not compared.
    """
    for what, given, wanted in (
        ("input", _inputs(read), _inputs(expected)),
        ("decision", _decisions(read), _decisions(expected)),
    ):
        for name in sorted(given.keys() | wanted.keys()):
            if name not in wanted:
                yield given[name][0], f"{what} `{name}` is not in the guideline that the file carries"
            elif name not in given:
                yield None, f"{what} `{name}` of the guideline that the file carries is missing"
            elif given[name][1] != wanted[name][1]:
                yield given[name][0], f"{what} `{name}` differs from the guideline that the file carries"


def _inputs(model: Model) -> dict[str, tuple[Span, object]]:
    return {one.variable.name: (one.span, _type(one.variable.item)) for one in model.inputs}


def _type(item: ItemDefinition) -> object:
    return (item.type, item.is_whole, tuple(_spaced(one.text) for one in item.constraints))


def _decisions(model: Model) -> dict[str, tuple[Span, object]]:
    return {one.variable.name: (one.span, _logic(one)) for one in model.decisions}


def _logic(decision: Decision) -> object:
    match decision.logic:
        case Written(text=text):
            return _spaced(text)
        case DecisionTable() as table:
            rows = [
                (tuple(_spaced(cell.text) for cell in rule.inputs), tuple(_spaced(cell.text) for cell in rule.outputs))
                for rule in table.rules
            ]
            columns = tuple(
                (_spaced(one.expression.text), _spaced(one.input_values.text) if one.input_values else "")
                for one in table.inputs
            )
            outputs = tuple((_spaced(one.output_values.text) if one.output_values else "",
                             _spaced(one.default.text) if one.default else "") for one in table.outputs)  # fmt: skip
            return (table.hit_policy, table.aggregation, columns, outputs, tuple(rows))
        case _:
            return None


def _spaced(text: str) -> str:
    return " ".join(text.split())
