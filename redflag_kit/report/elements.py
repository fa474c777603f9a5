"""Mutants in the format that viewers of mutation tests read: mutation-testing-report-schema, version 2.

Claim: every mutant stands once at its place in its file, under the worst state that it has in any guideline.

States: killed is `Killed`. Proved equivalent and exempted is `Ignored`, with the reason. What no vignette notices is
`Survived`, since all of them ran and passed, also where it is not decided whether the fault changes anything; and
`NoCoverage` where the guideline has no vignette whose expectations it meets. `Pending` means a mutant that was not run,
of which there is none. Not given: `coveredBy` and timings, which are not measured.
"""

import json
from decimal import Decimal
from typing import TypeAlias

from redflag_kit.report.html_read import Json, body, member, members, number, objects, text
from redflag_kit.report.mutate_view import MARKS, outcome_lines
from redflag_kit.report.text import count
from redflag_kit.results.mutate import EQUIVALENT, EXEMPTED, KILLED, STATES, SURVIVED

Key: TypeAlias = tuple[str, tuple[int, ...], tuple[str, ...]]

VERSION = "2.0"
LANGUAGE = "yaml"
HIGH, LOW = 100, 80
"""Shares of killed mutants, in per cent, that count as good and as not bad where no floor was asked for."""


def render(result: Json) -> str:
    """Return the mutants of a result as a mutation testing report, in one line: there may be very many."""
    return json.dumps(elements(result), ensure_ascii=False, separators=(",", ":")) + "\n"


def elements(result: Json) -> Json:
    """Return the mutants of a result as plain data in the shape of the schema."""
    found = body(result)
    sources = {text(one.get("path")): text(one.get("source")) for one in objects(found.get("files"))}
    covered = {text(one.get("guideline")) for one in objects(found.get("guidelines")) if number(one.get("vignettes"))}
    groups = _at_places(objects(found.get("mutants")))
    by_file: dict[str, list[Json]] = {}
    for group in groups:
        by_file.setdefault(text(group[0].get("file")), []).append(_mutant(group, covered))
    return {
        "schemaVersion": VERSION,
        "thresholds": _thresholds(member(result.get("options")).get("fail_under")),
        "framework": {
            "name": text(member(result.get("tool")).get("name")),
            "version": text(member(result.get("tool")).get("version")),
        },
        "config": dict(member(result.get("options"))),
        "files": {
            path: {"language": LANGUAGE, "source": sources.get(path, ""), "mutants": by_file[path]}
            for path in sorted(by_file)
        },
        "testFiles": _test_files(objects(found.get("tests")), sources),
    }


def _at_places(mutants: list[Json]) -> list[list[Json]]:
    """Return the mutants in order of their places; those that guidelines share, at one place, together."""
    groups: dict[Key, list[Json]] = {}
    for one in mutants:
        groups.setdefault(_key(one), []).append(one)
    return [groups[key] for key in sorted(groups)]


def _key(one: Json) -> Key:
    place = tuple(number(one.get(key)) for key in ("line", "column", "end_line", "end_column"))
    what = tuple(text(one.get(key)) for key in ("operator", "replacement", "sentence"))
    return text(one.get("file")), place, what


def _mutant(group: list[Json], covered: set[str]) -> Json:
    """Return the mutants of one place, one for each guideline that shares it, as one."""
    worst = min(group, key=lambda one: STATES.index(text(one.get("state"))))
    state = text(worst.get("state"))
    found: dict[str, object] = {
        "id": f"{text(group[0].get('guideline'))}/{text(group[0].get('id'))}",
        "mutatorName": text(worst.get("operator")),
        "description": _description(group),
        "replacement": text(worst.get("replacement")),
        "location": {
            "start": {"line": number(worst.get("line")), "column": number(worst.get("column"))},
            "end": {"line": number(worst.get("end_line")), "column": number(worst.get("end_column"))},
        },
        "status": _status(worst, covered),
        "statusReason": _reason(group),
    }
    if state == KILLED:
        found["killedBy"] = list(dict.fromkeys(text(name) for one in group for name in members(one.get("killed_by"))))
    return found


def _description(group: list[Json]) -> str:
    names = [text(one.get("guideline")) for one in group]
    shared = f" (shared by {', '.join(names)})" if len(names) > 1 else ""
    return text(group[0].get("sentence")) + shared


def _status(one: Json, covered: set[str]) -> str:
    state = text(one.get("state"))
    if state == KILLED:
        return "Killed"
    if state in (EQUIVALENT, EXEMPTED):
        return "Ignored"
    return "Survived" if text(one.get("guideline")) in covered else "NoCoverage"


def _reason(group: list[Json]) -> str:
    """Return why each guideline that has the mutant has it in its state."""
    if len(group) == 1:
        return _told(group[0])
    return "; ".join(f"{text(one.get('guideline'))}: {_told(one)}" for one in group)


def _told(one: Json) -> str:
    state = text(one.get("state"))
    word = MARKS[state].word
    if state == KILLED:
        return f"{word} by {count(len(members(one.get('killed_by'))), 'vignette')}"
    if state == SURVIVED:
        return f"{word}: {text(member(one.get('witness')).get('text'))}; {'; '.join(outcome_lines(one))}"
    return f"{word}: {text(one.get('reason'))}"


def _thresholds(floor: object) -> Json:
    """Return the shares that count as good: the floor if there is one."""
    return {"high": HIGH, "low": int(Decimal(text(floor)) * 100) if text(floor) else LOW}


def _test_files(tests: list[Json], sources: dict[str, str]) -> Json:
    found: dict[str, list[Json]] = {}
    for one in tests:
        place = {"start": {"line": number(one.get("line")), "column": number(one.get("column"))}}
        entry: Json = {"id": text(one.get("id")), "name": _name(one), "location": place}
        found.setdefault(text(one.get("file")), []).append(entry)
    return {path: {"source": sources.get(path, ""), "tests": found[path]} for path in sorted(found)}


def _name(one: Json) -> str:
    return f"{text(one.get('id'))}: {text(one.get('title'))}"
