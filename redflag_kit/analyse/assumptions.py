"""What a guideline's assumptions hide, in words and as results: the default audit and the must-assess list."""

from collections.abc import Iterator
from dataclasses import dataclass

from redflag_kit.analyse.assumed import Assumed, assumed
from redflag_kit.analyse.audit_witness import Readings, Shown, shown
from redflag_kit.analyse.default_audit import NEVER, TOGETHER, Audit, Hidden, audit
from redflag_kit.analyse.guideline import patient_words
from redflag_kit.analyse.must_assess import HidingSets, hiding_cases, hiding_sets, must_assess
from redflag_kit.compile.prepared import Prepared
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.evaluate.outcome import possible_words
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import NO_DEADLINE, Budget, Deadline, nodes_within
from redflag_kit.logic.cover import Column, cover
from redflag_kit.results.audit import AuditWitness, DefaultAudit, HiddenOutcome, MustAssess
from redflag_kit.results.region import Cube, Region
from redflag_kit.semantics.cases import Possible
from redflag_kit.wording.cases import entry_values, patient_json
from redflag_kit.wording.findings import bare_value, entry_phrase, value_phrase
from redflag_kit.wording.regions import alternatives

MAX_CUBES = 8
NOT_ASSESSED = "not assessed"
RULE = "rule "
YES, NO = "can apply", "cannot apply"


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The audit of a guideline: an entry per assumption, what must be assessed, and what is worth telling."""

    audits: tuple[DefaultAudit, ...]
    must_assess: MustAssess
    diagnostics: tuple[Diagnostic, ...]


def audit_assumptions(
    ready: Prepared, nodes: int = Budget().nodes, deadline: Deadline = NO_DEADLINE
) -> Assumptions | None:
    """Return the audit of a guideline; nothing where it assumes nothing.

    Raises BudgetExceeded: what is hidden needs quantification, so there is no other engine to ask.
    """
    if not ready.compiled.assume:
        return None
    world = assumed(ready, nodes_within(nodes, deadline), deadline)
    hiding = hiding_cases(world)
    sets = hiding_sets(world, hiding)
    told = [_told(world, one) for one in audit(world, sets)]
    return Assumptions(
        audits=tuple(result for result, _ in told),
        must_assess=_must_assess(ready, must_assess(world, hiding), sets),
        diagnostics=tuple(diagnostic for _, diagnostics in told for diagnostic in diagnostics),
    )


def hidden_outcomes(
    ready: Prepared, nodes: int = Budget().nodes, deadline: Deadline = NO_DEADLINE
) -> dict[tuple[str, str], str]:
    """Return what each assumption hides, by finding and output, in words that name no edition."""
    found = audit_assumptions(ready, nodes, deadline)
    said = {}
    for one in found.audits if found else ():
        phrase = value_phrase(
            ready.guideline.vocabulary.findings[one.finding], ready.guideline.assume[one.finding].value
        )
        others = ", together with other assumptions," if one.hides == TOGETHER else ""
        for output in one.outputs:
            said[one.finding, output.output] = (
                f"where nothing is known, {phrase} is assumed{others} and can hide a more urgent outcome"
                f" ({output.label}): {output.region.text}"
            )
    return said


def _must_assess(ready: Prepared, names: tuple[str, ...], sets: HidingSets) -> MustAssess:
    questions = tuple(ready.guideline.vocabulary.findings[name].ask for name in names)
    return MustAssess(ready.guideline.name, names, questions, True, sets.sets, sets.complete)


def _told(world: Assumed, one: Audit) -> tuple[DefaultAudit, tuple[Diagnostic, ...]]:
    """Return an entry of the audit and what is to be told of it."""
    ready = world.ready
    guideline = ready.guideline
    finding, policy = guideline.vocabulary.findings[one.finding], guideline.assume[one.finding]
    readings = Readings(world.ready.guideline)
    witnesses = [shown(world, hidden, readings) for hidden in one.hidden]
    outputs = tuple(
        _outcome(world, one.finding, hidden, witness) for hidden, witness in zip(one.hidden, witnesses, strict=True)
    )
    result = DefaultAudit(
        guideline=guideline.name,
        finding=one.finding,
        label=finding.label,
        value=bare_value(finding, policy.value),
        reason=policy.reason,
        evidence=policy.evidence,
        file=policy.span.file,
        line=policy.span.line,
        hides=one.hides,
        outputs=outputs,
    )
    if one.hides == NEVER:
        return result, ()
    if any(witness.confirmed is False for witness in witnesses):
        message = f"the reference evaluator does not confirm what assuming {quoted(one.finding)} hides"
        return result, (Diagnostic(policy.span, codes.RF902, message, "please report this as a fault of redflag-kit"),)
    return result, (_diagnostic(ready, result),)


def _diagnostic(ready: Prepared, audit: DefaultAudit) -> Diagnostic:
    guideline = ready.guideline
    policy = guideline.assume[audit.finding]
    first = audit.outputs[0]
    phrase = value_phrase(guideline.vocabulary.findings[audit.finding], policy.value)
    others = ", together with other assumptions," if audit.hides == TOGETHER else ""
    more = f" and {len(audit.outputs) - 1} more" if len(audit.outputs) > 1 else ""
    message = (
        f"where nothing is known, {guideline.name} assumes {phrase}{others} and can hide a more urgent outcome"
        f" ({first.label}{more})"
    )
    witness: dict[str, object] | None = None
    if first.witness:
        then = f"{first.label}: {first.assumed_text}; without the assumption {first.unassumed_text}"
        witness = {"case": first.witness.case, "text": f"{first.witness.text} ({then})"}
    hint = f"assess {quoted(audit.finding)} first, or declare `on_unknown: ask`"
    return Diagnostic(
        policy.span, codes.RF330, message, hint, findings=(audit.finding,), witness=witness, where=first.region.text
    )


def _outcome(world: Assumed, name: str, hidden: Hidden, witness: Shown) -> HiddenOutcome:
    output = world.ready.guideline.outputs[hidden.output]
    return HiddenOutcome(
        output=hidden.output,
        label=output.label,
        assumed=witness.assumed,
        unassumed=witness.unassumed,
        assumed_text=possible_words(output, Possible(witness.assumed)),
        unassumed_text=possible_words(output, Possible(witness.unassumed)),
        region=_region(world, name, hidden),
        witness=None if witness.confirmed is None else _witness(world.ready, witness),
    )


def _witness(ready: Prepared, witness: Shown) -> AuditWitness:
    findings = ready.guideline.vocabulary.findings
    known = patient_words(ready, dict(witness.known))
    missing = ", ".join(f"{findings[name].label} {NOT_ASSESSED}" for name in findings if name in witness.unknown)
    return AuditWitness(patient_json(witness.known, findings), witness.unknown, f"{known}; {missing}")


def _region(world: Assumed, name: str, hidden: Hidden) -> Region:
    """Return the cases for which something is hidden, in all of which the finding is not assessed, to be read."""
    # What comes last is kept longest: rules, then findings, which tell any case from all others.
    scope = world.cases_with((), world.meaning.scope)
    columns = [*_finding_columns(world), *_rule_columns(world, hidden.output)]
    found = cover(world.diagrams, hidden.region, scope & world.unknown(name), columns, MAX_CUBES)
    cubes = tuple(_cube(world.ready, dict(one.literals)) for one in found.cubes)
    text = alternatives(cube.words for cube in cubes)
    return Region(text if found.exact else f"{text}; and more", cubes, found.exact)


def _finding_columns(world: Assumed) -> Iterator[Column[BddRegion]]:
    """Yield the findings with their atoms, and with not being assessed as one more value."""
    for axis in world.ready.atoms.space.axes:
        unknown = world.unknown(axis.name) if axis.name in world.flagged else world.diagrams.empty
        values = [(str(atom), world.diagrams.literal(axis.name, 1 << atom) - unknown) for atom in axis.calm]
        yield Column(axis.name, (*values, (NOT_ASSESSED, unknown)))


def _rule_columns(world: Assumed, output: str) -> Iterator[Column[BddRegion]]:
    """Yield the rules behind an output: whether each can apply with the assumptions made."""
    for rule in _rules_behind(world.ready, output):
        can = world.cases_firing(rule)
        yield Column(f"{RULE}{rule}", ((NO, ~can), (YES, can)))


def _rules_behind(ready: Prepared, output: str) -> list[str]:
    """Return the rules that write an output, one that satisfies it, or one it satisfies."""
    outputs = ready.compiled.outputs
    pairs = [(name, member) for name, one in outputs.items() for member in one.satisfied_by]
    names: set[str] = set()
    fresh = {output}
    while fresh:
        names |= fresh
        fresh = {name for pair in pairs if fresh & set(pair) for name in pair} - names
    rows = (row for table in ready.compiled.tables for row in (*table.rows, *(table.otherwise or ())))
    return [row.rule for row in rows if any(row.writes(name) for name in names)]


def _rules_words(rules: list[str], answer: str) -> str:
    if len(rules) == 1:
        return f"{rules[0]} {answer}"
    return f"{' and '.join(rules)} {YES}" if answer == YES else f"none of {', '.join(rules)} {YES}"


def _cube(ready: Prepared, chosen: dict[str, tuple[str, ...]]) -> Cube:
    findings = ready.guideline.vocabulary.findings
    data: list[tuple[str, tuple[str, ...]]] = []
    words = []
    for answer in (YES, NO):
        rules = [name.removeprefix(RULE) for name in chosen if name.startswith(RULE) and chosen[name] == (answer,)]
        data += [(f"{RULE}{rule}", (answer,)) for rule in rules]
        words += [_rules_words(rules, answer)] if rules else []
    for name in (name for name in findings if name in chosen):
        mask = sum(1 << int(value) for value in chosen[name] if value != NOT_ASSESSED)
        entry = ready.atoms.entry(name, mask)
        missing = NOT_ASSESSED in chosen[name]
        phrases = [entry_phrase(findings[name], entry)] if mask else []
        data.append((name, (*entry_values(findings[name], entry), *([NOT_ASSESSED] if missing else []))))
        words.append(" or ".join([*phrases, *([f"{findings[name].label} {NOT_ASSESSED}"] if missing else [])]))
    return Cube(tuple(data), tuple(words))
