"""Read rules: the condition, what it recommends, and on what it rests."""

from collections.abc import Collection
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Always, Condition
from redflag_kit.model.evidence import Evidence, Source
from redflag_kit.model.guideline import Assignment, Rule, RulePlaces
from redflag_kit.model.vocabulary import Output, Vocabulary
from redflag_kit.source.conditions import read_condition
from redflag_kit.source.documents import DecisionDoc, RuleDoc
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Mapping, Node, Path, entry_span, key_span_at, node_at, span_at


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads the rules of one guideline, whose ids are unique among all its decisions."""

    node: Node
    vocabulary: Vocabulary
    sources: MappingOf[str, Source]
    assumptions: Collection[str]
    outputs: MappingOf[str, Output]
    names: Names
    faults: Faults
    whens: dict[str, Span] = field(default_factory=dict)
    """Where the condition of each rule stands."""
    _seen: dict[str, Span] = field(default_factory=dict)

    def rule(self, doc: RuleDoc, at: Path, is_otherwise: bool) -> Rule:
        """Return the rule at a place of the document; what cannot be read is left out and noted."""
        faults = self.faults
        span = span_at(self.node, (*at, "id"))
        faults.rule_id(doc.id, span, "a rule")
        faults.not_scope(doc.id, span)
        if doc.id in self._seen:
            note = Note(self._seen[doc.id], "first given here")
            faults.add(span, codes.RF106, f"the rule {quoted(doc.id)} is given twice", "rename or remove one", (note,))
        self._seen.setdefault(doc.id, span)
        when = self._condition(doc, at, span, is_otherwise)
        if is_otherwise and (doc.unless or doc.overrides):
            message = f"the `otherwise` rule {quoted(doc.id)} cannot take part in exceptions"
            faults.add(span, codes.RF112, message, "order the `otherwise` rules instead")
        self._check_support(doc, at, span)
        return Rule(
            id=doc.id,
            title=doc.title,
            when=when if when is not None else Always(),
            then=self._assignments(doc, at, is_otherwise),
            unless=tuple(doc.unless),
            overrides=tuple(doc.overrides),
            replaces=tuple(doc.replaces),
            evidence=tuple(Evidence(e.cite, e.row, e.status, e.strength, e.certainty, e.note) for e in doc.evidence),
            assumptions=tuple(doc.assumptions),
            claims=tuple(doc.claims),
            inert=doc.inert or "",
            note=doc.note,
            span=span,
            places=self._places(doc, at),
        )

    def _places(self, doc: RuleDoc, at: Path) -> RulePlaces:
        def each(key: str, names: list[str]) -> tuple[Span, ...]:
            return tuple(span_at(self.node, (*at, key, position)) for position in range(len(names)))

        then = span_at(self.node, (*at, "then"))
        return RulePlaces(span_at(self.node, at), then, each("unless", doc.unless), each("overrides", doc.overrides))

    def _condition(self, doc: RuleDoc, at: Path, span: Span, is_otherwise: bool) -> Condition | None:
        if doc.when is not None:
            when = read_condition(node_at(self.node, (*at, "when")), self.names, self.faults)
            self.whens.setdefault(doc.id, span_at(self.node, (*at, "when")))
            return when
        if not is_otherwise and doc.inert is None:
            message = f"`when` is missing in the rule {quoted(doc.id)}"
            self.faults.add(span, codes.RF101, message, "write a condition, or `always`")
        return Always()

    def _check_support(self, doc: RuleDoc, at: Path, span: Span) -> None:
        """Check the evidence and the assumptions of a rule."""
        if not doc.evidence:
            message = f"`evidence` is missing in the rule {quoted(doc.id)}"
            self.faults.add(span, codes.RF101, message, "cite a source and its row, with a status")
        for index, one in enumerate(doc.evidence):
            self.faults.cite(one.cite, span_at(self.node, (*at, "evidence", index, "cite")), self.sources)
        for index, name in enumerate(doc.assumptions):
            if name not in self.assumptions:
                hint = did_you_mean(name, self.assumptions) or "declare it under `assumptions:`"
                place = span_at(self.node, (*at, "assumptions", index))
                self.faults.add(place, codes.RF114, f"no assumption is called {quoted(name)}", hint)

    def _assignments(self, doc: RuleDoc, at: Path, is_otherwise: bool) -> tuple[Assignment, ...]:
        if doc.then is None or isinstance(doc.then, str) or doc.inert is not None:
            self._check_silence(doc, at, is_otherwise)
            return ()
        if not doc.then:
            message = f"the rule {quoted(doc.id)} recommends nothing"
            self.faults.add(span_at(self.node, (*at, "then")), codes.RF139, message, "name at least one output")
        found = []
        then = node_at(self.node, (*at, "then"))
        assert isinstance(then, Mapping)
        for name, given in doc.then.items():
            place: Path = (*at, "then", name)
            output = self.outputs.get(name)
            if output is None:
                self.unknown_output(name, key_span_at(self.node, place))
                continue
            values = [given] if isinstance(given, str) else given
            if self._fit(doc, output, name, values, span_at(self.node, place)):
                chosen = tuple(dict.fromkeys(values))
                key, value = then.by_key[name]
                found.append(Assignment(name, chosen, entry_span(key, value), value.span))
        return tuple(found)

    def _check_silence(self, doc: RuleDoc, at: Path, is_otherwise: bool) -> None:
        """Check that a rule that recommends nothing may do so: inert rules must, and those under `otherwise` may."""
        if doc.then is None:
            if doc.inert is None:
                message = f"`then` is missing in the rule {quoted(doc.id)}"
                self.faults.add(span_at(self.node, (*at, "id")), codes.RF101, message, "say what it recommends")
            return
        place = span_at(self.node, (*at, "then"))
        if doc.inert is not None:
            message = f"the inert rule {quoted(doc.id)} cannot recommend anything"
            self.faults.add(place, codes.RF102, message, "leave `then` out, or `inert`")
        elif not is_otherwise:
            hint = "only a rule under `otherwise` may be silent; use `overrides` to silence other rules"
            self.faults.add(place, codes.RF133, f"the rule {quoted(doc.id)} says nothing", hint)

    def _fit(self, doc: RuleDoc, output: Output, name: str, values: list[str], place: Span) -> bool:
        """Say whether values are some of an output's, one for a level; note what is wrong with them."""
        if output.scale and len(values) != 1:
            message = f"{quoted(name)} takes one level, not a list"
            self.faults.add(place, codes.RF103, message, "write one level")
            return False
        known = output.scale.levels if output.scale else output.elements
        wrong = [value for value in values if value not in known]
        for value in wrong:
            hint = did_you_mean(value, known) or f"known are {', '.join(known)}"
            message = f"{quoted(value)} is not a {'level' if output.scale else 'member'} of {quoted(name)}"
            self.faults.add(place, codes.RF110, message, hint)
        if not values:
            message = f"the rule {quoted(doc.id)} adds nothing to {quoted(name)}"
            self.faults.add(place, codes.RF139, message, "list at least one member")
        return bool(values) and not wrong

    def unknown_output(self, name: str, span: Span) -> None:
        """Note an output that is not covered, once."""
        if name in self.names.failed:
            return
        if name in self.vocabulary.outputs:
            message = f"the output {quoted(name)} is not among those this guideline covers"
            self.faults.add(span, codes.RF132, message, f"add {quoted(name)} to `covers:`")
            self.names.failed.add(name)
        else:
            hint = did_you_mean(name, self.outputs) or f"covered are {', '.join(self.outputs)}"
            self.faults.add(span, codes.RF108, f"no output is called {quoted(name)}", hint)


def silent_rule(doc: DecisionDoc, span: Span) -> Rule:
    """Return the rule that `otherwise: silent` stands for."""
    return Rule(f"{doc.id}.otherwise", "nothing is said", Always(), (), (), (), (), (), (), (), "", "", span)
