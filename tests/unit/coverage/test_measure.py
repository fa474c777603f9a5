"""Coverage of one guideline as a whole: every item with all that is told of it."""

from __future__ import annotations

from redflag_kit.results.coverage import CoverageItem
from tests.unit.coverage.worlds import measured
from tests.unit.evaluate.worlds import case, decision, rule, score

OLD = "parameters: {old: {value: 50 a, cite: BOOK, evidence: opinion}}\n"
SAID = """\
uncovered R1 missed: R1 is just missed, by one finding: the rule R1;
uncovered d.otherwise fires: d.otherwise fires: nothing is said;
impossible R3 fires: R3 fires: the rule R3; no patient can fire it
impossible R3 missed: R3 is just missed, by one finding: the rule R3; nobody is one finding away from it
covered R1 fires: R1 fires: the rule R1;
covered R2 fires: R2 fires: the rule R2;
covered R2 missed: R2 is just missed, by one finding: the rule R2;
covered d.otherwise missed: d.otherwise is just missed, by one finding: nothing is said;
uncovered scan=silent: the scan: says nothing;
impossible scan=later: the scan: later; no patient gets it
covered scan=soon: the scan: soon;
covered scan=now: the scan: right now;
covered scan=out_of_scope: the scan: out of scope;
covered likely=flu: likely: influenza;
covered likely=silent: likely: says nothing;
covered likely=out_of_scope: likely: out of scope;
uncovered R1 0 fails: R1: "no fever" decides the outcome;
uncovered R1 1 fails: R1: "not age at least 50 years" decides the outcome;
uncovered R3 0 fails: R3: "no fever" decides the outcome;
uncovered R3 1.0 holds: R3: "fever" decides the outcome;
impossible s, points 1 whole holds: s, points 1: "cough" decides the outcome; no patient's outcome is decided by that
impossible s, points 1 whole fails: s, points 1: "no cough" decides the outcome; no patient's outcome is decided by that
impossible R3 0 holds: R3: "fever" decides the outcome; no patient's outcome is decided by that
impossible R3 1.0 fails: R3: "no fever" decides the outcome; no patient's outcome is decided by that
covered the scope whole holds: the scope: "age at least 18 years" decides the outcome;
covered the scope whole fails: the scope: "not age at least 18 years" decides the outcome;
covered s, points 2 whole holds: s, points 2: "numbness" decides the outcome;
covered s, points 2 whole fails: s, points 2: "normal feeling" decides the outcome;
covered R1 0 holds: R1: "fever" decides the outcome;
covered R1 1 holds: R1: "age at least 50 years" decides the outcome;
covered R2 whole holds: R2: "s: at least 2" decides the outcome;
covered R2 whole fails: R2: "not s: at least 2" decides the outcome;
uncovered age 17|18: 19: age 19 years, limit: at least 18 years;
uncovered age 49|50: 49: age 49 years, limit: at least 50 years (old);
uncovered age 49|50: 51: age 51 years, limit: at least 50 years (old);
covered age 17|18: 17: age 17 years, limit: at least 18 years;
covered age 17|18: 18: age 18 years, limit: at least 18 years;
covered age 49|50: 50: age 50 years, limit: at least 50 years (old);
uncovered fever: fever not known, which leaves open: the scan;
uncovered age: age not known, which leaves open: the scan, likely;
impossible cough: cough; no outcome hangs on it alone
covered numb: numb not known, which leaves open: the scan, likely;
uncovered f12c5456641a: nothing is said (by d.otherwise);
uncovered f9bd77f3d3e6: the scan: right now; likely: influenza (by R1, R2);
covered 790d61fb0250: the scan, likely: out of scope;
covered bd157f435e57: the scan: soon; likely: influenza (by R2);
covered 9229323763bc: the scan: right now (by R1);
"""
PLACES = """\
rules R1 missed: g/g.yaml:21 / R1 /  /  /
rules d.otherwise fires: g/g.yaml:22 / d.otherwise /  /  /
rules R3 fires: g/g.yaml:21 / R3 /  /  /
rules R3 missed: g/g.yaml:21 / R3 /  /  /
rules R1 fires: g/g.yaml:21 / R1 /  /  / V1
rules R2 fires: g/g.yaml:21 / R2 /  /  / V2
rules R2 missed: g/g.yaml:21 / R2 /  /  / V1
rules d.otherwise missed: g/g.yaml:22 / d.otherwise /  /  / V1
outputs scan=silent: g/g.yaml:2 /  /  / scan /
outputs scan=later: g/g.yaml:21 / R3 /  / scan /
outputs scan=soon: g/g.yaml:21 / R2 /  / scan / V2
outputs scan=now: g/g.yaml:21 / R1 /  / scan / V1
outputs scan=out_of_scope: g/g.yaml:2 /  /  / scan / V3
outputs likely=flu: g/g.yaml:21 / R2 /  / likely / V2
outputs likely=silent: g/g.yaml:2 /  /  / likely / V1
outputs likely=out_of_scope: g/g.yaml:2 /  /  / likely / V3
conditions R1 0 fails: g/g.yaml:21 / R1 / fever /  /
conditions R1 1 fails: g/g.yaml:21 / R1 / age /  /
conditions R3 0 fails: g/g.yaml:21 / R3 / fever /  /
conditions R3 1.0 holds: g/g.yaml:21 / R3 / fever /  /
conditions s, points 1 whole holds: g/g.yaml:17 /  / cough /  /
conditions s, points 1 whole fails: g/g.yaml:17 /  / cough /  /
conditions R3 0 holds: g/g.yaml:21 / R3 / fever /  /
conditions R3 1.0 fails: g/g.yaml:21 / R3 / fever /  /
conditions the scope whole holds: g/g.yaml:12 /  / age /  / V1
conditions the scope whole fails: g/g.yaml:12 /  / age /  / V3
conditions s, points 2 whole holds: g/g.yaml:17 /  / numb /  / V2
conditions s, points 2 whole fails: g/g.yaml:17 /  / numb /  / V1
conditions R1 0 holds: g/g.yaml:21 / R1 / fever /  / V1
conditions R1 1 holds: g/g.yaml:21 / R1 / age /  / V1
conditions R2 whole holds: g/g.yaml:21 / R2 /  /  / V2
conditions R2 whole fails: g/g.yaml:21 / R2 /  /  / V1
boundaries age 17|18: 19: g/g.yaml:2 /  / age /  /
boundaries age 49|50: 49: g/g.yaml:13 / R1 / age /  /
boundaries age 49|50: 51: g/g.yaml:13 / R1 / age /  /
boundaries age 17|18: 17: g/g.yaml:2 /  / age /  / V3
boundaries age 17|18: 18: g/g.yaml:2 /  / age /  / V2
boundaries age 49|50: 50: g/g.yaml:13 / R1 / age /  / V1
unknowns fever: g/vocabulary.yaml:5 /  / fever /  /
unknowns age: g/vocabulary.yaml:8 /  / age /  /
unknowns cough: g/vocabulary.yaml:6 /  / cough /  /
unknowns numb: g/vocabulary.yaml:7 /  / numb /  / V4
decisions f12c5456641a: g/g.yaml:22 / d.otherwise /  /  /
decisions f9bd77f3d3e6: g/g.yaml:21 / R1 R2 /  /  /
decisions 790d61fb0250: g/g.yaml:2 /  /  /  / V3
decisions bd157f435e57: g/g.yaml:21 / R2 /  /  / V2
decisions 9229323763bc: g/g.yaml:21 / R1 /  /  / V1
"""


