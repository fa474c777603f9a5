"""Random decision models become guidelines with the same outcomes, nulls included."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.property.effort import examples
from tests.property.generators import Chooser
from tests.unit.dmn.imported import disagreements
from tests.unit.dmn.written import decision, literal, model, table

AGES = (
    "-",
    "< 20",
    "<= 20",
    "[20..40)",
    "(20..40]",
    "> 40",
    "not([20..40])",
    "20, 40",
    "65",
    "not(20, > 64.5)",
    "< 130",
)
FEVERS = ("-", "true", "false", "not(true)", "true, false")
SITES = ("-", '"low"', '"low", "mid"', 'not("High up")', 'not("low", "mid")')
RISKS = ("-", '"b"', 'not("a")', '"a", "c"', 'not("a", "b", "c")')
VALUES = ('"a"', '"b"', '"c"')
ATOMS = (
    "Fever", "Age > 40", "20 <= Age", 'Site = "low"', 'Site != "mid"', "Age between 20 and 40",
    'Site in ("low", "mid")', "Age in (< 20, > 64.5)",
)  # fmt: skip
CHAINED = ('Risk = "a"', 'Risk != "a"', 'Risk in ("a", "b")')


def expression(c: Chooser, atoms: tuple[str, ...], depth: int = 2) -> str:
    kind = c.number(0, 6) if depth else 0
    if kind < 2:
        return c.pick(atoms)
    if kind == 2:
        return f"not({expression(c, atoms, depth - 1)})"
    parts = [f"({expression(c, atoms, depth - 1)})" for _ in range(c.number(2, 3))]
    if kind == 5:
        return f"if {parts[0]} then {parts[1]} else {parts[-1]}"
    if kind == 6:
        counted = ", ".join(f"if {part} then 1 else 0" for part in parts)
        return f"sum([{counted}]) {c.pick(('>=', '>', '<', '<='))} {c.number(0, 3)}"
    return (" and " if kind == 3 else " or ").join(parts)


def rows(c: Chooser, *pools: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((*(c.pick(pool) for pool in pools), c.pick(VALUES)) for _ in range(c.number(1, 4)))


@examples(30)
@given(st.data())
def test_an_imported_model_gives_every_case_the_same_outcome(data: st.DataObject) -> None:
    c = Chooser(data.draw)
    policy = c.pick(("UNIQUE", "ANY", "FIRST", "PRIORITY"))
    default = c.pick(VALUES) if c.chance(30) else ""
    listed = ", ".join(c.shuffled(VALUES))
    risk = decision(
        "Risk", "string", table(("Age", "Fever", "Site"), rows(c, AGES, FEVERS, SITES), policy, listed, default)
    )
    plain = decision("Plain", "boolean", literal(expression(c, ATOMS)))
    alarm = decision(
        "Alarm",
        "boolean",
        literal(expression(c, (*ATOMS, *CHAINED, "Plain"))),
        ("i:Age", "i:Fever", "i:Site", "d:Risk", "d:Plain"),
    )
    last = table(("Risk", "Alarm", "Plain"), rows(c, RISKS, FEVERS, FEVERS), c.pick(("UNIQUE", "FIRST", "ANY")))
    act = decision("Act", "string", last, ("d:Risk", "d:Alarm", "d:Plain"))
    assert disagreements(model(risk, plain, alarm, act), most=3000) == []
