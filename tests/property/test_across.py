"""Disagreements between two guidelines agree with going through every patient of both, one by one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.diff.across import compare_all
from redflag_kit.diff.deciding import deciding
from redflag_kit.diff.disagreements import hear, left_alone
from redflag_kit.diff.panel import Panel, Voice, comparable, covered_once
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Values
from redflag_kit.semantics.literal import Patient, read
from redflag_kit.terms.scale import STATUSES
from tests.property.claims import Reader
from tests.property.editions import Pair
from tests.property.effort import examples
from tests.property.generators import Chooser
from tests.property.test_properties_between import pair_with_one_vocabulary
from tests.unit.diff.listing import point_of


def two_guidelines(data: st.DataObject) -> Pair:
    found = pair_with_one_vocabulary(Chooser(data.draw))
    return replace(found, new=replace(found.new, id="others"))


class Both:
    """Two guidelines, every patient of both read word by word, with what the values entail."""

    def __init__(self, pair: Pair) -> None:
        self.readers = Reader(pair.old, Values.ENTAILED), Reader(pair.new, Values.ENTAILED)
        self.patients = [p for p in self.readers[0].legal if p in self.readers[1].legal]

    def of(self, patient: Patient, output: str) -> tuple[str, str]:
        one, two = (str(reader.of(patient)[output]) for reader in self.readers)
        return one, two


def voices(pair: Pair) -> tuple[Voice, Voice]:
    return Voice("one", (pair.old,)), Voice("two", (pair.new,))


def ordered(pair: Pair) -> frozenset[str]:
    return frozenset(output.id for output in comparable(*voices(pair)))


@examples(60)
@given(data=st.data())
def test_a_patient_is_in_a_group_exactly_if_both_give_a_level_and_the_levels_differ(data: st.DataObject) -> None:
    pair = two_guidelines(data)
    both, panel = Both(pair), Panel((pair.old, pair.new))
    speakers = panel.speaker(pair.old), panel.speaker(pair.new)
    for output in comparable(*voices(pair)):
        heard = hear(output, *speakers)
        alone = list(left_alone(output, *speakers))
        spoken = set()
        for patient in both.patients:
            values, point = both.of(patient, output.id), point_of(panel.atoms, patient)
            inside = [one.values for one in heard.groups if panel.algebra.contains(one.region, point)]
            silent = [value in STATUSES for value in values]
            differ = values[0] != values[1] and not any(silent)
            assert inside == ([values] if differ else [])
            spoken |= set() if any(silent) else {values}
            left = [one for one in alone if panel.algebra.contains(one.region, point)]
            assert bool(left) == (silent in ([True, False], [False, True]))
            for one in left:
                assert (values[one.speaker] in one.levels, values[1 - one.speaker]) == (True, one.status)
                assert output.scale is not None
                assert (one.advises == "against") == (values[one.speaker] == output.scale.against)
        assert heard.both_speak == bool(spoken)
        assert len(heard.groups) == len([two for two in spoken if two[0] != two[1]])


@examples(40)
@given(data=st.data())
def test_every_patient_of_a_group_has_their_level_from_a_deciding_rule_and_each_decides_for_somebody(
    data: st.DataObject,
) -> None:
    pair = two_guidelines(data)
    both, panel = Both(pair), Panel((pair.old, pair.new))
    speakers = panel.speaker(pair.old), panel.speaker(pair.new)
    for output in comparable(*voices(pair)):
        for group in hear(output, *speakers).groups:
            members = [p for p in both.patients if both.of(p, output.id) == group.values]
            for side, guideline in enumerate((pair.old, pair.new)):
                found = deciding(speakers[side], output.id, group.values[side], group.region)
                for patient in members:
                    assert any(decides(guideline, patient, one.rule, one.output, group.values[side]) for one in found)
                for one in found:
                    assert any(decides(guideline, p, one.rule, one.output, group.values[side]) for p in members)


def decides(guideline: Guideline, patient: Patient, rule: str, output: str, level: str) -> bool:
    """Say whether a rule fires and the output has the level that it writes, as written."""
    reading = read(guideline, patient)
    return rule in reading.fired and reading.values[output] == level


@examples(40)
@given(data=st.data())
def test_groups_are_told_exactly_with_confirmed_patients_and_counted_per_output(data: st.DataObject) -> None:
    pair = two_guidelines(data)
    found = compare_all(voices(pair), ordered(pair))
    assert (found.faults, found.undecided) == ((), ())
    both = Both(pair)
    (result,) = found.pairs
    for cell in result.cells:
        values = {both.of(patient, cell.output) for patient in both.patients}
        levels = {two for two in values if not set(two) & set(STATUSES)}
        assert cell.groups == len([two for two in levels if two[0] != two[1]])
        assert cell.state == ("disagree" if cell.groups else "agree" if levels else "never_both")
        assert cell.groups == sum(cell.output in group.outputs for group in result.groups)
    for group in result.groups:
        assert group.region.exact
        assert all((group.witness.a[o], group.witness.b[o]) == (group.a_value, group.b_value) for o in group.outputs)
        assert group.a_rules
        assert group.b_rules
    assert all(one.region.exact for one in result.left_alone)
    gravities = [(("against", "urgency", "lateral").index(group.kind), -group.steps) for group in result.groups]
    assert gravities == sorted(gravities)
    once = {output.label for output in covered_once(*voices(pair))}
    assert {label for labels in result.covered_once.values() for label in labels} <= once
