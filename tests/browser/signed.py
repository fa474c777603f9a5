"""Results written by hand in which everything is measured: properties, chain and sign-off, of one pair and of two."""

import json
from dataclasses import replace
from typing import Any

from redflag_kit.report.json import to_json
from redflag_kit.results.diff import ChangeClass, DiffBody
from redflag_kit.results.envelope import Envelope, ResultInput
from redflag_kit.results.gate import BLOCKED, GateBody, GateCheck, GateSettingsShown, GateVersion, SettingChange
from redflag_kit.results.properties import CheckedProperty, KnownViolation, PropertyChange, PropertyWitness
from redflag_kit.results.revisions import GuidelineChange, RevisionsBody
from redflag_kit.results.signoff import Signoff, SignoffItem, SignoffRecord, StaleRecord
from redflag_kit.results.trace import ChangedTrace, TracedClaim, TracedMiss, TracedRule
from tests.browser.sample import RULES, body, counts, envelope, evidence, result

STATES = ("rejected", "unknown", "expired", "open", "conditional", "approved", "not_required")
RECORD = "guidelines/low_back_pain/approvals/{}.yaml"


def checked(name: str, edition: str, outcome: str, known: bool = False) -> CheckedProperty:
    witness = PropertyWitness(
        case={"fever": "present"}, text="fever", says="the guideline says nothing of MRI", outputs={}, wanted={},
        instead={}, rules=("11-INF",), finding=None, before=None, after=None, not_assessed=(), completion=None,
        smallest=True,
    )  # fmt: skip
    reason = KnownViolation("the table prints it so", ("ACP11-T",), "fever", "properties.yaml", 7) if known else None
    broken = outcome == "refuted"
    return CheckedProperty(
        id=name, guideline=edition, result=outcome, counterexample=witness if broken else None, known=reason,
        title=f"What {name} promises", kind="always", hazard="an infection is missed", cite=("AHCPR94",),
        assumption="", not_covered=(), file="properties.yaml", line=9,
    )  # fmt: skip


def property_change(name: str, change: str, old: str, new: str, known: bool = False) -> PropertyChange:
    before = (checked(name, "acp@2007.0.0", old, known),) if old else ()
    after = (checked(name, "acp@2011.0.0", new, known),) if new else ()
    hazard = "an infection is missed"
    return PropertyChange(
        name, change, f"What {name} promises", hazard, ("H-3",), before, after, bool(old), new != "proved"
    )


PROPERTIES = (
    property_change("P-BROKEN", "broken", "proved", "refuted"),
    property_change("P-OPEN", "undecided", "proved", "not_decided"),
    property_change("P-DROPPED", "dropped", "proved", "not_covered"),
    property_change("P-KNOWN", "kept", "refuted", "refuted", known=True),
    property_change("P-KEPT", "kept", "proved", "proved"),
    property_change("P-NEW", "proved", "", "proved"),
    property_change("P-MENDED", "mended", "refuted", "proved"),
)


def traced(rule: str) -> TracedRule:
    whole = rule != "07-NSP"
    return TracedRule(
        id=rule,
        title=RULES[rule][0],
        state="runs",
        evidence=evidence(rule) if whole else (),
        claims=(TracedClaim("C-1", "partly"),),
        fires=tuple(f"V{place}" for place in range(9)) if whole else (),
        may=("V77",),
        missed=(TracedMiss("V78", ("fever",)),) if whole else (),
        can_fire=True,
        can_be_missed=True,
        properties=("P-BROKEN",) if whole else (),
        hazards=("H-3",) if whole else (),
        file="acp.yaml",
        line=12,
    )


def item(one: ChangeClass, state: str) -> SignoffItem:
    missing = () if state in ("approved", "not_required") else ("clinical-safety",)
    return SignoffItem(
        id=one.id, fingerprint=one.fingerprint, kind=one.kind, direction=one.direction, guideline="acp",
        old="acp@2007.0.0", new="acp@2011.0.0", output=one.output, label=one.label, sentence=one.sentence,
        roles=() if state == "not_required" else ("clinical-safety", "methods"), state=state, missing=missing,
        records=(RECORD.format("a"),) if state in ("approved", "rejected", "expired") else (),
        reasons=("nobody has approved as clinical-safety",) if state == "open" else (),
    )  # fmt: skip


