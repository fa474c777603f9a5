"""What is in force: per family, output and date; the order of files and versions decides nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.guideline import Guideline, Superseded
from redflag_kit.model.in_force import Family, in_force
from redflag_kit.terms.version import parse_version
from tests.property.models import has, rule
from tests.unit.diff.small import edition

ANY = edition(rule("R", has("fever"), {"scan": "now"}))


def issued(
    published: str, covers: str, *, supersedes: str = "", status: str = "active", withdrawn: str = "", version: str = ""
) -> Guideline:
    """Return an edition that covers outputs named by single letters."""
    number = parse_version(version or f"{published[:4]}.0.0")
    assert number is not None
    return replace(
        ANY,
        id="acp",
        version=number,
        published=published,
        covers=tuple(covers),
        supersedes=tuple(Superseded(name, NOWHERE) for name in supersedes),
        status=status,
        withdrawn=withdrawn,
    )


def family(editions: list[Guideline], at: str | None = None) -> Family:
    (found,) = in_force(editions, at)
    return found


def said(editions: list[Guideline], at: str | None = None) -> dict[str, str]:
    """Return the outputs of each edition in force."""
    return {one.guideline.published[:4]: "".join(one.outputs) for one in family(editions, at).in_force}


OLD = issued("2007-10-02", "xmec", status="retired", withdrawn="2017-02-14")  # X-ray, MRI, EMG, care
IMAGING = issued("2011-02-01", "xm", supersedes="e")
CARE = issued("2017-02-14", "c")
ACP = [OLD, IMAGING, CARE]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2007-10-01", {}),
        ("2007-10-02", {"2007": "xmec"}),
        ("2011-01-31", {"2007": "xmec"}),
        ("2011-02-01", {"2007": "c", "2011": "xm"}),
        ("2017-02-13", {"2007": "c", "2011": "xm"}),
        ("2017-02-14", {"2011": "xm", "2017": "c"}),
        (None, {"2011": "xm", "2017": "c"}),
    ],
)
def test_an_edition_replaces_output_by_output_from_its_date(at: str | None, expected: dict[str, str]) -> None:
    for editions in permutations(ACP):
        assert said(list(editions), at) == expected


def test_an_output_that_is_superseded_and_no_longer_covered_is_in_force_nowhere() -> None:
    assert all("e" not in outputs for outputs in said(ACP, "2012-01-01").values())
    kept = [replace(IMAGING, supersedes=()), OLD]
    assert said(kept, "2012-01-01") == {"2007": "ec", "2011": "xm"}


def test_what_an_edition_replaced_is_told_per_earlier_edition() -> None:
    imaging, care = family(ACP, "2018-01-01").in_force
    assert [(before.published, "".join(names)) for before, names in imaging.replaced] == [("2007-10-02", "xme")]
    assert [(before.published, "".join(names)) for before, names in care.replaced] == [("2007-10-02", "c")]
    third = issued("2020-01-01", "mc")
    assert [
        (before.published[:4], "".join(names)) for before, names in family([*ACP, third]).in_force[-1].replaced
    ] == [("2011", "m"), ("2017", "c")]


def test_a_draft_is_never_in_force_and_replaces_nothing() -> None:
    draft = issued("2020-01-01", "xm", status="draft")
    assert said([*ACP, draft]) == said(ACP)
    assert said([*ACP, draft], "2021-01-01") == said(ACP, "2021-01-01")
    assert said([draft]) == said([draft], "2021-01-01") == {}
    assert family([draft, issued("2021-01-01", "xm")]).in_force[0].replaced == ()


def test_a_retired_edition_is_not_in_force_at_present_and_replaces_nothing_then() -> None:
    recalled = issued("2020-01-01", "m", status="retired", withdrawn="2020-06-01")
    assert said([IMAGING, recalled], "2020-05-31") == {"2011": "x", "2020": "m"}
    assert said([IMAGING, recalled], "2020-06-01") == {"2011": "xm"}
    assert said([IMAGING, recalled]) == {"2011": "xm"}


def test_a_retired_edition_without_a_date_of_withdrawal_is_named_and_not_taken_as_in_force() -> None:
    undated = replace(OLD, withdrawn="")
    assert said([undated, IMAGING], "2008-01-01") == {}
    assert family([undated, IMAGING], "2008-01-01").undated == (undated,)
    assert family([undated, IMAGING], "2007-01-01").undated == ()
    assert family([undated, IMAGING]).undated == ()


def test_an_edition_that_was_replaced_whenever_it_was_withdrawn_is_not_named() -> None:
    undated = issued("2007-10-02", "xm", status="retired")
    assert family([undated, IMAGING], "2011-01-31").undated == (undated,)
    assert family([undated, IMAGING], "2011-02-01").undated == ()
    assert family([replace(undated, covers=("x", "c")), IMAGING], "2011-02-01").undated != ()
    assert family([IMAGING, replace(undated, published="2012-01-01", supersedes=IMAGING.supersedes)]).undated == ()


def test_of_two_editions_of_one_date_the_higher_version_decides() -> None:
    first, second = issued("2011-02-01", "xm"), issued("2011-02-01", "m", version="2011.0.1")
    for editions in ([first, second], [second, first]):
        assert [(one.guideline.version.text, "".join(one.outputs)) for one in family(editions).in_force] == [
            ("2011.0.0", "x"),
            ("2011.0.1", "m"),
        ]


def test_families_come_by_id_and_know_whether_an_edition_is_in_force_whole() -> None:
    other = replace(CARE, id="acep")
    found = in_force([*ACP, other])
    assert [one.id for one in found] == ["acep", "acp"]
    assert [one.whole for one in family(ACP, "2012-01-01").in_force] == [False, True]
