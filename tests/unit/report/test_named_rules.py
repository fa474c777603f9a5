"""The rules that a region is told in come with their titles."""

from redflag_kit.report.named_rules import rules_named


def guideline(version, **titles):
    rules = [{"id": rule.replace("_", "-"), "title": title} for rule, title in titles.items()]
    return {"version": version, "tables": [{"rules": rules}]}


DIFF = {
    "tables": {
        "old": guideline("1.0.0", R_1="Fever", R_2="Cough"),
        "new": guideline("2.0.0", R_1="Fever or chills", R_2="Cough"),
    }
}


def told(*cubes):
    return rules_named({"cubes": [{name: ["applies"] for name in names} for names in cubes]}, DIFF)


def test_each_rule_is_named_once_with_its_title():
    assert told(["R-2 (old)", "scope (old)", "fever"], ["R-2 (new)"]) == ["R-2: Cough"]


def test_a_title_that_changed_is_given_for_both_editions():
    assert told(["R-1 (new)", "R-1 (old)"]) == ["R-1 in 1.0.0: Fever", "R-1 in 2.0.0: Fever or chills"]


def test_a_region_in_findings_names_no_rule():
    assert told(["fever", "age (years)"]) == []


def test_a_rule_without_a_title_is_left_out():
    assert told(["R-9 (old)"]) == []
