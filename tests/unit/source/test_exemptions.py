"""Exempted mutants are read as they stand; a guideline that could not be read is not said to be missing."""

from redflag_kit.model.exemption import Exemption
from tests.story.project import library, throat

MUTANTS = "guidelines/throat/mutants.yaml"
TEXT = """\
schema: redflag/mutants/1
guideline: throat@1.0.0
note: made up
exempt:
  - {id: a-fault, reason: nobody is ever so old}
  - id: another
    reason: made up
"""


def test_exemptions_are_read_in_their_order_with_their_places():
    found = library({**throat(), MUTANTS: TEXT}).exemptions
    assert [(one.guideline, one.mutant, one.reason, one.span.line) for one in found] == [
        ("throat@1.0.0", "a-fault", "nobody is ever so old", 5),
        ("throat@1.0.0", "another", "made up", 6),
    ]
    assert all(isinstance(one, Exemption) for one in found)
