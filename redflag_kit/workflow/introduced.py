"""Which faults of the new state are there because of the change: those that the old state has not.

A fault is the same on both sides if it is of the same check and about the same rules and findings of a guideline that
was carried on; rules are followed to their successors. Only a change that has faults to judge costs a look at the old
state.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import reduce

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.gate.checks import Found
from redflag_kit.gate.lineage import Lineage
from redflag_kit.project.load import Project
from redflag_kit.project.tree import place
from redflag_kit.results.check import CheckBody
from redflag_kit.results.envelope import Envelope, NotDecided
from redflag_kit.results.properties import CheckedProperty

ELSEWHERE = (codes.RF320, codes.RF321, codes.RF902)
"""Told by other checks of the gate than that of tables."""

Looked = Callable[[], Envelope | None]
"""Gives the result of checking the old state, None if there is nothing to check."""
_Key = tuple[str, str, frozenset[str], tuple[str, ...], str]


def table_faults(
    old: Project, new: Project, checked: Envelope, before: Looked, both: Lineage, fail_on: Severity
) -> Found:
    """Return the faults of files and tables that are as grave as `fail_on`; what keeps files from loading aside."""
    grave = [
        one
        for one in checked.diagnostics
        if one.severity.reaches(fail_on) and one.code not in ELSEWHERE and one not in new.errors
    ]
    undecided = tuple(_open(one) for one in checked.not_decided if not one.question.startswith("property "))
    if not grave:
        return Found(undecided=undecided)
    found = before()
    known = {key for one in (found.diagnostics if found else ()) for key in _old_keys(one, _path(old, one), both)}
    introduced = [one for one in grave if _key(one, _path(new, one), one.rules, one.message) not in known]
    kept = [one for one in grave if one not in introduced]
    return Found(tuple(map(said, introduced)), tuple(map(said, kept)), undecided)


def broken_properties(checked: Envelope, before: Looked, both: Lineage) -> tuple[Found, int]:
    """Return the properties that are broken without being documented, and how many results are proved."""
    results = checked.body.properties if isinstance(checked.body, CheckBody) else ()
    broken = [one for one in results if one.result == "refuted" and one.known is None]
    undecided = tuple(_of(one) for one in results if one.result == "not_decided")
    proved = sum(one.result == "proved" for one in results)
    if not broken:
        return Found(undecided=undecided), proved
    found = before()
    body = found.body if found else None
    known = {
        (one.id, name)
        for one in (body.properties if isinstance(body, CheckBody) else ())
        if one.result == "refuted" and one.known is None
        for name in both.carried_on.get(one.guideline, ())
    }
    introduced = [one for one in broken if (one.id, one.guideline) not in known]
    kept = [one for one in broken if one not in introduced]
    return Found(tuple(map(_broken, introduced)), tuple(map(_of, kept)), undecided), proved


def said(one: Diagnostic) -> str:
    """Return a diagnostic in one line."""
    return f"{one.span}: {one.code.id} {one.message}"


def _old_keys(one: Diagnostic, path: str, both: Lineage) -> Iterator[_Key]:
    """Yield a fault of the old state as each edition that carries on its guideline would have it."""
    name = next((name for name, guideline in both.old.items() if guideline.path == path), None)
    if name is None:  # a vocabulary, a vignette, ...
        renamed = ((old, new) for old, new in both.pairs if old not in both.new)
        yield _key(one, path, one.rules, reduce(lambda text, pair: text.replace(*pair), renamed, one.message))
        return
    for after in both.carried_on[name]:
        rules = (new for old in one.rules for new in both.rules_after(name, after, old))
        yield _key(one, both.new[after].path, rules, one.message.replace(name, after))


def _key(one: Diagnostic, path: str, rules: Iterable[str], message: str) -> _Key:
    """Return what makes a fault the same: what it is about; its words only where it is about no rule."""
    about = frozenset(rules)
    return (one.code.id, path, about, one.findings, "" if about else message)


def _path(project: Project, one: Diagnostic) -> str:
    """Return the file of a fault without the revision that it was read from."""
    return one.span.file.removeprefix(place(project.revision, ""))


def _broken(one: CheckedProperty) -> str:
    shown = f": {one.counterexample.says}" if one.counterexample else ""
    return f"{_of(one)} does not hold{shown}"


def _of(one: CheckedProperty) -> str:
    between = f" after {one.old}" if one.old else ""
    return f"{one.id} ({one.title}) for {one.guideline}{between}"


def _open(one: NotDecided) -> str:
    return f"{one.question}: {one.budget}"
