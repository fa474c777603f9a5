"""A diff result written by hand: ACP 2007 to 2011 as the sources tell it, 25 classes over 8 outputs."""

import json
from dataclasses import replace
from typing import Any

from redflag_kit.diagnostics.codes import RF304
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import Span
from redflag_kit.report.json import to_json
from redflag_kit.results.case import CaseJson
from redflag_kit.results.check import ShownEvidence, ShownGuideline, ShownRule, ShownTable
from redflag_kit.results.diff import (
    Card,
    ChangeClass,
    DiffBody,
    Edit,
    FiredRule,
    Health,
    HealthItem,
    OutputCounts,
    RuleEdit,
    RuleRef,
    Tables,
    TouchedHazard,
    UnchangedEdit,
    UnknownChange,
    VignetteChange,
    VignetteSummary,
    Witness,
)
from redflag_kit.results.envelope import Envelope, NotDecided, ResultInput
from redflag_kit.results.region import Cube, Region

OUTPUTS = {
    "mri": "MRI of the lumbar spine",
    "xray_lumbar": "X-ray of the lumbar spine",
    "xray_pelvis_ap": "X-ray of the pelvis",
    "imaging": "some imaging",
    "esr": "ESR",
    "esr_or_crp": "ESR or CRP",
    "hla_b27": "HLA-B27",
    "conservative_care": "conservative care",
}
WORDS = {
    "without_trial": "now (do not wait for a trial of therapy)",
    "after_trial": "after a trial of therapy",
    "optional": "optional",
    "optional_after_trial": "optional, after a trial of therapy",
    "not_recommended": "not recommended",
    "silent": "says nothing",
    "not_covered": "not covered",
    "out_of_scope": "out of scope",
    "listed": "listed",
}
RULES = {  # id: title, when, then
    "07-CA1": ("New pain with a history of cancer", "history of cancer and new pain", "MRI: now; ESR: now"),
    "07-CA2": ("Weight loss or age over 50", "unexplained weight loss or age over 50 years", "X-ray: now; ESR: now"),
    "07-INF": ("Fever, injecting drug use or recent infection", "fever or injecting or infection", "MRI: now"),
    "07-VCF": ("Osteoporosis or systemic steroids", "osteoporosis or systemic steroids", "X-ray: now"),
    "07-AS": ("Inflammatory pattern", "morning stiffness or buttock pain", "pelvis X-ray: now; HLA-B27: now"),
    "07-CES": ("Cauda equina", "new urinary retention or saddle numbness", "MRI: now"),
    "07-NSP": ("Nothing of the above", "always", "imaging: not recommended; stay active"),
    "11-CA": ("Major risk of cancer", "prior cancer or two weaker factors", "X-ray: now; ESR: now"),
    "11-INF": ("Fever with injecting or infection", "fever and (injecting or infection)", "MRI: now"),
    "11-WCA": ("Weaker risk of cancer", "weight loss or age over 50, trial below 28 days", "X-ray: after trial"),
    "11-VCF": ("Risk of vertebral fracture", "osteoporosis or steroids, trial below 28 days", "X-ray: after trial"),
    "11-AS": ("Inflammatory pattern", "any feature, trial below 28 days", "X-ray: after trial"),
    "11-CES": ("Cauda equina", "new urinary retention or saddle numbness", "MRI: now"),
    "11-NO1": ("Better after the trial", "trial over and pain improved", "imaging: not recommended"),
    "11-DEF1": ("Nothing alarming", "trial below 28 days and nothing alarming", "imaging: not recommended"),
}
CANCER, WEAK, FEVER, BONE, PATTERN, BETTER, PLAIN = (
    ("history of cancer", "new pain"),
    ("age over 50 years", "no history of cancer"),
    ("fever", "no injecting drug use", "no recent infection"),
    ("osteoporosis", "trial of therapy below 28 days"),
    ("morning stiffness that eases", "trial of therapy below 28 days"),
    ("trial of therapy at least 28 days", "pain improved"),
    ("no finding of any row",),
)
CHANGES = [  # card, output, element, from, to, old rule, new rule, who, kind, direction
    (1, "mri", "", "without_trial", "silent", "07-INF", "", FEVER, "recommendation-lost", "lost"),
    (1, "esr_or_crp", "", "without_trial", "not_covered", "07-INF", "", FEVER, "coverage-dropped", "lost"),
    (2, "mri", "", "without_trial", "silent", "07-CA1", "11-CA", CANCER, "recommendation-lost", "lost"),
    (2, "xray_lumbar", "", "silent", "without_trial", "", "11-CA", CANCER, "recommendation-gained", "gained"),
    (3, "xray_lumbar", "", "without_trial", "after_trial", "07-VCF", "11-VCF", BONE, "urgency-lowered", "less_urgent"),
    (3, "esr", "", "silent", "optional_after_trial", "", "11-VCF", BONE, "recommendation-gained", "gained"),
    (4, "xray_lumbar", "", "without_trial", "after_trial", "07-CA2", "11-WCA", WEAK, "urgency-lowered", "less_urgent"),
    (4, "esr", "", "without_trial", "optional_after_trial", "07-CA2", "11-WCA", WEAK, "stance-weakened", "less_urgent"),
    (5, "xray_lumbar", "", "without_trial", "silent", "07-CA2", "11-NO1", BETTER, "recommendation-lost", "lost"),
    (5, "imaging", "", "silent", "not_recommended", "07-CA2", "11-NO1", BETTER, "now-advised-against", "less_urgent"),
    (5, "esr", "", "without_trial", "silent", "07-CA2", "11-NO1", BETTER, "recommendation-lost", "lost"),
    (6, "xray_pelvis_ap", "", "without_trial", "not_covered", "07-AS", "", PATTERN, "coverage-dropped", "lost"),
    (6, "hla_b27", "", "without_trial", "not_covered", "07-AS", "", PATTERN, "coverage-dropped", "lost"),
    (6, "xray_lumbar", "", "silent", "after_trial", "", "11-AS", PATTERN, "recommendation-gained", "gained"),
    (6, "esr_or_crp", "", "without_trial", "not_covered", "07-AS", "", PATTERN, "coverage-dropped", "lost"),
    (6, "esr", "", "silent", "optional_after_trial", "", "11-AS", PATTERN, "recommendation-gained", "gained"),
    (7, "conservative_care", "stay_active", "listed", "not_covered", "07-NSP", "", PLAIN, "coverage-dropped", "lost"),
    (7, "imaging", "", "not_recommended", "silent", "07-NSP", "", PLAIN, "no-longer-advised-against", "more_urgent"),
    (8, "mri", "", "out_of_scope", "silent", "", "", ("age 18 and over", "pregnant"), "scope-widened", "scope"),
    (8, "xray_lumbar", "", "out_of_scope", "silent", "", "", ("age 18 and over", "pregnant"), "scope-widened", "scope"),
    (8, "esr", "", "out_of_scope", "silent", "", "", ("age 18 and over", "pregnant"), "scope-widened", "scope"),
    (9, "imaging", "", "out_of_scope", "not_recommended", "", "11-DEF1", PLAIN, "scope-widened", "less_urgent"),
    (10, "mri", "", "out_of_scope", "without_trial", "", "11-CES", ("injury",), "scope-widened", "gained"),
    (10, "esr", "", "silent", "without_trial", "", "11-CA", ("injury",), "recommendation-gained", "gained"),
    (11, "imaging", "", "silent", "not_recommended", "07-VCF", "11-NO1", BETTER, "now-advised-against", "less_urgent"),
]


