"""Settings of the gate: where they are read, what is wrong with them, and which changes let more through."""

import re
from pathlib import Path

import pytest

from redflag_kit.gate.settings import DEFAULT_ROLES, GateSettings
from redflag_kit.gate.settings_changes import overridden, setting_changes, shown_settings
from redflag_kit.gate.settings_file import read_settings

ROOT = Path(__file__).parents[3]
WHOLE = """\
[tool.redflag.gate]
fail_on = "warning"
min_guidelines = 3
min_vignettes = 40
min_mutation_score = 0.80

[tool.redflag.gate.roles]
more_urgent = ["clinical-safety"]
less_urgent = ["clinical-safety", "author-of-the-guideline"]

[tool.redflag.gate.reviewers]
clinical-safety = ["A Reviewer <reviewer@example.org>"]
"""


def settings_in(text, file="pyproject.toml"):
    return read_settings({file: text.encode()})


def settings(text):
    found, faults = settings_in(f"[gate]\n{text}", "redflag.toml")
    assert faults == ()
    return found


def faults_in(text, file="redflag.toml"):
    return [(one.span.line, one.code.id, one.message, one.help) for one in settings_in(text, file)[1]]


def test_without_a_file_the_defaults_count():
    assert read_settings({}) == (GateSettings(), ())


def test_a_file_that_holds_nothing_of_the_gate_changes_nothing():
    assert settings_in('[project]\nname = "x"\n') == (GateSettings(), ())


def test_every_setting_is_read_from_pyproject():
    found, faults = settings_in(WHOLE)
    assert faults == ()
    assert shown_settings(found) == {
        "roles": {
            **{kind: list(roles) for kind, roles in DEFAULT_ROLES.items()},
            "more_urgent": ["clinical-safety"],
            "less_urgent": ["clinical-safety", "author-of-the-guideline"],
        },
        "reviewers": {"clinical-safety": ["A Reviewer <reviewer@example.org>"]},
        "min_guidelines": 3,
        "min_vignettes": 40,
        "min_mutation_score": "0.80",
        "fail_on": "warning",
    }


def test_the_settings_that_the_documentation_shows_and_those_of_this_project_are_sound():
    shown = re.search(r"```toml\n(.*?)```", (ROOT / "docs/gate.md").read_text("utf-8"), re.DOTALL)
    assert shown is not None
    for text in (shown[1], (ROOT / "pyproject.toml").read_text("utf-8")):
        found, faults = settings_in(text)
        assert (faults, found != GateSettings()) == ((), True)


def test_redflag_toml_wins_and_that_is_said():
    files = {"pyproject.toml": WHOLE.encode(), "redflag.toml": b"[gate]\nmin_vignettes = 7\n"}
    found, faults = read_settings(files)
    assert (found.min_vignettes, found.fail_on) == (7, "error")
    assert [(str(one.span), one.code.id) for one in faults] == [("pyproject.toml:1:2", "RF533")]


def test_a_redflag_toml_without_settings_leaves_those_of_pyproject():
    files = {"pyproject.toml": WHOLE.encode(), "redflag.toml": b"# nothing yet\n"}
    assert read_settings(files)[0].min_vignettes == 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[gate]\nfail_on = \n", (2, "RF530", "correct the file")),
        ("[gate\n", (1, "RF530", "correct the file")),
        ("[gate]\nmin_vignetes = 3\n", (2, "RF531", "did you mean `min_vignettes`?")),
        ("colour = true\n", (1, "RF531", "settings stand in the table `gate`")),
        ("[gates]\n", (1, "RF531", "did you mean `gate`?")),
        ("[gate.roles]\nless-urgent = []\n", (2, "RF531", "did you mean `less_urgent`?")),
        ("[gate.roles]\nsideways = []\n", (2, "RF531", f"there are {', '.join(DEFAULT_ROLES)}")),
        ('[gate.roles]\nlost = "me"\n', (2, "RF532", 'write for example ["clinical-safety"], or [] for none')),
        ("[gate]\nroles = []\n", (2, "RF532", "write what changed and a list of roles")),
        ("[gate]\nreviewers = []\n", (2, "RF532", "write a role and a list of people")),
        ('[gate.reviewers]\na = [""]\n', (2, "RF532", 'write for example ["Name <name@example.org>"]')),
        ("[gate]\nmin_guidelines = 0\n", (2, "RF532", "write the least number of guidelines, 1 or more")),
        ("[gate]\nmin_vignettes = true\n", (2, "RF532", "write the least number of vignettes, 1 or more")),
        ("[gate]\nmin_vignettes = -3\n", (2, "RF532", "write the least number of vignettes, 1 or more")),
        ("[gate]\nmin_mutation_score = 1.1\n", (2, "RF532", 'write a share from 0 to 1, such as "0.8"')),
        ("[gate]\nmin_mutation_score = true\n", (2, "RF532", 'write a share from 0 to 1, such as "0.8"')),
        ("[gate]\nmin_mutation_score = nan\n", (2, "RF532", 'write a share from 0 to 1, such as "0.8"')),
        ('[gate]\nfail_on = "never"\n', (2, "RF532", "write one of error, warning, info")),
        ("[gate]\nfail_on = []\n", (2, "RF532", "write one of error, warning, info")),
        ("gate = 3\n", (1, "RF532", "write a table `gate`")),
    ],
)
def test_a_wrong_setting_is_told_at_its_line_with_what_to_do(text, expected):
    assert [(line, code, hint) for line, code, _, hint in faults_in(text)] == [expected]


