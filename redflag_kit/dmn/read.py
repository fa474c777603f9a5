"""A DMN file as a `Model`, with everything that is wrong or not supported, in source order.

Claim: what the model holds means what the standard says. A part that is not supported is named by a diagnostic of its
own and left out, and every decision that depends on it is marked unusable; nothing is approximated.
Not covered: business knowledge models, decision services, boxed expressions other than decision tables and literal
expressions, and imports of anything but types. Diagrams and documentation are skipped.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, quoted, sorted_unique
from redflag_kit.dmn.faults import Faults
from redflag_kit.dmn.model import ItemDefinition, Model, Variable
from redflag_kit.dmn.read_decisions import DecisionReader, with_requirements
from redflag_kit.dmn.read_types import Types
from redflag_kit.dmn.versions import VERSIONS, is_feel
from redflag_kit.dmn.xml import Document, Element, read_xml


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: the model unless the file is no DMN at all, and what is wrong with it."""

    model: Model | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_sound(self) -> bool:
        """Say whether there is a model and no error."""
        return self.model is not None and all(one.code.severity is not Severity.ERROR for one in self.diagnostics)


def read_dmn(data: bytes, file: str, others: Mapping[str, bytes] | None = None) -> Reading:
    """Read a model. `others` are the DMN files that it may import, by name: only they are looked at, never a URL."""
    document = read_xml(data, file)
    if isinstance(document, Diagnostic):
        return Reading(None, (document,))
    if fault := _root_fault(document):
        return Reading(None, (fault,))
    faults = Faults(file)
    imported, more = _imports(document, faults, dict(others or {}))
    model = _model(document, faults, imported)
    return Reading(model, sorted_unique((*faults.all(), *more)))


def imported_namespaces(data: bytes, file: str) -> tuple[str, ...]:
    """Return the namespaces of the models that a file imports; none if it cannot be read."""
    document = read_xml(data, file)
    if isinstance(document, Diagnostic) or _root_fault(document):
        return ()
    return tuple(one.get("namespace") for one in document.root.all("import"))


def _root_fault(document: Document) -> Diagnostic | None:
    root = document.root
    if root.name == "definitions" and root.namespace in VERSIONS:
        return None
    place = root.place(document.file)
    if root.name == "definitions" and "/DMN/" in root.namespace:
        message = f"the file is in an unknown version of DMN: {quoted(root.namespace)}"
        return Diagnostic(place, codes.RF063, message, "save it as DMN 1.1 to 1.5")
    message = f"the file is no decision model: it starts with {quoted(root.name)}"
    return Diagnostic(place, codes.RF063, message, "give a file whose first element is `definitions` of DMN")


# imports


def _imports(
    document: Document, faults: Faults, others: dict[str, bytes]
) -> tuple[dict[str, ItemDefinition], tuple[Diagnostic, ...]]:
    """Return the types of imported models under their qualified names, and what is wrong with those models."""
    types: dict[str, ItemDefinition] = {}
    more: list[Diagnostic] = []
    others.pop(faults.file, None)
    for element in document.root.all("import"):
        span = element.place(faults.file)
        name, namespace = element.get("name"), element.get("namespace")
        if element.get("importType") not in VERSIONS:
            message = f"an import of kind {quoted(element.get('importType'))} is not supported"
            faults.add(span, codes.RF064, message, "import DMN models only")
            continue
        found = next((one for one in sorted(others) if _namespace(others[one], one) == namespace), None)
        if found is None:
            message = f"the imported model {quoted(name or namespace)} is not among the files given"
            faults.add(span, codes.RF067, message, "put it into the same folder and give it too")
            continue
        reading = read_dmn(others[found], found, {key: data for key, data in others.items() if key != found})
        more += reading.diagnostics
        if reading.model:
            types |= {f"{name}.{item.name}" if name else item.name: item for item in reading.model.items}
    return types, tuple(more)


def _namespace(data: bytes, file: str) -> str:
    document = read_xml(data, file)
    return "" if isinstance(document, Diagnostic) or _root_fault(document) else document.root.get("namespace")


# the model