def evidence(rule: str) -> tuple[ShownEvidence, ...]:
    cite = "ACP07-T1" if rule.startswith("07") else "ACP11-T"
    row = f"row {rule}"
    return (ShownEvidence(cite, row, "partly", "strong", "very_low", "read in a transcription", "Chou et al. 2007."),)


def rule_ref(rule: str) -> RuleRef:
    if not rule:
        return RuleRef("", "", "", 0, "", (), (), "")
    title, _, then = RULES[rule]
    file = f"guidelines/low_back_pain/acp/20{rule[:2]}.yaml"
    assumes = (("A-TIME", "Immediate is read as: do not wait for a trial."),)
    return RuleRef(rule, title, file, 40 + 7 * list(RULES).index(rule), then, evidence(rule), assumes, "check in print")


def change(number: int, row: tuple[int, str, str, str, str, str, str, tuple[str, ...], str, str]) -> ChangeClass:
    _, output, element, old, new, old_rule, new_rule, who, kind, direction = row
    label = OUTPUTS[output] + (": stay active" if element else "")
    cubes = (Cube((("literal", who),), who), Cube((("weight", ("lost",)),), ("unexplained weight loss", *who[:1])))
    said = "; or ".join(" and ".join(cube.words) for cube in cubes[: 1 + number % 2])
    region = Region(f"in scope of both editions: {said}", cubes[: 1 + number % 2], True)
    edit = None
    if old_rule and new_rule:
        gone = Region("fever alone", (Cube((("fever", ("present",)),), ("fever alone",)),), number != 4)
        edit = Edit(
            "narrowed", (old_rule,), (new_rule,), f"{old_rule} -> {new_rule}: no longer for {who[0]}", gone, None
        )
    everything = dict.fromkeys(OUTPUTS, "silent")
    witness = Witness(
        case={"age_years": 40 + number, "fever": "absent", "body_temp_c": "36.8", "sex": "female"},
        shown=who,
        old=tuple({**everything, output: old}.items()),
        new=tuple({**everything, output: new}.items()),
        old_rules=tuple(FiredRule(r, RULES[r][0], r == old_rule) for r in (old_rule, "07-NSP") if r),
        new_rules=tuple(FiredRule(r, RULES[r][0], True) for r in (new_rule,) if r),
    )
    return ChangeClass(
        id=f"{output.replace('_', '-')}-{number:03}",
        fingerprint=f"sha256:{number * 7919:08x}{'0f' * 28}",
        kind=kind,
        direction=direction,
        output=output,
        element=element,
        label=label,
        from_value=old,
        to_value=new,
        from_words=WORDS[old],
        to_words=WORDS[new],
        sentence=f"{label}: {WORDS[old]} → {WORDS[new]}" if number % 3 else f"People with {who[0]} lose it.",
        old_rule=rule_ref(old_rule),
        new_rule=rule_ref(new_rule),
        region=region,
        edit=edit,
        witness=witness,
        vignettes=("V07",) if number % 4 == 0 else (),
        hazards=("H-3",) if number == 1 else (),
        signoff=None,
    )


