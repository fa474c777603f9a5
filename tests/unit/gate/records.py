"""Records and items of sign-off for tests, each with one letter as its fingerprint."""

from __future__ import annotations

from redflag_kit.diagnostics.span import file_start
from redflag_kit.gate.standing import Circumstances
from redflag_kit.model.approval import APPROVE, Approval, Condition, Covered
from redflag_kit.results.signoff import SignoffItem

SAFETY = "clinical-safety"
REVIEWER = "A Reviewer <reviewer@example.org>"
AUTHOR = "An Author <author@example.org>"


def record(
    name: str = "r1",
    covers: str = "a",
    *,
    decision: str = APPROVE,
    who: str = REVIEWER,
    role: str = SAFETY,
    date: str = "2026-01-10",
    expires: str = "",
    conditions: tuple[tuple[str, str], ...] = (),
    withdraws: tuple[str, ...] = (),
    guideline: str = "acp",
) -> Approval:
    """Return a record that covers some letters."""
    return Approval(
        id=name,
        guideline=guideline,
        decision=decision,
        who=who,
        role=role,
        date=date,
        expires=expires,
        rationale="read with care",
        conditions=tuple(Condition(text, met) for text, met in conditions),
        old=None,
        new=None,
        covers=tuple(Covered(letter, f"change {letter}") for letter in covers),
        versions="",
        withdraws=withdraws,
        span=file_start(f"guidelines/g/acp/approvals/{name}.yaml"),
    )


def item(letter: str = "a", *roles: str, guideline: str = "acp@2.0.0") -> SignoffItem:
    """Return a change that needs some roles, clinical safety unless others are named."""
    return SignoffItem(
        id=f"id-{letter}",
        fingerprint=letter,
        kind="urgency-lowered",
        direction="less_urgent",
        guideline=guideline,
        old="acp@1.0.0",
        new="acp@2.0.0",
        output="mri",
        label="MRI",
        sentence=f"change {letter}",
        roles=roles or (SAFETY,),
        state="open",
        missing=(),
        records=(),
        reasons=(),
    )


def given(
    date: str = "2026-02-01",
    authors: tuple[str, ...] | None = (AUTHOR,),
    reviewers: dict[str, tuple[str, ...]] | None = None,
    earlier: tuple[str, ...] = (),
    spent: tuple[str, ...] = (),
) -> Circumstances:
    """Return circumstances in which the family `acp` changed."""
    return Circumstances(date, authors, reviewers or {}, frozenset({"acp"}), frozenset(earlier), frozenset(spent))
