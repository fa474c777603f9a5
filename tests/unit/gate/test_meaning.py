"""What counts as the same: names, text, order and nesting do not; what is asked of a patient does."""

from fractions import Fraction

import pytest

from redflag_kit.gate.meaning import meaning
from redflag_kit.model.condition import All, Always, Any, AtLeast, Named, Not, NumberTest, Range, WordTest
from redflag_kit.model.property import Editions, Standing, Statement


def word(finding, text="x"):
    return WordTest(finding, frozenset(("present", "b")), text)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (A, word("a", "another text")),
        (Named("name", A), A),
        (All((A, B)), All((B, A, A))),
        (All((A, All((B, C)))), All((A, B, C))),
        (Any((A, Any((B,)))), Any((B, A))),
        (Any((A,)), A),
        (Not(Not(A)), A),
        (AtLeast(2, (A, B, C)), AtLeast(2, (C, B, A))),
        (Statement("always", A, B), Statement("when", A, B)),
        (Editions("acp@2011", "acp", (2011,), (2011,)), Editions("other words", "acp", (2011,), (2011,))),
        (frozenset((A, B)), frozenset((B, A))),
    ],
)
def test_the_same_written_otherwise_has_the_same_meaning(one, other):
    assert meaning(one) == meaning(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (A, B),
        (A, Not(A)),
        (All((A, B)), Any((A, B))),
        (AtLeast(2, (A, B, C)), AtLeast(1, (A, B, C))),
        (AtLeast(2, (A, A)), AtLeast(2, (A,))),
        (Always(), A),
        (NumberTest("n", (Range(Fraction(1)),), False, "x"), NumberTest("n", (Range(Fraction(2)),), False, "x")),
        (NumberTest("n", (Range(Fraction(1)),), False, "x"), NumberTest("n", (Range(Fraction(1)),), True, "x")),
        (Statement("always", A, B), Statement("always", B, A)),
        (Standing.ALL, Standing.IN_FORCE),
        (None, True),
    ],
)
def test_what_asks_for_something_else_has_another_meaning(one, other):
    assert meaning(one) != meaning(other)
