"""The changed area of generated editions is what reading every patient one by one says."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from redflag_kit.diff.area import area, most_read, readable
from redflag_kit.diff.changes import changes
from redflag_kit.diff.direction import kind_and_direction
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.pair import clashing_findings, clashing_outputs, pair
from redflag_kit.diff.reference import aspect_value, constraints_hold, reading_of
from redflag_kit.model.condition import Value
from redflag_kit.results.diff import DIRECTIONS
from tests.property import reference
from tests.property.editions import Pair, editions
from tests.property.effort import examples


@examples(40)
@given(editions(), st.data())
def test_cells_are_what_reading_every_patient_says(made: Pair, data: st.DataObject) -> None:
    assume(not clashing_findings(made.old, made.new) and not clashing_outputs(made.old, made.new))
    both = pair(made.old, made.new)
    read = readable(both)
    assume(len(read) > 1)
    rows, columns = data.draw(st.permutations(read))[:2]
    found = area(both, tuple(changes(both)), rows, columns, chosen=True)

    def atom(name: str, patient: dict[str, Value]) -> int:
        return both.atoms.atom_of(name, patient[name])

    covered = [a for a in both.aspects() if all(a[0] in e.guideline.covers for e in (both.old, both.new))]
    seen: dict[tuple[int, int], dict[tuple[int, ...], set[str]]] = {}
    domains = {name: reference.values_of(finding) for name, finding in both.findings.items()}
    for name, one in both.atoms.inputs.items():  # the wider domain of the two editions
        domains[name] = tuple(map(one.grid.at, range(one.grid.size))) if one.grid else one.words
    for values in product(*domains.values()):
        patient = dict(zip(domains, values, strict=True))
        if not all(constraints_hold(edition, patient) for edition in (both.old, both.new)):
            continue
        old, new = reading_of(both.old, patient), reading_of(both.new, patient)
        moved = {a: (aspect_value(old, a), aspect_value(new, a)) for a in covered}
        directions = {
            kind_and_direction(both.outputs[a[0]], before, after)[1]
            for a, (before, after) in moved.items()
            if before != after
        }
        here = seen.setdefault((atom(rows, patient), atom(columns, patient)), {})
        here.setdefault(tuple(atom(name, patient) for name in read), set()).update(directions)
    for row, cells in enumerate(found.cells):
        for column, cell in enumerate(cells):
            combinations = seen.get((row, column), {})
            present = set().union(*combinations.values())
            worst = next((d for d in DIRECTIONS if d in present), "same" if combinations else "impossible")
            changed = sum(map(bool, combinations.values()))
            assert cell.direction == worst
            assert cell.share == (str(Fraction(changed, len(combinations))) if combinations else "0")


@examples(40)
@given(editions())
def test_only_findings_that_rules_read_are_chosen(made: Pair) -> None:
    assume(not clashing_findings(made.old, made.new) and not clashing_outputs(made.old, made.new))
    both = pair(made.old, made.new)
    chosen = most_read(both, tuple(changes(both)), Alignment({}, {}))
    assert set(chosen) <= set(readable(both))
    assert len(set(chosen)) == len(chosen)
