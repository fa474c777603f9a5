"""What another analyser expects of its test models is found, or proved not to be the truth."""

from pathlib import Path

from tests.dmn.kie import report, rows

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "kie_analysis"


def test_the_page_says_what_comes_out_now():
    assert report(list(rows(FOLDER))) == (ROOT / "docs" / "dmn-kie.md").read_text("utf-8")


def test_what_is_not_reproduced_is_explained():
    for one in rows(FOLDER):
        assert one.verdict in ("same", "told") or one.why, one


def test_no_expectation_that_is_the_truth_is_missed():
    # A region that differs has values that prove it; what is refused says what was not read.
    left = {(one.test, one.question) for one in rows(FOLDER) if one.verdict not in ("same", "told")}
    assert left == {
        # The expectation is that of the other table of the model: p1 = -1 matches rule 1 here.
        ("DTNestingTest.dTnestedEverywhere", "gaps"),
        # date("2019-01-01T00:00:00Z") is null by the standard: the text is no date.
        ("BuiltinAndOtherValuesTest.weirdYMduration", "analysed"),
        # Rules with equal conditions are what COLLECT is for; no two of them have equal outputs too.
        ("Check1stNFViolationTest.check1stNFViolationCollect", "duplicates"),
        ("Check1stNFViolationTest.check1stNFViolationCollect", "nf1"),
    }
