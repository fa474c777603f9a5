"""The comparison of two editions as text: what is long is cut, and nothing that is cut goes unmentioned."""

import json
from dataclasses import asdict, replace

from redflag_kit.report.text_diff import render
from redflag_kit.results.diff import HealthItem
from tests.browser.sample import result

ASSUMED = HealthItem("RF330", "assumption-hides-urgency", "info", "ESR is assumed (X-ray)", (), ("esr_mm_h",))
FAULT = HealthItem("RF304", "never-fires", "warning", "a rule cannot apply", ("A",))


def text(**health: list[HealthItem]) -> str:
    sample = result()
    sample["diff"]["health"] |= {
        key: [json.loads(json.dumps(asdict(one))) for one in found] for key, found in health.items()
    }
    return render(sample)


def test_every_assumption_is_shown_once_and_its_other_outputs_are_counted():
    other = replace(ASSUMED, message="CRP is assumed (X-ray)", findings=("crp_mg_l",))
    shown = text(introduced=[ASSUMED, replace(ASSUMED, message="ESR is assumed (MRI)"), other])
    assert shown.count("ESR is assumed") == shown.count("CRP is assumed") == 1
    assert shown.count("… 1 more like this (HTML and JSON have them)") == 1


def test_faults_of_one_code_are_cut_after_four_and_the_rest_is_counted():
    shown = text(introduced=[replace(FAULT, rules=(str(n),), message=f"rule {n} cannot apply") for n in range(6)])
    assert "rule 3 cannot apply" in shown
    assert "rule 4 cannot apply" not in shown
    assert "… 2 more like this (HTML and JSON have them)" in shown


def test_missing_information_has_one_example_of_each_kind_and_names_every_output():
    sample = result()
    first = sample["diff"]["unknowns"][0]
    sample["diff"]["unknowns"].append(first | {"label": "the second output", "shown": ["cough"]})
    shown = " ".join(render(sample).split())
    assert "newly undecided: MRI of the lumbar spine, the second output example" in shown
    assert "before MRI of the lumbar spine: now after MRI of the lumbar spine: says nothing or now" in shown
