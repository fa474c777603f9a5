"""Boundaries: at each threshold, vignettes on either side of it and one step beyond.

Definition: a threshold lies between two neighbouring numbers of a finding, the last below it and the first above it.
Both are to be tried, and the next one on each side that some test accepts. A number is tried by a vignette that leaves
the finding no other value, and for every completion of which some value that it looks at would be another if the number
lay on the other side of the threshold. A number for which nobody's outcome would be another is impossible; numbers that
the finding does not have do not occur.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.edges import SCOPE, Threshold, thresholds
from redflag_kit.coverage.item import item
from redflag_kit.coverage.shown import Shown
from redflag_kit.coverage.views import Values, Views
from redflag_kit.diagnostics.span import Span
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.results.coverage import BOUNDARIES, CoverageItem
from redflag_kit.terms.quantity import render
from redflag_kit.wording.findings import number_words


def boundaries(engine: Engine, found: Views, vignettes: Sequence[Shown]) -> Iterator[Aim]:
    """Yield one item per threshold and number. The engine must tell each of the numbers from its neighbours."""
    for threshold in thresholds(engine.guideline):
        for value in threshold.values:
            turns = _Turns(engine, threshold, value)
            patients = turns.patients(found.seen(found.outcomes()))
            why = "nobody's outcome turns on it" if patients.is_empty() else ""
            by = "" if why else next((one.name for one in vignettes if turns.shown_by(one, found)), "")
            yield Aim(_item(engine, threshold, value, by, why), patients)


class _Turns:
    """A number at a threshold: for whom an aspect would have another value if it lay on the other side."""

    def __init__(self, engine: Engine, threshold: Threshold, value: Fraction) -> None:
        self.engine = engine
        self.finding = threshold.finding
        self.atoms = tuple(engine.atoms.atom_of(self.finding, one) for one in (value, threshold.across(value)))
        self.here = engine.diagrams.literal(self.finding, 1 << self.atoms[0])
        self._known: dict[Values, BddRegion] = {}

    def turning(self, table: Values) -> BddRegion:
        """Return who would have another value of an aspect, whatever their number is now."""
        if table not in self._known:
            diagrams, (here, across) = self.engine.diagrams, self.atoms
            self._known[table] = disjunction(
                diagrams,
                (
                    diagrams.restrict(region, self.finding, here) ^ diagrams.restrict(region, self.finding, across)
                    for region in table.regions
                ),
            )
        return self._known[table]

    def patients(self, tables: Sequence[Values]) -> BddRegion:
        """Return every patient with this number who has an outcome that turns on the threshold."""
        turning = disjunction(self.engine.diagrams, map(self.turning, tables))
        return self.engine.meaning.legal & self.here & turning

    def shown_by(self, one: Shown, found: Views) -> bool:
        """Say whether a vignette has this number, and for every completion something it looks at turns on it."""
        if not (one.region - self.here).is_empty():
            return False
        left = one.region
        for table in found.seen(one.looks):
            left -= self.turning(table)
            if left.is_empty():
                return True
        return False


def _item(engine: Engine, threshold: Threshold, value: Fraction, by: str, why: str) -> CoverageItem:
    finding = engine.guideline.vocabulary.findings[threshold.finding]
    limits = [f"at most {number_words(threshold.last, finding.unit)}"] if threshold.ends else []
    limits += [f"at least {number_words(threshold.first, finding.unit)}"] if threshold.begins else []
    named = f" ({', '.join(threshold.parameters)})" if threshold.parameters else ""
    text = f"{finding.label} {number_words(value, finding.unit)}, limit: {' or '.join(limits)}{named}"
    rules = tuple(user for user in threshold.users if user in engine.by_id)
    name = f"{finding.id} {render(threshold.last)}|{render(threshold.first)}: {render(value)}"
    return item(name, BOUNDARIES, by, text, why, _place(engine, threshold), rules=rules, finding=finding.id)


def _place(engine: Engine, threshold: Threshold) -> Span:
    """Return where a limit is written: its parameter, else the first rule, score or scope that tests it."""
    guideline = engine.guideline
    for name in threshold.parameters:
        return (guideline.parameters.get(name) or guideline.vocabulary.parameters[name]).span
    places = {score.id: score.span for score in guideline.scores} | {rule.id: rule.span for rule in engine.rules}
    return next((places[user] for user in threshold.users if user != SCOPE), guideline.span)
