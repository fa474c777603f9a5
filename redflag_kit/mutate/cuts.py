"""Cuts: where mutants tell numbers apart that their guideline does not."""

from collections.abc import Iterable, Iterator

from redflag_kit.compile.compiler import compile_condition
from redflag_kit.compile.expression import InputEntry, entries
from redflag_kit.model.condition import Condition, NumberTest, tests
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.mutant import Mutant, PartsReplaced


def cuts(guideline: Guideline, mutants: Iterable[Mutant]) -> tuple[InputEntry, ...]:
    """Return the tests whose thresholds the atoms of a run must be cut at for its mutants, each once."""
    found: dict[InputEntry, None] = {}
    for mutant in mutants:
        if isinstance(mutant.edit, PartsReplaced):
            for test in _new_tests(mutant.edit):
                found |= dict.fromkeys(entries(compile_condition(guideline, test)))
    return tuple(found)


def _new_tests(edit: PartsReplaced) -> Iterator[NumberTest]:
    """Yield the number tests of a fault that the guideline does not have."""
    for part in edit.parts:
        if isinstance(part.new, NumberTest):
            yield part.new
        else:
            known = _numbers(part.old)
            yield from (test for key, test in _numbers(part.new).items() if key not in known)


def _numbers(condition: Condition) -> dict[int, NumberTest]:
    return {id(test): test for test in tests(condition) if isinstance(test, NumberTest)}
