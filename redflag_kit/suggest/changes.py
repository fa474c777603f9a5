"""What changed since another edition, as goals: classes of patients in which no vignette lies.

Claim: the classes, and the vignettes in them, are those of the comparison (`diff.changes`, `diff.vignettes`). The
vocabulary has to have everything that the other edition reads.
Not covered: what is newly decided or undecided where findings are not assessed, and patients whom one edition alone
allows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.prepared import Prepared
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diff.changes import Change, changes
from redflag_kit.diff.pair import Edition, Pair, clashing_outputs
from redflag_kit.diff.present import aspect_label, aspect_words, class_id, rule_ref, shown_value
from redflag_kit.diff.reference import seen, unconfirmed
from redflag_kit.diff.vignettes import inside, place, vignette_cuts
from redflag_kit.evaluate.engine import Engine, engine_over
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Finding
from redflag_kit.mutate.deciding.prepared import widened
from redflag_kit.results.suggest import CHANGES, Noticed
from redflag_kit.semantics.regions import meaning


@dataclass(frozen=True)
class Since:
    """A guideline, ready for drafts, beside another edition; `classes`: each class of changed patients by its id."""

    engine: Engine
    pair: Pair[BddRegion]
    classes: dict[str, Change[BddRegion]]

    def unshown(self, vignettes: Iterable[Vignette]) -> dict[str, Change[BddRegion]]:
        """Return the classes in which none of the vignettes lies with all its completions."""
        within = inside(self.pair, place(self.pair, vignettes), self.classes.values())
        return {name: one for name, one in self.classes.items() if not within[one.key]}

    def fault(self, name: str, patient: Mapping[str, Value]) -> Diagnostic | None:
        """Return our own fault if the literal interpreter does not see a class in one of its patients."""
        return unconfirmed(self.pair, self.classes[name], seen(self.pair, patient))

    def noticed(self, name: str) -> Noticed:
        """Return a class as something to show, with the rule that decides now, or the one that did."""
        change, old, new = self.classes[name], self.pair.old.guideline, self.pair.new.guideline
        output = self.pair.outputs[change.aspect[0]]
        values = (shown_value(change, value) for value in (change.old_value, change.new_value))
        before, after = (aspect_words(output, value) for value in values)
        rule = rule_ref(new, change.new_rule) if change.new_rule else rule_ref(old, change.old_rule)
        by = dict.fromkeys(one for one in (change.old_rule, change.new_rule) if one)
        who = f" ({' → '.join(by)})" if by else ""
        sentence = f"{aspect_label(output, change.aspect[1])}: {before} → {after}{who}"
        return Noticed(name, CHANGES, sentence, rule.id, rule.file or new.path, rule.line or new.span.line)


def not_readable(old: Guideline, new: Guideline) -> tuple[str, ...]:
    """Return the findings and outputs of an edition that a guideline's vocabulary does not have, or has otherwise."""
    before, after = old.vocabulary.findings, new.vocabulary.findings
    findings = (
        name for name in compile_guideline(old).inputs if name not in after or not _alike(before[name], after[name])
    )
    return (*findings, *clashing_outputs(old, new))


def _alike(one: Finding, other: Finding) -> bool:
    """Say whether two findings have the same values."""
    return (one.words, one.grid, one.unit) == (other.words, other.grid, other.unit)


def since(old: Guideline, new: Guideline, vignettes: Iterable[Vignette]) -> Since:
    """Return a guideline beside another edition of which everything is readable; every vignette asked may be given.

    Raises BudgetExceeded if the two do not fit into diagrams.
    """
    before = compile_guideline(old)
    after = widened(compile_guideline(new), new, before.inputs)
    atoms = cut((after, before), vignette_cuts(old, new, vignettes))
    ready = engine_over(Prepared(new, after, atoms))
    other = Edition(old, before, meaning(before, atoms, ready.diagrams))
    pair = Pair(other, Edition(new, after, ready.meaning), atoms, ready.diagrams)
    return Since(ready, pair, dict(_named(changes(pair))))


def _named(found: Iterable[Change[BddRegion]]) -> Iterator[tuple[str, Change[BddRegion]]]:
    for one in found:
        old_value, new_value = (shown_value(one, value) for value in (one.old_value, one.new_value))
        yield class_id(one, old_value, new_value), one
