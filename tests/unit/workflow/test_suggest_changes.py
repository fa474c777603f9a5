"""`redflag suggest --since`: what changed since a revision or an edition, shown by drafts that lie in every class."""

from dataclasses import replace

import pytest

from redflag_kit.__main__ import main
from redflag_kit.diagnostics.codes import RF902
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.diff.compare import compare
from redflag_kit.project.states import States
from redflag_kit.report.formats import render
from redflag_kit.report.json import to_json
from redflag_kit.results.suggest import CHANGES, MUTANTS, SuggestBody
from redflag_kit.suggest.changes import Since
from redflag_kit.suggest.meet import Effort
from redflag_kit.workflow.closing import NOT_FOUND
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.since import sides_since
from redflag_kit.workflow.suggest import FIRST, Asked, suggest
from redflag_kit.workflow.suggesting_changes import showing
from tests import shipped
from tests.story.project import GUIDELINE, VOCABULARY, edited, throat
from tests.unit.project.scratch import scratch

LOWER = ("{value: 39.0 Cel,", "{value: 38.5 Cel,")
SOONER = ("then: {review: this_week}", "then: {review: today}")
HEAD = "schema: redflag/vignettes/1\nvocabulary: sore_throat\nvignettes:\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the small project, committed and then changed: fever counts from 38.5, a week of pain is seen today."""
    repository = scratch(tmp_path_factory.mktemp("throat"))
    repository.write(throat())
    repository.commit()
    repository.write(edited(throat(), GUIDELINE, LOWER, SOONER))
    return repository


def asked(made, since="HEAD:", *references, purposes=(CHANGES,)):
    states = States(made.root)
    given = Asked(references, purposes, since=since)
    return suggest(states.working, given, lambda chosen: sides_since(states, chosen, given.since))


def words(envelope, form="text"):
    return " ".join(render(to_json(envelope), form).split())


def test_each_class_that_no_vignette_shows_gets_a_draft_and_one_that_some_shows_none(made):
    told = asked(made)
    (one,) = told.body.guidelines
    assert [(each.purpose, each.goals, each.vignettes, each.at_least) for each in one.purposes] == [
        ("changes", 2, 2, 2)
    ]
    notices = [each for draft in told.body.vignettes for each in draft.notices]
    assert sorted(each.sentence for each in notices) == [
        "seeing a doctor: not needed → today (T-HOME → T-FEVER)",
        "seeing a doctor: this week → today (T-LONG → T-FEVER)",
    ]
    assert {(each.rule, each.file) for each in notices} == {("T-FEVER", GUIDELINE)}
    assert [draft.now[0].value for draft in told.body.vignettes] == ["today", "today"]
    assert (told.exit_code, told.diagnostics, one.left) == (0, (), ())
    assert [(one.role, one.ref) for one in told.inputs] == [("guideline", "throat@1.0.0"), ("old", "HEAD:")]
    assert told.options["since"] == "HEAD:"


def test_the_text_and_the_page_say_what_changed(made):
    for form in ("text", "markdown"):
        page = words(asked(made), form)
        assert "2 vignettes that show 2 changes that no vignette shows" in page
        assert "not needed → today" in page
    assert "shows seeing a doctor" in words(asked(made))


def test_drafts_that_are_there_are_not_suggested_again(made):
    drafts = asked(made).body.vignettes
    files = edited(throat(), GUIDELINE, LOWER, SOONER)
    made.write({**files, "vignettes/suggested.yaml": HEAD + "\n".join(one.yaml for one in drafts)})
    try:
        told = asked(made)
        assert told.body.vignettes == ()
        assert told.body.guidelines[0].waiting == tuple(sorted(one.id for one in drafts))
        assert "nothing to suggest" in words(told)
    finally:
        (made.root / "vignettes/suggested.yaml").unlink()


def test_what_drafts_of_another_purpose_show_needs_no_draft_of_its_own(made):
    told = asked(made, purposes=(MUTANTS, CHANGES))
    shown = [each for one in told.body.vignettes for each in one.notices if each.kind == CHANGES]
    assert len({each.id for each in shown}) == len(shown) <= 2
    assert {each.kind for one in told.body.vignettes for each in one.notices} >= {MUTANTS}
    names = [one.id for one in told.body.vignettes]
    assert len(names) == len({*names})


def test_nothing_is_asked_where_nothing_changed(made):
    made.write(throat())
    try:
        told = asked(made)
        assert told.body.vignettes == told.body.guidelines[0].purposes == ()
        assert [one.role for one in told.inputs] == ["guideline"]
        assert "nothing to suggest" in words(told)
    finally:
        made.write(edited(throat(), GUIDELINE, LOWER, SOONER))


def test_a_guideline_may_be_named_on_either_side(made):
    by_name = asked(made, "HEAD:throat", "throat@1")
    assert by_name.body.vignettes == asked(made).body.vignettes
    assert asked(made, "throat", "throat").body.vignettes == ()  # the same edition on both sides


def test_a_guideline_that_is_new_is_told_to_be_compared_with_nothing(made):
    states = States(made.root)
    given = Asked((), (CHANGES,), since="HEAD:")
    told = suggest(states.working, given, lambda chosen: {one.name: None for one in chosen})
    assert isinstance(told.body, SuggestBody)
    (one,) = told.body.guidelines
    assert [(each.sentence, each.reason) for each in one.left] == [("throat@1.0.0", FIRST)]
    assert [each.role for each in told.inputs] == ["guideline"]
    assert "no edition of it was there then" in words(told)


