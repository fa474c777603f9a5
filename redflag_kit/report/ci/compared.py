"""Pairs of editions in a result of `diff` or `gate`, and where their rules stand in the repository."""

from dataclasses import dataclass

from redflag_kit.report.ci.places import file_place, place_of
from redflag_kit.report.ci.remark import Place
from redflag_kit.report.html_read import Json, body, member, members, objects, text


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions and their comparison. `old_is_here`: the old one stands in the working tree too."""

    result: Json
    diff: Json
    old: str
    new: str
    old_path: str
    new_path: str
    old_is_here: bool

    @property
    def name(self) -> str:
        """Return what was compared, as it heads a list."""
        return f"{self.old} -> {self.new}"

    @property
    def start(self) -> Place | None:
        """Return the start of the new edition."""
        return file_place(self.result, self.new_path)

    def place(self, change: Json) -> Place | None:
        """Return where a change class is seen: at the rule that decides now, else at what became of the old one."""
        now = place_of(self.result, member(change.get("new_row")))
        old_rule = text(change.get("old_rule"))
        successors = members(member(member(self.diff.get("tables")).get("successors")).get(old_rule))
        return now or self.rule_place([text(rule) for rule in successors], "new")

    def rule_place(self, rules: list[str], side: str) -> Place | None:
        """Return where the first of some rules stands in the old or new edition; its start if none is found."""
        path = self.new_path if side == "new" else self.old_path
        rows = self._rows(side)
        found = next((rows[rule] for rule in rules if rule in rows), {})
        return place_of(self.result, found) or file_place(self.result, path)

    def _rows(self, side: str) -> dict[str, Json]:
        tables = objects(member(member(self.diff.get("tables")).get(side)).get("tables"))
        return {text(row.get("id")): row for table in tables for row in objects(table.get("rules"))}


def bare(name: str) -> str:
    """Return the name of an edition without the revision that it was read from."""
    return name.rpartition(":")[2]


def pairs_of(result: Json) -> list[Compared]:
    """Return every pair of editions that was compared; none where guidelines of different publishers were."""
    found = body(result)
    if "diffs" in found:
        return _of_states(result, found)
    if found.get("compares") == "guidelines" or not found:
        return []
    by_role = {text(one.get("role")): one for one in objects(result.get("inputs"))}
    old, new = by_role.get("old", {}), by_role.get("new", {})
    here = not old.get("revision")
    names = (text(found.get("old")), text(found.get("new")))
    return [Compared(result, found, *names, text(old.get("path")), text(new.get("path")), here)]


def _of_states(result: Json, found: Json) -> list[Compared]:
    diffs = members(found.get("diffs"))
    pairs = []
    for one in objects(found.get("guidelines")):
        number = one.get("diff")
        if isinstance(number, int) and 0 <= number < len(diffs):
            old, new, old_path, new_path = (text(one.get(key)) for key in ("old", "new", "old_path", "new_path"))
            pairs.append(Compared(result, member(diffs[number]), old, new, old_path, new_path, False))
    return pairs
