"""A decision model as documents of the guideline language: a vocabulary, a guideline and a bibliography.

Claim: for every case with known inputs the guideline gives what the model gives; where the model gives null the
guideline has a `gap` or a `conflict`. What cannot be said exactly is named, and then there are no documents at all.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, did_you_mean, quoted
from redflag_kit.diagnostics.span import file_start
from redflag_kit.dmn.faults import Faults
from redflag_kit.dmn.feel.evaluate import constant
from redflag_kit.dmn.feel.syntax import Call, Expression, If, ListOf, Literal, Negation
from redflag_kit.dmn.feel.types import Kind
from redflag_kit.dmn.feel.values import feel_text
from redflag_kit.dmn.import_conditions import Conditions, threshold_words
from redflag_kit.dmn.import_domain import (
    ALWAYS,
    NEVER,
    Constant,
    Domain,
    Holds,
    NotRepresentableError,
    Number,
    Total,
)
from redflag_kit.dmn.import_findings import Choices, finding_of
from redflag_kit.dmn.import_names import Slugs, slug
from redflag_kit.dmn.import_tables import SOURCE, table_of
from redflag_kit.dmn.model import Decision, DecisionTable, Model, Written
from redflag_kit.source.dump import Data
from redflag_kit.terms.quantity import render

PUBLISHED = "0001-01-01"
"""The date of publication where nothing says when a model was published."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What is written: one map per file."""

    vocabulary: dict[str, Data]
    guideline: dict[str, Data]
    sources: dict[str, Data]


def documents_of(model: Model, choices: Choices) -> tuple[Documents | None, tuple[Diagnostic, ...]]:
    """Return a model as documents, and what was chosen or is in the way; nothing if anything is in the way."""
    importer = _Importer(model, choices)
    importer.run()
    found = importer.faults.all()
    return (None if importer.faults.errors else importer.documents()), found


