"""Safeguards that a change takes away without changing a rule: vignettes, properties, hazards, waivers, exemptions.

Each has a fingerprint of what it means, so that rewording, renaming and reordering neither make nor void a signature.
"""

from collections.abc import Iterable, Iterator

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.table import Compiled
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.gate.items import SAFEGUARD_RELAXED, item
from redflag_kit.gate.lineage import Lineage
from redflag_kit.gate.relaxed_exemptions import new_exemptions
from redflag_kit.gate.relaxed_hazards import lost_hazards
from redflag_kit.gate.relaxed_properties import lost_properties
from redflag_kit.gate.relaxed_vignettes import Lost, lost_vignettes
from redflag_kit.gate.settings import GateSettings
from redflag_kit.model.guideline import Waiver
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.gate import SignoffItem
from redflag_kit.source.library import Library


def safeguard_items(
    old: Library, new: Library, both: Lineage, diffs: Iterable[DiffBody], settings: GateSettings
) -> Iterator[SignoffItem]:
    """Yield an item for each safeguard that protects less than before."""
    roles = settings.roles.get("safeguard_relaxed", ())
    moved = frozenset(
        (f"{diff.tables.new.id}@{diff.tables.new.version}", one.id) for diff in diffs for one in diff.vignettes.changed
    )
    found = (
        *lost_vignettes(old, new, both, moved),
        *lost_properties(old, new),
        *lost_hazards(old, new, both),
        *_new_waivers(both),
        *new_exemptions(old, new, both),
    )
    for one in found:
        yield item(SAFEGUARD_RELAXED, one.meant, roles, one.sentence, guideline=one.guideline)


def _new_waivers(both: Lineage) -> Iterator[Lost]:
    """Yield faults of tables that are newly accepted: of an edition, those that the one before it does not accept."""
    for name, guideline in sorted(both.new.items()):
        before = both.before.get(name, "")
        known = (
            {waived for one in both.old[before].waivers for waived in _follow(one, before, name, both)}
            if before
            else set()
        )
        compiled = compile_guideline(guideline)
        for one in guideline.waivers:
            if _key(one, one.rules) not in known:
                about = ", ".join(sorted((*one.rules, *one.findings))) or f"the decision {one.decision}"
                said = f"{name} accepts a fault of its tables: {one.check.id} {one.check.name} of {about}"
                meant = ("waiver", guideline.id, one.check.id, one.decision, _rows(compiled, one), sorted(one.findings))
                yield Lost(meant, said, guideline.id)


def _follow(one: Waiver, before: str, after: str, both: Lineage) -> Iterator[tuple[object, ...]]:
    """Yield a waiver of the edition before as it reads if rules were renamed."""
    yield _key(one, one.rules)
    yield _key(one, (name for rule in one.rules for name in both.rules_after(before, after, rule)))


def _key(one: Waiver, rules: Iterable[str]) -> tuple[object, ...]:
    return (one.check.id, one.decision, frozenset(rules), one.findings)


def _rows(compiled: Compiled, one: Waiver) -> list[str]:
    """Return what the waived rules mean; rules that never run have an id alone."""
    rows = {row.rule: row.digest for table in compiled.tables for row in (*table.rows, *(table.otherwise or ()))}
    return sorted(rows.get(rule, quoted(rule)) for rule in one.rules)