def signoff(comparison: DiffBody) -> Signoff:
    """Return a sign-off in which every state occurs, with a record on conditions and a stale one."""
    items = [item(one, STATES[place % len(STATES)]) for place, one in enumerate(comparison.changes)]
    loose = replace(items[0], id="safeguard-1", kind="safeguard-relaxed", direction="", state="open", records=())
    record = SignoffRecord(
        id="a", decision="approve", who="A Reviewer <reviewer@mail.example>", role="clinical-safety",
        date="2026-03-01", expires="2027-03-01", rationale="read against the table",
        conditions=(("an audit after three months", ""), ("a note in the release", "written")),
        covers=(*(one.fingerprint for one in comparison.changes[:3]), "sha256:" + "ab" * 32),
        file=RECORD.format("a"), line=1,
    )  # fmt: skip
    return Signoff(
        required=("clinical-safety", "methods"),
        present=("methods",),
        missing=("clinical-safety",),
        stale=(StaleRecord(RECORD.format("a"), "sha256:" + "ab" * 32, "MRI: now → after a trial"),),
        items=(loose, *items),
        authors=("An Author <author@mail.example>",),
        records=(record, replace(record, id="b", decision="reject", file=RECORD.format("b"), conditions=())),
    )


def measured() -> DiffBody:
    """Return the comparison with its properties, chain and sign-off."""
    plain = body()
    trace = ChangedTrace(
        tuple(traced(rule) for rule in RULES if rule.startswith("07")),
        tuple(traced(rule) for rule in RULES if rule.startswith("11")),
    )
    return replace(plain, property_changes=PROPERTIES, trace=trace, signoff=signoff(plain))


def signed() -> dict[str, Any]:
    """Return the result of a comparison in which everything is measured."""
    return result(measured())


def _second() -> DiffBody:
    """Return another comparison, smaller than the first."""
    one = measured()
    one = replace(one, edits=(), unknowns=(), signoff=None, counts=counts(one.changes, ()))
    return replace(one, old="main:red_flags@2026.0.0", new="red_flags@2026.1.0")


CHANGES = (
    GuidelineChange("changed", "main:acp@2007.0.0", "acp@2011.0.0", "acp/2007.yaml", "acp/2011.yaml", 0),
    GuidelineChange("added", "main:red_flags@2026.0.0", "red_flags@2026.1.0", "f/0.yaml", "f/1.yaml", 1),
    GuidelineChange("first", "", "new_family@1.0.0", "", "n/1.yaml", None),
    GuidelineChange("removed", "main:old_family@1.0.0", "", "o/1.yaml", "", None),
)


OPTIONS: dict[str, object] = {"against": "main", "now": "2026-03-02", "author": [], "overrides": []}


def _changes(pairs: int) -> tuple[GuidelineChange, ...]:
    return CHANGES if pairs > 1 else CHANGES[:1]


def _loaded(command: str, found: RevisionsBody | GateBody) -> dict[str, Any]:
    base = envelope(body())
    inputs = tuple(
        ResultInput(role, getattr(one, role), "acp", "1", f"{role}.yaml", "sha256:d", "1f2e" if role == "old" else None)
        for one in found.diffs
        for role in ("old", "new")
    )
    made = Envelope(command, "findings", 1, inputs, OPTIONS, base.diagnostics, base.not_decided, base.limits, {}, found)
    loaded = json.loads(json.dumps(to_json(made)))
    assert isinstance(loaded, dict)
    return loaded


def revisions(pairs: int = 2) -> dict[str, Any]:
    """Return the result of `redflag diff --against` with one or two pairs of editions."""
    diffs = (measured(), _second())[:pairs]
    found = RevisionsBody("1f2e3d4c", "", False, "Two guidelines differ.", _changes(pairs), diffs, ("idsa@2015.0.0",))
    return _loaded("diff", found)


SETTINGS: dict[str, object] = {"fail_on": "error", "roles": {"less_urgent": ["clinical-safety"], "gained": []}}


def gate(pairs: int = 2) -> dict[str, Any]:
    """Return the result of `redflag gate` that only sign-off and a check keep out."""
    diffs = (measured(), _second())[:pairs]
    checks = (
        GateCheck("version", "Version", "failed", "major", "minor", ("acp asks for a major step",)),
        GateCheck("tables", "Tables", "passed", "no new fault", "none", ()),
        GateCheck("properties", "Safety properties", "not_decided", "none newly broken", "open", ("P-OPEN",)),
        GateCheck("signoff", "Sign-off", "signoff", "clinical-safety", "nobody", ("an item is open",)),
        GateCheck("weights", "Noted", "noted", "", "", ("for information",)),
    )
    version = GateVersion("acp", "acp@2007.0.0", "acp@2011.0.0", "semver", "major", "minor", False)
    found = GateBody(
        verdict=BLOCKED,
        sentence="The version step is too small, and a role has not signed.",
        old_revision="1f2e3d4c",
        new_revision="",
        checks=checks,
        version=version,
        versions=(version,),
        signoff=signoff(measured()),
        settings=GateSettingsShown(SETTINGS, (SettingChange("fail_on", "warning", "error", True),)),
        guidelines=_changes(pairs),
        diffs=diffs,
        unchanged=("idsa@2015.0.0",),
    )
    return _loaded("gate", found)
