"""Small decision models as DMN files, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from redflag_kit.dmn.model import Decision, DecisionTable, Model
from redflag_kit.dmn.read import read_dmn

NEWEST = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(body: str, namespace: str = NEWEST) -> bytes:
    """Return a file with this inside `definitions`, which takes the first line."""
    return f'<definitions xmlns="{namespace}" name="m" namespace="urn:m">\n{body}\n</definitions>'.encode()


def input_data(name: str, kind: str) -> str:
    """Return an input whose id is `in_NAME`."""
    return f'<inputData id="in_{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>\n'


def requirements(names: tuple[str, ...]) -> str:
    """Return the requirements of the inputs with these names."""
    return "".join(
        f'<informationRequirement><requiredInput href="#in_{name}"/></informationRequirement>' for name in names
    )


def literal(text: str, inputs: dict[str, str], kind: str = "Any") -> bytes:
    """Return a model with one decision `D`: an expression over inputs with these types."""
    parts = [input_data(name, of) for name, of in inputs.items()]
    parts.append(f'<decision id="D" name="D"><variable name="D" typeRef="{kind}"/>{requirements(tuple(inputs))}')
    parts.append(f"<literalExpression><text>{escape(text)}</text></literalExpression></decision>")
    return definitions("".join(parts))


def table(
    rules: Sequence[tuple[str, ...]],
    inputs: dict[str, str],
    outputs: tuple[str, ...] = ("",),
    policy: str = "UNIQUE",
    kind: str = "Any",
    values: dict[str, str] | None = None,
    default: str = "",
    aggregation: str = "",
    types: str = "",
) -> bytes:
    """Return a model with one decision `D`: a table whose rules list the entries of inputs, then of outputs.

    `values` are the input or output values by the name of the column.
    """
    values = values or {}
    parts = [types, *(input_data(name, of) for name, of in inputs.items())]
    parts.append(f'<decision id="D" name="D"><variable name="D" typeRef="{kind}"/>{requirements(tuple(inputs))}')
    extra = f' aggregation="{aggregation}"' if aggregation else ""
    parts.append(f'<decisionTable hitPolicy="{policy}"{extra}>\n')
    for name, of in inputs.items():
        listed = _values("inputValues", values.get(name))
        expression = f'<inputExpression typeRef="{of}"><text>{name}</text></inputExpression>'
        parts.append(f"<input>{expression}{listed}</input>\n")
    for name in outputs:
        listed = _values("outputValues", values.get(name))
        entry = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
        named = f' name="{name}"' if name else ""
        parts.append(f"<output{named}>{listed}{entry}</output>\n")
    for rule in rules:
        conditions = "".join(f"<inputEntry><text>{escape(one)}</text></inputEntry>" for one in rule[: len(inputs)])
        results = "".join(f"<outputEntry><text>{escape(one)}</text></outputEntry>" for one in rule[len(inputs) :])
        parts.append(f"<rule>{conditions}{results}</rule>\n")
    parts.append("</decisionTable></decision>")
    return definitions("".join(parts))


def _values(element: str, text: str | None) -> str:
    return f"<{element}><text>{escape(text)}</text></{element}>" if text else ""


def sound(data: bytes) -> Model:
    """Return the model of a file that has no errors."""
    reading = read_dmn(data, "m.dmn")
    assert reading.is_sound, [(str(one.span), one.code.id, one.message) for one in reading.diagnostics]
    assert reading.model is not None
    return reading.model


def decision(model: Model, name: str = "D") -> Decision:
    """Return a decision that is there."""
    found = model.decision(name)
    assert found is not None
    return found


def table_of(model: Model, name: str = "D") -> DecisionTable:
    """Return the table of a decision."""
    found = decision(model, name).table
    assert found is not None
    return found


def faults(data: bytes, others: dict[str, bytes] | None = None) -> list[tuple[str, str]]:
    """Return code and place of everything that is wrong with a file."""
    return [(one.code.id, f"{one.span.line}:{one.span.column}") for one in read_dmn(data, "m.dmn", others).diagnostics]
