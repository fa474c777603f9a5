"""A decision requirements graph as DMN XML, with a diagram; the same bytes for the same graph."""

from decimal import Decimal
from enum import StrEnum

from redflag_kit.dmn.diagram import HEIGHT, WIDTH, Box, layout, source_key
from redflag_kit.dmn.drg import Data, DecisionNode, Graph, InputNode, ItemType, Literal, SourceNode, TableLogic
from redflag_kit.dmn.feel_names import xml_id
from redflag_kit.dmn.xml_text import Element, document

EXTENSION = "https://redflag-kit.org/dmn/1"
"""The namespace of what is carried beside the standard."""


class DmnVersion(StrEnum):
    """Editions of the standard that can be written; they differ in namespaces only, for what is written here."""

    V1_5 = "1.5"
    V1_3 = "1.3"


# SOURCE: OMG DMN, machine-readable files DMN15.xsd and DMNDI15.xsd, DMN13.xsd and DMNDI13.xsd.
_RELEASES = {DmnVersion.V1_5: "20230324", DmnVersion.V1_3: "20191111"}
_DC = "http://www.omg.org/spec/DMN/20180521/DC/"
_DI = "http://www.omg.org/spec/DMN/20180521/DI/"


def xml_of(graph: Graph, version: DmnVersion = DmnVersion.V1_5) -> str:
    """Return the graph as a DMN file."""
    base = f"https://www.omg.org/spec/DMN/{_RELEASES[version]}"
    attributes = (
        ("xmlns", f"{base}/MODEL/"),
        ("xmlns:dmndi", f"{base}/DMNDI/"),
        ("xmlns:dc", _DC),
        ("xmlns:di", _DI),
        ("xmlns:redflag", EXTENSION),
        ("id", xml_id("definitions", graph.id)),
        ("name", graph.name),
        ("namespace", f"{EXTENSION}/{graph.id}"),
        ("expressionLanguage", f"{base}/FEEL/"),
        ("typeLanguage", f"{base}/FEEL/"),
        ("exporter", "redflag-kit"),
    )
    children = [
        *_description(graph.description),
        Element("extensionElements", children=(_carried("redflag:carried", "", graph.carried),)),
        *(_item_type(one) for one in graph.types),
        *(_input(one) for one in graph.inputs),
        *(_decision(one, graph) for one in graph.decisions),
        *(_source(one) for one in graph.sources),
        _diagram(graph),
    ]
    return document(Element("definitions", attributes, tuple(children)))


# ---------------------------------------------------------------- the graph


def _item_type(one: ItemType) -> Element:
    children = [*_description(one.description), Element("typeRef", text=one.base)]
    if one.allowed:
        children.append(Element("allowedValues", (("id", xml_id("allowed", one.name)),), (_text(one.allowed),)))
    attributes = (("id", xml_id("item", one.name)), ("name", one.name), ("isCollection", "true" if one.is_list else ""))
    return Element("itemDefinition", attributes, tuple(children))


def _input(one: InputNode) -> Element:
    attributes = (("id", xml_id("input", one.name)), ("name", one.name), ("label", one.label))
    return Element("inputData", attributes, (*_description(one.description), _variable(one.name, one.type)))


def _source(one: SourceNode) -> Element:
    attributes = (
        ("id", _source_id(one.name)),
        ("name", one.name),
        ("label", one.title),
        ("locationURI", one.location),
    )
    return Element("knowledgeSource", attributes, (*_description(one.description), Element("type", text="publication")))


