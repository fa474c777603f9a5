"""`redflag mutate`: what is mutated, what becomes of it, and how a run ends."""

from dataclasses import replace

import pytest

from redflag_kit.mutate.score import totals_of
from redflag_kit.project.states import States
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.mutate import Asked, editions_before, exit_code_of, mutate
from redflag_kit.workflow.strength import measure, watches
from tests.story.project import GUIDELINE, VIGNETTES, edited, library, throat
from tests.unit.project.scratch import scratch

MUTANTS = "guidelines/sore_throat/mutants.yaml"
DROPPED = "T-FEVER:rule-dropped"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the small project, committed."""
    repository = scratch(tmp_path_factory.mktemp("throat"))
    repository.write(throat())
    repository.commit()
    return repository


@pytest.fixture(scope="module")
def whole(made):
    return mutate(States(made.root), Asked())


def asked(made, files, given):
    """Return the result on the project with other working files."""
    made.write(files)
    try:
        return mutate(States(made.root), given)
    finally:
        for path in files.keys() - throat().keys():
            (made.root / path).unlink()
        made.write(throat())


def states(envelope):
    return {one.id: one.state for one in envelope.body.mutants}


def test_every_mutant_is_told_and_counted(whole):
    body = whole.body
    assert body.totals == totals_of(one.state for one in body.mutants)
    (guideline,) = body.guidelines
    assert (guideline.guideline, guideline.vignettes, guideline.totals) == ("throat@1.0.0", 3, body.totals)
    assert sum(totals.mutants for _, totals in guideline.operators) == len(body.mutants)
    assert (whole.exit_code, whole.status) == (0, "ok")
    assert whole.summary["survived"] == body.totals.survived > 0


def test_a_rule_that_a_vignette_needs_is_noticed_and_one_that_none_reaches_is_not(whole):
    found = {one.id: one for one in whole.body.mutants}
    assert found["T-AIR:rule-dropped"].killed_by == ("V-AIR",)
    left = found[DROPPED]
    assert (left.state, left.rule, left.file, left.killed_by) == ("survived", "T-FEVER", GUIDELINE, ())
    assert left.witness.text == "temperature c 39 °C"
    assert [(one.before, one.after) for one in left.witness.outcomes] == [("today", "not needed")]
    assert "temperature_c: 39 Cel" in left.draft
    assert "outcomes: {review: TODO}" in left.draft


def test_the_texts_of_the_files_are_part_of_the_result_and_spans_lie_in_them(whole):
    sources = {one.path: one.source.split("\n") for one in whole.body.files}
    assert set(sources) >= {GUIDELINE, VIGNETTES}
    for one in whole.body.mutants:
        lines = sources[one.file]
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1
        assert 1 <= one.end_column <= len(lines[one.end_line - 1]) + 1
    assert [one.id for one in whole.body.tests] == ["V-AIR", "V-WEEK", "V-CHILD"]
    assert sources[VIGNETTES][whole.body.tests[0].line - 1] == "  - id: V-AIR"


def test_an_exempted_mutant_does_not_count_and_one_without_effect_is_told(made):
    text = f"""\
schema: redflag/mutants/1
guideline: throat@1.0.0
exempt:
  - {{id: "{DROPPED}", reason: made up}}
  - {{id: "T-AIR:rule-dropped", reason: made up}}
  - {{id: nothing, reason: made up}}
