"""Homes of conditions: the scope, rules and points of a guideline, and the definitions that these use.

Claim: every condition that a guideline reads is a part of exactly one home. A part that is a definition's name ends its
branch there: the definition is a home of its own, so what stands in it is changed once, with every use.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from redflag_kit.model.condition import Condition, Named, members
from redflag_kit.model.evidence import Parameter
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.forms import Form, Forms
from redflag_kit.mutate.mutant import Owner, Path, Replaced, Where


class HomeKind(Enum):
    """What a condition belongs to: an owner in the sense of edits, or what owners name."""

    SCOPE = auto()
    RULE = auto()
    POINTS = auto()
    DEFINITION = auto()
    DERIVED = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a condition. `path` leads to it from the root of its home; `forms` are those of its members."""

    home: "Home"
    condition: Condition
    path: Path
    parent: "Part | None"
    form: Form
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """A condition as a whole. `where` is None for definitions; `parameters` are those that its tests may name.

    `parts` are in reading order, the whole first.
    """

    kind: HomeKind
    name: str
    where: Where | None
    parameters: Mapping[str, Parameter]
    parts: list[Part]

    @property
    def root(self) -> Part:
        """Return the part that is the whole condition."""
        return self.parts[0]


@dataclass(frozen=True, slots=True)
class Homes:
    """All homes of a guideline: owners, then definitions, each after those that it uses; and every use of a name."""

    forms: Forms
    owners: tuple[Home, ...]
    definitions: tuple[Home, ...]
    uses: Mapping[str, tuple[Part, ...]]
    _places: dict[Home, tuple[tuple[Where, Path], ...]] = field(default_factory=dict)

    def all(self) -> tuple[Home, ...]:
        """Return the owners, then the definitions."""
        return (*self.owners, *self.definitions)

    def changed(self, changes: Iterable[tuple[Part, Form]]) -> dict[Where, Form]:
        """Return the new form of every owner whose form changes when some parts get other forms."""
        given: dict[Home, dict[Part, Form]] = {}
        for part, form in changes:
            given.setdefault(part.home, {})[part] = form
        for home in self.definitions:
            if home in given:
                form = self._root_form(home, given.pop(home))
                for use in self.uses[home.name] if form != home.root.form else ():
                    given.setdefault(use.home, {})[use] = form
        found = {}
        for home, forms in given.items():
            form = self._root_form(home, forms)
            if form != home.root.form and home.where is not None:
                found[home.where] = form
        return found

    def _root_form(self, home: Home, given: Mapping[Part, Form]) -> Form:
        """Return the form of a home some of whose parts have other forms."""
        moved: dict[Part, dict[int, Form]] = {}
        # INVARIANT: parts are in reading order, so every part comes after those that it is a part of.
        for part in reversed(home.parts):
            form = given.get(part)
            if form is None:
                if part not in moved:
                    continue
                inner = moved[part]
                form = self.forms.group(part.condition, [inner.get(i, one) for i, one in enumerate(part.forms)])
            if form != part.form:
                if part.parent is None:
                    return form
                moved.setdefault(part.parent, {})[part.path[-1]] = form
        return home.root.form

    def replacing(self, part: Part, new: Condition) -> Iterator[Replaced]:
        """Yield the replacement of a part wherever it is read: once, or at every use of its definition."""
        if part.home.where is not None:
            yield Replaced(part.home.where, part.path, part.condition, new)
        else:
            for where, path in self._used_at(part.home):
                yield Replaced(where, (*path, 0, *part.path), part.condition, new)

    def _used_at(self, home: Home) -> tuple[tuple[Where, Path], ...]:
        """Return where owners read a definition, through others too."""
        if home not in self._places:
            found: list[tuple[Where, Path]] = []
            for use in self.uses[home.name]:
                if use.home.where is not None:
                    found.append((use.home.where, use.path))
                else:
                    found += [(where, (*path, 0, *use.path)) for where, path in self._used_at(use.home)]
            self._places[home] = tuple(found)
        return self._places[home]


def homes_of(guideline: Guideline) -> Homes:
    """Return the homes of everything that a guideline reads; constraints are none."""
    return _Walk(guideline).homes()


class _Walk:
    """Collects homes; a definition is walked when its first use is met."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self.forms = Forms(guideline)
        self.definitions: dict[str, Home] = {}
        self.uses: dict[str, list[Part]] = {}

    def homes(self) -> Homes:
        one = self.guideline
        owners = [self._owner(HomeKind.SCOPE, Where(Owner.SCOPE), one.scope)]
        for score in one.scores:
            for index, points in enumerate(score.points):
                owners.append(self._owner(HomeKind.POINTS, Where(Owner.POINTS, score.id, index), points.when))
        owners += [self._owner(HomeKind.RULE, Where(Owner.RULE, rule.id), rule.when) for rule in one.rules()]
        uses = {name: tuple(parts) for name, parts in self.uses.items()}
        return Homes(self.forms, tuple(owners), tuple(self.definitions.values()), uses)

    def _owner(self, kind: HomeKind, where: Where, condition: Condition) -> Home:
        home = Home(kind, where.name, where, self.guideline.parameters, [])
        self._part(home, condition, (), None)
        return home

    def _definition(self, name: str, meaning: Condition) -> None:
        if name in self.definitions:
            return
        if name in self.guideline.definitions:
            home = Home(HomeKind.DEFINITION, name, None, self.guideline.parameters, [])
        else:
            home = Home(HomeKind.DERIVED, name, None, self.guideline.vocabulary.parameters, [])
        self._part(home, meaning, (), None)
        self.definitions[name] = home

    def _part(self, home: Home, condition: Condition, path: Path, parent: Part | None) -> None:
        inner = () if isinstance(condition, Named) else members(condition)
        forms = tuple(self.forms.of(member) for member in inner)
        part = Part(home, condition, path, parent, self.forms.of(condition), forms)
        home.parts.append(part)
        if isinstance(condition, Named):
            self.uses.setdefault(condition.name, []).append(part)
            self._definition(condition.name, condition.meaning)
        for position, member in enumerate(inner):
            self._part(home, member, (*path, position), part)