_SKIPPED = frozenset(
    {
        "itemDefinition", "import", "inputData", "decision", "description", "extensionElements", "knowledgeSource",
        "textAnnotation", "association", "group", "elementCollection", "performanceIndicator", "organizationUnit",
        "artifact", "businessContextElement",
    }
)  # fmt: skip
_LEFT_OUT = {"decisionService": "decision service", "businessKnowledgeModel": "business knowledge model"}


def _model(document: Document, faults: Faults, imported: Mapping[str, ItemDefinition]) -> Model:
    root, file = document.root, document.file
    for attribute in ("expressionLanguage", "typeLanguage"):
        if not is_feel(root.get(attribute)):
            message = f"the model is written in {quoted(root.get(attribute))}"
            faults.add(root.place(file), codes.RF077, message, "write it in FEEL")
    language_errors = faults.errors
    _other_elements(root, faults)
    _duplicate_ids(root, faults)
    definitions = _by_name(root, faults)
    types = Types(faults, definitions, imported, root.get("namespace"))
    items = types.all()
    reader = DecisionReader(faults, types, root.get("namespace"))
    elements = {reader.key(one): one for one in root.all("inputData", "decision")}
    variables = {key: reader.variable(one) for key, one in elements.items()}
    _duplicate_names(elements, variables, faults)
    inputs = tuple(reader.input_data(one, variables[key]) for key, one in elements.items() if one.name == "inputData")
    decisions = tuple(reader.decision(one, variables, elements) for one in elements.values() if one.name == "decision")
    inputs += tuple(reader.undeclared.values())
    holders = root.all("decision", "businessKnowledgeModel")
    nested = tuple(table for one in holders for table in reader.nested(one, variables, elements))
    if language_errors:
        decisions, nested = (), ()
    decisions = with_requirements(decisions, faults)
    version = VERSIONS[root.namespace]
    return Model(file, version, root.get("namespace"), root.get("name"), items, inputs, decisions, nested)


def _other_elements(root: Element, faults: Faults) -> None:
    for child in root.children:
        if child.namespace != root.namespace or child.name in _SKIPPED:
            continue
        span = child.place(faults.file)
        if what := _LEFT_OUT.get(child.name):
            message = f"{what} {quoted(child.get('name'))} is left out"
            advice = "nothing needs to be done unless a decision needs it; tables inside it are checked on their own"
            faults.add(span, codes.RF079, message, advice)
        else:
            message = f"element `{child.name}` is not known in DMN {VERSIONS[root.namespace]}"
            faults.add(span, codes.RF064, message, "remove it, or move it into `extensionElements`")


def _by_name(root: Element, faults: Faults) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in root.all("itemDefinition"):
        name = element.get("name")
        if not name:
            faults.add(element.place(faults.file), codes.RF065, "a type has no name", "give it a name")
        elif name in found:
            note = Note(found[name].place(faults.file), "first declared here")
            message = f"type {quoted(name)} is declared twice"
            faults.add(element.place(faults.file), codes.RF066, message, "rename or remove one of them", (note,))
        else:
            found[name] = element
    return found


def _walk(element: Element) -> Iterator[Element]:
    stack = [element]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(child for child in reversed(current.children) if child.namespace == element.namespace)


def _duplicate_ids(root: Element, faults: Faults) -> None:
    seen: dict[str, Element] = {}
    for element in _walk(root):
        key = element.get("id")
        if key and key in seen:
            note = Note(seen[key].place(faults.file), "first given here")
            message = f"id {quoted(key)} is given twice"
            faults.add(element.place(faults.file), codes.RF066, message, "give each element its own id", (note,))
        elif key:
            seen[key] = element


def _duplicate_names(elements: Mapping[str, Element], variables: Mapping[str, Variable], faults: Faults) -> None:
    seen: dict[str, Element] = {}
    for key, variable in variables.items():
        element = elements[key]
        if variable.name in seen:
            note = Note(seen[variable.name].place(faults.file), "first used here")
            message = f"name {quoted(variable.name)} stands for two things"
            faults.add(element.place(faults.file), codes.RF066, message, "rename one of them", (note,))
        seen.setdefault(variable.name, element)
