"""Whether what is possible for a case is what was expected."""

from redflag_kit.model.vignette import Expected
from redflag_kit.semantics.cases import Possible
from redflag_kit.terms.scale import Status


def is_met(expected: Expected, found: Possible) -> bool:
    """Say whether one output is as expected, entailed levels included."""
    if expected.todo:
        return False
    if expected.undecided:
        return not found.decided
    if expected.values is not None:
        return not found.may and expected.values == set(found.values)
    may = expected.may or frozenset()
    statuses = set(found.values)
    if not expected.must:  # a set that need not have a member may be silent without saying so
        statuses -= {Status.SILENT.value} - may
    return (expected.must or frozenset()) == frozenset(found.must) and may == {*found.may, *statuses}


def is_met_as_written(expected: Expected, found: Possible, written: Possible, *, ordered: bool) -> bool:
    """Compare a word meant for every output with what the rules write, entailed levels aside."""
    if expected.todo:
        return False
    if expected.undecided:
        return not found.decided or (ordered and len(written.values) > 1)
    return (expected.values or frozenset()) == {*written.may, *written.values}
