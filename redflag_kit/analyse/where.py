"""Readable regions: where a fault is, as a few alternatives over inputs.

Claim: within the legal patients in scope the alternatives lie in the region, and are all of it when `exact`.
Method: `logic.cover` in inputs alone, relative to those patients; neighbouring atoms of a number become one range.
"""

from redflag_kit.analyse.fault import Where
from redflag_kit.analyse.subject import Subject
from redflag_kit.logic.algebra import R
from redflag_kit.logic.cover import cover

MAX_CUBES = 8


def where(subject: Subject[R], region: R) -> Where:
    """Return a region that is part of the subject's care for people to read."""
    found = cover(subject.algebra, region, subject.care, subject.columns, MAX_CUBES)
    cubes = tuple({name: sum(1 << int(atom) for atom in atoms) for name, atoms in one.literals} for one in found.cubes)
    return Where(cubes, found.exact, subject.share(region))
