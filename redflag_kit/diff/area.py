"""The changed area over two findings: where some patient changes, in which direction, and how much of what is possible.

Claim: a cell changes exactly if some patient with these two values, legal in both editions, gets another value of an
output that both cover. Its direction is the worst there. Its share is exact: combinations of the findings that rules
read, each value of a word and each interval of a number that no test tells apart counting once.
Method: the changed patients by worst direction as one frozen diagram, counted once for each cell.
Not covered: patients whom one edition allows and the other does not, and outputs that one edition covers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from redflag_kit.compile.expression import inputs_of
from redflag_kit.diff.changes import ANY_OUTPUT, Change
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.diff.present import kind_of
from redflag_kit.evaluate.frozen import read_by_rules
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.logic.multi import MultiDiagram, counts
from redflag_kit.results.area import Area, AreaAxis, AreaCell
from redflag_kit.results.diff import DIRECTIONS
from redflag_kit.wording.findings import atom_words

NODES = 12_000
CELLS = 400


def readable(pair: Pair[BddRegion]) -> tuple[str, ...]:
    """Return the findings that rules of either edition read and that have more than one value, in vocabulary order."""
    read = read_by_rules(pair.old.compiled) | read_by_rules(pair.new.compiled)
    return tuple(name for name in pair.findings if name in read and pair.atoms.size(name) > 1)


def most_read(pair: Pair[BddRegion], changes: Iterable[Change[BddRegion]], alignment: Alignment) -> tuple[str, ...]:
    """Return the findings that decide most change classes first, then those of most values, then by vocabulary.

    A finding decides a class if one of its deciding rules reads it, a successor of the old one, or a predecessor of the
    new one.
    """
    both = _covered_by_both(pair)
    read: Counter[str] = Counter()
    for change in changes:
        if change.aspect[0] in both:
            old = {change.old_rule, *_linked(alignment.predecessors, change.new_rule)}
            new = {change.new_rule, *_linked(alignment.successors, change.old_rule)}
            read.update(_inputs(pair.old, old) | _inputs(pair.new, new))
    found = (name for name in readable(pair) if read[name])
    return tuple(sorted(found, key=lambda name: (-read[name], -pair.atoms.size(name))))


def _linked(links: Mapping[str, tuple[str, ...]], rule: str | None) -> tuple[str, ...]:
    return links.get(rule, ()) if rule else ()


def _inputs(edition: Edition[BddRegion], rules: Iterable[str | None]) -> set[str]:
    return {name for rule in rules if rule for name in inputs_of(edition.compiled.row(rule).when)}


def area(pair: Pair[BddRegion], changes: Iterable[Change[BddRegion]], rows: str, columns: str, *, chosen: bool) -> Area:
    """Return the changed area over two findings that rules read.

    Raises BudgetExceeded for more cells than `CELLS`, or a diagram of more nodes than `NODES`.
    """
    if pair.atoms.size(rows) * pair.atoms.size(columns) > CELLS:
        raise BudgetExceeded("the changed area", f"{CELLS} cells")
    diagram = _by_direction(pair, changes)
    free = [name for name in pair.atoms.space.names if name not in readable(pair)]
    cells = tuple(
        tuple(
            _cell(counts(diagram, _only(pair, {rows: row, columns: column, **dict.fromkeys(free, 0)})))
            for column in range(pair.atoms.size(columns))
        )
        for row in range(pair.atoms.size(rows))
    )
    return Area(_axis(pair, rows), _axis(pair, columns), chosen, cells)


def _by_direction(pair: Pair[BddRegion], changes: Iterable[Change[BddRegion]]) -> MultiDiagram:
    """Return which patients change, by their worst direction in the order of `DIRECTIONS`, and last who does not."""
    diagrams = pair.diagrams
    both = _covered_by_both(pair)
    regions = dict.fromkeys(DIRECTIONS, diagrams.empty)
    for change in changes:
        if change.aspect != ANY_OUTPUT and change.aspect[0] in both:
            regions[kind_of(pair, change)[1]] |= change.region
    unread = [name for name in pair.atoms.space.names if name not in readable(pair)]
    free = diagrams.exists(pair.legal, unread)
    parts = []
    for direction in DIRECTIONS:
        here = free & diagrams.exists(regions[direction], unread)
        parts.append(here)
        free = free - here
    store, (root,) = diagrams.freeze_parts([[*parts, free]], NODES)
    return store.diagram(diagrams.space, root)


def _covered_by_both(pair: Pair[BddRegion]) -> frozenset[str]:
    return frozenset(pair.old.guideline.covers) & frozenset(pair.new.guideline.covers)


def _only(pair: Pair[BddRegion], atoms: dict[str, int]) -> dict[str, list[int]]:
    """Return weights that count each of some findings at one atom alone."""
    return {name: [int(at == atom) for at in range(pair.atoms.size(name))] for name, atom in atoms.items()}


def _cell(counted: tuple[int, ...]) -> AreaCell:
    *changed, same = counted[1:]
    possible = sum(changed) + same
    if not possible:
        return AreaCell("impossible", "0")
    worst = next((name for name, number in zip(DIRECTIONS, changed, strict=True) if number), "same")
    return AreaCell(worst, str(Fraction(sum(changed), possible)))


def _axis(pair: Pair[BddRegion], name: str) -> AreaAxis:
    finding = pair.findings[name]
    return AreaAxis(
        name, finding.label, tuple(atom_words(finding, pair.atoms, at) for at in range(pair.atoms.size(name)))
    )
