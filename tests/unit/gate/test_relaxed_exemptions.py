"""Newly exempted mutants ask for a signature; what was exempted of the edition before does not."""

from redflag_kit.mutate.mutants import mutants
from tests.story.project import GUIDELINE, edited, library, throat
from tests.unit.gate.sides import items, sentences

BEFORE = throat()
MUTANTS = "guidelines/throat/mutants.yaml"
ONE = """\
schema: redflag/mutants/1
guideline: throat@1.0.0
exempt:
  - {id: a-fault, reason: nobody is ever so old}
"""
TWO = ONE + "  - {id: another, reason: made up}\n"
SAID = "throat@1.0.0 exempts a mutant from being noticed: `a-fault`, because nobody is ever so old"


def asked(old, new):
    return [one for one in items(old, new) if one.kind == "safeguard-relaxed"]


def test_a_new_exemption_asks_for_a_signature():
    (found,) = asked(BEFORE, {**BEFORE, MUTANTS: ONE})
    assert (found.sentence, found.guideline, found.state) == (SAID, "throat", "open")


def test_a_second_exemption_asks_for_itself_alone():
    found = sentences(asked({**BEFORE, MUTANTS: ONE}, {**BEFORE, MUTANTS: TWO}))
    assert found == ["throat@1.0.0 exempts a mutant from being noticed: `another`, because made up"]


def test_a_reason_that_is_reworded_and_an_exemption_that_goes_ask_for_nothing():
    with_one = {**BEFORE, MUTANTS: ONE}
    assert asked(with_one, edited(with_one, MUTANTS, ("nobody is ever so old", "nobody lives so long"))) == []
    assert asked(with_one, BEFORE) == []


def test_the_signature_is_bound_to_the_mutant_and_not_to_the_reason():
    (first,) = asked(BEFORE, {**BEFORE, MUTANTS: ONE})
    (second,) = asked(BEFORE, {**BEFORE, MUTANTS: ONE.replace("nobody is ever so old", "made up")})
    (third,) = asked(BEFORE, {**BEFORE, MUTANTS: ONE.replace("a-fault", "another")})
    assert first.fingerprint == second.fingerprint != third.fingerprint


def test_an_exemption_carried_on_to_the_edition_that_takes_its_place_asks_for_nothing():
    old = {**BEFORE, MUTANTS: ONE}
    new = edited(old, GUIDELINE, ("version: 1.0.0", "version: 1.0.1")) | {MUTANTS: ONE.replace("1.0.0", "1.0.1")}
    assert asked(old, new) == []


def test_the_same_id_of_a_fault_that_is_another_one_now_asks_again():
    changed = edited(BEFORE, GUIDELINE, ("value: 39.0 Cel", "value: 39.5 Cel"))
    was, now = ({one.id: one.edit for one in mutants(library(f).guidelines[0])} for f in (BEFORE, changed))
    same = next(name for name in was if name in now and was[name] == now[name])
    other = next(name for name in was if name in now and was[name] != now[name])
    exempting = {MUTANTS: ONE.replace("a-fault", f'"{same}"') + f'  - {{id: "{other}", reason: made up}}\n'}
    found = sentences(asked({**BEFORE, **exempting}, {**changed, **exempting}))
    assert found == [f"throat@1.0.0 exempts a mutant from being noticed: `{other}`, because made up"]


def test_a_mutant_that_does_something_else_has_another_signature():
    changed = edited(BEFORE, GUIDELINE, ("value: 39.0 Cel", "value: 39.5 Cel"))
    name = next(
        one.id
        for one, two in zip(*(mutants(library(f).guidelines[0]) for f in (BEFORE, changed)), strict=False)
        if one.id == two.id and one.edit != two.edit
    )
    exempting = {MUTANTS: ONE.replace("a-fault", f'"{name}"')}
    (first,) = asked(BEFORE, {**BEFORE, **exempting})
    (second,) = asked(changed, {**changed, **exempting})
    assert first.fingerprint != second.fingerprint
