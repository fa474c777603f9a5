"""The mutants of the shipped guidelines, as the engine compiles them."""

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.mutants import mutants
from tests.shipped import editions


def test_no_mutant_has_the_compiled_form_of_the_guideline_or_of_another_mutant():
    # COST: compiling every mutant takes 5 s; every fifth, another part of each guideline, tells as much
    for start, guideline in enumerate(editions().values()):
        made = mutants(guideline)
        assert len({one.id for one in made}) == len(made)
        digests = [compile_guideline(apply(guideline, one.edit)).digest for one in made[start % 5 :: 5]]
        assert len({compile_guideline(guideline).digest, *digests}) == len(digests) + 1