def rule_edits(changes: tuple[ChangeClass, ...]) -> tuple[RuleEdit, ...]:
    found: dict[str, list[ChangeClass]] = {}
    for one in changes:
        if one.edit:
            found.setdefault(one.edit.text, []).append(one)
    return tuple(
        RuleEdit((c[0].old_rule,), (c[0].new_rule,), c[0].edit, c[0].direction, tuple(one.id for one in c))
        for c in found.values()
        if c[0].edit
    )


def counts(changes: tuple[ChangeClass, ...], unknowns: tuple[UnknownChange, ...]) -> tuple[OutputCounts, ...]:
    def number(output: str, direction: str) -> int:
        if direction == "lateral":
            return sum(c.output == output and c.kind.startswith("stance-") for c in changes)
        return sum(c.output == output and c.direction == direction for c in changes)

    def unknown(output: str, kind: str) -> int:
        return sum(u.output == output and u.kind == kind for u in unknowns)

    names = ("less_urgent", "more_urgent", "gained", "lost", "lateral", "scope", "constraint")
    return tuple(
        OutputCounts(
            output,
            label,
            *(number(output, name) for name in names),
            *(unknown(output, kind) for kind in ("newly_undecided", "newly_decided")),
        )
        for output, label in OUTPUTS.items()
    )


def shown(edition: str) -> ShownGuideline:
    year = f"20{edition}"
    rules = tuple(
        ShownRule(rule, title, when, then, "runs", (), evidence(rule), ("A-TIME",), (), "", f"acp/{year}.yaml", 9)
        for rule, (title, when, then) in RULES.items()
        if rule.startswith(edition)
    )
    return ShownGuideline(
        id="acp",
        version=f"{year}.0.0",
        title="Imaging for low back pain",
        publisher="American College of Physicians",
        published=f"{year}-02-01",
        status="active" if year == "2011" else "retired",
        intended_use="authoring, validation and review of rules; not for patient care",
        scope="low back pain and age at least 18 years",
        covers=tuple(OUTPUTS.values()),
        parameters=(("trial", "28 days", "ACP11-T", "partly", "about 1 month"),),
        definitions=(("prior_cancer", "history of cancer and new pain"),),
        assumptions=(("A-TIME", "Immediate is read as: do not wait for a trial."),),
        scores=(),
        tables=(ShownTable("imaging", "Which imaging, and how soon?", "COLLECT", rules),),
        sources=(("ACP11-T", "Chou et al. Diagnostic imaging for low back pain. 2011", "T"),),
        digest=f"sha256:{edition * 32}",
    )


