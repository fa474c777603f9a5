"""Inputs that are read but never change an outcome.

Claim: reported exactly if no two legal patients in scope differ in this input alone and get different values: of any
output of the decision that reads it, or (`detail["everywhere"]`) of any covered output. An input that the scope reads
decides who is in scope, so it is never said to matter nowhere.
Not covered: inputs that constraints tie to others so closely that they never change alone.
Needs quantification, which only diagrams have.
"""

from collections.abc import Iterable, Iterator

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject, all_rows
from redflag_kit.compile.expression import inputs_of
from redflag_kit.compile.table import Table
from redflag_kit.diagnostics import codes
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.semantics.hit_policies import aspects


def irrelevant(subject: Subject[BddRegion], diagrams: Diagrams) -> Iterator[Fault]:
    """Yield one fault per input without influence, and per decision on which an input has none.

    `others` are the rules that read it, left out where a score does.
    """
    compiled = subject.compiled
    reads = {table.decision: _reads(table) for table in subject.tables}
    scored = [name for total in compiled.sums for when, _ in total.points for name in inputs_of(when)]
    in_scope = inputs_of(compiled.scope)
    useless: set[str] = set()
    for name in dict.fromkeys((*scored, *(name for names in reads.values() for name in names))):
        subject.deadline.check("findings that never matter")
        if name not in in_scope and not influences(subject, diagrams, name, compiled.covers):
            useless.add(name)
            reader = next((decision for decision, names in reads.items() if name in names), "")
            readers = readers_of(name, subject.tables) if name not in scored else ()
            yield Fault(codes.RF310, reader, (), others=readers, names=(name,), detail={"everywhere": True})
    for table in subject.tables:
        for name in reads[table.decision]:
            if name not in useless and not influences(subject, diagrams, name, table.outputs):
                readers = readers_of(name, [table])
                yield Fault(codes.RF310, table.decision, (), None, None, readers, (name,), {"everywhere": False})


def _reads(table: Table) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in all_rows(table) for name in inputs_of(row.when)))


def readers_of(name: str, tables: Iterable[Table]) -> tuple[str, ...]:
    """Return the rules that read an input."""
    return tuple(row.rule for table in tables for row in all_rows(table) if name in inputs_of(row.when))


def influences(subject: Subject[BddRegion], diagrams: Diagrams, name: str, outputs: Iterable[str]) -> bool:
    """Say whether two patients who differ in the input alone get different values of some output."""
    for output in outputs:
        for aspect in aspects(subject.compiled.outputs[output]):
            for region in subject.values[aspect].values():
                # Who can get the value by a change of the input alone, and belongs to the care without having it.
                if not ((diagrams.exists(region, (name,)) & subject.care) - region).is_empty():
                    return True
    return False
