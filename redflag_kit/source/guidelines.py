"""Build guidelines: documents into the model, every name checked, decisions in the order they read each other.

One subject, one walk over one document: the parts of a guideline (parameters, definitions, scores, rules, exceptions)
need each other's names, so they are read by one builder in a fixed order.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Always, Condition, OutputTest, ScoreTest, tests
from redflag_kit.model.evidence import Assumption, Evidence, Source
from redflag_kit.model.guideline import Assignment, Decision, Guideline, HitPolicy, Points, Rule, Score, Waiver
from redflag_kit.model.vocabulary import Assume, Output, Vocabulary
from redflag_kit.source.conditions import read_condition, size
from redflag_kit.source.constraints import read_constraints
from redflag_kit.source.definitions import note_unused, read_definitions
from redflag_kit.source.documents import AssumeDoc, DecisionDoc, GuidelineDoc, RuleDoc, ScoreDoc
from redflag_kit.source.findings import read_assume
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, key_span_at, node_at, span_at
from redflag_kit.source.ordering import cycle_in, in_order
from redflag_kit.source.outputs import read_outputs, read_scales
from redflag_kit.source.parameters import check_unique, read_parameters
from redflag_kit.source.waivers import read_waivers
from redflag_kit.terms.version import Version, parse_version

MAX_REACH = 10_000
_SUM = re.compile(r" *-?[0-9]{1,9} *")


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
        self.whens: dict[str, Span] = {}

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
        scores = self.scores()
        decisions = self.decisions(outputs)
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
        )

    def header(self) -> Version | None:
        doc, node, faults = self.doc, self.node, self.faults
        faults.word(doc.id, span_at(node, ("id",)), "a guideline")
        version = parse_version(doc.version)
        if version is None:
            hint = "write three numbers, such as 2011.0.0"
            faults.add(span_at(node, ("version",)), codes.RF117, f"{quoted(doc.version)} is not a version", hint)
        if not _is_date(doc.published):
            hint = "write year-month-day, such as 2011-02-01"
            faults.add(span_at(node, ("published",)), codes.RF118, f"{quoted(doc.published)} is not a date", hint)
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

    def scores(self) -> tuple[Score, ...]:
        found: list[Score] = []
        for position, one in enumerate(self.doc.decisions):
            if one.score is None:
                continue
            at: Path = ("decisions", position)
            self.faults.word(one.id, span_at(self.node, (*at, "id")), "a score")
            if one.id in self.names.all():
                self.faults.add(
                    span_at(self.node, (*at, "id")),
                    codes.RF127,
                    f"{quoted(one.id)} stands for something else already",
                    "choose another name",
                )
            if one.hit_policy or one.rules or one.otherwise or one.outputs or one.waive:
                self.faults.add(
                    span_at(self.node, (*at, "id")),
                    codes.RF102,
                    f"the score {quoted(one.id)} takes no rules",
                    "write a decision of its own that reads the score",
                )
            score = self.score(one, one.score, at)
            if len(score.bands) < len(one.score.bands):
                self.names.failed.add(one.id)
            else:
                self.names.scores[one.id] = score.bands
            found.append(score)
        return tuple(found)

    def score(self, doc: DecisionDoc, score: ScoreDoc, at: Path) -> Score:
        points: list[Points] = []
        for index, one in enumerate(score.points):
            place: Path = (*at, "score", "points", index)
            when = read_condition(node_at(self.node, (*place, "when")), self.names, self.faults)
            if when is not None and any(isinstance(t, OutputTest | ScoreTest) for t in tests(when)):
                self.faults.add(
                    span_at(self.node, (*place, "when")),
                    codes.RF124,
                    "points depend on the result of a decision",
                    "use findings only",
                )
            elif when is not None:
                points.append(Points(when, one.points))
        if not score.points:
            self.faults.add(
                key_span_at(self.node, (*at, "score")), codes.RF139, "the score has no points", "add at least one line"
            )
        bands: list[tuple[str, int, int]] = []
        for name, text in score.bands.items():
            span = span_at(self.node, (*at, "score", "bands", name))
            self.faults.level(name, key_span_at(self.node, (*at, "score", "bands", name)), "a band")
            ends = str(text).split(" to ")
            if len(ends) > 2 or not all(map(_SUM.fullmatch, ends)) or int(ends[0]) > int(ends[-1]):
                self.faults.add(
                    span, codes.RF136, f"{quoted(str(text))} is not a band of sums", "write `0 to 3`, or one number"
                )
            else:
                bands.append((name, int(ends[0]), int(ends[-1])))
        span = span_at(self.node, (*at, "id"))
        reach = sum(abs(one.points) for one in score.points)
        if reach > MAX_REACH:
            message = f"the points of {quoted(doc.id)} add up to more than {MAX_REACH:,}"
            self.faults.add(span, codes.RF104, message, "use smaller points")
        elif bands and len(points) == len(score.points) and len(bands) == len(score.bands):
            self.check_bands(bands, points, span)
        return Score(doc.id, doc.question, tuple(points), tuple(bands), span)

    def check_bands(self, bands: list[tuple[str, int, int]], points: list[Points], span: Span) -> None:
        low = sum(min(0, p.points) for p in points)
        high = sum(max(0, p.points) for p in points)
        for total in range(low, high + 1):
            inside = [name for name, first, last in bands if first <= total <= last]
            if len(inside) != 1:
                said = f"in the bands {', '.join(inside)}" if inside else "in no band"
                self.faults.add(
                    span, codes.RF136, f"the sum {total} lies {said}", "every sum belongs to exactly one band"
                )
                return

    def decisions(self, outputs: Mapping[str, Output]) -> tuple[Decision, ...]:
        """Return the decision tables, each after those whose results it reads."""
        found: dict[str, Decision] = {}
        writer: dict[str, str] = {}
        seen_rules: dict[str, Span] = {}
        for position, one in enumerate(self.doc.decisions):
            if one.score is not None:
                continue
            at: Path = ("decisions", position)
            self.faults.word(one.id, span_at(self.node, (*at, "id")), "a decision")
            decision = self.decision(one, at, outputs, seen_rules)
            for output in decision.outputs:
                if output in writer:
                    message = f"the output {quoted(output)} is written by the decision {quoted(writer[output])} already"
                    note = Note(found[writer[output]].span, "the other decision")
                    self.faults.add(decision.span, codes.RF131, message, "let one decision write it", (note,))
                writer.setdefault(output, decision.id)
            found[decision.id] = decision
        needs = {name: self.needed(decision, writer) for name, decision in found.items()}
        circle = cycle_in(needs)
        if circle:
            message = f"decisions need each other's results in a circle: {' -> '.join(circle)}"
            self.faults.add(found[circle[0]].span, codes.RF129, message, "let one of them stand on findings alone")
            return tuple(found.values())
        return tuple(found[name] for name in in_order(needs))

    def waivers(self, decisions: Iterable[Decision]) -> tuple[Waiver, ...]:
        """Return what is waived for the whole guideline, then what each decision waives."""
        rules = {one.id: [rule.id for rule in (*one.rules, *(one.otherwise or ()))] for one in decisions}
        known = [rule for names in rules.values() for rule in names]
        findings = self.vocabulary.findings
        found = read_waivers(self.doc.waive, self.node, (), "", known, findings, self.faults)
        for position, one in enumerate(self.doc.decisions):
            if one.score is None:
                at: Path = ("decisions", position)
                found += read_waivers(one.waive, self.node, at, one.id, rules.get(one.id, ()), findings, self.faults)
        return found

    def needed(self, decision: Decision, writer: Mapping[str, str]) -> frozenset[str]:
        read = {
            test.output: self.whens[rule.id]
            for rule in (*decision.rules, *(decision.otherwise or ()))
            if rule.id in self.whens
            for test in tests(rule.when)
            if isinstance(test, OutputTest)
        }
        for output, span in read.items():
            # A fault in the decision that should write it is told there.
            if output not in writer and not self.faults.has_error:
                message = f"a condition reads {quoted(output)}, which no decision of this guideline writes"
                self.faults.add(span, codes.RF138, message, "write it in an earlier decision")
        return frozenset(writer[output] for output in read if output in writer)

    def decision(self, doc: DecisionDoc, at: Path, outputs: Mapping[str, Output], seen: dict[str, Span]) -> Decision:
        span = span_at(self.node, (*at, "id"))
        if doc.hit_policy is None:
            self.faults.add(
                span,
                codes.RF101,
                f"`hit_policy` is missing in the decision {quoted(doc.id)}",
                "write UNIQUE, ANY, PRIORITY, FIRST or COLLECT",
            )
        policy = HitPolicy(doc.hit_policy or "COLLECT")
        if not doc.rules:
            self.faults.add(span, codes.RF139, f"the decision {quoted(doc.id)} has no rule", "add at least one rule")
        rules: list[Rule] = []
        inert: list[Rule] = []
        for index, one in enumerate(doc.rules):
            rule = self.rule(one, (*at, "rules", index), outputs, seen, is_otherwise=False)
            (inert if one.inert is not None else rules).append(rule)
        otherwise: tuple[Rule, ...] | None = None
        if doc.otherwise == "silent":
            otherwise = (self.silent_rule(doc, span_at(self.node, (*at, "otherwise"))),)
        elif doc.otherwise is not None:
            otherwise = tuple(
                self.rule(one, (*at, "otherwise", index), outputs, seen, is_otherwise=True)
                for index, one in enumerate(doc.otherwise)
            )
            if not otherwise:
                place = span_at(self.node, (*at, "otherwise"))
                hint = "write `otherwise: silent`, or leave it out if no gap is possible"
                self.faults.add(place, codes.RF139, "`otherwise` lists no rule", hint)
        written = list(dict.fromkeys(a.output for rule in (*rules, *(otherwise or ())) for a in rule.then))
        for index, name in enumerate(doc.outputs):
            if name not in outputs:
                self.unknown_output(name, span_at(self.node, (*at, "outputs", index)), outputs)
        ordered = tuple(dict.fromkeys([*(n for n in doc.outputs if n in outputs), *written]))
        if policy is HitPolicy.PRIORITY and any(outputs[name].scale is None for name in ordered):
            self.faults.add(
                span,
                codes.RF134,
                "`PRIORITY` needs ordered outputs, and this decision writes a set",
                "use COLLECT, or move the set to a decision of its own",
            )
        self.exceptions(doc, at, rules)
        return Decision(doc.id, doc.question, policy, tuple(rules), otherwise, tuple(inert), ordered, span)

    def silent_rule(self, doc: DecisionDoc, span: Span) -> Rule:
        return Rule(f"{doc.id}.otherwise", "nothing is said", Always(), (), (), (), (), (), (), (), "", "", span)

    def rule(
        self, doc: RuleDoc, at: Path, outputs: Mapping[str, Output], seen: dict[str, Span], is_otherwise: bool
    ) -> Rule:
        faults, node = self.faults, self.node
        span = span_at(node, (*at, "id"))
        faults.rule_id(doc.id, span, "a rule")
        if doc.id in seen:
            note = Note(seen[doc.id], "first given here")
            faults.add(span, codes.RF106, f"the rule {quoted(doc.id)} is given twice", "rename or remove one", (note,))
        seen.setdefault(doc.id, span)
        when: Condition | None = Always()
        if doc.when is not None:
            when = read_condition(node_at(node, (*at, "when")), self.names, faults)
            self.whens.setdefault(doc.id, span_at(node, (*at, "when")))
        elif not is_otherwise and doc.inert is None:
            faults.add(
                span, codes.RF101, f"`when` is missing in the rule {quoted(doc.id)}", "write a condition, or `always`"
            )
        if is_otherwise and (doc.unless or doc.overrides):
            faults.add(
                span,
                codes.RF112,
                f"the `otherwise` rule {quoted(doc.id)} cannot take part in exceptions",
                "order the `otherwise` rules instead",
            )
        if not doc.evidence:
            faults.add(
                span,
                codes.RF101,
                f"`evidence` is missing in the rule {quoted(doc.id)}",
                "cite a source and its row, with a status",
            )
        for index, one in enumerate(doc.evidence):
            faults.cite(one.cite, span_at(node, (*at, "evidence", index, "cite")), self.sources)
        for index, name in enumerate(doc.assumptions):
            if name not in self.doc.assumptions:
                hint = did_you_mean(name, self.doc.assumptions) or "declare it under `assumptions:`"
                faults.add(
                    span_at(node, (*at, "assumptions", index)),
                    codes.RF114,
                    f"no assumption is called {quoted(name)}",
                    hint,
                )
        return Rule(
            id=doc.id,
            title=doc.title,
            when=when if when is not None else Always(),
            then=self.assignments(doc, at, outputs, is_otherwise),
            unless=tuple(doc.unless),
            overrides=tuple(doc.overrides),
            replaces=tuple(doc.replaces),
            evidence=tuple(Evidence(e.cite, e.row, e.status, e.strength, e.certainty, e.note) for e in doc.evidence),
            assumptions=tuple(doc.assumptions),
            claims=tuple(doc.claims),
            inert=doc.inert or "",
            note=doc.note,
            span=span,
        )

    def assignments(
        self, doc: RuleDoc, at: Path, outputs: Mapping[str, Output], is_otherwise: bool
    ) -> tuple[Assignment, ...]:
        faults, node = self.faults, self.node
        span = span_at(node, (*at, "id"))
        if doc.then is None:
            if doc.inert is None:
                faults.add(
                    span, codes.RF101, f"`then` is missing in the rule {quoted(doc.id)}", "say what it recommends"
                )
            return ()
        if doc.inert is not None:
            faults.add(
                span_at(node, (*at, "then")),
                codes.RF102,
                f"the inert rule {quoted(doc.id)} cannot recommend anything",
                "leave `then` out, or `inert`",
            )
            return ()
        if isinstance(doc.then, str):
            if not is_otherwise:
                faults.add(
                    span_at(node, (*at, "then")),
                    codes.RF133,
                    f"the rule {quoted(doc.id)} says nothing",
                    "only a rule under `otherwise` may be silent; use `overrides` to silence other rules",
                )
            return ()
        if not doc.then:
            faults.add(
                span_at(node, (*at, "then")),
                codes.RF139,
                f"the rule {quoted(doc.id)} recommends nothing",
                "name at least one output",
            )
        found: list[Assignment] = []
        for name, given in doc.then.items():
            place: Path = (*at, "then", name)
            output = outputs.get(name)
            if output is None:
                self.unknown_output(name, key_span_at(node, place), outputs)
                continue
            values = [given] if isinstance(given, str) else given
            if output.scale and len(values) != 1:
                faults.add(
                    span_at(node, place), codes.RF103, f"{quoted(name)} takes one level, not a list", "write one level"
                )
                continue
            known = output.scale.levels if output.scale else output.elements
            wrong = [value for value in values if value not in known]
            for value in wrong:
                hint = did_you_mean(value, known) or f"known are {', '.join(known)}"
                faults.add(
                    span_at(node, place),
                    codes.RF110,
                    f"{quoted(value)} is not a {'level' if output.scale else 'member'} of {quoted(name)}",
                    hint,
                )
            if not values:
                faults.add(
                    span_at(node, place),
                    codes.RF139,
                    f"the rule {quoted(doc.id)} adds nothing to {quoted(name)}",
                    "list at least one member",
                )
            elif not wrong:
                found.append(Assignment(name, tuple(dict.fromkeys(values))))
        return tuple(found)

    def unknown_output(self, name: str, span: Span, outputs: Mapping[str, Output]) -> None:
        if name in self.names.failed:
            return
        if name in self.vocabulary.outputs:
            message = f"the output {quoted(name)} is not among those this guideline covers"
            self.faults.add(span, codes.RF132, message, f"add {quoted(name)} to `covers:`")
            self.names.failed.add(name)
        else:
            hint = did_you_mean(name, outputs) or f"covered are {', '.join(outputs)}"
            self.faults.add(span, codes.RF108, f"no output is called {quoted(name)}", hint)

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
            if name in outputs and name not in written:
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


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
