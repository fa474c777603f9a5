"""Guidelines as the analyses read them, over diagrams and without any budget."""

from fractions import Fraction

from redflag_kit.analyse.guideline import defaults_of, weights_of
from redflag_kit.analyse.subject import Subject
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.mdd import count


def subject_of(ready: Engine) -> Subject[BddRegion]:
    """Return the subject of a guideline."""
    weights = weights_of(ready)

    def weigh(region: BddRegion) -> Fraction:
        return Fraction(count(ready.diagrams.freeze(region), weights or {}))

    return Subject(
        ready.compiled,
        ready.atoms,
        ready.diagrams,
        ready.meaning,
        None if weights is None else weigh,
        defaults_of(ready.guideline),
    )
