"""A guideline made ready for its mutants and vignettes: every threshold that any of them reads is cut."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from redflag_kit.compile.compiler import compile_guideline, input_of
from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.compile.prepared import Prepared, prepare
from redflag_kit.compile.table import Compiled, number_of
from redflag_kit.evaluate.engine import cuts_of
from redflag_kit.evaluate.frozen import read_by_rules
from redflag_kit.model.condition import Condition, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.mutate.mutant import AssumeChanged, Mutant, PartsReplaced
from redflag_kit.observe.leaves import Expressions, Leaves


@dataclass(frozen=True)
class Run:
    """A guideline with the atoms of a run; `read` are the findings that it or some mutant reads."""

    ready: Prepared
    leaves: Leaves
    read: frozenset[str]


def run_of(guideline: Guideline, mutants: Iterable[Mutant], cases: Iterable[Iterable[Stated]]) -> Run:
    """Return a guideline ready for some mutants and cases."""
    mutants = tuple(mutants)
    expressions = Expressions(guideline)
    entries = expressions.entries(new for one in mutants for new in _conditions(one))
    compiled = widened(compile_guideline(guideline), guideline, [entry.finding for entry in entries])
    cuts = (*entries, *(cut for one in mutants for cut in _assumed(compiled, one)), *cuts_of(compiled, cases))
    ready = prepare(guideline, compiled, dict.fromkeys(cuts))
    read = frozenset(read_by_rules(compiled)) | {entry.finding for entry in entries}
    return Run(ready, Leaves(expressions, ready.atoms), read)


def widened(compiled: Compiled, guideline: Guideline, findings: Iterable[str]) -> Compiled:
    """Return a guideline that also has some findings as inputs, which it does not read, after its own."""
    more = {name: input_of(guideline.vocabulary, name) for name in findings if name not in compiled.inputs}
    if not more:
        return compiled
    inputs = {**compiled.inputs, **more}
    return replace(compiled, inputs=inputs, assume=assumed_values(guideline, inputs))


def assumed_values(guideline: Guideline, inputs: Iterable[str]) -> dict[str, Value]:
    """Return the values taken for findings of which nothing is known, in the order in which they are taken."""
    policy, known = guideline.assume, set(inputs)
    return {name: policy[name].value for name in guideline.vocabulary.findings if name in policy and name in known}


def _conditions(mutant: Mutant) -> Iterator[Condition]:
    if isinstance(mutant.edit, PartsReplaced):
        yield from (part.new for part in mutant.edit.parts)


def _assumed(compiled: Compiled, mutant: Mutant) -> Iterator[InputEntry]:
    """Yield the cut that a newly assumed number needs to be told from its neighbours."""
    edit = mutant.edit
    if not isinstance(edit, AssumeChanged) or edit.assume is None:
        return
    one = compiled.inputs.get(edit.finding)
    if one is not None and one.grid is not None:
        number = number_of(edit.assume.value)
        yield InputEntry(edit.finding, intervals=(Interval(number, number),))
