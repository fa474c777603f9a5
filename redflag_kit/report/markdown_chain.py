"""Safety properties before and after, and the chain of the changed rules, in Markdown."""

from redflag_kit.report.check_view import result_of
from redflag_kit.report.html_chain import ChainRow, chains
from redflag_kit.report.html_properties import PropertyGroup, PropertyView, example_words, property_groups
from redflag_kit.report.html_read import Json, members, objects, text
from redflag_kit.report.html_signoff import SignoffView
from redflag_kit.report.html_view import ChangeView
from redflag_kit.report.markdown_text import code, escaped


def property_lines(diff: Json) -> list[str]:
    """Return what became of each safety property, worst first; nothing where none was decided."""
    groups = property_groups(diff)
    between = objects(diff.get("properties"))
    if groups is None and not between:
        return []
    lines = ["Between the two editions:"] if between else []
    for one in between:
        lines += _told(one, f"{result_of(one).symbol} {result_of(one).word}")
    lines += ["Of each edition by itself:"] if between and groups else []
    lines += [line for group in groups or () for line in _group(group)]
    if groups is not None and not groups:
        lines.append("- No property is declared for either edition.")
    return lines


def _group(group: PropertyGroup) -> list[str]:
    lines = [f"- {group.mark.symbol} **{escaped(group.mark.word)}**: {group.total}"]
    lines += [line for view in group.shown for line in _view(view)]
    if group.quiet:
        lines.append(f"  - proved, or not covered, before and after: {len(group.quiet)}")
    return lines


def _view(view: PropertyView) -> list[str]:
    old, new = (
        ", ".join(f"{one.symbol} {one.word}" for one in side.results) or side.note for side in (view.old, view.new)
    )
    lines = [f"  - {code(view.data.get('id'))} {escaped(view.data.get('title'))}: {escaped(old)} → {escaped(new)}"]
    for one in view.examples[:1]:
        who, says, _ = example_words(one)
        lines.append(f"    - {escaped(who)}: {escaped(says, 400)}")
    return lines


def _told(one: Json, result: str) -> list[str]:
    who, says, known = example_words(one)
    lines = [f"- {escaped(result)}: {code(one.get('id'))} {escaped(one.get('title'))}"]
    lines += [f"  - {escaped(who)}: {escaped(says, 400)}"] if who or says else []
    return lines + ([f"  - known: {escaped(known, 300)}"] if known else [])


def chain_lines(diff: Json, changes: tuple[ChangeView, ...], signoff: SignoffView | None) -> list[str]:
    """Return the changed rules whose chain has a gap, then how many have none; nothing where none was traced."""
    found = chains(diff, changes, signoff.states if signoff else {})
    if found is None:
        return []
    lines = []
    for chain in found:
        gaps = [row for row in chain.rows if row.gaps]
        lines.append(f"- {escaped(chain.heading)}: {len(chain.rows)} changed rules, {len(gaps)} with a gap")
        lines += [f"  - {_row(row)}" for row in gaps]
    return lines


def _row(row: ChainRow) -> str:
    sources = escaped(", ".join(row.sources) or "none")
    hazards = escaped(", ".join(text(one) for one in members(row.data.get("hazards"))) or "none")
    fires, properties = len(members(row.data.get("fires"))), len(members(row.data.get("properties")))
    linked = f"sources: {sources}; fires in {fires} vignettes; properties: {properties}; hazards: {hazards}"
    return f"{escaped(row.data.get('id'))}: **{'; '.join(row.gaps)}** ({linked})"
