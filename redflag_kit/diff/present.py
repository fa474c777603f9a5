"""Turn change classes into results: words, rules, witness, fingerprint; every witness confirmed first."""

from collections.abc import Mapping

from redflag_kit.compile.digest import digest_of
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diff.changes import ANY_OUTPUT, IMPOSSIBLE, Change
from redflag_kit.diff.describe import Describer
from redflag_kit.diff.direction import kind_and_direction
from redflag_kit.diff.edits import Alignment, edit_of
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.diff.reference import Seen, unconfirmed
from redflag_kit.logic.algebra import R
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.model.vocabulary import Output
from redflag_kit.results.diff import ChangeClass, FiredRule, RuleRef, Witness
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.semantics.literal import OutputValue, Reading
from redflag_kit.terms.scale import Status
from redflag_kit.wording.cases import patient_json
from redflag_kit.wording.conditions import then_phrase, value_words
from redflag_kit.wording.evidence import shown_evidence
from redflag_kit.wording.findings import patient_phrases

NOT_LISTED = "not_listed"
NO_RULE = RuleRef("", "", "", 0, "", (), (), "")


def present(
    describer: Describer[R],
    alignment: Alignment,
    change: Change[R],
    fingerprint: str,
    vignettes: tuple[str, ...],
) -> tuple[ChangeClass | None, tuple[Diagnostic, ...]]:
    """Return a class as a result, or our own fault if its witness is not confirmed."""
    pair = describer.pair
    witness = describer.witness(change.region)
    fault = unconfirmed(pair, change, witness)
    if fault:
        return None, (fault,)
    old_value, new_value = shown_value(change, change.old_value), shown_value(change, change.new_value)
    kind, direction = kind_of(pair, change)
    output = pair.outputs.get(change.aspect[0])
    label = aspect_label(output, change.aspect[1])
    from_words, to_words = aspect_words(output, old_value), aspect_words(output, new_value)
    return ChangeClass(
        id=class_id(change, old_value, new_value, fingerprint),
        fingerprint=fingerprint,
        kind=kind,
        direction=direction,
        output=change.aspect[0],
        element=change.aspect[1],
        label=label,
        from_value=old_value,
        to_value=new_value,
        from_words=from_words,
        to_words=to_words,
        sentence=f"{label}: {from_words} → {to_words}",
        old_rule=rule_ref(pair.old.guideline, change.old_rule),
        new_rule=rule_ref(pair.new.guideline, change.new_rule),
        region=describer.change(change),
        edit=edit_of(describer, alignment, change.old_rule, change.new_rule),
        witness=_witness(pair, witness, change),
        vignettes=vignettes,
        hazards=(),
        signoff=None,
    ), ()


def kind_of(pair: Pair[R], change: Change[R]) -> tuple[str, str]:
    """Return the kind and direction of a class."""
    if change.aspect == ANY_OUTPUT:
        return ("constraint-added" if change.new_value == IMPOSSIBLE else "constraint-removed"), "constraint"
    return kind_and_direction(pair.outputs[change.aspect[0]], change.old_value, change.new_value)


def class_id(change: Change[R], old_value: str, new_value: str, fingerprint: str = "") -> str:
    """Return a short id that is stable as long as the class is: output, values and the start of the fingerprint.

    A class without a fingerprint is told from others by its rules.
    """
    name = ".".join(part for part in change.aspect if part).replace("*", "patients")
    mark = fingerprint or digest_of([change.old_rule, change.new_rule])
    return f"{name}-{old_value}-{new_value}-{mark.removeprefix('sha256:')[:8]}".replace("_", "-")


def shown_value(change: Change[R], value: str) -> str:
    """Return a value as reports show it: a member of a set that is not listed is not thereby a silent set."""
    return NOT_LISTED if change.aspect[1] and value == Status.SILENT.value else value


def aspect_label(output: Output | None, element: str) -> str:
    """Return the plain words for an output or a member of a set."""
    if output is None:
        return "possible patients"
    return f"{output.label}: {output.phrase(element)}" if element else output.label


def aspect_words(output: Output | None, value: str) -> str:
    """Return the plain words for a value of an aspect."""
    if value in (LISTED, NOT_LISTED):
        return value.replace("_", " ")
    return value_words(output, value)


def rule_ref(guideline: Guideline, rule_id: str | None) -> RuleRef:
    """Return a rule with where it is written and its evidence."""
    rule: Rule | None = next((r for r in guideline.rules() if r.id == rule_id), None)
    if rule is None:
        return NO_RULE
    return RuleRef(
        id=rule.id,
        title=rule.title,
        file=rule.span.file,
        line=rule.span.line,
        then=then_phrase(rule, guideline.outputs),
        evidence=tuple(shown_evidence(one, guideline.sources) for one in rule.evidence),
        assumptions=tuple((name, guideline.assumptions[name].text) for name in rule.assumptions),
        note=rule.note,
    )


def _witness(pair: Pair[R], witness: Seen, change: Change[R]) -> Witness:
    old_values, old_rules = _side(pair, pair.old, witness.old, change.old_rule)
    new_values, new_rules = _side(pair, pair.new, witness.new, change.new_rule)
    return Witness(
        case=patient_json(witness.patient, pair.findings),
        shown=unusual(pair, witness.patient),
        old=old_values,
        new=new_values,
        old_rules=old_rules,
        new_rules=new_rules,
    )


def _side(
    pair: Pair[R], edition: Edition[R], reading: Reading | None, decisive: str | None
) -> tuple[tuple[tuple[str, str], ...], tuple[FiredRule, ...]]:
    if reading is None:
        return (("*", IMPOSSIBLE),), ()
    values = tuple((name, _text(reading.values.get(name, Status.NOT_COVERED.value))) for name in pair.outputs)
    titles = {rule.id: rule.title for rule in edition.guideline.rules()}
    return values, tuple(FiredRule(rule, titles[rule], rule == decisive) for rule in reading.fired)


def _text(value: OutputValue) -> str:
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else value


def unusual(pair: Pair[R], patient: Mapping[str, Value]) -> tuple[str, ...]:
    """Return what is worth saying of a patient: the findings that are not at their ordinary value."""
    calm = {name: f.example if f.clean is None else f.clean for name, f in pair.findings.items()}
    return patient_phrases(pair.findings, patient, calm)
