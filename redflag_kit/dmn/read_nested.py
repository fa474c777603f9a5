"""Tables inside boxed expressions and business knowledge models: read on their own, since they can be checked alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.dmn.faults import Faults
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.model import NestedTable, Variable
from redflag_kit.dmn.read_feel import FeelReader
from redflag_kit.dmn.read_tables import TableReader
from redflag_kit.dmn.read_types import UNTYPED, Types
from redflag_kit.dmn.xml import Element

_NAMED = frozenset({"contextEntry", "formalParameter"})


@dataclass(slots=True)
class NestedReader:
    """Finds the tables below an element, each with the names that are known where it stands."""

    faults: Faults
    types: Types

    def tables(self, element: Element, scope: Mapping[str, Variable], path: tuple[str, ...]) -> Iterator[NestedTable]:
        """Yield the tables in file order. Entries of a context are known to the entries after them."""
        known = dict(scope)
        for child in element.children:
            if child.namespace != element.namespace:
                continue
            variable = self._variable(child)
            inner = (*path, variable.name) if variable and child.name == "contextEntry" else path
            if child.name == "decisionTable":
                yield from self._table(child, known, path, variable or Variable(path[-1], UNTYPED))
            else:
                yield from self.tables(child, known, inner)
            if variable and child.name in _NAMED:
                known[variable.name] = variable

    def _variable(self, element: Element) -> Variable | None:
        holder = element if element.name == "formalParameter" else element.first("variable")
        name = " ".join(holder.get("name").split()) if holder is not None else ""
        return Variable(name, self.types.of(holder) or UNTYPED) if holder is not None and name else None

    def _table(
        self, element: Element, known: dict[str, Variable], path: tuple[str, ...], result: Variable
    ) -> Iterator[NestedTable]:
        before = self.faults.errors
        feel = FeelReader(self.faults, scope_of({one.name: one.type for one in known.values()}))
        table = TableReader(self.faults, self.types, feel, known).read(element, result)
        if table is not None:
            yield NestedTable(" / ".join(path), table, self.faults.errors == before)
