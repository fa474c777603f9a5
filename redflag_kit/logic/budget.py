"""The one way an exact question may go unanswered: its budget ran out.

Claim: a budget is never exceeded silently; the caller learns what was asked and which limit stopped it.
"""


class BudgetExceeded(Exception):  # noqa: N818 - a stated limit was reached; nothing is wrong
    """A question that needs more than its budget, e.g. `the conjunction of two regions` within `4000000 nodes`."""

    def __init__(self, question: str, budget: str) -> None:
        super().__init__(question, budget)
        self.question = question
        self.budget = budget

    def __str__(self) -> str:
        return f"{self.question} needs more than {self.budget}"
