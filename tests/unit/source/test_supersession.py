"""What an edition may say it replaces."""

from __future__ import annotations

from dataclasses import replace

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.guideline import Superseded
from redflag_kit.source.supersession import check_families
from tests.property.models import has, rule
from tests.unit.diff.small import SCAN, VISIT, edition

EARLIER = replace(edition(rule("R", has("fever"), {"scan": "now"}), outputs=[SCAN, VISIT]), published="2024-01-01")
LATER = replace(EARLIER, published="2025-01-01", supersedes=(Superseded("visit", NOWHERE),))


def test_an_edition_alone_may_replace_what_stands_elsewhere() -> None:
    assert check_families([LATER], complete=True) == ()


def test_an_output_that_no_earlier_edition_covers_cannot_be_replaced() -> None:
    earlier = replace(EARLIER, covers=("scan",), status="retired")
    assert [one.code.id for one in check_families([earlier, LATER], complete=True)] == ["RF144"]
    assert check_families([earlier, LATER], complete=False) == ()
