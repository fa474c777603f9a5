"""Edits in the guideline's own parts, where findings alone take too many conditions.

Claim: exact like every cover; at most one condition per alternative.
Method: the words of the cover are the alternatives of the rules of one side (`any`, at whatever depth), and the
conditions of the other's rules. If both sides are one rule that negates its parts (`not: any of ...`), the alternatives
are those that the other side newly excludes.
"""

from collections.abc import Iterable

from redflag_kit.compile.compiler import compile_condition
from redflag_kit.diff.describe import Describer
from redflag_kit.diff.pair import Edition
from redflag_kit.logic.algebra import R
from redflag_kit.logic.cover import Column, cover
from redflag_kit.model.condition import Condition, Named, Not, disjuncts
from redflag_kit.model.guideline import Rule
from redflag_kit.results.region import Cube, Region
from redflag_kit.semantics.regions import condition_region
from redflag_kit.wording.conditions import condition_phrase
from redflag_kit.wording.regions import shared_once

NO, YES = "does not hold", "holds"
MAX_SPELT = 160
"""The longest condition of a whole rule, in characters, that is spelt out; a longer one is named by its rule."""


def in_parts(
    describer: Describer[R],
    region: R,
    care: R,
    offering: tuple[Edition[R], Iterable[str]],
    refusing: tuple[Edition[R], Iterable[str]],
) -> Region:
    """Return who satisfies a rule of the offering edition and none of the refusing one, in parts of conditions."""
    offered, refused = _rules(*offering), _rules(*refusing)
    excluded = _negated(refused)
    if excluded is not None and _negated(offered) is not None:
        sides = (refusing[0], [excluded]), (offering[0], offered)
    else:
        sides = (offering[0], [rule.when for rule in offered]), (refusing[0], refused)
    (parted, conditions), (whole, rules) = sides
    said = dict.fromkeys(part for condition in conditions for part in disjuncts(condition))
    columns = [_column(describer, parted, part, care) for part in said]
    columns += [_whole(describer, whole, rule, care) for rule in {rule.when: rule for rule in rules}.values()]
    found = cover(describer.pair.algebra, region, care, columns, len(said))
    written = [column.name for column in columns]
    ordered = sorted(found.cubes, key=lambda cube: [written.index(name) for name, _ in cube.literals])
    cubes = tuple(_cube(cube.literals) for cube in ordered)
    assert found.exact, "one condition per alternative is enough"
    return Region(shared_once(cube.words for cube in cubes), cubes, exact=True)


def _rules(edition: Edition[R], names: Iterable[str]) -> list[Rule]:
    wanted = set(names)
    return [rule for rule in edition.guideline.rules() if rule.id in wanted]


def _negated(rules: list[Rule]) -> Condition | None:
    """Return what a single rule negates; nothing if there are several, or it does not."""
    condition = rules[0].when if len(rules) == 1 else None
    while isinstance(condition, Named):
        condition = condition.meaning
    return condition.member if isinstance(condition, Not) else None


def _column(describer: Describer[R], edition: Edition[R], part: Condition, care: R, called: str = "") -> Column[R]:
    pair = describer.pair
    expression = compile_condition(edition.guideline, part)
    holds = condition_region(expression, edition.meaning, pair.atoms, pair.algebra)
    words = condition_phrase(part, pair.findings, {**pair.outputs, **edition.guideline.outputs})
    words = called if called and len(words) > MAX_SPELT else words
    return Column(words, ((NO, care - holds), (YES, care & holds)))


def _whole(describer: Describer[R], edition: Edition[R], rule: Rule, care: R) -> Column[R]:
    called = f"what {rule.id} of {edition.guideline.version.text} asks for"
    return _column(describer, edition, rule.when, care, called)


def _cube(literals: tuple[tuple[str, tuple[str, ...]], ...]) -> Cube:
    return Cube(literals, tuple(_words(words, labels == (YES,), len(literals) > 1) for words, labels in literals))


def _words(part: str, holds: bool, beside_others: bool) -> str:
    if not holds:
        return f"not ({part})"
    return f"({part})" if beside_others and any(joint in part for joint in (" and ", " or ", ";")) else part
