"""A result of `check` arranged for a page, the most important first. Nothing is recomputed.

A fault of a table is both a finding, with its region, and a message, with its place and what to do. A page shows the
two together, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.report.html_read import Json, body, member, members, objects, text
from redflag_kit.report.html_words import HIDES, PROPERTY_RESULTS, SEVERITIES, STATUSES, Mark, mark

_SHOWN = ("refuted", "not_decided", "known")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a table with the message that tells it; the message is empty for a finding that only reports show."""

    data: Json
    message: Json

    @property
    def places(self) -> tuple[str, ...]:
        """Return where it is, and the other places that belong to it, as `file:line` with a word on each."""
        if not self.message.get("file"):
            return ()
        others = tuple(f"{text(one.get('message'))}: {_place(one)}" for one in objects(self.message.get("related")))
        return (_place(self.message), *others)


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """A safety property, and the guidelines by what became of it there, worst first."""

    data: Json
    results: tuple[tuple[Mark, tuple[str, ...]], ...]


def is_of_models(result: Json) -> bool:
    """Say whether decision models in DMN were checked, not a project."""
    return bool(objects(body(result).get("models")))


def verdict_words(result: Json) -> str:
    """Return how the check ended, how many messages there are, and what passes although a reviewer should see it."""
    status = text(result.get("status"))
    start = {"ok": "Passed", "findings": "Failed"}.get(status, STATUSES.get(status, status))
    found = objects(result.get("diagnostics"))
    counts = [
        f"{many or 'no'} {word}{'' if many == 1 else 's'}"
        for word in ("error", "warning")
        for many in [sum(one.get("severity") == word and not one.get("waived") for one in found)]
    ]
    return "; ".join([f"{start}: {' and '.join(counts)}", *_noteworthy(body(result))])


def _noteworthy(found: Json) -> list[str]:
    known = sum(result_of(one).key == "known" for one in objects(found.get("properties")))
    hidden = sum(mark(HIDES, text(one.get("hides"))).key != "never" for one in objects(found.get("default_audit")))
    violations = "known violation" if known == 1 else "known violations"
    outcomes = "an assumption hides" if hidden == 1 else f"{hidden} assumptions hide"
    return [
        *([f"{known} {violations} of safety properties"] if known else []),
        *([f"{outcomes} a more urgent outcome"] if hidden else []),
    ]


def faults(result: Json) -> list[Fault]:
    """Return the faults of the tables, gravest first and accepted ones last, each with its message."""
    return sorted(_matched(result)[0], key=lambda fault: _gravity(fault.data))


def messages(result: Json) -> list[Json]:
    """Return the messages that no fault of a table shows, gravest first, each grade in the order of the files."""
    return sorted(_matched(result)[1], key=_gravity)


def _matched(result: Json) -> tuple[list[Fault], list[Json]]:
    """Return each fault with its message (of several alike, one in the fault's model), and the messages left over."""
    alike: dict[tuple[str, str], list[Json]] = {}
    for one in objects(result.get("diagnostics")):
        alike.setdefault(_said(one), []).append(one)
    paths = {(text(one.get("name")), text(one.get("path"))) for one in objects(body(result).get("models"))}
    found: list[Fault] = []
    for finding in objects(body(result).get("findings")):
        told = alike.get(_said(finding), [])
        name = text(finding.get("guideline"))
        own = (place for place, one in enumerate(told) if (name, text(one.get("file"))) in paths)
        found.append(Fault(finding, told.pop(next(own, 0)) if told else {}))
    left = {id(one) for told in alike.values() for one in told}
    return found, [one for one in objects(result.get("diagnostics")) if id(one) in left]


def _said(one: Json) -> tuple[str, str]:
    return text(one.get("code")), text(one.get("message"))


def _gravity(one: Json) -> int:
    severity = text(one.get("severity"))
    order = list(SEVERITIES)
    grade = order.index(severity) if severity in order else len(order)
    return len(order) + 1 if one.get("waived") else grade


def _place(one: Json) -> str:
    line = text(one.get("line"))
    return f"{text(one.get('file'))}:{line}" if line else text(one.get("file"))


def result_of(one: Json) -> Mark:
    """Return what became of a property in a guideline; a documented violation is one of its own kind."""
    return mark(
        PROPERTY_RESULTS, "known" if one.get("known") and one.get("counterexample") else text(one.get("result"))
    )


def editions_of(one: Json) -> str:
    """Return the guideline a result of a property is about, or the two editions."""
    name = text(one.get("guideline"))
    return f"{name} after {text(one.get('old'))}" if one.get("old") else name


def shown_properties(found: Json) -> list[Json]:
    """Return the results that need a reader, worst first: refuted, not decided, known violations."""
    open_ = [one for one in objects(found.get("properties")) if result_of(one).key in _SHOWN]
    return sorted(open_, key=lambda one: _SHOWN.index(result_of(one).key))


def property_rows(found: Json) -> list[PropertyRow]:
    """Return every property once, with all guidelines."""
    grouped: dict[str, list[Json]] = {}
    for one in objects(found.get("properties")):
        grouped.setdefault(text(one.get("id")), []).append(one)
    return [PropertyRow(group[0], tuple(_by_result(group))) for group in grouped.values()]


def _by_result(group: Iterable[Json]) -> list[tuple[Mark, tuple[str, ...]]]:
    marks = list(PROPERTY_RESULTS)
    named: dict[str, tuple[Mark, list[str]]] = {}
    for one in group:
        result = result_of(one)
        left_out = ", ".join(text(o) for o in members(one.get("not_covered")) if result.key != "not_covered")
        name = editions_of(one) + (f" (not covered: {left_out})" if left_out else "")
        named.setdefault(result.key, (result, []))[1].append(name)
    ordered = sorted(named.values(), key=lambda pair: marks.index(pair[0].key) if pair[0].key in marks else len(marks))
    return [(result, tuple(names)) for result, names in ordered]


def example_of(fault: Json) -> str:
    """Return the example of a fault in words, nothing where it has none."""
    return text(member(fault.get("witness")).get("text"))