def test_editions_are_missing_only_where_there_was_none(made):
    states = States(made.root)
    (now,) = states.working.library.guidelines
    other = replace(now, id="other", path="guidelines/sore_throat/other/1.yaml")
    found = sides_since(states, [now, other], "HEAD:")
    assert found.keys() == {"throat@1.0.0", "other@1.0.0"}
    side = found["throat@1.0.0"]
    assert side is not None
    assert side.guideline == states.at("HEAD").library.guidelines[0] != now
    assert found["other@1.0.0"] is None


def test_a_patient_in_whom_the_reference_evaluator_does_not_see_the_change_is_never_drafted(made, monkeypatch):
    fault = Diagnostic(NOWHERE, RF902, "not confirmed")
    seen = Since.fault
    monkeypatch.setattr(Since, "fault", lambda self, name, one: fault if "this-week" in name else seen(self, name, one))
    told = asked(made)
    notices = [each for draft in told.body.vignettes for each in draft.notices]
    assert [each.sentence for each in notices] == ["seeing a doctor: not needed → today (T-HOME → T-FEVER)"]
    assert told.diagnostics == (fault,)
    (purpose,) = told.body.guidelines[0].purposes
    assert (purpose.goals, purpose.vignettes, purpose.at_least) == (1, 1, 0)


def test_one_edition_is_compared_with_one_guideline_only():
    project = shipped.project()
    with pytest.raises(UsageError, match="`acp@2007` is one guideline, and 12 are asked for") as found:
        sides_since(States(shipped.ROOT), project.library.guidelines, "acp@2007")
    assert "main:" in found.value.hint


def test_what_the_vocabulary_no_longer_has_is_told_and_nothing_is_drafted(made):
    words_now = throat()[VOCABULARY]
    assert "temperature_c" in words_now
    old = States(made.root).working.library.guidelines[0]
    findings = {name: one for name, one in old.vocabulary.findings.items() if name != "temperature_c"}
    rules = tuple(one for one in old.decisions[0].rules if one.id != "T-FEVER")
    decisions = (replace(old.decisions[0], rules=rules), *old.decisions[1:])
    new = replace(old, decisions=decisions, vocabulary=replace(old.vocabulary, findings=findings))
    closing, faults = showing(old, new, "throat@1", frozenset(), (), Effort())
    assert (closing.plan.drafts, closing.shown, faults) == ((), {}, ())
    assert [one.sentence for one in closing.left] == ["temperature_c"]
    assert "does not have" in closing.left[0].reason


def test_what_a_case_does_not_show_as_either_edition_completes_it_is_left_to_be_stated_by_hand(made):
    states = States(made.root)
    new, before = states.working.library.guidelines[0], states.at("HEAD").library.guidelines[0]
    noisy = replace(before.vocabulary.findings["stridor"], clean="present")
    old = replace(
        before, vocabulary=replace(before.vocabulary, findings={**before.vocabulary.findings, "stridor": noisy})
    )
    closing, faults = showing(old, new, "throat@1", frozenset(), (), Effort())
    assert (closing.plan.drafts, closing.plan.goals, closing.plan.bound, faults) == ((), 0, 0, ())
    assert {one.id for one in closing.left} == {*closing.shown}
    assert {one.reason for one in closing.left} == {NOT_FOUND}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--for", "changes"], "`--for changes` needs to know since when"),
        (["--since", "HEAD:", "--for", "mutants"], "`--since` says nothing about mutants"),
        (["--since", "HEAD:", "--for", "coverage"], "`--since` says nothing about coverage"),
        (["--since", "nowhere:"], "nowhere"),
    ],
)
def test_options_that_do_not_go_together_are_told(made, capsys, options, said):
    code = main(["suggest", "--project", str(made.root), *options])
    assert code in (2, 3)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "purposes"), [([], ["changes"]), (["--for", "all"], ["mutants", "coverage", "changes"])]
)
def test_since_asks_for_changes_unless_all_is_asked_for(made, capsys, options, purposes):
    assert main(["suggest", "--project", str(made.root), "--since", "HEAD:", "-f", "json", *options]) == 0
    assert f'"for": {purposes}'.replace("'", '"') in " ".join(capsys.readouterr().out.split()).replace(
        "[ ", "["
    ).replace(" ]", "]")


@pytest.mark.parametrize(("old", "new"), [("acp@2007", "acp@2011"), ("red_flags@2026.0", "red_flags@2026.1")])
def test_with_the_drafts_the_comparison_of_shipped_editions_has_no_class_without_a_vignette(old, new):
    before, after = shipped.guideline(old), shipped.guideline(new)
    there = [vignette for _, vignette in shipped.project().library.vignettes][:40]
    closing, faults = showing(before, after, new, frozenset(), there, Effort())
    assert faults == ()
    found = compare(before, after, [*there, *(draft.vignette for draft in closing.plan.drafts)])
    bare = {
        one.sentence
        for one in found.classes
        if not one.vignettes and one.kind not in ("constraint-added", "constraint-removed")
    }
    assert bare == {one.sentence.rpartition(" (")[0] for one in closing.left}
