"""Both editions frozen as data, so that a page can answer for any case what `redflag explain` answers.

Claim: for every case, the possible values of every output, which rules fire, and what is assumed are those of
`evaluate.engine` for that edition alone. Constraints are each edition's own, and so is what it assumes.
Method: `evaluate.frozen`, over the space that both editions share.
Not covered: diagrams of more nodes than `NODES`, so that a page stays small.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from redflag_kit.compile.cuts import Atoms
from redflag_kit.diff.area import most_read
from redflag_kit.diff.changes import Change
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.frozen import loose, read_by_rules
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.vocabulary import Comparison, Finding, Output
from redflag_kit.results.explorer import (
    ExploredAssumption,
    ExploredComparison,
    ExploredEdition,
    ExploredFinding,
    ExploredLink,
    ExploredOutput,
    ExploredPart,
    ExploredRule,
    Explorer,
    NumberAxis,
)
from redflag_kit.semantics.cases import entailed, written
from redflag_kit.semantics.hit_policies import LISTED, aspects
from redflag_kit.terms.scale import STATUSES
from redflag_kit.wording.conditions import value_words
from redflag_kit.wording.findings import atom_phrase, bare_value, number_words

NODES = 12_000
FIRST = 10
"""How many of the findings that most changes turn on are told from the others."""


Parts = list[tuple[str, str, tuple[str, ...], list[BddRegion], list[BddRegion]]]
"""Output, element, values, and where each value is said and written."""


@dataclass(frozen=True)
class _Side:
    """What is to be frozen of one edition."""

    engine: Engine
    care: BddRegion
    parts: Parts
    links: list[tuple[tuple[str, ...], str | None]]

    def partitions(self) -> list[list[BddRegion]]:
        """Return the lists of disjoint regions, in the order in which `_edition` takes their roots."""
        care, found = self.care, [[self.care]]
        for *_, said, own in self.parts:
            found += [[region & care for region in said], [region & care for region in own]]
        found += [[fires & care, care - fires] for fires in self._fires()]
        return [*found, *([region] for region in self._alone())]

    def _fires(self) -> Iterator[BddRegion]:
        for rule in self.engine.rules:
            yield self.engine.meaning.fires[rule.id]

    def _alone(self) -> Iterator[BddRegion]:
        names = self.engine.diagrams.space.names
        for own, tied in self.links:
            yield self.engine.diagrams.exists(self.engine.meaning.legal, [n for n in names if n not in (*own, tied)])


def explorer(
    pair: Pair[BddRegion], changes: Iterable[Change[BddRegion]], alignment: Alignment, nodes: int = NODES
) -> Explorer:
    """Return both editions as data. Raises BudgetExceeded if their diagrams have more nodes."""
    sides = [_side(pair, edition) for edition in (pair.old, pair.new)]
    own = [side.partitions() for side in sides]
    store, roots = pair.diagrams.freeze_parts([*own[0], *own[1]], nodes)
    stored = tuple(
        " ".join(map(str, (position, *children)))
        for position, children in zip(store.positions[store.ends :], store.children[store.ends :], strict=True)
    )
    old, new = (
        _edition(pair, side, iter(taken))
        for side, taken in zip(sides, (roots[: len(own[0])], roots[len(own[0]) :]), strict=True)
    )
    return Explorer(_findings(pair, most_read(pair, changes, alignment)[:FIRST]), store.ends, stored, old, new)


def _side(pair: Pair[BddRegion], edition: Edition[BddRegion]) -> _Side:
    own = written(edition.meaning, pair.diagrams)
    said = entailed(edition.compiled, own, pair.diagrams)
    engine = Engine(edition.guideline, edition.compiled, pair.atoms, pair.diagrams, edition.meaning, own, said)
    links = loose(edition.compiled)
    care = pair.diagrams.exists(edition.meaning.legal, [name for names, _ in links for name in names])
    return _Side(engine, care, list(_parts(engine)), links)


def _parts(engine: Engine) -> Iterator[tuple[str, str, tuple[str, ...], list[BddRegion], list[BddRegion]]]:
    nothing = engine.diagrams.empty
    for name in engine.guideline.covers:
        output = engine.guideline.outputs[name]
        if output.scale:
            said, own = engine.entailed[name, ""], engine.written[name, ""]
            values = tuple(value for value in (*output.scale.levels, *STATUSES) if value in said or value in own)
            yield name, "", values, [said.get(v, nothing) for v in values], [own.get(v, nothing) for v in values]
            continue
        for aspect in aspects(output):
            listed = engine.written[aspect].get(LISTED, nothing)
            yield name, aspect[1], (LISTED, ""), [listed, ~listed], [listed, ~listed]
        statuses = engine.meaning.sets[name]
        values = tuple(status for status in STATUSES if status in statuses)
        regions = [statuses[status] for status in values]
        somewhere = engine.diagrams.whole
        for region in regions:
            somewhere = somewhere - region
        yield name, "", (LISTED, *values), [somewhere, *regions], [somewhere, *regions]


def _edition(pair: Pair[BddRegion], side: _Side, roots: Iterator[int]) -> ExploredEdition:
    guideline, position, inputs = side.engine.guideline, pair.atoms.space.position, side.engine.compiled.inputs
    legal = next(roots)
    return ExploredEdition(
        legal=legal,
        outputs=tuple(_output(side, guideline.outputs[name]) for name in guideline.covers),
        parts=tuple(
            ExploredPart(output, element, values, next(roots), next(roots))
            for output, element, values, _, _ in side.parts
        ),
        rules=tuple(ExploredRule(rule.id, rule.title, next(roots)) for rule in side.engine.rules),
        links=tuple(
            ExploredLink(tuple(map(position, names)), None if tied is None else position(tied), next(roots))
            for names, tied in side.links
        ),
        comparisons=tuple(
            _comparison(one, pair.atoms) for one in side.engine.compiled.restrictions if isinstance(one, Comparison)
        ),
        assumptions=tuple(_assumption(side.engine, name) for name in side.engine.compiled.assume if name in inputs),
    )


def _assumption(engine: Engine, name: str) -> ExploredAssumption:
    finding, value = engine.guideline.vocabulary.findings[name], engine.compiled.assume[name]
    return ExploredAssumption(
        position=engine.atoms.space.position(name),
        atom=engine.atoms.atom_of(name, value),
        words=f"{finding.label}: {bare_value(finding, value)}",
        reason=engine.guideline.assume[name].reason,
    )


def _output(side: _Side, output: Output) -> ExploredOutput:
    own = [(element, values) for name, element, values, _, _ in side.parts if name == output.id]
    named = [value for _, values in own for value in values if value not in ("", LISTED)]
    named += [element for element, _ in own if element]
    words = tuple((value, value_words(output, value)) for value in dict.fromkeys(named))
    return ExploredOutput(output.id, output.label, "ordered" if output.scale else "set", words)


def _comparison(one: Comparison, atoms: Atoms) -> ExploredComparison:
    """Return a comparison of numbers as one of whole numbers."""
    left, right = atoms.inputs[one.left].grid, atoms.inputs[one.right].grid
    assert left is not None and right is not None
    numbers = (left.step, left.low, right.step * one.factor, right.low * one.factor)
    scale = lcm(*(number.denominator for number in numbers))
    a, b, c, d = (int(number * scale) for number in numbers)
    position = atoms.space.position
    return ExploredComparison(position(one.left), position(one.right), a, b + one.strict, c, d)


def _findings(pair: Pair[BddRegion], first: tuple[str, ...]) -> tuple[ExploredFinding, ...]:
    read = read_by_rules(pair.old.compiled) | read_by_rules(pair.new.compiled)
    return tuple(
        _finding(
            pair.findings[name],
            pair.atoms,
            "constraints" if name not in read else "changes" if name in first else "rules",
        )
        for name in pair.atoms.space.names
    )


def _finding(finding: Finding, atoms: Atoms, group: str) -> ExploredFinding:
    one = atoms.inputs[finding.id]
    words = tuple(atom_phrase(finding, atoms, atom) for atom in range(atoms.size(finding.id)))
    if one.grid is None:
        return ExploredFinding(finding.id, finding.label, finding.ask, group, one.words, words, None)
    grid = one.grid
    denominator = lcm(grid.low.denominator, grid.step.denominator)
    number = NumberAxis(
        unit=number_words(Fraction(2), finding.unit).partition(" ")[2],
        denominator=denominator,
        low=int(grid.low * denominator),
        step=int(grid.step * denominator),
        size=grid.size,
        starts=atoms.starts[finding.id],
    )
    return ExploredFinding(finding.id, finding.label, finding.ask, group, (), words, number)
