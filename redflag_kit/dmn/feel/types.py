"""The types of FEEL, as far as expressions can be checked before they are run."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from redflag_kit.dmn.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from redflag_kit.dmn.feel.values import ContextValue, Range, Value


class Kind(Enum):
    """What a value is; the value of a member is its name in the standard."""

    ANY = "Any"
    NULL = "Null"
    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    DAYS_TIME = "days and time duration"
    YEARS_MONTHS = "years and months duration"
    LIST = "list"
    CONTEXT = "context"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Type:
    """A type: `item` is that of the members of a list or of the ends of a range, `fields` those of a context."""

    kind: Kind
    item: "Type | None" = None
    fields: "tuple[tuple[str, Type], ...]" = ()

    def __str__(self) -> str:
        if self.item is not None:
            return f"{self.kind.value}<{self.item}>"
        return self.kind.value

    def field(self, name: str) -> "Type | None":
        """Return the type of an entry of a context."""
        return dict(self.fields).get(name)


ANY, NULL = Type(Kind.ANY), Type(Kind.NULL)
NUMBER, STRING, BOOLEAN = Type(Kind.NUMBER), Type(Kind.STRING), Type(Kind.BOOLEAN)
DATE, TIME, DATE_TIME = Type(Kind.DATE), Type(Kind.TIME), Type(Kind.DATE_TIME)
DAYS_TIME, YEARS_MONTHS = Type(Kind.DAYS_TIME), Type(Kind.YEARS_MONTHS)

BUILT_IN = {
    "Any": ANY,
    "number": NUMBER,
    "string": STRING,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "date and time": DATE_TIME,
    "dateTime": DATE_TIME,
    "days and time duration": DAYS_TIME,
    "dayTimeDuration": DAYS_TIME,
    "years and months duration": YEARS_MONTHS,
    "yearMonthDuration": YEARS_MONTHS,
}
"""The types by the names that a model may use; DMN 1.1 wrote some of them in one word."""

ORDERED = frozenset({Kind.NUMBER, Kind.STRING, Kind.DATE, Kind.TIME, Kind.DATE_TIME, Kind.DAYS_TIME, Kind.YEARS_MONTHS})
"""The kinds that `<` compares. SOURCE: DMN 1.5, table 54."""


def list_of(item: Type) -> Type:
    """Return the type of a list."""
    return Type(Kind.LIST, item)


def range_of(item: Type) -> Type:
    """Return the type of a range."""
    return Type(Kind.RANGE, item)


def type_of(value: Value) -> Type:
    """Return the type of a value; a list of unlike values is a list of anything."""
    match value:
        case None:
            return NULL
        case bool():
            return BOOLEAN
        case Decimal():
            return NUMBER
        case str():
            return STRING
        case Date():
            return DATE
        case Time():
            return TIME
        case DateTime():
            return DATE_TIME
        case YearsMonths():
            return YEARS_MONTHS
        case DaysTime():
            return DAYS_TIME
        case tuple():
            return list_of(common(tuple(type_of(item) for item in value)))
        case Range():
            return range_of(common((type_of(value.start), type_of(value.end))))
        case ContextValue():
            return Type(Kind.CONTEXT, None, tuple((name, type_of(item)) for name, item in value.entries))


def common(types: tuple[Type, ...]) -> Type:
    """Return the one type of several, or Any."""
    left = {one for one in types if one is not NULL and one.kind is not Kind.NULL}
    return next(iter(left)) if len(left) == 1 else NULL if not left else ANY


def conforms(source: Type, target: Type) -> bool:
    """Say whether a value of one type may stand where another is expected. SOURCE: DMN 1.5, 10.3.2.9.2."""
    if target.kind is Kind.ANY or source.kind is Kind.NULL:
        return True
    if source.kind is not target.kind:
        return False
    if source.item is not None and target.item is not None:
        return conforms(source.item, target.item)
    fields = dict(source.fields)
    return all(name in fields and conforms(fields[name], one) for name, one in target.fields)


def may_conform(source: Type, target: Type) -> bool:
    """Say whether a value of one static type could be of another: Any stands for every value."""
    if Kind.ANY in (source.kind, target.kind) or Kind.NULL in (source.kind, target.kind):
        return True
    if source.kind is not target.kind:
        return False
    return source.item is None or target.item is None or may_conform(source.item, target.item)