def said(one: CoverageItem) -> str:
    return f"{one.state} {one.id}: {one.text}; {one.reason}".rstrip(" ")


def place(one: CoverageItem) -> str:
    where = f"{one.kind} {one.id}: {one.file}:{one.line} / {' '.join(one.rules)}"
    return f"{where} / {one.finding} / {one.output} / {one.vignette}".rstrip(" ")


def test_every_item_is_told_with_its_reason_place_rules_finding_output_and_vignette():
    found = measured(
        score("s", "{when: cough, points: 1}, {when: numb, points: 2}"),
        decision(
            "d",
            rule("R1", "{all: [fever, {age: at_least old}]}", "{scan: now}"),
            rule("R2", "{s: at_least 2}", "{scan: soon, likely: [flu]}"),
            rule("R3", "{all: [fever, {not: fever}]}", "{scan: later}"),
        ),
        findings="fever cough numb age worry",
        covers="scan likely",
        scope="{age: at_least 18 a}",
        extra=OLD,
        vignettes=(
            case("V1", "{fever: present, age: 50 a, cough: absent, numb: absent}", "{outcomes: {scan: now}}"),
            case("V2", "{age: 18 a, fever: absent, numb: present}", "{outcomes: {scan: soon, likely: [flu]}}"),
            case("V3", "{age: 17 a}", "{outcomes: out_of_scope}"),
            case("V4", "{age: 49 a, cough: present}", "{outcomes: {scan: undecided, likely: undecided}}"),
        ),
    )
    assert "".join(f"{said(one)}\n" for one in found.items) == SAID
    assert "".join(f"{place(one)}\n" for one in found.items) == PLACES
    assert {one.note for one in found.items} == {""}
    assert [(one.kind, one.covered, one.items, one.impossible, one.share, one.budget) for one in found.totals] == [
        ("rules", 4, 6, 2, "0.6666", ""),
        ("outputs", 6, 7, 1, "0.8571", ""),
        ("conditions", 8, 12, 4, "0.6666", ""),
        ("boundaries", 3, 6, 0, "0.5", ""),
        ("unknowns", 1, 3, 1, "0.3333", ""),
        ("decisions", 3, 5, 0, "0.6", ""),
    ]
    assert (found.guideline, found.title, found.path, found.vignettes) == ("g@1.0.0", "G", "g/g.yaml", 4)