@dataclass(slots=True)
class _Importer:
    """Collects the parts of the documents, input by input and decision by decision."""

    model: Model
    choices: Choices
    faults: Faults = field(init=False)
    slugs: Slugs = field(default_factory=Slugs)
    domains: dict[str, Domain] = field(default_factory=dict)
    findings: dict[str, Data] = field(default_factory=dict)
    outputs: dict[str, Data] = field(default_factory=dict)
    scales: dict[str, Data] = field(default_factory=dict)
    definitions: dict[str, Data] = field(default_factory=dict)
    decisions: list[Data] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)
    conditions: Conditions = field(init=False)
    _named: dict[tuple[str, Fraction], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.faults = Faults(self.model.file)
        self.conditions = Conditions(self.domains, self._threshold)

    def run(self) -> None:
        """Import everything, noting what cannot be."""
        read = {key for decision in self.model.decisions for key in decision.required_inputs}
        numbers = {one.variable.name for one in self.model.inputs if one.variable.type.kind is Kind.NUMBER}
        for name in sorted(self.choices.names - numbers):
            message = f"no input that is a number is called {quoted(name)}"
            self.faults.add(file_start(self.model.file), codes.RF080, message, did_you_mean(name, numbers))
        for data in self.model.inputs:
            if data.id not in read:
                message = f"no decision reads input {quoted(data.name)}; it is left out"
                self.faults.add(data.span, codes.RF081, message, "nothing needs doing")
                continue
            try:
                found = finding_of(data, self.model, self.slugs, self.choices)
            except NotRepresentableError as error:
                self._note(error)
                continue
            self.domains[data.variable.name] = found.domain
            self.findings[found.domain.finding] = found.entry
            if found.may_be_missing:
                message = (
                    f"input {quoted(data.name)} may be missing (null); in a guideline that is unknown, not a value"
                )
                self.faults.add(data.span, codes.RF081, message, "nothing needs doing if no result depends on it")
            if found.chosen_step and isinstance(found.domain, Number):
                step = render(found.domain.grid.step)
                message = (
                    f"input {quoted(data.name)} has no resolution; {step} was chosen, which keeps every case apart"
                )
                self.faults.add(data.span, codes.RF081, message, f"choose another with --step '{data.name}=STEP'")
        for decision in self.model.ordered:
            try:
                self._decision(decision)
            except NotRepresentableError as error:
                self._note(error)
        if (
            not self.faults.errors
            and not self.decisions
            and not any(isinstance(one, Holds) for one in self.domains.values())
        ):
            message = "the model decides nothing that differs between cases"
            self.faults.add(file_start(self.model.file), codes.RF080, message, "a guideline needs a decision table")

    def _note(self, error: NotRepresentableError) -> None:
        self.faults.add(error.span, codes.RF080, error.message, error.hint)

    def _threshold(self, finding: str, number: Fraction) -> str:
        key = (finding, number)
        if key not in self._named:
            self._named[key] = self.slugs.of(f"{finding}_{threshold_words(number)}", "threshold")
        return self._named[key]

    # ------------------------------------------------------------ decisions

    def _decision(self, decision: Decision) -> None:
        name = decision.variable.name
        if not self._is_known(decision):
            assert self.faults.errors, "what a decision needs is missing only where that was told"
            return
        match decision.logic:
            case DecisionTable() as table:
                found = table_of(decision, table, self.conditions, self.slugs, self.rules)
                self.domains |= dict(found.domains)
                self.outputs |= found.outputs
                self.scales |= found.scales
                self.decisions.append(found.entry)
                if found.loses_order and decision.variable.type.kind not in (Kind.LIST, Kind.ANY):
                    said = f"`{name}` is of type `{decision.variable.type}`, but its table gives a list"
                    self.faults.add(table.span, codes.RF081, f"{said}; the list counts", "give it a collection type")
                if found.loses_order:
                    message = f"the results of {quoted(name)} become a set; their order and repetition are not kept"
                    self.faults.add(table.span, codes.RF081, message, "nothing needs doing if only membership matters")
            case Written() as written:
                self._literal(decision, written)
            case None:
                raise NotRepresentableError(decision.span, f"decision `{name}` has no logic", "give it one")

    def _is_known(self, decision: Decision) -> bool:
        """Say whether everything that a decision requires has a counterpart."""
        inputs, decisions = self.model.inputs_by_id, self.model.decisions_by_id
        names = [inputs[key].variable.name for key in decision.required_inputs]
        names += [decisions[key].variable.name for key in decision.required_decisions]
        known = {name.partition(".")[0] for name in self.domains}
        return known.issuperset(names)

    def _literal(self, decision: Decision, written: Written) -> None:
        name = decision.variable.name
        assert written.expression is not None
        value = constant(written.expression)
        if value is not None:
            self.domains[name] = Constant(value[0])
        elif points := _points(written.expression):
            self._score(decision, written, points)
        elif decision.variable.type.kind in (Kind.BOOLEAN, Kind.ANY):
            self._definition(decision, written)
        else:
            hint = "write it as a decision table; booleans, sums of points and fixed values can be imported"
            raise NotRepresentableError(written.span, f"decision `{name}` computes its result", hint)

    def _definition(self, decision: Decision, written: Written) -> None:
        """Make a boolean decision a definition if it stands on findings alone; else it is read where it is used."""
        condition = self.conditions.expression(written)
        name = None
        if self._stands_on_findings(decision) and condition not in (ALWAYS, NEVER):
            name = self.slugs.of(decision.variable.name, "definition")
            self.definitions[name] = condition
        self.domains[decision.variable.name] = Holds(decision, name)

    def _stands_on_findings(self, decision: Decision) -> bool:
        domains = [
            self.domains.get(self.model.decisions_by_id[key].variable.name) for key in decision.required_decisions
        ]
        return all((isinstance(one, Holds) and one.named is not None) or isinstance(one, Constant) for one in domains)

    def _score(self, decision: Decision, written: Written, points: list[tuple[Expression, int]]) -> None:
        name = self.slugs.of(decision.variable.name, "score")
        parts = [(Written(written.text, when, written.span), worth) for when, worth in points]
        entries: list[Data] = [{"when": self.conditions.expression(when), "points": worth} for when, worth in parts]
        self.decisions.append(
            {"id": name, "question": f"What is {decision.variable.name}?", "score": {"points": entries}}
        )
        low, high = (Fraction(sum(end(0, worth) for _, worth in points)) for end in (min, max))
        self.domains[decision.variable.name] = Total(name, low, high)

    # ------------------------------------------------------------ documents

    def documents(self) -> Documents:
        """Return the documents."""
        title = self.model.name or "Imported decision model"
        identity = slug(title)
        identity = identity if identity[:1].isalpha() else f"model_{identity}".strip("_")
        file = PurePosixPath(self.model.file).name
        self._keep_unread_booleans()
        parameters: dict[str, Data] = {
            name: {"value": render(number), "cite": SOURCE, "evidence": "not_found"}
            for name, number in sorted(self.conditions.parameters.items())
        }
        vocabulary: dict[str, Data] = {
            "schema": "redflag/vocabulary/1",
            "id": identity,
            "version": "1.0.0",
            "title": f"Inputs and results of {title}",
            "findings": self.findings,
            "scales": self.scales,
            "outputs": self.outputs,
        }
        guideline: dict[str, Data] = {
            "schema": "redflag/guideline/1",
            "id": identity,
            "version": "1.0.0",
            "title": title,
            "publisher": "not stated",
            "published": PUBLISHED,
            "status": "draft",
            "intended_use": "authoring, validation and review of rules; not for patient care",
            "vocabulary": identity,
            "cite": [SOURCE],
            "covers": list(self.outputs),
            "scope": ALWAYS,
            "parameters": parameters,
            "definitions": self.definitions,
            "decisions": self.decisions,
            "note": f"imported from {file}, DMN {self.model.version}; the date of publication is not known",
        }
        source: dict[str, Data] = {
            "type": "dataset",
            "title": title,
            "read": "table",
            "note": f"decision model {file}, namespace {self.model.namespace}",
        }
        sources: dict[str, Data] = {"schema": "redflag/sources/1", "sources": {SOURCE: source}}
        return Documents(vocabulary, guideline, sources)

    def _keep_unread_booleans(self) -> None:
        """Give boolean decisions that no table reads an output, so that what the model decides is not lost."""
        read = {key for decision in self.model.decisions for key in decision.required_decisions}
        for decision in self.model.ordered:
            domain = self.domains.get(decision.variable.name)
            if decision.id in read or not isinstance(domain, Holds):
                continue
            assert isinstance(decision.logic, Written)
            name = self.slugs.of(f"{decision.variable.name} result", "output")
            self.scales[f"{name}_values"] = {"levels": ["is_false", "is_true"]}
            self.outputs[name] = {"scale": f"{name}_values", "label": decision.variable.name}
            self.decisions.append(self._boolean_table(decision, domain, name))

    def _boolean_table(self, decision: Decision, domain: Holds, name: str) -> Data:
        evidence: Data = [{"cite": SOURCE, "row": f"line {decision.span.line}", "status": "not_found"}]
        rows: list[Data] = []
        for value, word in ((True, "is_true"), (False, "is_false")):
            rule = f"{name}-{word}"
            title = f"{decision.variable.name} is {feel_text(value)}"
            when = self.conditions.truth(domain, value)
            rows.append({"id": rule, "title": title, "when": when, "then": {name: word}, "evidence": evidence})
        return {
            "id": self.slugs.of(f"{name} table", "decision"),
            "question": f"What is {decision.variable.name}?",
            "hit_policy": "UNIQUE",
            "rules": rows,
        }


def _points(node: Expression) -> list[tuple[Expression, int]] | None:
    """Return the points of `sum([if a then 1 else 0, ...])`, nothing for any other expression."""
    match node:
        case Call(function="sum", arguments=(ListOf(items=items),)) if items:
            points = [_point(item) for item in items]
            return [one for one in points if one is not None] if None not in points else None
        case _:
            return None


def _point(item: Expression) -> tuple[Expression, int] | None:
    match item:
        case If(condition=condition, then=then, otherwise=Literal(value=Decimal() as rest)) if rest == 0:
            value = constant(then) if isinstance(then, Literal | Negation) else None
            worth = value[0] if value else None
            if isinstance(worth, Decimal) and worth == worth.to_integral_value():
                return condition, int(worth)
    return None