def test_text_that_is_not_utf_8_is_told():
    _, faults = read_settings({"redflag.toml": b"\xff"})
    assert [one.code.id for one in faults] == ["RF530"]


def test_a_table_of_the_kit_that_is_no_table_is_no_settings():
    assert settings_in("[tool]\nredflag = 3\n") == (GateSettings(), ())
    assert settings_in("tool = 3\n") == (GateSettings(), ())


def test_a_wrong_setting_leaves_the_default_and_the_others_count():
    found, _ = settings_in('[gate]\nmin_vignettes = 0\nfail_on = "info"\n', "redflag.toml")
    assert (found.min_vignettes, found.fail_on) == (1, "info")


def test_reviewers_that_cannot_be_read_open_the_role_to_nobody():
    found, _ = settings_in('[gate.reviewers]\na = "me"\n', "redflag.toml")
    assert found.reviewers == {"a": ()}


def test_a_fault_in_a_dotted_or_inline_key_is_told_at_the_nearest_line():
    assert [one[0] for one in faults_in("[gate]\n\nroles.lost = 3\n")] == [3]
    assert [one[0] for one in faults_in("[gate]\n\nroles = {lost = 3}\n")] == [3]
    assert [one[0] for one in faults_in('["gate".roles] # all\n"lost" = 3\n')] == [2]


def test_all_faults_are_told_at_once():
    assert [one[1] for one in faults_in("[gate]\na = 1\nmin_guidelines = 0\nb = 2\n")] == ["RF531", "RF532", "RF531"]


def changes(old, new):
    return [(one.name, one.old, one.new, one.relaxed) for one in setting_changes(settings(old), settings(new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("roles.lost = ['a', 'b']", "roles.lost = ['a']", [("roles.lost", "a, b", "a", True)]),
        ("roles.lost = ['a']", "roles.lost = ['b']", [("roles.lost", "a", "b", True)]),
        ("roles.lost = ['a']", "roles.lost = []", [("roles.lost", "a", "nobody", True)]),
        ("roles.lost = ['a']", "roles.lost = ['b', 'a']", [("roles.lost", "a", "a, b", False)]),
        ("roles.lost = ['a', 'b']", "roles.lost = ['b', 'a']", []),
        ("roles.gained = ['a']", "", [("roles.gained", "a", "nobody", True)]),
        ("min_guidelines = 3", "min_guidelines = 2", [("min_guidelines", "3", "2", True)]),
        ("min_guidelines = 3", "min_guidelines = 4", [("min_guidelines", "3", "4", False)]),
        ("min_vignettes = 3", "", [("min_vignettes", "3", "1", True)]),
        ("min_mutation_score = 0.8", "min_mutation_score = 0.80", []),
        ("min_mutation_score = 0.8", "min_mutation_score = 0.7", [("min_mutation_score", "0.8", "0.7", True)]),
        ("min_mutation_score = 0", "", [("min_mutation_score", "0", "none", True)]),
        ("", "min_mutation_score = 0", [("min_mutation_score", "none", "0", False)]),
        ("fail_on = 'warning'", "", [("fail_on", "warning", "error", True)]),
        ("fail_on = 'error'", "fail_on = 'info'", [("fail_on", "error", "info", False)]),
        ("reviewers.a = ['X']", "reviewers.a = ['X', 'Y']", [("reviewers.a", "X", "X, Y", True)]),
        ("reviewers.a = ['X']", "", [("reviewers.a", "X", "everybody", True)]),
        ("reviewers.a = ['X', 'Y']", "reviewers.a = ['Y']", [("reviewers.a", "X, Y", "Y", False)]),
        ("", "reviewers.a = []", [("reviewers.a", "everybody", "nobody", False)]),
        ("reviewers.a = ['X']", "reviewers.a = ['X']", []),
    ],
)
def test_a_changed_setting_is_told_and_whether_it_lets_more_through(old, new, expected):
    assert changes(old, new) == expected


def test_an_option_outweighs_the_environment_which_outweighs_the_file():
    file = settings("min_vignettes = 5\nfail_on = 'warning'")
    variables = {"REDFLAG_FAIL_ON": "info", "REDFLAG_MIN_VIGNETTES": "9", "REDFLAG_MIN_GUIDELINES": ""}
    used, told, faults = overridden(file, variables, {"--fail-on": "error"})
    assert (used.fail_on, used.min_vignettes, used.min_guidelines, faults) == ("error", 9, 1, ())
    assert [(one.name, one.old, one.new, one.relaxed) for one in told] == [
        ("fail_on (--fail-on)", "warning", "error", True),
        ("min_vignettes (REDFLAG_MIN_VIGNETTES)", "5", "9", False),
    ]


def test_an_option_that_says_what_the_file_says_overrides_nothing():
    _, told, _ = overridden(settings("fail_on = 'info'"), {"REDFLAG_FAIL_ON": "error"}, {"--fail-on": "info"})
    assert told == ()


def test_a_wrong_variable_is_told_and_not_used():
    used, _, faults = overridden(GateSettings(), {"REDFLAG_MIN_VIGNETTES": "many"}, {})
    assert (used, faults) == (
        GateSettings(),
        (("REDFLAG_MIN_VIGNETTES is no whole number above 0", "write the least number of vignettes, 1 or more"),),
    )
