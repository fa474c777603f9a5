"""Stretches of files inside each other."""

import pytest

from redflag_kit.diagnostics.span import Span

OUTER = Span("a.yaml", 2, 5, 4, 9)


@pytest.mark.parametrize(
    ("inner", "inside"),
    [
        (OUTER, True),
        (Span("a.yaml", 3, 1, 3, 80), True),
        (Span("a.yaml", 2, 5, 2, 5), True),
        (Span("a.yaml", 4, 9, 4, 9), True),
        (Span("a.yaml", 2, 4, 3, 1), False),
        (Span("a.yaml", 1, 9, 3, 1), False),
        (Span("a.yaml", 3, 1, 4, 10), False),
        (Span("a.yaml", 3, 1, 5, 1), False),
        (Span("b.yaml", 3, 1, 3, 80), False),
    ],
)
def test_a_stretch_is_within_another_of_the_same_file(inner: Span, inside: bool) -> None:
    assert inner.within(OUTER) is inside
