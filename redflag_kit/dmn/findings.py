"""Analyse a DMN model: the faults of its decision tables, each at its rule and with values the reference confirms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from redflag_kit.analyse.answers import Analysed
from redflag_kit.analyse.engines import PRESENTED, Asked, analysed
from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.run import Wanted
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.table import number_of
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.dmn.advice import holds_as_written
from redflag_kit.dmn.confirm import confirms
from redflag_kit.dmn.domain import NotAnalysable, Piece, Run
from redflag_kit.dmn.feel.types import ANY
from redflag_kit.dmn.feel.values import Value, feel_text
from redflag_kit.dmn.lower import Lowered, default_name, lower
from redflag_kit.dmn.model import Decision, ItemDefinition, Model, NestedTable, Variable
from redflag_kit.dmn.results import entry_of, text_of
from redflag_kit.dmn.words import told
from redflag_kit.logic.budget import Budget, BudgetExceeded, Deadline
from redflag_kit.logic.space import Point
from redflag_kit.results.region import Cube, Region

RULES = "whether rules leave gaps, overlap or never decide"


@dataclass(frozen=True, slots=True)
class TableFault:
    """A fault of a decision table as it is shown. `values` of its witness are by path, as FEEL writes them."""

    decision: Decision
    fault: Fault
    rules: tuple[int, ...]
    others: tuple[int, ...]
    diagnostic: Diagnostic
    region: Region | None
    values: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Open:
    """A question about a decision table that was not decided, and why. `advice`: its answers are notes."""

    decision: Decision
    question: str
    established: str
    reason: str
    advice: bool = False


def analyse_model(model: Model, budget: Budget, deadline: Deadline) -> tuple[tuple[TableFault, ...], tuple[Open, ...]]:
    """Return the faults of every decision table of a model, in file order, and what was not decided.

    A table inside a part that is not evaluated as a whole is analysed for the values of its columns.
    """
    found: list[TableFault] = []
    left: dict[int, list[Open]] = {}
    # Small tables first, and each with an equal part of the time left, so that a hard one does not starve the others.
    tables = sorted(enumerate(tables_of(model)), key=lambda one: len(one[1].table.rules) if one[1].table else 0)
    for done, (place, decision) in enumerate(tables):
        for one in _analysed(model, decision, budget, deadline.part(1 / (len(tables) - done))):
            if isinstance(one, Open):
                left.setdefault(place, []).append(one)
            else:
                found.append(one)
    ordered = tuple(sorted(found, key=lambda one: one.diagnostic.sort_key))
    return ordered, tuple(one for place in sorted(left) for one in left[place])


def tables_of(model: Model) -> tuple[Decision, ...]:
    """Return the decisions whose logic is a table, and tables inside other parts as decisions of their own."""
    return (*(one for one in model.decisions if one.table is not None), *map(_alone, model.nested))


def _alone(nested: NestedTable) -> Decision:
    """Return a nested table as a decision that requires nothing: its columns are its inputs."""
    table = nested.table
    result = Variable(nested.name, ItemDefinition("", ANY))
    return Decision(table.id or nested.name, nested.name, result, (), (), table, nested.usable, table.span)


def _analysed(model: Model, decision: Decision, budget: Budget, deadline: Deadline) -> Iterator[TableFault | Open]:
    if not decision.usable:
        # What was not understood has a diagnostic of its own.
        yield Open(decision, RULES, "what is reported of its parts", "no budget settles it: a part is not understood")
        return
    try:
        deadline.check(RULES)
        lowered = lower(model, decision)
    except BudgetExceeded as error:
        # COST: lowering a table reads all that it requires, so a long chain would go on long after its time.
        yield Open(decision, RULES, "its parts are well-formed", error.budget)
        return
    except NotAnalysable as error:
        yield Open(decision, RULES, "its parts are well-formed", f"no budget settles it: {error}")
        return
    atoms = cut((lowered.compiled,))
    found = _run(lowered, atoms, budget, deadline)
    for unsettled in (*found.unsettled, *found.ungiven):
        advice = unsettled in found.ungiven
        yield Open(decision, unsettled.question, unsettled.established, unsettled.budget, advice)
    dead = {rule for fault in found.faults if fault.code is codes.RF304 for rule in fault.rules}
    copies = (fault for fault in repeated(lowered) if dead.isdisjoint(fault.rules))
    faults = [*copies, *(fault for fault in found.faults if holds_as_written(model, decision, fault))]
    for done, fault in enumerate(faults):
        try:
            deadline.check("the confirmation of what was found")
        except BudgetExceeded as error:
            question = f"whether the reference evaluator confirms {len(faults) - done} more findings"
            yield Open(decision, question, f"{done} findings are confirmed and shown", error.budget)
            return
        yield _shown(model, lowered, atoms, fault)


def repeated(lowered: Lowered) -> Iterator[Fault]:
    """Yield the rules of a table with several results that repeat another one, entry by entry.

    Each adds a result of its own, so to the other analyses they are not the same rule.
    """
    decision = lowered.decision
    table = decision.table
    if table is None or lowered.compiled.outputs[decision.id].scale is not None:
        return
    groups: dict[object, list[str]] = {}
    for row, rule in zip(lowered.table.rows, table.rules, strict=True):
        said = (row.when, tuple(text_of(entry_of(entry)) for entry in rule.outputs))
        groups.setdefault(said, []).append(row.rule)
    for names in groups.values():
        if len(names) > 1:
            yield Fault(codes.RF307, lowered.table.decision, tuple(names))


def _run(lowered: Lowered, atoms: Atoms, budget: Budget, deadline: Deadline) -> Analysed:
    defaults = frozenset({default_name(lowered.decision)})
    # Three-valued evaluation is not asked for: DMN says what null means in a test, which approximates nothing.
    asked = Asked(
        lowered.compiled, atoms, weights_of(lowered, atoms), defaults, lowered.decision.id, wanted=Wanted.ADVICE
    )
    return analysed(asked, budget.nodes, deadline.part(PRESENTED)).answer


def weights_of(lowered: Lowered, atoms: Atoms) -> dict[str, list[Fraction]] | None:
    """Return how much each atom of each input weighs; None if an input has no end, or single values only."""
    if not all(one.domain.bounded for one in lowered.readings.values()):
        return None
    weights = {
        name: [
            sum((piece.weight or Fraction(0) for piece in _pieces(lowered, atoms, name, 1 << atom)), Fraction(0))
            for atom in range(atoms.size(name))
        ]
        for name in lowered.readings
    }
    return weights if all(any(row) for row in weights.values()) else None


def runs_of(atoms: Atoms, name: str, mask: int) -> tuple[Run, ...]:
    """Return the pieces of an input that the atoms of a mask hold."""
    entry = atoms.entry(name, mask)
    return tuple((int(one.low), int(one.high)) for one in entry.intervals)


def _pieces(lowered: Lowered, atoms: Atoms, name: str, mask: int) -> Iterator[Piece]:
    pieces = lowered.readings[name].domain.pieces
    for first, last in runs_of(atoms, name, mask):
        yield from pieces[first : last + 1]


def _shown(model: Model, lowered: Lowered, atoms: Atoms, fault: Fault) -> TableFault | Open:
    decision = lowered.decision
    words = told(lowered, fault)
    region = None if fault.where is None else _region(lowered, atoms, fault.where)
    values = None if fault.point is None else _values(lowered, atoms, fault.point)
    code, message, hint = fault.code, words.message, words.help
    if values is not None and not confirms(model, decision, fault, values):
        if lowered.opaque:
            reason = "no budget settles it: the outputs are computed"
            return Open(decision, f"whether {message}", "the rules match the same inputs", reason)
        code, message = codes.RF902, f"the reference evaluator does not confirm {code.name} in {quoted(decision.name)}"
        hint = "please report this as a fault of redflag-kit"
    said = None if values is None else {".".join(names): feel_text(value) for names, value in values.items()}
    witness = None
    if said is not None:
        witness = {"case": said, "text": ", ".join(f"{name} = {text}" for name, text in said.items())}
    diagnostic = Diagnostic(
        span=words.span,
        code=code,
        message=message,
        help=hint,
        related=words.related,
        rules=tuple(str(number) for number in words.rules),
        witness=witness,
        where=region.text if region else "",
    )
    return TableFault(decision, fault, words.rules, words.others, diagnostic, region, said)


def _values(lowered: Lowered, atoms: Atoms, point: Point) -> dict[tuple[str, ...], Value]:
    """Return the values of a witness, by path."""
    found: dict[tuple[str, ...], Value] = {}
    for name, atom in zip(atoms.inputs, point, strict=True):
        reading = lowered.readings[name]
        piece = int(number_of(atoms.value_nearest_calm(name, atom)))
        found[reading.names] = reading.domain.pieces[piece].value
    return found


def _region(lowered: Lowered, atoms: Atoms, where: Where) -> Region:
    cubes = []
    for masks in where.cubes:
        literals = tuple(
            (name, lowered.readings[name].domain.text(runs_of(atoms, name, mask))) for name, mask in masks.items()
        )
        cubes.append(Cube(literals, tuple(f"{name}: {' or '.join(texts)}" for name, texts in literals)))
    said = "; or ".join(", ".join(cube.words) or "all values" for cube in cubes)
    return Region(said if where.exact else f"{said}; and more", tuple(cubes), where.exact)