"""
    found = asked(made, {MUTANTS: text}, Asked())
    exempted = next(one for one in found.body.mutants if one.id == DROPPED)
    assert (exempted.state, exempted.reason) == ("exempted", "made up")
    assert [(one.code.id, one.span.line) for one in found.diagnostics] == [("RF542", 5), ("RF540", 6)]
    assert found.body.totals.exempted == 1
    assert found.exit_code == 0


@pytest.mark.parametrize(("floor", "code"), [("0", 0), ("1", 1), ("0.05", 0)])
def test_a_floor_that_is_missed_ends_with_1(made, floor, code):
    found = asked(made, {}, Asked(words="rule-dropped", floor=floor))
    assert found.exit_code == code
    assert [one.floor for one in found.body.guidelines] == ["missed" if code else "reached"]


def test_words_keep_the_mutants_that_have_all_of_them(made):
    found = mutate(States(made.root), Asked(words="T-FEVER rule-dropped"))
    assert list(states(found)) == [DROPPED]
    with pytest.raises(UsageError, match="no mutant matches `nonsense`") as refused:
        mutate(States(made.root), Asked(words="nonsense"))
    assert refused.value.exit_code == 3


def test_only_what_changed_is_mutated(made):
    changed = edited(throat(), GUIDELINE, ("value: 39.0 Cel", "value: 39.5 Cel"))
    found = asked(made, changed, Asked(changed="HEAD"))
    assert {one.rule for one in found.body.mutants} == {"T-FEVER", ""}
    assert {one.operator for one in found.body.mutants if not one.rule} == {"hit-policy-changed", "threshold-widened"}
    assert found.body.changed == "HEAD"


def test_an_edition_that_is_new_is_mutated_in_full(made, whole):
    newer = throat()[GUIDELINE].replace("version: 1.0.0", "version: 1.1.0")
    newer = newer.replace("published: 2024-01-31", "published: 2025-01-31")
    found = asked(made, {GUIDELINE.replace("1.yaml", "1_1.yaml"): newer}, Asked(changed="HEAD"))
    assert {one.guideline for one in found.body.mutants} == {"throat@1.1.0"}
    assert len(found.body.mutants) == len(whole.body.mutants)


def test_nothing_that_changed_is_nothing_to_mutate(made):
    with pytest.raises(UsageError, match="nothing that a rule says changed since `HEAD`") as refused:
        mutate(States(made.root), Asked(changed="HEAD"))
    assert refused.value.exit_code == 3


def test_a_guideline_that_no_vignette_is_about_is_never_called_strong(made):
    other = edited(throat(), VIGNETTES, ("  - id: V-CHILD", "  - id: V-KID"))[VIGNETTES].replace("throat@1", "throat@2")
    with pytest.raises(UsageError, match=r"no vignette expects anything of `throat@1\.0\.0`") as refused:
        asked(made, {VIGNETTES: other}, Asked())
    assert refused.value.exit_code == 3


def test_a_state_of_git_is_mutated_as_it_was(made, whole):
    found = asked(made, edited(throat(), GUIDELINE, ("value: 7 d", "value: 8 d")), Asked(("main:throat",)))
    assert states(found) == states(whole)
    assert {one.file.split(":")[0] for one in found.body.mutants} == {"main"}
    assert {one.path for one in found.body.files} >= {f"main:{GUIDELINE}"}


def test_a_project_with_errors_is_mutated_as_far_as_it_loads_and_fails(made):
    found = asked(made, {"guidelines/sore_throat/broken.yaml": "a: [\n"}, Asked(words="T-FEVER"))
    assert (found.exit_code, bool(found.body.mutants)) == (1, True)


def test_progress_is_told_before_each_guideline(made):
    told = []
    mutate(States(made.root), Asked(words="T-FEVER"), lambda done, of, name: told.append((done, of, name)))
    assert told == [(0, 1, "throat@1.0.0")]


def test_an_expectation_watches_the_edition_that_it_means(made):
    project = States(made.root).working
    (guideline,) = project.library.guidelines
    assert [one.vignette.id for one in watches(project, guideline)] == ["V-AIR", "V-WEEK", "V-CHILD"]
    newer = replace(guideline, title="another")
    assert watches(project, newer) == ()


def test_mutants_of_nothing_are_none(made):
    project = States(made.root).working
    found = measure(project, project.library.guidelines[0], keep=lambda one: False)
    assert (found.mutants, found.told.totals.mutants, found.told.totals.score) == ((), 0, None)


def test_an_edition_that_means_the_same_did_not_change():
    old = library(throat()).guidelines
    same = library(edited(throat(), GUIDELINE, ("title: A high fever", "title: Fever"))).guidelines
    other = library(edited(throat(), GUIDELINE, ("value: 39.0 Cel", "value: 39.5 Cel"))).guidelines
    assert editions_before(old, same) == {}
    assert editions_before(old, other) == {"throat@1.0.0": old[0]}
    assert editions_before((), other) == {"throat@1.0.0": None}


@pytest.mark.parametrize(
    ("floors", "sound", "code"),
    [
        ([], True, 0),
        (["", ""], True, 0),
        (["reached", "reached"], True, 0),
        (["reached", "missed", "open"], True, 1),
        (["reached", "open"], True, 4),
        (["open"], False, 1),
        (["reached"], False, 1),
    ],
)
def test_a_run_ends_by_its_worst_guideline(floors, sound, code):
    assert exit_code_of(floors, sound=sound) == code
