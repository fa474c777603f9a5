"""Models that nobody can enter: scope and constraints leave no legal patient.

Claim: reported exactly if there is none. Every other analysis is then silent, as it would be true of nobody.
"""

from collections.abc import Iterator

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import R


def no_patient(subject: Subject[R]) -> Iterator[Fault]:
    """Yield one fault, about no decision, if nobody is legal and in scope."""
    if subject.care.is_empty():
        yield Fault(codes.RF305, "", ())
