"""Inputs and decisions of a DMN file: their variables, requirements and logic."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, did_you_mean, quoted
from redflag_kit.dmn.faults import Faults
from redflag_kit.dmn.feel.scope import is_plain_name, scope_of, words_of
from redflag_kit.dmn.feel.types import may_conform
from redflag_kit.dmn.model import Decision, InputData, Logic, NestedTable, Variable, Written
from redflag_kit.dmn.read_feel import FeelReader
from redflag_kit.dmn.read_nested import NestedReader
from redflag_kit.dmn.read_tables import TableReader
from redflag_kit.dmn.read_types import UNTYPED, Types
from redflag_kit.dmn.xml import Element

_LOGIC = frozenset(
    {
        "decisionTable", "literalExpression", "context", "invocation", "list", "relation", "functionDefinition",
        "conditional", "filter", "for", "every", "some",
    }
)  # fmt: skip
# What says nothing about the result of a decision.
_SILENT = frozenset(
    {
        "description", "extensionElements", "question", "allowedAnswers", "variable", "authorityRequirement",
        "informationRequirement", "supportedObjective", "impactedPerformanceIndicator", "decisionMaker",
        "decisionOwner", "usingProcess", "usingTask",
    }
)  # fmt: skip
Named = InputData | Decision


@dataclass(slots=True)
class DecisionReader:
    """Reads the inputs and decisions of one model. `by_id` are the elements that can be required."""

    faults: Faults
    types: Types
    namespace: str
    undeclared: dict[str, InputData] = field(default_factory=dict)

    def key(self, element: Element) -> str:
        """Return the id of an element, or its name if it has none."""
        return element.get("id") or element.get("name")

    def variable(self, element: Element) -> Variable:
        """Return the variable of an input or a decision."""
        holder = element.first("variable")
        name = element.get("name")
        span = element.place(self.faults.file)
        if not name:
            self.faults.add(span, codes.RF065, f"an element `{element.name}` has no name", "give it a name")
        if holder is None:
            return Variable(" ".join(name.split()), UNTYPED)
        known = " ".join((holder.get("name") or name).split())
        if known and words_of(known) is None:
            message = f"{quoted(known)} cannot be used in expressions: it is no name of FEEL"
            self.faults.add(holder.place(self.faults.file), codes.RF065, message, "use letters, digits and spaces")
        return Variable(known, self.types.of(holder) or UNTYPED)

    def input_data(self, element: Element, variable: Variable) -> InputData:
        """Read an input."""
        return InputData(self.key(element), element.get("name"), variable, element.place(self.faults.file))

    def decision(
        self, element: Element, variables: Mapping[str, Variable], elements: Mapping[str, Element]
    ) -> Decision:
        """Read a decision; `variables` are those of all inputs and decisions by id."""
        before = self.faults.errors
        required = self._required(element, elements)
        in_scope = {variables[key].name: variables[key] for key in required}
        undeclared = self._undeclared(element, in_scope, {one.name for one in variables.values()})
        in_scope |= {one.name: one.variable for one in undeclared}
        self._unsupported(element)
        variable = variables[self.key(element)]
        logic = self._logic(element, variable, in_scope)
        return Decision(
            self.key(element),
            element.get("name"),
            variable,
            (*(key for key in required if elements[key].name == "inputData"), *(one.id for one in undeclared)),
            tuple(key for key in required if elements[key].name == "decision"),
            logic,
            logic is not None and self.faults.errors == before,
            element.place(self.faults.file),
        )

    def _undeclared(
        self, element: Element, in_scope: Mapping[str, Variable], declared: set[str]
    ) -> tuple[InputData, ...]:
        """Return the inputs that a table reads by name without declaring them, as some modelers write it.

        A name that is declared but not required, or nearly one that is known, is a fault and not an input.
        """
        found: dict[str, InputData] = {}
        table = element.first("decisionTable")
        for column in table.all("input") if table is not None else ():
            holder = column.first("inputExpression")
            text = holder.first("text") if holder is not None else None
            if holder is None or text is None:
                continue
            name = " ".join(text.text.split())
            if name in in_scope or name in declared or not is_plain_name(name) or did_you_mean(name, in_scope):
                continue
            if name not in self.undeclared:
                span = holder.place(self.faults.file)
                message = f"{quoted(name)} is declared nowhere and read as an input"
                self.faults.add(span, codes.RF083, message, "add input data and an information requirement for it")
                variable = Variable(name, self.types.of(holder) or UNTYPED)
                self.undeclared[name] = InputData(f"input {name}", name, variable, span)
            found[name] = self.undeclared[name]
        return tuple(found.values())

    def nested(
        self, element: Element, variables: Mapping[str, Variable], elements: Mapping[str, Element]
    ) -> Iterator[NestedTable]:
        """Yield the tables inside a decision that is no table itself, or inside a business knowledge model."""
        names = [child.name for child in element.children if child.name in _LOGIC]
        if names[:1] == ["decisionTable"]:
            return
        silent = Faults(self.faults.file)  # what is wrong with the requirements was told with the decision
        required = DecisionReader(silent, self.types, self.namespace)._required(element, elements)
        scope = {variables[key].name: variables[key] for key in required}
        yield from NestedReader(self.faults, self.types).tables(element, scope, (element.get("name"),))

    def _required(self, element: Element, elements: Mapping[str, Element]) -> tuple[str, ...]:
        """Return the ids that a decision requires, each once, in file order."""
        found: dict[str, None] = {}
        for requirement in element.all("informationRequirement"):
            for reference in requirement.all("requiredInput", "requiredDecision"):
                namespace, _, key = reference.get("href").rpartition("#")
                span = reference.place(self.faults.file)
                if namespace not in ("", self.namespace):
                    message = "a decision requires an element of another model, which is not supported"
                    self.faults.add(span, codes.RF064, message, "copy the element into this model")
                elif key not in elements:
                    advice = did_you_mean(key, elements) or "remove the requirement, or mend its `href`"
                    self.faults.add(span, codes.RF067, f"there is no input or decision with id {quoted(key)}", advice)
                else:
                    found[key] = None
        return tuple(found)

    def _unsupported(self, element: Element) -> None:
        for child in element.children:
            if child.namespace != element.namespace or child.name in _SILENT | _LOGIC:
                continue
            what = {"knowledgeRequirement": "a business knowledge model"}.get(child.name, f"`{child.name}`")
            message = f"decision {quoted(element.get('name'))} needs {what}, which is not supported"
            advice = "write its logic into the decision itself"
            self.faults.add(child.place(self.faults.file), codes.RF064, message, advice)

    def _logic(self, element: Element, variable: Variable, in_scope: dict[str, Variable]) -> Logic | None:
        found = [child for child in element.children if child.name in _LOGIC and child.namespace == element.namespace]
        span = element.place(self.faults.file)
        name = quoted(element.get("name"))
        if not found:
            message = f"decision {name} has no logic, so its result cannot be known"
            self.faults.add(span, codes.RF079, message, "add a decision table or a literal expression")
            return None
        logic = found[0]
        place = logic.place(self.faults.file)
        if len(found) > 1:
            message = f"decision {name} has several logics"
            self.faults.add(found[1].place(self.faults.file), codes.RF065, message, "keep one of them")
        feel = FeelReader(self.faults, scope_of({one.name: one.type for one in in_scope.values()}))
        if logic.name == "decisionTable":
            return TableReader(self.faults, self.types, feel, in_scope).read(logic, variable)
        if logic.name == "literalExpression":
            return self._literal(logic, variable, feel)
        message = f"decision {name} is a boxed `{logic.name}`, which is not supported"
        self.faults.add(place, codes.RF064, message, "use a decision table or a literal expression")
        return None

    def _literal(self, logic: Element, variable: Variable, feel: FeelReader) -> Logic:
        if (imported := logic.first("importedValues")) is not None:
            message = "an expression that is imported from another document is not supported"
            place = imported.place(self.faults.file)
            self.faults.add(place, codes.RF064, message, "write the expression here")
            return Written("", None, place)
        written, kind = feel.expression(logic)
        if written.expression is not None and not may_conform(kind, variable.type):
            message = f"the decision is of type `{variable.type}`, but its expression of type `{kind}`"
            self.faults.add(written.span, codes.RF073, message, "make them agree")
        return written


def with_requirements(decisions: tuple[Decision, ...], faults: Faults) -> tuple[Decision, ...]:
    """Report circles, and return the decisions marked unusable where something they require is."""
    by_id = {one.id: one for one in decisions}
    usable: dict[str, bool] = {}
    reported: set[str] = set()
    for decision in decisions:
        for circle in _circles(decision, by_id, usable):
            if reported.isdisjoint(circle):
                reported.update(circle)
                _report_circle([by_id[key] for key in circle], faults)
    return tuple(replace(one, usable=usable[one.id]) for one in decisions)


def _circles(start: Decision, by_id: Mapping[str, Decision], usable: dict[str, bool]) -> list[list[str]]:
    """Settle a decision and all it requires, without recursion; return the circles met on the way."""
    circles: list[list[str]] = []
    path = [start.id] if start.id not in usable else []
    places = dict.fromkeys(path, 0)
    waiting = [iter(start.required_decisions)]
    while path:
        key = next((one for one in waiting[-1] if one not in usable), None)
        if key is None:
            waiting.pop()
            done = by_id[path.pop()]
            del places[done.id]
            # What is still on the path is not settled: it needs this decision, so neither can be worked out.
            usable[done.id] = done.usable and all(usable.get(one, False) for one in done.required_decisions)
        elif key in places:
            circles.append(path[places[key] :])
        else:
            places[key] = len(path)
            path.append(key)
            waiting.append(iter(by_id[key].required_decisions))
    return circles


def _report_circle(circle: list[Decision], faults: Faults) -> None:
    first = min(circle, key=lambda one: one.span)
    names = " -> ".join(one.name for one in [*circle, circle[0]])
    related = tuple(Note(one.span, f"{quoted(one.name)} is part of it") for one in circle if one is not first)
    message = f"decisions need each other's results in a circle: {quoted(names)}"
    faults.add(first.span, codes.RF068, message, "remove one of the requirements", related)
