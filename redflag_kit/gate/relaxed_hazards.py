"""Hazards that are watched less than before: taken away, a control taken away, judged milder.

A hazard is known by its id, since its text is all that it says. Rules that control it are followed to their successors,
vignettes and properties to those that mean the same.
"""

from collections.abc import Iterable, Iterator, Mapping

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.gate.lineage import Lineage
from redflag_kit.gate.relaxed_properties import claim_of
from redflag_kit.gate.relaxed_vignettes import Lost, patient_of
from redflag_kit.model.hazard import Hazard, HazardLog
from redflag_kit.source.library import Library


def lost_hazards(old: Library, new: Library, both: Lineage) -> Iterator[Lost]:
    """Yield hazards and controls that are gone, and judgements that are milder."""
    now = {log.vocabulary: log for log in new.hazards}
    vignettes = _same({v.id: patient_of(name, v) for name, v in old.vignettes}, _ids_of_vignettes(new))
    properties = _same({one.id: claim_of(one) for one in old.properties}, _ids_of_properties(new))
    for log in old.hazards:
        after = now.get(log.vocabulary)
        there = {one.id: one for one in after.hazards} if after else {}
        for hazard in log.hazards:
            found = there.get(hazard.id)
            if found is None or after is None:
                yield Lost(("hazard", log.vocabulary, hazard.id), f"the hazard {quoted(hazard.id)} is taken away")
                continue
            yield from _lost_rules(log.vocabulary, hazard, found, both)
            for kind, names in (
                ("vignette", _gone(hazard.vignettes, found.vignettes, vignettes)),
                ("property", _gone(hazard.properties, found.properties, properties)),
                ("measure", _gone(hazard.other, found.other, {})),
            ):
                for name in names:
                    yield _control(log.vocabulary, hazard, kind, name)
            yield from _milder(log, hazard, after, found)


def _lost_rules(vocabulary: str, old: Hazard, new: Hazard, both: Lineage) -> Iterator[Lost]:
    for before, after in both.pairs:
        kept = new.controlled_by(both.new[after])
        for rule in old.controlled_by(both.old[before]):
            if before in both.new and before != after:
                continue  # the edition is there still, with controls of its own
            if not set(both.rules_after(before, after, rule)) & set(kept):
                family = both.new[after].id
                yield _control(vocabulary, old, "rule", f"{rule} of {after}", (family, rule), family)


def _control(
    vocabulary: str, hazard: Hazard, kind: str, name: str, meant: tuple[str, ...] = (), guideline: str = ""
) -> Lost:
    said = f"the hazard {quoted(hazard.id)} is no longer controlled by the {kind} {quoted(name)}"
    return Lost(("control", vocabulary, hazard.id, kind, *(meant or (name,))), said, guideline)


def _gone(old: Iterable[str], new: Iterable[str], same: Mapping[str, frozenset[str]]) -> list[str]:
    there = set(new)
    return [name for name in old if not {name, *same.get(name, ())} & there]


def _same(old: Mapping[str, str], new: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return for each old id the new ids of what means the same."""
    return {name: new.get(meant, frozenset()) for name, meant in old.items()}


def _ids_of_vignettes(new: Library) -> Mapping[str, frozenset[str]]:
    return _grouped((patient_of(name, one), one.id) for name, one in new.vignettes)


def _ids_of_properties(new: Library) -> Mapping[str, frozenset[str]]:
    return _grouped((claim_of(one), one.id) for one in new.properties)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for meant, name in pairs:
        found.setdefault(meant, set()).add(name)
    return {meant: frozenset(names) for meant, names in found.items()}


def _milder(old_log: HazardLog, old: Hazard, new_log: HazardLog, new: Hazard) -> Iterator[Lost]:
    """Yield a hazard whose risk, without or with its controls, is in a lower class than before."""
    for word, before, after in (
        ("without controls", old_log.initial(old), new_log.initial(new)),
        ("with all controls", old_log.residual(old), new_log.residual(new)),
    ):
        if after.number < before.number:
            said = f"the risk of the hazard {quoted(old.id)} {word} is judged {after.text} now, {before.text} before"
            yield Lost(("risk", old_log.vocabulary, old.id, word, before.text, after.text), said)
