"""A result of `redflag mutate` made up by hand: every state, a file that guidelines share, and hostile texts."""

from __future__ import annotations

import copy
from typing import Any

from redflag_kit.mutate.score import totals_of
from redflag_kit.report.json import to_json
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.mutate import (
    GuidelineStrength,
    MutantResult,
    MutantTest,
    MutantWitness,
    MutateBody,
    MutatedFile,
    OutcomePair,
)

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & <!-- "
GUIDELINE, VOCABULARY = "guidelines/throat/1.yaml", "guidelines/vocabulary.yaml"
VIGNETTES = "vignettes/throat.yaml"
SOURCES = {
    GUIDELINE: f"id: throat\nrules:\n  - id: T-AIR\n    title: {EVIL}\n    when: stridor\n  - id: T-B\n    when: old\n",
    VOCABULARY: "derived:\n  airway: {any: [stridor, drooling]}\n",
    VIGNETTES: f"vignettes:\n  - id: V-AIR\n    narrative: {EVIL}\n  - id: V-WEEK\n",
}
ONE, TWO = "throat@1.0.0", "throat@2.0.0"


def mutant(id_: str, state: str, line: int, **more: object) -> MutantResult:
    """Return a mutant of the first guideline."""
    given: dict[str, object] = {
        "id": id_,
        "guideline": ONE,
        "operator": "rule-dropped",
        "rule": "T-AIR",
        "sentence": f"the rule T-AIR is left out: {EVIL}",
        "file": GUIDELINE,
        "line": line,
        "column": 5,
        "end_line": line,
        "end_column": 15,
        "original": "id: T-AIR",
        "replacement": "",
        "state": state,
        "killed_by": (),
        "reason": "",
        "witness": None,
        "draft": "",
    }
    return MutantResult(**(given | more))  # type: ignore[arg-type]


WITNESS = MutantWitness(
    {"stridor": "present"}, f"stridor; {EVIL}", (OutcomePair("review", "review", "now", "says nothing"),)
)
MUTANTS = (
    mutant("a-killed", "killed", 5, killed_by=("V-AIR", "V-WEEK")),
    mutant("b-survived", "survived", 7, witness=WITNESS, draft="- id: draft\n", operator="threshold-widened"),
    mutant("c-equivalent", "equivalent", 6, reason="another rule says the same"),
    mutant("d-exempted", "exempted", 4, reason=f"nobody is so old {EVIL}"),
    mutant("e-open", "not_decided", 3, reason="needs more than 10 nodes"),
    *(
        mutant(
            "f-shared",
            state,
            2,
            file=VOCABULARY,
            guideline=name,
            operator="value-removed",
            rule="",
            sentence="drooling is no sign of the airway",
            replacement="[stridor]",
            killed_by=by,
            witness=seen,
        )
        for name, state, by, seen in ((ONE, "killed", ("V-AIR",), None), (TWO, "survived", (), WITNESS))
    ),
)
TESTS = (
    MutantTest("V-AIR", f"a child that {EVIL}", VIGNETTES, 2, 9),
    MutantTest("V-WEEK", "a week", VIGNETTES, 4, 9),
)


def mutated(show: str = "survived", floor: str = "", changed: str = "") -> dict[str, Any]:
    """Return the result as JSON data; a copy of its own each time."""
    by_name = {name: [one for one in MUTANTS if one.guideline == name] for name in (ONE, TWO)}
    guidelines = tuple(
        GuidelineStrength(
            guideline=name,
            title=f"A throat {EVIL}",
            path=GUIDELINE,
            digest="sha256:0",
            vignettes=2 if name == ONE else 0,
            totals=totals_of(one.state for one in found),
            operators=(("rule-dropped", totals_of(one.state for one in found)),),
            floor="missed" if floor else "",
        )
        for name, found in by_name.items()
    )
    totals = totals_of(one.state for one in MUTANTS)
    files = tuple(MutatedFile(path, source) for path, source in sorted(SOURCES.items()))
    body = MutateBody(totals, guidelines, MUTANTS, changed, files, TESTS)
    options: dict[str, object] = {"guidelines": [], "words": "", "fail_under": floor, "show": show}
    return copy.deepcopy(to_json(Envelope("mutate", "ok", 0, options=options, limits=(EVIL,), body=body)))
