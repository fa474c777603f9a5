"""A project with every kind of thing to report, in a folder of a repository whose name needs encoding."""

import json
import shutil
from functools import cache

import xmlschema

from redflag_kit.__main__ import main
from tests.unit.cli.command_lines import BASE, GUIDELINE, ROOT

FOLDER = "regeln für alle"
SCHEMAS = ROOT / "tests" / "data" / "ci_formats"

PROPERTIES = """\
schema: redflag/properties/1
vocabulary: back_pain
properties:
  - id: P-KNOWN
    title: A major injury is imaged the same day
    hazard: an unstable fracture is missed
    cite: [TEXTBOOK]
    floor: [{when: {injury: [minor, major]}, at_least: {xray: today}}]
    known: [{guideline: clinic@2024, where: {injury: minor}, reason: printed so, cite: [CLINIC24]}]
  - id: P-REFUTED
    title: A minor injury is imaged the same day
    hazard: harm
    assumption: made up
    floor: [{when: {injury: minor}, at_least: {xray: today}}]
"""

VIGNETTES = """\
  - id: V3
    title: Expects too much
    narrative: A man of 50 with a bruise.
    findings: {age_years: 50 a, injury: minor}
    unmentioned: absent
    expect:
      clinic@2024: {outcomes: {xray: today}, others: any}
  - id: V4
    title: Gives another reason
    narrative: A man of 50 after a fall.
    findings: {age_years: 50 a, injury: major}
    unmentioned: absent
    expect:
      clinic@2024: {outcomes: {xray: today}, others: any, because: [X-MINOR]}
  - id: V5
    title: Waits for a person
    narrative: A man of 50.
    findings: {age_years: 50 a}
    unmentioned: absent
    expect:
      clinic@2024: {outcomes: {mri: TODO}, others: any}
  - id: V6
    title: Cannot be
    narrative: A man of 50 with 40 degrees and no fever.
    findings: {age_years: 50 a, body_temp_c: 40 Cel, fever: absent}
    unmentioned: absent
    expect:
      clinic@2024: {outcomes: {xray: not_needed}, others: any}
"""

EDITS = (
    ("unless: [M-CES]", "unless: []"),
    (
        "    hit_policy: ANY\n",
        "    hit_policy: ANY\n"
        "    waive: [{check: duplicate-rules, rules: [X-NONE, X-AGAIN], reason: both are printed}]\n",
    ),
)
TWICE = """\
      - id: X-AGAIN
        title: No injury at all
        when: {injury: none}
        then: {xray: not_needed}
        evidence: [{cite: CLINIC24, row: i, status: supported}]
"""


def faulty_project(repository):
    """Make a repository that holds the project, and return the project."""
    project = repository / FOLDER
    shutil.copytree(BASE, project)
    (repository / ".git").mkdir(parents=True)
    path = project / GUIDELINE
    text = path.read_text("utf-8")
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text + TWICE, "utf-8")
    (project / "guidelines/back_pain/properties.yaml").write_text(PROPERTIES, "utf-8")
    with (project / "vignettes/clinic.yaml").open("a", encoding="utf-8") as file:
        file.write(VIGNETTES)
    return project


def result_of(folder, project, *arguments):
    """Run a command and return its result and exit code."""
    path = folder / "result.json"
    code = main([*arguments, "--project", str(project), "--quiet", "--report", f"json={path}"])
    return json.loads(path.read_text("utf-8")), code


@cache
def sarif_schema():
    return json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))


@cache
def junit_schema():
    """Return Jenkins' schema with the two attributes that GitLab and others read."""
    text = (SCHEMAS / "junit-10.xsd").read_text("utf-8")
    known = '<xs:attribute name="classname" type="xs:string"/>'
    more = known + "".join(f'<xs:attribute name="{name}" type="xs:string"/>' for name in ("file", "line"))
    assert known in text
    return xmlschema.XMLSchema(text.replace(known, more))
