"""Which rules decide an entailed level for some patients, and through which outputs.

Claim: every patient of a region has the level because of one of these rules, and each of them is decisive, by its hit
policy, for some patient of the region. A level is written to the output itself, or to one that satisfies it, or, if it
advises against, to one that the output is a part of.
"""

from dataclasses import dataclass

from redflag_kit.diff.panel import Speaker
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.vocabulary import Output


@dataclass(frozen=True, slots=True)
class Decision:
    """A rule that decides a level, and the output that it writes the level to."""

    rule: str
    output: str


def deciding(speaker: Speaker, output: str, level: str, region: BddRegion) -> tuple[Decision, ...]:
    """Return the rules that decide a level of an output for the patients of a region, in file order."""
    outputs = speaker.edition.guideline.outputs
    rest = region
    found: list[Decision] = []
    for whole in (output, *_wholes(outputs, output)):
        # What an output is a part of says something of it only by advising against, and only to whom it says nothing.
        within = rest & speaker.values(whole).get(level, speaker.algebra.empty)
        if within.is_empty():
            continue
        for source in (whole, *parts_of(outputs, whole)):
            for cell in speaker.edition.meaning.cells[source, ""]:
                here = within & cell.region
                if cell.value == level and cell.rule is not None and not here.is_empty():
                    found.append(Decision(cell.rule, source))
                    rest = rest - here
    order = {rule.id: place for place, rule in enumerate(speaker.edition.guideline.rules())}
    return tuple(sorted(dict.fromkeys(found), key=lambda one: order[one.rule]))


def bearing_on(speaker: Speaker, output: str) -> frozenset[str]:
    """Return the outputs that what is written to them can make a value of this output."""
    outputs = speaker.edition.guideline.outputs
    above = [output, *_wholes(outputs, output)]
    return frozenset(name for whole in above for name in (whole, *parts_of(outputs, whole)))


def parts_of(outputs: dict[str, Output], output: str) -> tuple[str, ...]:
    """Return the covered outputs that satisfy an output, by whatever way."""
    found: list[str] = []
    waiting = list(outputs[output].satisfied_by)
    while waiting:
        name = waiting.pop(0)
        if name in outputs and name not in found:
            found.append(name)
            waiting += outputs[name].satisfied_by
    return tuple(found)


def _wholes(outputs: dict[str, Output], output: str) -> tuple[str, ...]:
    """Return the covered outputs that an output satisfies, by whatever way."""
    return tuple(name for name in outputs if name != output and output in parts_of(outputs, name))
