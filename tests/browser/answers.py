"""The answers of the page's script beside those of the evaluator, for many random cases.

    python -m tests.browser.answers                                     # 20,000 cases, some minutes
    python -m tests.browser.answers --cases 500 --generated 50 --seed 3

Cases are of two pairs of shipped editions and of generated ones; each is complete, known in part, mostly not assessed,
or impossible. The first case that is answered otherwise ends the run with exit code 1 and is printed.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from redflag_kit.diff.pair import clashing_findings, clashing_outputs
from redflag_kit.model.guideline import Guideline
from redflag_kit.report.html import TEMPLATES
from tests.browser.explored import Evaluator, Explored, Trial, explore, plain_data, read_literally, trials
from tests.property.editions import pair_of
from tests.property.fuzz import RandomChooser
from tests.property.generators import FEW
from tests.shipped import guideline

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHIPPED = (("acp@2007", "acp@2011"), ("red_flags@2026.0", "red_flags@2026.1"))
BLANK = (
    f"<!doctype html><title>answers</title><script>{(TEMPLATES / 'explorer_answers.js').read_text('utf-8')}</script>"
)
ASK = """([written, cases]) => {
  const data = redflagExplorer.opened(written);
  const named = found => found && Object.assign({}, found, Object.fromEntries(
    ['assumed', 'pivotal', 'withdrawn'].map(key => [key, found[key].map(one => data.findings[one.position].id)])));
  return cases.map(one => ['old', 'new'].map(side => named(redflagExplorer.answers(data, data[side], one))));
}"""


def shipped(old: str, new: str) -> Explored:
    """Return two shipped editions."""
    return explore(guideline(old), guideline(new))


def generated(seed: str) -> Explored | None:
    """Return a generated guideline and an edited copy, None if they cannot be compared or are no guidelines."""
    found = pair_of(RandomChooser(random.Random(seed)), FEW)
    if not all(map(_has_an_order, (found.old, found.new))):
        return None
    clash = clashing_findings(found.old, found.new) or clashing_outputs(found.old, found.new)
    return None if clash else explore(found.old, found.new)


@dataclass
class Tally:
    """How many cases were compared, how many answers there were, how many left a rule open, how many were read."""

    cases: int = 0
    possible: int = 0
    undecided: int = 0
    read: int = 0


def _has_an_order(guideline: Guideline) -> bool:
    """Say whether no rule is an exception to itself: several edits in a row can make such a circle."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for rule in guideline.rules():
        sorter.add(rule.id, *rule.unless)
        for name in rule.overrides:
            sorter.add(name, rule.id)
    try:
        sorter.prepare()
    except CycleError:
        return False
    return True


def check(page: Page, subject: Explored, asked: list[Trial], tally: Tally) -> None:
    """Compare every answer with the evaluator's, and those of complete cases with the literal interpreter's."""
    sides = [Evaluator(one.guideline, asked) for one in subject.editions]
    answers: list[list[Any]] = page.evaluate(ASK, [plain_data(subject), [one.given for one in asked]])
    for trial, found in zip(asked, answers, strict=True):
        patient = subject.patient(trial.given)
        tally.cases += 1
        for side, edition, own in zip(sides, subject.editions, found, strict=True):
            expected = side.answer(trial.stated)
            assert own == expected, (edition.guideline.name, trial.stated, own, expected)
            tally.possible += expected is not None
            tally.undecided += expected is not None and "open" in expected["rules"]
            if patient is not None:
                tally.read += 1
                assert (own and own["written"]) == read_literally(edition, patient), (trial.stated, own)


def main() -> int:
    """Run many trials; return the exit code."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import executable

    parser = argparse.ArgumentParser(description="the explorer's answers against the evaluator's")
    parser.add_argument("--cases", type=int, default=5000, help="cases for each pair of shipped editions")
    parser.add_argument("--generated", type=int, default=400, help="pairs of generated editions, with 25 cases each")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.set_content(BLANK)
        subjects = [(" to ".join(pair), shipped(*pair), options.cases) for pair in SHIPPED]
        made = ((f"generated {n}", generated(f"{options.seed}/{n}"), 25) for n in range(options.generated))
        tally = Tally()
        for name, subject, count in (*subjects, *made):
            if subject is None:
                continue
            try:
                check(page, subject, list(trials(subject, chance, count)), tally)
            except AssertionError as error:
                sys.stdout.write(f"{name}: answered otherwise: {error}\n")
                return 1
        browser.close()
    said = f"{tally.cases} cases, {tally.possible} answers, {tally.undecided} of them open"
    sys.stdout.write(f"{said}; all equal, {tally.read} also to the literal interpreter\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