def body() -> DiffBody:
    """Return the comparison as the workflow would."""
    changes = tuple(change(number, row) for number, row in enumerate(CHANGES, 1))
    by_card: dict[int, list[ChangeClass]] = {}
    for row, one in zip(CHANGES, changes, strict=True):
        by_card.setdefault(row[0], []).append(one)
    cards = tuple(
        Card(
            f"card-{number}",
            found[0].direction,
            f"Patients with {found[0].witness.shown[0]}",
            tuple(c.id for c in found),
        )
        for number, found in by_card.items()
    )
    known = ("low back pain", "age 45 years")
    unknowns = (
        UnknownChange(
            "mri", "", OUTPUTS["mri"], "newly_undecided", {"fever": "present"}, known, ("injecting drug use",),
            ("now",), ("says nothing", "now"),
        ),
        UnknownChange(
            "esr", "", OUTPUTS["esr"], "newly_decided", {"fever": "absent"}, known, ("weight loss",),
            ("says nothing", "now"), ("says nothing",),
        ),
        UnknownChange(
            "imaging", "", OUTPUTS["imaging"], "wider", {}, (), ("fever", "trauma"), ("says nothing",),
            ("says nothing", "not recommended", "out of scope"),
        ),
    )  # fmt: skip
    fault = HealthItem("RF304", "never-fires", "warning", "rule `11-NO2` cannot apply to any patient", ("11-NO2",))
    return DiffBody(
        old="acp@2007.0.0",
        new="acp@2011.0.0",
        equivalent=False,
        verdict="25 change classes from acp@2007.0.0 to acp@2011.0.0: some patients get less urgent advice",
        required_bump="major",
        declared_bump="major",
        versioning="semver",
        bump_enough=True,
        counts=counts(changes, unknowns),
        changes=changes,
        cards=cards,
        edits=rule_edits(changes),
        unknowns=unknowns,
        properties=(),
        health=Health((fault,), (replace(fault, name="gap", code="RF301", severity="error"),), ()),
        vignettes=VignetteSummary(
            changed=(
                VignetteChange("V07", "Fever alone", (("MRI", "now", "says nothing"), ("ESR", "now", "nothing"))),
            ),
            new=("V21",),
            failing=("V22",),
            orphaned=("V23",),
            uncovered=tuple(c.id for c in changes if not c.vignettes),
        ),
        test_strength=None,
        population=None,
        unchanged_edits=(UnchangedEdit("07-CES", "11-CES", ("renamed", "moved to another line")),),
        tables=Tables(shown("07"), shown("11"), tuple((r, SUCCESSORS.get(r, ())) for r in RULES if r.startswith("07"))),
        lateral_assumption="Changes between a strength of advice and a time are marked as changes of stance.",
        hazards=(
            TouchedHazard(
                id="H-3",
                title="A made-up hazard",
                initial_risk="4 to be reduced",
                residual_risk="3 undesirable",
                classes=tuple(change.id for change in changes if change.hazards),
                controls_kept=("11-CA",),
                controls_lost=("07-CES",),
                controls_gained=(),
            ),
        ),
    )


SUCCESSORS = {
    "07-CA1": ("11-CA",),
    "07-CA2": ("11-WCA",),
    "07-INF": ("11-INF",),
    "07-VCF": ("11-VCF",),
    "07-AS": ("11-AS",),
    "07-CES": ("11-CES",),
    "07-NSP": ("11-DEF1",),
}


def envelope(comparison: DiffBody) -> Envelope:
    """Return the envelope of a comparison."""
    place = Span("guidelines/low_back_pain/acp/2011.yaml", 12, 5, 12, 9)
    return Envelope(
        command="diff",
        status="ok",
        exit_code=0,
        inputs=(
            ResultInput("old", "main:acp@2007", "acp", "2007.0.0", "acp/2007.yaml", "sha256:" + "24" * 32, "1f2e3d4"),
            ResultInput("new", "acp@2011", "acp", "2011.0.0", "acp/2011.yaml", "sha256:" + "a7" * 32),
        ),
        options={"exit_code": False},
        diagnostics=(Diagnostic(place, RF304, "rule `11-NO2` never fires", "remove it"),),
        not_decided=(NotDecided("a question", "half of it", "100,000 nodes"),),
        limits=("partly known findings are not enumerated",),
        summary={"classes": len(comparison.changes)},
        body=comparison,
    )


def result(comparison: DiffBody | None = None) -> dict[str, Any]:
    """Return the result as it is read from a JSON file."""
    loaded = json.loads(json.dumps(to_json(envelope(comparison or body()))))
    assert isinstance(loaded, dict)
    return loaded


def large(number: int) -> dict[str, Any]:
    """Return a result with many change classes, two on each card, each example a whole patient of 80 findings."""
    base = body()
    changes = []
    for place in range(number):
        one = change(place + 1, CHANGES[place % len(CHANGES)])
        case: CaseJson = {f"finding_number_{n}": "absent" if n != place % 80 else "present" for n in range(80)}
        changes.append(replace(one, witness=replace(one.witness, case=case)))
    cards = [
        Card(f"card-{place}", "lost", f"Patients {place}", tuple(c.id for c in changes[place : place + 2]))
        for place in range(0, number, 2)
    ]
    return result(
        replace(base, changes=tuple(changes), cards=tuple(cards), counts=counts(tuple(changes), base.unknowns))
    )
