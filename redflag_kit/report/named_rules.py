"""The rules in which a region is told, in words: a reader knows the patients by the titles, not by the ids."""

import re

from redflag_kit.report.html_read import Json, member, objects, text

_NAMED = re.compile(r"(?P<rule>.+) \((?P<side>old|new)\)")


def rules_named(region: Json, diff: Json) -> list[str]:
    """Return the rules that the conditions of a region name, by id: `S-MRI: History of cancer, or fever`.

    A rule whose title differs between the editions is given with the version of each, or as old and new.
    """
    titles: dict[str, dict[str, str]] = {}  # rule -> side -> title
    for cube in objects(region.get("cubes")):
        for name in cube:
            found = _NAMED.fullmatch(name)
            if found and (title := _title(member(diff.get("tables")).get(found["side"]), found["rule"])):
                titles.setdefault(found["rule"], {})[found["side"]] = title
    return [line for rule in sorted(titles) for line in _told(rule, titles[rule], diff)]


def _told(rule: str, titles: dict[str, str], diff: Json) -> list[str]:
    if len(set(titles.values())) == 1:
        return [f"{rule}: {next(iter(titles.values()))}"]
    old, new = _version(diff, "old"), _version(diff, "new")
    names = {"old": "the old edition", "new": "the new edition"} if old == new else {"old": old, "new": new}
    return [f"{rule} in {names[side]}: {titles[side]}" for side in ("old", "new")]


def _title(guideline: object, rule: str) -> str:
    tables = objects(member(guideline).get("tables"))
    rows = (row for table in tables for row in objects(table.get("rules")) if text(row.get("id")) == rule)
    return next((text(row.get("title")) for row in rows), "")


def _version(diff: Json, side: str) -> str:
    return text(member(member(diff.get("tables")).get(side)).get("version"))
