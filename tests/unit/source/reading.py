"""Conditions and vignettes read against the small project that `tests/cases` starts from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.project.load import load_project
from redflag_kit.source.conditions import size
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Scalar
from redflag_kit.source.reader import read_yaml

BASE = Path(__file__).resolve().parents[2] / "cases" / "base"


@cache
def base():
    """Return the library of the base project."""
    project = load_project(BASE)
    assert project.sound
    return project.library


def names():
    """Return what a condition of the base guideline may name."""
    (guideline,) = base().guidelines
    return Names(
        findings=guideline.vocabulary.findings,
        parameters=guideline.parameters,
        definitions=dict(guideline.definitions),
        sizes={name: size(condition) for name, condition in guideline.definitions.items()},
        outputs=guideline.outputs,
        scores={score.id: score.bands for score in guideline.scores},
    )


def node_of(text):
    """Return a piece of YAML as a tree."""
    node, found = read_yaml(text.encode(), "test.yaml")
    assert not found
    return node


def scalar(text):
    """Return a bare word as a tree."""
    return Scalar(text, text, True, NOWHERE)


@dataclass(frozen=True)
class Read:
    """What a reader returned, and the codes and messages of what it noted."""

    value: object
    codes: list[str]
    messages: list[str]


def read(reader, text, *more):
    """Read a piece of YAML with a reader that takes names or findings, and faults."""
    faults = Faults()
    value = reader(node_of(text), *more, faults)
    return Read(value, [one.code.id for one in faults.found], [one.message for one in faults.found])
