"""Build guidelines: documents into the model, every name checked, decisions in the order they read each other.

One subject, one walk over one document: the parts of a guideline (parameters, definitions, scores, rules, exceptions)
need each other's names, so they are read by one builder in a fixed order.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, did_you_mean, quoted
from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.model.condition import OutputTest, ScoreTest, tests
from redflag_kit.model.evidence import Assumption, Source
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule, Superseded, Waiver
from redflag_kit.model.vocabulary import Assume, Output, Vocabulary
from redflag_kit.source.conditions import read_condition, size
from redflag_kit.source.constraints import read_constraints
from redflag_kit.source.definitions import note_unused, read_definitions
from redflag_kit.source.documents import AssumeDoc, DecisionDoc, GuidelineDoc
from redflag_kit.source.findings import read_assume
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, key_span_at, node_at, span_at
from redflag_kit.source.ordering import cycle_in, in_order
from redflag_kit.source.outputs import read_outputs, read_scales
from redflag_kit.source.parameters import check_unique, read_parameters
from redflag_kit.source.rules import RuleReader, silent_rule
from redflag_kit.source.scores import read_scores
from redflag_kit.source.supersession import check_life
from redflag_kit.source.waivers import read_waivers
from redflag_kit.terms.version import Version, parse_version


def build_guideline(
    doc: GuidelineDoc, node: Node, vocabulary: Vocabulary, sources: dict[str, Source], path: str, faults: Faults
) -> Guideline | None:
    """Return the guideline, or None after noting every fault that keeps it from having a meaning."""
    return _Builder(doc, node, vocabulary, sources, path, faults).build()


class _Builder:
    """Reads one guideline document, part after part; every part notes its own faults."""

    def __init__(
        self,
        doc: GuidelineDoc,
        node: Node,
        vocabulary: Vocabulary,
        sources: dict[str, Source],
        path: str,
        faults: Faults,
    ) -> None:
        self.doc = doc
        self.node = node
        self.vocabulary = vocabulary
        self.sources = sources
        self.path = path
        self.faults = faults
        self.names = Names(
            findings=vocabulary.findings,
            parameters={},
            definitions={name: one.when for name, one in vocabulary.derived.items()},
            sizes={name: size(one.when) for name, one in vocabulary.derived.items()},
        )

    def build(self) -> Guideline | None:
        doc, node, faults = self.doc, self.node, self.faults
        version = self.header()
        for position, key in enumerate(doc.cite):
            faults.cite(key, span_at(node, ("cite", position)), self.sources)
        for position, key in enumerate(doc.scope_cite):
            faults.cite(key, span_at(node, ("scope_cite", position)), self.sources)
        self.names.parameters = read_parameters(doc.parameters, node, self.sources, faults, self.names)
        outputs = self.outputs()
        self.names.outputs = outputs
        self.names.uncovered = frozenset(self.vocabulary.outputs.keys() - outputs.keys())
        assumptions = self.assumptions()
        assume = self.assume()
        definitions = read_definitions(doc.definitions, node, self.names, faults)
        scope = read_condition(node_at(node, ("scope",)), self.names, faults)
        if scope is not None and any(isinstance(t, OutputTest | ScoreTest) for t in tests(scope)):
            faults.add(
                span_at(node, ("scope",)), codes.RF124, "the scope reads the result of a decision", "use findings only"
            )
        known = self.vocabulary.constraints
        constraints = read_constraints(doc.constraints, node, self.names, self.sources, faults, known)
        check_unique([d.id for d in doc.decisions], node, ("decisions",), "decision", faults, key="id")
        scores = read_scores(doc, node, self.names, faults)
        rules = RuleReader(node, self.vocabulary, self.sources, doc.assumptions, outputs, self.names, faults)
        decisions = self.decisions(rules)
        waivers = self.waivers(decisions)
        if version is None or scope is None or faults.has_error:
            return None
        self.unused(outputs, decisions, assumptions)
        return Guideline(
            id=doc.id,
            version=version,
            title=doc.title,
            publisher=doc.publisher,
            published=doc.published,
            status=doc.status,
            intended_use=doc.intended_use,
            vocabulary=self.vocabulary,
            cite=tuple(doc.cite),
            covers=tuple(doc.covers),
            outputs=outputs,
            scope=scope,
            parameters=dict(self.names.parameters),
            definitions=definitions,
            assumptions=assumptions,
            assume=assume,
            constraints=constraints,
            scores=scores,
            decisions=decisions,
            sources=self.sources,
            path=self.path,
            span=span_at(node, ("id",)),
            versioning=doc.versioning,
            waivers=waivers,
            supersedes=tuple(
                Superseded(name, span_at(node, ("supersedes", position)))
                for position, name in enumerate(doc.supersedes)
            ),
            withdrawn=doc.withdrawn or "",
            own_policies=tuple(doc.on_unknown),
            policies_span=span_at(node, ("on_unknown",)) if doc.on_unknown else NOWHERE,
        )

    def header(self) -> Version | None:
        doc, node, faults = self.doc, self.node, self.faults
        faults.word(doc.id, span_at(node, ("id",)), "a guideline")
        version = parse_version(doc.version)
        if version is None:
            hint = "write three numbers, such as 2011.0.0"
            faults.add(span_at(node, ("version",)), codes.RF117, f"{quoted(doc.version)} is not a version", hint)
        check_life(doc, node, faults)
        if not doc.decisions:
            faults.add(
                span_at(node, ("decisions",)), codes.RF139, "the guideline has no decision", "add at least one decision"
            )
        if not doc.covers and not doc.outputs:
            hint = "list the outputs it speaks about"
            faults.add(span_at(node, ("covers",)), codes.RF139, "the guideline covers no output", hint)
            self.names.failed |= self.vocabulary.outputs.keys()
        return version

    def outputs(self) -> dict[str, Output]:
        """Return the covered outputs of the vocabulary and the guideline's own."""
        doc, node, faults = self.doc, self.node, self.faults
        known = self.vocabulary.outputs
        check_unique(doc.covers, node, ("covers",), "output", faults)
        covered = {}
        for position, name in enumerate(doc.covers):
            if name in known:
                covered[name] = known[name]
            elif name not in doc.outputs:
                hint = did_you_mean(name, known) or f"the vocabulary has {', '.join(known)}"
                faults.add(
                    span_at(node, ("covers", position)), codes.RF108, f"no output is called {quoted(name)}", hint
                )
        vocabulary_scales = {o.scale.id: o.scale for o in known.values() if o.scale}
        scales = {**vocabulary_scales, **read_scales(doc.scales, node, faults)}
        own = read_outputs(doc.outputs, scales, doc.scales, node, faults)
        self.names.failed |= (doc.outputs.keys() - own.keys()) | (set(doc.covers) - known.keys() - own.keys())
        for name, output in own.items():
            if name in known or name in self.vocabulary.findings:
                faults.add(
                    output.span,
                    codes.RF127,
                    f"{quoted(name)} is in the vocabulary already",
                    "give the output another name",
                )
        return {**own, **covered}

    def assumptions(self) -> dict[str, Assumption]:
        found = {}
        for name, one in self.doc.assumptions.items():
            at: Path = ("assumptions", name)
            span = key_span_at(self.node, at)
            self.faults.rule_id(name, span, "an assumption")
            self.faults.cite(one.cite, span_at(self.node, (*at, "cite")), self.sources)
            found[name] = Assumption(name, one.text, one.evidence, one.cite, span)
        return found

    def assume(self) -> dict[str, Assume]:
        """Return the policy for unknown findings: the vocabulary's, with this guideline's changes."""
        policy = {name: f.assume for name, f in self.vocabulary.findings.items() if f.assume}
        for name, one in self.doc.on_unknown.items():
            at: Path = ("on_unknown", name)
            finding = self.vocabulary.findings.get(name)
            if finding is None:
                hint = did_you_mean(name, self.vocabulary.findings) or "declare it in the vocabulary"
                self.faults.add(key_span_at(self.node, at), codes.RF107, f"no finding is called {quoted(name)}", hint)
            elif isinstance(one, AssumeDoc):
                found = read_assume(finding, one, self.node, at, self.sources, self.faults)
                if found:
                    policy[name] = found
            else:
                policy.pop(name, None)
        return {name: policy[name] for name in self.vocabulary.findings if name in policy}

    def decisions(self, rules: RuleReader) -> tuple[Decision, ...]:
        """Return the decision tables, each after those whose results it reads."""
        found: dict[str, Decision] = {}
        writer: dict[str, str] = {}
        for position, one in enumerate(self.doc.decisions):
            if one.score is not None:
                continue
            at: Path = ("decisions", position)
            self.faults.word(one.id, span_at(self.node, (*at, "id")), "a decision")
            decision = self.decision(one, at, rules)
            for output in decision.outputs:
                if output in writer:
                    message = f"the output {quoted(output)} is written by the decision {quoted(writer[output])} already"
                    note = Note(found[writer[output]].span, "the other decision")
                    self.faults.add(decision.span, codes.RF131, message, "let one decision write it", (note,))
                writer.setdefault(output, decision.id)
            found[decision.id] = decision
        needs = {name: self.needed(decision, writer, rules.whens) for name, decision in found.items()}
        circle = cycle_in(needs)
        if circle:
            message = f"decisions need each other's results in a circle: {' -> '.join(circle)}"
            self.faults.add(found[circle[0]].span, codes.RF129, message, "let one of them stand on findings alone")
            return tuple(found.values())
        return tuple(found[name] for name in in_order(needs))

    def waivers(self, decisions: Iterable[Decision]) -> tuple[Waiver, ...]:
        """Return what is waived for the whole guideline, then what each decision waives."""
        rules = {one.id: [rule.id for rule in one.running()] for one in decisions}
        known = [rule for names in rules.values() for rule in names]
        findings = self.vocabulary.findings
        found = read_waivers(self.doc.waive, self.node, (), "", known, findings, self.faults)
        for position, one in enumerate(self.doc.decisions):
            if one.score is None:
                at: Path = ("decisions", position)
                found += read_waivers(one.waive, self.node, at, one.id, rules.get(one.id, ()), findings, self.faults)
        return found

    def needed(self, decision: Decision, writer: Mapping[str, str], whens: Mapping[str, Span]) -> frozenset[str]:
        read = {
            test.output: whens[rule.id]
            for rule in decision.running()
            if rule.id in whens
            for test in tests(rule.when)
            if isinstance(test, OutputTest)
        }
        for output, span in read.items():
            # A fault in the decision that should write it is told there.
            if output not in writer and not self.faults.has_error:
                message = f"a condition reads {quoted(output)}, which no decision of this guideline writes"
                self.faults.add(span, codes.RF138, message, "write it in an earlier decision")
        return frozenset(writer[output] for output in read if output in writer)

    def decision(self, doc: DecisionDoc, at: Path, reader: RuleReader) -> Decision:
        span = span_at(self.node, (*at, "id"))
        if doc.hit_policy is None:
            message = f"`hit_policy` is missing in the decision {quoted(doc.id)}"
            self.faults.add(span, codes.RF101, message, "write UNIQUE, ANY, PRIORITY, FIRST or COLLECT")
        policy = HitPolicy(doc.hit_policy or "COLLECT")
        if not doc.rules:
            self.faults.add(span, codes.RF139, f"the decision {quoted(doc.id)} has no rule", "add at least one rule")
        rules: list[Rule] = []
        inert: list[Rule] = []
        for index, one in enumerate(doc.rules):
            rule = reader.rule(one, (*at, "rules", index), is_otherwise=False)
            (inert if one.inert is not None else rules).append(rule)
        otherwise = self.otherwise(doc, at, reader)
        written = list(dict.fromkeys(a.output for rule in (*rules, *(otherwise or ())) for a in rule.then))
        for index, name in enumerate(doc.outputs):
            if name not in reader.outputs:
                reader.unknown_output(name, span_at(self.node, (*at, "outputs", index)))
        ordered = tuple(dict.fromkeys([*(n for n in doc.outputs if n in reader.outputs), *written]))
        if policy is HitPolicy.PRIORITY and any(reader.outputs[name].scale is None for name in ordered):
            message = "`PRIORITY` needs ordered outputs, and this decision writes a set"
            self.faults.add(span, codes.RF134, message, "use COLLECT, or move the set to a decision of its own")
        self.exceptions(doc, at, rules)
        policy_span = span_at(self.node, (*at, "hit_policy"))
        return Decision(doc.id, doc.question, policy, tuple(rules), otherwise, tuple(inert), ordered, span, policy_span)

    def otherwise(self, doc: DecisionDoc, at: Path, reader: RuleReader) -> tuple[Rule, ...] | None:
        place: Path = (*at, "otherwise")
        if doc.otherwise is None:
            return None
        if doc.otherwise == "silent":
            return (silent_rule(doc, span_at(self.node, place)),)
        if not doc.otherwise:
            hint = "write `otherwise: silent`, or leave it out if no gap is possible"
            self.faults.add(span_at(self.node, place), codes.RF139, "`otherwise` lists no rule", hint)
        return tuple(reader.rule(one, (*place, index), is_otherwise=True) for index, one in enumerate(doc.otherwise))

    def exceptions(self, doc: DecisionDoc, at: Path, rules: list[Rule]) -> None:
        """Check that exceptions name rules of this decision and form no circle."""
        known = {rule.id for rule in rules}
        for index, one in enumerate(doc.rules):
            for key, named in (("unless", one.unless), ("overrides", one.overrides)):
                for position, name in enumerate(named):
                    if name not in known:
                        hint = (
                            did_you_mean(name, known)
                            or "exceptions name rules of the same decision that are neither inert nor under `otherwise`"
                        )
                        span = span_at(self.node, (*at, "rules", index, key, position))
                        self.faults.add(span, codes.RF112, f"no rule of this decision is called {quoted(name)}", hint)
        needs = {
            rule.id: (frozenset(rule.unless) | {r.id for r in rules if rule.id in r.overrides}) & known
            for rule in rules
        }
        circle = cycle_in(needs)
        if circle:
            span = next(rule.span for rule in rules if rule.id == circle[0])
            message = f"exceptions form a circle: {' -> '.join(circle)}"
            self.faults.add(span, codes.RF130, message, "a rule cannot depend on its own exception")

    def unused(
        self, outputs: Mapping[str, Output], decisions: Iterable[Decision], assumptions: Mapping[str, Assumption]
    ) -> None:
        """Note what is declared and never used, and parameters that are twins."""
        faults, names = self.faults, self.names
        decisions = tuple(decisions)
        written = {name for decision in decisions for name in decision.outputs}
        for position, name in enumerate(self.doc.covers):
            if name in outputs and not _answered(name, outputs, written):
                faults.add(
                    span_at(self.node, ("covers", position)),
                    codes.RF153,
                    f"no rule writes the covered output {quoted(name)}",
                    "write it, or leave it out of `covers:`",
                )
        note_unused(self.doc.definitions, self.node, names, faults)
        named = {a for d in decisions for rule in (*d.rules, *d.inert, *(d.otherwise or ())) for a in rule.assumptions}
        for name in (one for one in assumptions if one not in named):
            faults.add(
                assumptions[name].span,
                codes.RF154,
                f"no rule names the assumption {quoted(name)}",
                "name it on the rules that rest on it, or delete it",
            )
        by_value: dict[tuple[object, str], str] = {}
        for name, parameter in names.parameters.items():
            twin = by_value.setdefault((parameter.value, parameter.unit), name)
            if twin != name and names.parameters[twin].cite != parameter.cite:
                message = f"{quoted(name)} has the same value as {quoted(twin)} but another source"
                faults.add(
                    parameter.span,
                    codes.RF155,
                    message,
                    "check that both are meant; changing one will not change the other",
                )


def _answered(name: str, outputs: Mapping[str, Output], written: AbstractSet[str]) -> bool:
    """Return whether rules write an output, or one of the outputs that entail it (`satisfied_by`)."""
    reached, seen = [name], {name}
    while reached:
        output = reached.pop()
        if output in written:
            return True
        members = [one for one in outputs[output].satisfied_by if one in outputs and one not in seen]
        seen.update(members)
        reached.extend(members)
    return False
