"""Where files of a project stand, which vocabulary is theirs, and the faults noted while one is read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.source.names import Faults, TooManyFaultsError
from redflag_kit.source.nodes import Node, span_at


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file of the project as a tree; `path` is relative to the project, with forward slashes."""

    path: str
    node: Node


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of the project that could not be read, with the schema it follows as far as that is known."""

    path: str
    schema: str | None

    def is_a(self, kind: str) -> bool:
        """Say whether it is, or by its name should be, a file of this kind, e.g. `vocabulary`."""
        return self.schema.startswith(f"redflag/{kind}") if self.schema else PurePosixPath(self.path).stem == kind


def folder_of(path: str) -> str:
    """Return the folder of a file."""
    return str(PurePosixPath(path).parent)


def start_of(file: ParsedFile) -> Span:
    """Return the place of a file where it says what it is."""
    return span_at(file.node, ("schema",))


@contextmanager
def noted_in(found: list[Diagnostic]) -> Iterator[Faults]:
    """Collect the faults of one file; reading it ends early where there are too many."""
    noted = Faults()
    with suppress(TooManyFaultsError):
        yield noted
    found += noted.found


def vocabulary_above(
    file: ParsedFile, what: str, vocabularies: Mapping[str, Vocabulary | None], found: list[Diagnostic]
) -> tuple[Vocabulary | None, str]:
    """Return the vocabulary of the nearest folder that has one, with that folder; None after noting that none has."""
    folder = next((str(p) for p in PurePosixPath(file.path).parents if str(p) in vocabularies), None)
    if folder is None:
        message = f"no folder above this {what} has a vocabulary"
        place = span_at(file.node, ("id",))
        found.append(Diagnostic(place, codes.RF141, message, "put a vocabulary.yaml beside it or above it"))
        return None, ""
    return vocabularies[folder], folder


def is_named(name: str, file: ParsedFile, vocabulary: Vocabulary, found: list[Diagnostic]) -> bool:
    """Say whether a file names the vocabulary of its folder, after noting that it does not."""
    if name == vocabulary.id:
        return True
    hint = did_you_mean(name, [vocabulary.id]) or f"the vocabulary of this folder is {vocabulary.id}"
    message = f"no vocabulary of this folder is called {quoted(name)}"
    found.append(Diagnostic(span_at(file.node, ("vocabulary",)), codes.RF115, message, hint))
    return False
