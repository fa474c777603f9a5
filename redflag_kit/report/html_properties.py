"""Safety properties of both editions, and what became of each: broken, mended, as before. Nothing is decided here."""

from dataclasses import dataclass

from redflag_kit.report.check_view import result_of
from redflag_kit.report.html_read import Json, member, members, objects, text
from redflag_kit.report.html_words import PROPERTY_CHANGES, Mark, mark

QUIET = ("proved", "not_covered")
"""Results that need no reader where they are the same in both editions."""


@dataclass(frozen=True, slots=True)
class PropertySide:
    """What became of a property in one edition; `note` says why there is no result, or that none was promised."""

    results: tuple[Mark, ...]
    shown: tuple[Json, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PropertyView:
    """A property before and after, with what either edition says to a patient who breaks it."""

    data: Json
    old: PropertySide
    new: PropertySide

    @property
    def examples(self) -> tuple[Json, ...]:
        """Return the counterexamples to show: those of the new edition, else those of the old one."""
        return tuple(one for one in self.new.shown if one.get("counterexample")) or tuple(
            one for one in self.old.shown if one.get("counterexample")
        )


@dataclass(frozen=True, slots=True)
class PropertyGroup:
    """The properties of which the same became; those that need no reader stand apart."""

    anchor: str
    mark: Mark
    shown: tuple[PropertyView, ...]
    quiet: tuple[PropertyView, ...]

    @property
    def total(self) -> int:
        return len(self.shown) + len(self.quiet)


def property_groups(diff: Json) -> tuple[PropertyGroup, ...] | None:
    """Return the properties of single editions by what became of them, worst first; None where none was decided."""
    if diff.get("property_changes") is None:
        return None
    groups: dict[str, list[PropertyView]] = {}
    for one in objects(diff.get("property_changes")):
        groups.setdefault(text(one.get("change")), []).append(_view(one))
    order = [*PROPERTY_CHANGES, *(kind for kind in groups if kind not in PROPERTY_CHANGES)]
    return tuple(_group(kind, groups[kind]) for kind in order if kind in groups)


def _group(kind: str, views: list[PropertyView]) -> PropertyGroup:
    found = mark(PROPERTY_CHANGES, kind)
    quiet = tuple(view for view in views if kind == "kept" and _is_quiet(view))
    shown = tuple(view for view in views if view not in quiet)
    return PropertyGroup(f"properties-{found.key}", found, shown, quiet)


def _is_quiet(view: PropertyView) -> bool:
    return all(result.key in QUIET for result in (*view.old.results, *view.new.results))


def _view(one: Json) -> PropertyView:
    return PropertyView(one, _side(one, "old"), _side(one, "new"))


def _side(one: Json, edition: str) -> PropertySide:
    found = objects(one.get(edition))
    note = ""
    if not found:
        note = "cannot be asked: the vocabulary of this edition lacks what it reads"
    elif not one.get(f"{edition}_applies"):
        note = "not declared for this edition; decided to compare"
    return PropertySide(tuple(dict.fromkeys(map(result_of, found))), tuple(found), note)


def example_words(one: Json) -> tuple[str, str, str]:
    """Return a counterexample: the patient, what is said to them, and that the violation is documented."""
    shown, known = member(one.get("counterexample")), member(one.get("known"))
    cites = ", ".join(text(cite) for cite in members(known.get("cite")))
    documented = f"{text(known.get('reason'))} ({cites})" if known else ""
    return text(shown.get("text")), text(shown.get("says")), documented
