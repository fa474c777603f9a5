"""The version step that a change asks for, and the one that was made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diff.bump import declared_bump, is_enough, required_bump
from redflag_kit.terms.version import Version
from tests.property.models import has, implies, rule
from tests.unit.diff.small import FEVER, NUMB, SCAN, VISIT, diff, edition, feverish

FEVERISH = edition(feverish("soon"))


@pytest.mark.parametrize(
    ("new", "step"),
    [
        (edition(feverish("now")), "minor"),
        (edition(feverish("later")), "major"),
        (edition(rule("R", has("numb"), {"scan": "soon"})), "major"),
        (edition(feverish("soon"), rule("N", has("numb"), {"scan": "now"})), "minor"),
        (edition(feverish("soon"), rule("N", has("numb"), {"scan": "avoid"})), "major"),
        (edition(feverish("soon"), otherwise=None), "major"),
        (edition(feverish("soon"), constraints=[implies(has("fever"), has("numb"))]), "minor"),
        (edition(replace(feverish("soon"), title="other")), "patch"),
    ],
)
def test_the_step_is_major_for_less_urgent_or_lost_minor_for_any_other_change_patch_if_proved_equal(new, step):
    assert diff(FEVERISH, new).required_bump == step


def test_losing_a_finding_or_an_output_is_major_and_gaining_one_is_not():
    wide = edition(feverish(), outputs=[SCAN, VISIT], covers=["scan"])
    narrow = edition(feverish(), findings=[FEVER, NUMB])
    assert diff(wide, edition(feverish())).required_bump == "major"
    assert diff(edition(feverish()), narrow).required_bump == "major"
    assert diff(narrow, edition(feverish())).required_bump == "patch"
    assert required_bump(edition(feverish(), outputs=[SCAN, VISIT]), edition(feverish()), (), True) == "major"


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ((1, 2, 3), (1, 2, 3), "none"),
        ((1, 2, 3), (1, 2, 2), "backwards"),
        ((1, 2, 3), (1, 2, 4), "patch"),
        ((1, 2, 3), (1, 3, 0), "minor"),
        ((1, 2, 3), (2, 0, 0), "major"),
    ],
)
def test_the_declared_step_is_the_first_part_that_grew(old, new, step):
    before, after = (replace(FEVERISH, version=Version(parts, "")) for parts in (old, new))
    assert declared_bump(before, after) == step


@pytest.mark.parametrize(
    ("rule", "new", "required", "enough"),
    [
        ("semver", (1, 3, 0), "major", False),
        ("semver", (2, 0, 0), "major", True),
        ("semver", (1, 2, 3), "patch", True),
        ("semver", (1, 2, 3), "minor", False),
        ("semver", (1, 0, 0), "minor", None),
        ("calendar", (1, 3, 0), "major", True),
        ("calendar", (1, 2, 3), "minor", False),
        ("calendar", (1, 2, 3), "patch", True),
        ("calendar", (1, 2, 2), "patch", None),
    ],
)
def test_calendar_versions_only_have_to_grow(rule, new, required, enough):
    before = replace(FEVERISH, version=Version((1, 2, 3), ""))
    assert is_enough(before, replace(FEVERISH, version=Version(new, ""), versioning=rule), required) is enough


@pytest.mark.parametrize(
    "old", [edition(feverish(), findings=[FEVER, NUMB]), edition(feverish(), outputs=[SCAN, VISIT])]
)
def test_what_is_gone_of_one_kind_is_not_made_up_for_by_what_is_kept_of_another(old):
    new = edition(feverish(), findings=[FEVER], outputs=[SCAN])
    kept = replace(old, covers=("scan",))
    assert required_bump(kept, replace(new, covers=("scan",)), (), True) == "major"


def test_an_output_that_is_no_longer_covered_is_gone_though_the_vocabulary_has_it():
    wide = edition(feverish(), outputs=[SCAN, VISIT])
    assert required_bump(wide, replace(wide, covers=("scan",)), (), True) == "major"
    assert required_bump(replace(wide, covers=("scan",)), wide, (), True) == "patch"
