"""Of decision models of every kind, what is said is what trying every kind of value on the evaluator shows."""

from hypothesis import given

from tests.property.decision_models import drafts
from tests.property.dmn_trials import check
from tests.property.effort import examples


@examples(100)
@given(drafts(earlier=0))
def test_of_one_table_everything_said_is_what_trying_values_shows(draft):
    check(draft)


@examples(100)
@given(drafts(earlier=3))
def test_of_a_table_that_reads_decisions_everything_said_is_what_trying_values_shows(draft):
    check(draft)
