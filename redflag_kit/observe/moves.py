"""Where an output takes another value when one rule writes another one, without ruling on the table again.

Claim: at the points of each region the output has the value named, and at all others the one it had. The regions do
not meet.
Method: COLLECT, and PRIORITY over one output, are decided by the strongest level, so a rule matters only where no other
writes as strong a one. FIRST and UNIQUE have one rule that decides. The rest looks at several rules or outputs at once.
"""

from collections.abc import Iterator

from redflag_kit.compile.table import Row, Table
from redflag_kit.logic.algebra import R, disjunction
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.model.vocabulary import Output
from redflag_kit.observe.world import World
from redflag_kit.semantics.hit_policies import said, weight
from redflag_kit.terms.scale import Status

SILENT = Status.SILENT.value


def moves(world: World[R], table: Table, new: Row, output: str) -> tuple[tuple[str, R], ...] | None:
    """Return where an ordered output takes which value if a rule writes what `new` does, which differs in it alone.

    None: the table has to be ruled on again.
    """
    declared = world.compiled.outputs[output]
    policy = table.hit_policy
    if declared.scale is None or policy is HitPolicy.ANY or (policy is HitPolicy.PRIORITY and len(table.outputs) > 1):
        return None
    fires, old = world.meaning.fires, world.row(new.rule)
    value = said(new, declared, "") or SILENT
    if old not in table.rows:  # a rule of `otherwise` fires where it decides
        return ((value, fires[new.rule]),)
    if policy in (HitPolicy.COLLECT, HitPolicy.PRIORITY):
        return tuple(_strongest(world, table, old, new, declared))
    place = table.rows.index(old)
    later = () if policy is HitPolicy.FIRST else table.rows[place + 1 :]
    others = (fires[row.rule] for row in (*table.rows[:place], *later))
    return ((value, fires[new.rule] - disjunction(world.algebra, others)),)


def _strongest(world: World[R], table: Table, old: Row, new: Row, output: Output) -> Iterator[tuple[str, R]]:
    """Yield where the strongest level becomes another one: no other rule writes as strong a level as the two."""
    before, after = weight(old, output), weight(new, output)
    left = world.meaning.fires[new.rule]
    writing = sorted(
        ((weight(row, output), row) for row in table.rows if row is not old and row.writes(output.id)),
        key=lambda one: -one[0],
    )
    for strength, row in writing:
        if strength < after:
            break
        here = left & world.meaning.fires[row.rule]
        left = left - here
        if strength < before:
            yield said(row, output, ""), here
    yield said(new, output, "") or SILENT, left
