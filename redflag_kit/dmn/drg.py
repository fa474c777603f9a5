"""A decision requirements graph as it is written: what stands in a DMN file, before it is XML.

Names are FEEL names and unique in a graph; `requires` lists the names of the nodes that the logic of a decision reads.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | Decimal | bool | None"
"""What standard elements cannot carry, as plain data; it goes into extension elements."""


@dataclass(frozen=True, slots=True)
class ItemType:
    """An item definition: a base type, the values it allows, and whether it is a list of them."""

    name: str
    base: str
    allowed: str = ""
    is_list: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class InputNode:
    """Input data."""

    name: str
    type: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Column:
    """An input of a decision table: the name it reads, and its type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A rule of a decision table: S-FEEL unary tests, `-` for any value; an output expression; a remark."""

    cells: tuple[str, ...]
    output: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class TableLogic:
    """A decision table with one output. `values` are the output's values, the first having the highest priority."""

    hit_policy: str
    columns: tuple[Column, ...]
    output_type: str
    values: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A FEEL expression."""

    text: str


@dataclass(frozen=True, slots=True)
class DecisionNode:
    """A decision. `sources` are the knowledge sources that are an authority for it."""

    name: str
    type: str
    label: str
    logic: TableLogic | Literal
    requires: tuple[str, ...]
    question: str = ""
    description: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceNode:
    """A knowledge source: a publication that is an authority for decisions."""

    name: str
    title: str
    description: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole file. `carried` holds authored documents by kind (guideline, vocabulary, sources)."""

    id: str
    name: str
    description: str
    types: tuple[ItemType, ...]
    inputs: tuple[InputNode, ...]
    decisions: tuple[DecisionNode, ...]
    sources: tuple[SourceNode, ...]
    carried: Data
