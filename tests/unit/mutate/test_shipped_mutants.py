"""The mutants of the shipped guidelines: distinct, in their places, and what their text says."""

import re
from dataclasses import replace
from functools import cache

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.mutant import Mutant, Operator, RuleDropped, ThenChanged
from redflag_kit.mutate.mutants import mutants
from tests.shipped import editions
from tests.unit.mutate.splicing import spliced, text_at

# COST: a mutant takes 2 ms to compile and 10 ms to read as a file; every so manieth, of every guideline another part.
COMPILED, READ = 29, 97


@cache
def shipped() -> tuple[tuple[Guideline, tuple[Mutant, ...]], ...]:
    return tuple((one, mutants(one)) for one in editions().values())


def digest(guideline: Guideline) -> str:
    return compile_guideline(guideline).digest


def test_no_mutant_has_the_compiled_form_of_the_guideline_or_of_another_mutant() -> None:
    for start, (guideline, made) in enumerate(shipped()):
        assert len({one.id for one in made}) == len(made)
        digests = [digest(apply(guideline, one.edit)) for one in made[start % COMPILED :: COMPILED]]
        assert len({digest(guideline), *digests}) == len(digests) + 1


def test_every_place_holds_the_original_text() -> None:
    for _, made in shipped():
        for one in made:
            there = text_at(one.span)
            # an `otherwise` rule may leave `when: always` out, and an alias stands for text elsewhere
            assert "*" in there or words(one.original) <= {*words(there), "when", "always"}, one.id


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w.]+", text))


def test_a_file_with_the_replacement_in_it_has_the_compiled_form_of_the_mutant() -> None:
    for start, (guideline, made) in enumerate(shipped()):
        for one in [one for one in made if can_be_read(one, guideline)][start % READ :: READ]:
            found = spliced(guideline, one)
            assert isinstance(found, Guideline), (one.id, found)
            assert digest(found) == digest(as_read(apply(guideline, one.edit), found)), one.id


def can_be_read(mutant: Mutant, guideline: Guideline) -> bool:
    """Leave out what no author may write, and anchors, whose text other rules share."""
    if mutant.operator is Operator.OUTCOME_DROPPED and mutant.replacement == "silent":
        return False
    if isinstance(mutant.edit, RuleDropped):
        return False
    if isinstance(mutant.edit, ThenChanged):
        rule = next(one for one in guideline.rules() if one.id == mutant.rule)
        return "&" not in text_at(rule.places.whole)
    return mutant.operator is not Operator.POINTS_LOWERED or mutant.replacement != ""


def as_read(mutant: Guideline, found: Guideline) -> Guideline:
    """Return a mutant with the outputs that its decisions have when read: an output nobody writes is none."""
    pairs = zip(mutant.decisions, found.decisions, strict=True)
    return replace(mutant, decisions=tuple(replace(one, outputs=other.outputs) for one, other in pairs))


def test_mutants_stand_in_file_order_the_vocabulary_last() -> None:
    for guideline, made in shipped():
        places = [(one.span.file != guideline.path, one.span.line, one.span.column) for one in made]
        assert places == sorted(places)
        assert {one.span.file for one in made} <= {guideline.path, guideline.vocabulary.path}
