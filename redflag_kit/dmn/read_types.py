"""Item definitions: the named types of a model, resolved, with circles and loose ends reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.dmn.faults import Faults
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.feel.types import ANY, BUILT_IN, NUMBER, Kind, Type, list_of
from redflag_kit.dmn.model import ItemDefinition, Tests
from redflag_kit.dmn.read_feel import FeelReader
from redflag_kit.dmn.versions import is_feel
from redflag_kit.dmn.xml import BLANKS, Element

DEPTH_LIMIT = 40
SIZE_LIMIT = 1_000
"""Of how many types one may be made: types are shared, so a small file could describe a huge one."""

UNTYPED = ItemDefinition("Any", ANY)

# Camunda's modeler offers these beside the types of FEEL.
_FOREIGN = {
    "integer": ItemDefinition("integer", NUMBER, whole=True),
    "long": ItemDefinition("long", NUMBER, whole=True),
    "double": ItemDefinition("double", NUMBER),
}
_MEANING = {"integer": "whole numbers", "long": "whole numbers", "double": "numbers"}


@dataclass(slots=True)
class Types:
    """The types of one model by name, made on demand; `imported` are those of other models, as `import.name`."""

    faults: Faults
    elements: Mapping[str, Element]
    imported: Mapping[str, ItemDefinition]
    namespace: str = ""
    _made: dict[str, ItemDefinition] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def all(self) -> tuple[ItemDefinition, ...]:
        """Return every type that the model declares, in file order."""
        return tuple(self.named(name, element) for name, element in self.elements.items())

    def of(self, element: Element, attribute: str = "typeRef") -> ItemDefinition | None:
        """Return the type that an element refers to, nothing if it refers to none."""
        holder = element.first(attribute)
        written = (holder.text if holder is not None else element.get(attribute)).strip(BLANKS)
        return self.named(self._local(written, holder or element), holder or element) if written else None

    def _local(self, written: str, element: Element) -> str:
        """Return a reference without the prefix that DMN 1.1 writes before the colon."""
        prefix, colon, name = written.partition(":")
        meant = element.prefixes.get(prefix, "")
        if colon and ((meant and is_feel(meant)) or meant == self.namespace):
            return name
        return written.removeprefix("feel.")

    def named(self, name: str, element: Element) -> ItemDefinition:
        """Return the type of this name; an unknown one is reported where it is referred to."""
        if made := self._made.get(name):
            return made
        if name in self.elements:
            return self._make(name, element)
        if found := BUILT_IN.get(name):
            return ItemDefinition(name, found)
        if name in self.imported:
            return self.imported[name]
        span = element.place(self.faults.file)
        if foreign := _FOREIGN.get(name):
            message = f"`{name}` is no type of FEEL; it is read as {_MEANING[name]}"
            self.faults.add(span, codes.RF078, message, "write `number`, with allowed values if needed")
            return foreign
        known = [*self.elements, *BUILT_IN, *self.imported]
        advice = did_you_mean(name, known) or "declare the type, or load the model that it is imported from"
        self.faults.add(span, codes.RF067, f"type {quoted(name)} is not known", advice)
        return UNTYPED

    def _make(self, name: str, referring: Element) -> ItemDefinition:
        if name in self._open:
            circle = " -> ".join([*self._open[self._open.index(name) :], name])
            message = f"types are made of each other in a circle: {quoted(circle)}"
            self.faults.add(referring.place(self.faults.file), codes.RF069, message, "break the circle")
            return UNTYPED
        if len(self._open) >= DEPTH_LIMIT:
            self._too_large(referring, name)
            return UNTYPED
        self._open.append(name)
        made = self._definition(self.elements[name], name)
        self._open.pop()
        self._made[name] = made
        return made

    def _too_large(self, element: Element, name: str) -> None:
        message = f"type {quoted(name)} is made of too many other types"
        self.faults.add(element.place(self.faults.file), codes.RF062, message, "simplify the types")

    def _definition(self, element: Element, name: str) -> ItemDefinition:
        """Read an item definition or a component of one."""
        file = self.faults.file
        if not is_feel(element.get("typeLanguage")):
            message = f"type {quoted(name)} is written in {quoted(element.get('typeLanguage'))}"
            self.faults.add(element.place(file), codes.RF077, message, "write it with types of FEEL")
        if (function := element.first("functionItem")) is not None:
            message = f"type {quoted(name)} is a function type, which is not supported"
            self.faults.add(function.place(file), codes.RF064, message, "use a type of values")
        components = tuple(self._component(child) for child in element.all("itemComponent"))
        base = None if components else self.of(element) or UNTYPED
        size = 1 + sum(one.size for one in components) + (base.size if base else 0)
        if size > SIZE_LIMIT:
            self._too_large(element, name)
            return UNTYPED
        single = Type(Kind.CONTEXT, None, tuple((one.name, one.type) for one in components))
        single = base.type if base else single
        many = element.get("isCollection") in ("true", "1")
        made = ItemDefinition(
            name,
            list_of(single) if many else single,
            element.get("id"),
            element.place(file),
            base,
            components,
            many,
            size=size,
        )
        allowed = self._tests(element, "allowedValues", single)
        return replace(made, allowed=allowed, constraint=self._tests(element, "typeConstraint", made.type))

    def _component(self, element: Element) -> ItemDefinition:
        name = element.get("name")
        if not name:
            self.faults.add(
                element.place(self.faults.file), codes.RF065, "a part of a type has no name", "give it a name"
            )
        return self._definition(element, name)

    def _tests(self, element: Element, child: str, tested: Type) -> Tests | None:
        found = element.first(child)
        if found is None:
            return None
        return FeelReader(self.faults, scope_of({})).tests(found, tested)
