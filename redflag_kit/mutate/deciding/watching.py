"""Vignettes as they watch a guideline: which patients they are about, and what of the outputs would unsettle them.

Claim: a vignette here is one whose every expectation counted is met, and such an expectation is unmet by a mutant
exactly if an output it watches exactly changes for some completion, or the possible values of one it judges no longer
meet it. Expectations that are not met now, or still to be filled in, are left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from redflag_kit.compile.table import Compiled
from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.met import is_met, is_met_as_written
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.vignette import Expectation, Expected, Vignette
from redflag_kit.mutate.verdict import Watch
from redflag_kit.observe.effect import View
from redflag_kit.semantics.cases import Possible, Told, assuming
from redflag_kit.terms.scale import Status

SILENT, NOT_COVERED = Status.SILENT.value, Status.NOT_COVERED.value

Look: TypeAlias = tuple[View, str]
"""How an output is looked at, and the output."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is expected of an output that can turn out in several ways, which a change need not unsettle."""

    output: str
    expected: Expected
    whole: bool
    ordered: bool

    @property
    def only(self) -> frozenset[str]:
        """Return the values that an ordered output must not leave; nothing where that is not all there is to it."""
        return frozenset() if self.whole or not self.ordered else self.expected.values or frozenset()

    @property
    def looks(self) -> tuple[Look, ...]:
        """Return what must change before it can be unmet: as entailed, and for a word meant for all as written too."""
        entailed = (View.ENTAILED, self.output)
        return (entailed, (View.WRITTEN, self.output)) if self.whole else (entailed,)

    def is_met(self, found: Possible, written: Possible) -> bool:
        """Say whether the possible values, as entailed and as written, are as expected."""
        if self.whole:
            return is_met_as_written(self.expected, found, written, ordered=self.ordered)
        return is_met(self.expected, found)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a vignette watches: outputs of which every change counts, and those to be judged again."""

    exact: frozenset[Look]
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A vignette that watches, with its filled case; `number` is its place among those given, from 0.

    The completions are the legal patients in `box`: the atoms that each finding is left by what is stated, taken as
    normal or assumed; a finding that it does not name may have any.
    """

    number: int
    id: str
    told: Told[BddRegion]
    region: BddRegion
    box: dict[str, int]
    seen: Seen


def watching(engine: Engine, watches: Iterable[Watch]) -> tuple[Case, ...]:
    """Return the vignettes that can notice something, in the order in which they were given, each once."""
    given: dict[str, tuple[Vignette, list[Expectation]]] = {}
    for watch in watches:
        given.setdefault(watch.vignette.id, (watch.vignette, []))[1].append(watch.expectation)
    reader = _Reader(engine)
    found = []
    for number, (vignette, expectations) in enumerate(given.values()):
        told = engine.told(vignette.findings, vignette.fill_clean)
        filled = assuming(engine.compiled, told)
        seen = None if filled.region.is_empty() else reader.all_seen(expectations, filled.region)
        if seen:
            box = _box(engine.compiled, told, filled.assumed)
            found.append(Case(number, vignette.id, told, filled.region, box, seen))
    return tuple(found)


def _box(compiled: Compiled, told: Told[BddRegion], assumed: Iterable[str]) -> dict[str, int]:
    refused = told.taken[1]
    wanted = {name: mask for name, mask in told.wanted.items() if name not in refused}
    made = {name: 1 << told.atoms.atom_of(name, compiled.assume[name]) for name in assumed}
    return {**told.facts, **wanted, **made}


class _Reader:
    """Reads expectations of one guideline; keeps where several outputs are silent at once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.covers = engine.compiled.covers
        self.silent: dict[frozenset[str], BddRegion] = {}

    def all_seen(self, expectations: Sequence[Expectation], case: BddRegion) -> Seen | None:
        """Return what those expectations watch that are met for a case; nothing if none is."""
        seen = [one for expectation in expectations if (one := self.seen(expectation, case)) is not None]
        exact = frozenset[Look]().union(*(one.exact for one in seen))
        judged = tuple(dict.fromkeys(look for one in seen for look in one.judged))
        return Seen(exact, judged) if exact or judged else None

    def seen(self, expectation: Expectation, case: BddRegion) -> Seen | None:
        """Return what an expectation watches, or nothing if it is not met for the case."""
        if expectation.whole is not None:
            return _joined([self.whole(expectation.whole, output, case) for output in self.covers])
        listed = [self.listed(expected, case) for expected in expectation.outcomes]
        if expectation.strict:
            rest = frozenset(self.covers) - {expected.output for expected in expectation.outcomes}
            listed.append(self.unlisted(rest, case))
        return _joined(listed)

    def whole(self, expected: Expected, output: str, case: BddRegion) -> Seen | None:
        """Return what a word meant for every output watches of one."""
        ordered = self.engine.compiled.outputs[output].scale is not None
        judged = Judged(output, expected, whole=True, ordered=ordered)
        found, written = self.engine.possible(output, case), self.engine.possible_as_written(output, case)
        if not judged.is_met(found, written):
            return None
        if not expected.undecided and written.decided:
            return Seen(frozenset({(View.WRITTEN, output)}), ())
        return Seen(frozenset(), (judged,))

    def listed(self, expected: Expected, case: BddRegion) -> Seen | None:
        """Return what an expectation of one output watches; nothing of one that is not covered, and stays so."""
        output = expected.output
        if output not in self.covers:
            return Seen(frozenset(), ()) if is_met(expected, Possible((NOT_COVERED,))) else None
        ordered = self.engine.compiled.outputs[output].scale is not None
        exactly = Seen(frozenset({(View.ENTAILED, output)}), ())
        if ordered and expected.values is not None and len(expected.values) == 1 and not expected.todo:
            # COST: most expectations are one value of an ordered output, which is one question and not one per value.
            (value,) = expected.values
            here = self.engine.entailed[output, ""].get(value)
            return exactly if here is not None and (case - here).is_empty() else None
        found = self.engine.possible(output, case)
        if not is_met(expected, found):
            return None
        judged = Judged(output, expected, whole=False, ordered=ordered)
        return exactly if found.decided else Seen(frozenset(), (judged,))

    def unlisted(self, outputs: frozenset[str], case: BddRegion) -> Seen | None:
        """Return what is watched of outputs that an expectation does not list: that no rule writes them."""
        if outputs not in self.silent:
            nobody_writes = self.engine.diagrams.whole
            for output in sorted(outputs):
                nobody_writes &= self._silent(output)
            self.silent[outputs] = nobody_writes
        if not (case - self.silent[outputs]).is_empty():
            return None
        return Seen(frozenset((View.WRITTEN, output) for output in outputs), ())

    def _silent(self, output: str) -> BddRegion:
        engine = self.engine
        tables = engine.written[output, ""] if engine.compiled.outputs[output].scale else engine.meaning.sets[output]
        return tables.get(SILENT, engine.diagrams.empty)


def _joined(seen: Sequence[Seen | None]) -> Seen | None:
    """Return everything that is watched, or nothing if some of it is not as expected."""
    if any(one is None for one in seen):
        return None
    met = [one for one in seen if one is not None]
    return Seen(frozenset[Look]().union(*(one.exact for one in met)), tuple(look for one in met for look in one.judged))