def _source_id(key: str) -> str:
    """Return the id of a knowledge source; what an id cannot hold is written as a code."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else f"_{ord(c):x}_" for c in key)
    return xml_id("source", plain)


def _decision(one: DecisionNode, graph: Graph) -> Element:
    inputs = {node.name for node in graph.inputs}
    children = [*_description(one.description)]
    children += [Element("question", text=one.question)] if one.question else []
    children.append(_variable(one.name, one.type))
    for name in one.requires:
        what, prefix = ("requiredInput", "input") if name in inputs else ("requiredDecision", "decision")
        ends = (("id", _edge_id(name, one.name)),)
        children.append(
            Element("informationRequirement", ends, (Element(what, (("href", f"#{xml_id(prefix, name)}"),)),))
        )
    for key in one.sources:
        ends = (("id", _authority_id(key, one.name)),)
        required = Element("requiredAuthority", (("href", f"#{_source_id(key)}"),))
        children.append(Element("authorityRequirement", ends, (required,)))
    children.append(_literal(one.name, one.logic) if isinstance(one.logic, Literal) else _table(one.name, one.logic))
    attributes = (("id", xml_id("decision", one.name)), ("name", one.name), ("label", one.label))
    return Element("decision", attributes, tuple(children))


def _edge_id(source: str, target: str) -> str:
    return f"reads-{source}-{target}"


def _authority_id(key: str, target: str) -> str:
    return f"cites-{_source_id(key)}-{target}"


def _literal(name: str, one: Literal) -> Element:
    return Element("literalExpression", (("id", xml_id("expression", name)),), (_text(one.text),))


def _table(name: str, one: TableLogic) -> Element:
    children = []
    for column in one.columns:
        place = f"{name}-{column.name}"
        expression = Element(
            "inputExpression", (("id", xml_id("read", place)), ("typeRef", column.type)), (_text(column.name),)
        )
        children.append(Element("input", (("id", xml_id("column", place)),), (expression,)))
    values = (Element("outputValues", (("id", xml_id("values", name)),), (_text(", ".join(one.values)),)),)
    output = (("id", xml_id("output", name)), ("typeRef", one.output_type))
    children.append(Element("output", output, values if one.values else ()))
    children.append(Element("annotation", (("name", "remark"),)))
    for number, row in enumerate(one.rows, start=1):
        place = f"{name}-{number}"
        cells = [
            Element("inputEntry", (("id", f"cell_{place}-{i}"),), (_text(cell),)) for i, cell in enumerate(row.cells, 1)
        ]
        result = Element("outputEntry", (("id", f"result_{place}"),), (_text(row.output),))
        remark = Element("annotationEntry", children=(_text(row.remark),))
        children.append(Element("rule", (("id", xml_id("rule", place)),), (*cells, result, remark)))
    attributes = (("id", xml_id("table", name)), ("hitPolicy", one.hit_policy), ("outputLabel", name))
    return Element("decisionTable", attributes, tuple(children))


def _variable(name: str, kind: str) -> Element:
    return Element("variable", (("id", xml_id("variable", name)), ("name", name), ("typeRef", kind)))


def _text(text: str) -> Element:
    return Element("text", text=text)


def _description(text: str) -> tuple[Element, ...]:
    return (Element("description", text=text),) if text else ()


# ---------------------------------------------------------------- what is carried


def _carried(tag: str, name: str, data: Data) -> Element:
    """Return plain data as extension elements: `entry` of a map with its name, `item` of a list; text has no kind."""
    named = (("name", name),)
    match data:
        case dict():
            children = tuple(_carried("redflag:entry", key, value) for key, value in data.items())
            return Element(tag, (*named, ("kind", "map")), children)
        case list():
            return Element(
                tag, (*named, ("kind", "list")), tuple(_carried("redflag:item", "", value) for value in data)
            )
        case bool():
            return Element(tag, (*named, ("kind", "truth")), text=str(data).lower())
        case int() | Decimal():
            return Element(tag, (*named, ("kind", "number")), text=str(data))
        case None:
            return Element(tag, (*named, ("kind", "nothing")))
        case _:
            return Element(tag, named, text=str(data))


# ---------------------------------------------------------------- the diagram


def _diagram(graph: Graph) -> Element:
    boxes = layout(graph)
    shapes = [_shape(xml_id("input", one.name), boxes[one.name]) for one in graph.inputs]
    shapes += [_shape(xml_id("decision", one.name), boxes[one.name]) for one in graph.decisions]
    shapes += [_shape(_source_id(one.name), boxes[source_key(one.name)]) for one in graph.sources]
    edges = []
    for one in graph.decisions:
        edges += [_edge(_edge_id(name, one.name), boxes[name], boxes[one.name]) for name in one.requires]
        edges += [_edge(_authority_id(key, one.name), boxes[source_key(key)], boxes[one.name]) for key in one.sources]
    attributes = (("id", "diagram"), ("name", graph.name))
    return Element("dmndi:DMNDI", children=(Element("dmndi:DMNDiagram", attributes, (*shapes, *edges)),))


def _shape(element: str, box: Box) -> Element:
    bounds = (("height", str(HEIGHT)), ("width", str(WIDTH)), ("x", str(box.x)), ("y", str(box.y)))
    attributes = (("id", f"shape-{element}"), ("dmnElementRef", element))
    return Element("dmndi:DMNShape", attributes, (Element("dc:Bounds", bounds),))


def _edge(element: str, start: Box, end: Box) -> Element:
    points = tuple(Element("di:waypoint", (("x", str(x)), ("y", str(y)))) for x, y in (start.top, end.bottom))
    return Element("dmndi:DMNEdge", (("id", f"edge-{element}"), ("dmnElementRef", element)), points)
