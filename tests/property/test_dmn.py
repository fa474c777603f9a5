"""Generated guidelines as DMN: same outcomes on the reference evaluator, and back again with equal meaning."""

from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diff.compare import compare
from redflag_kit.dmn.feel_phrase import NotInDmnError
from redflag_kit.dmn.write import graph_of
from redflag_kit.dmn.write_xml import xml_of
from redflag_kit.model.guideline import Guideline
from redflag_kit.source.dump import Data, dump
from redflag_kit.source.library import build_library
from redflag_kit.source.nodes import plain
from redflag_kit.source.places import ParsedFile
from redflag_kit.source.reader import read_yaml
from redflag_kit.workflow.import_dmn import import_dmn
from tests.property.documents import NotWritableError, documents
from tests.property.effort import PATIENTS, examples
from tests.property.generators import Chooser, guideline_of, values_of
from tests.unit.dmn.outcomes import Exported


@examples(75)
@given(st.data())
def test_an_exported_guideline_gives_every_patient_the_same_outcome(data: st.DataObject) -> None:
    guideline = guideline_of(Chooser(data.draw), PATIENTS)
    try:
        exported = Exported(guideline)
    except NotInDmnError:
        assume(False)
    dice = random.Random(1)
    for _ in range(10):
        patient = {one.id: dice.choice(values_of(one)) for one in guideline.vocabulary.findings.values()}
        assert exported.disagreements(patient) == []


def loaded(written: dict[str, dict[str, Data]]) -> Guideline:
    files = []
    for kind, document in written.items():
        node, faults = read_yaml(dump(document).encode(), f"{kind}.yaml")
        assert faults == ()
        assert node is not None
        assert plain(node) == document
        files.append(ParsedFile(f"{kind}.yaml", node))
    library, found = build_library(files)
    # What a random guideline cannot be written with, such as a covered output that nothing writes, is no matter here.
    assume(not any(one.code.severity is Severity.ERROR for one in found))
    return library.guidelines[0]


@examples(75)
@given(st.data())
def test_a_guideline_comes_back_with_equal_meaning(data: st.DataObject) -> None:
    try:
        written = documents(guideline_of(Chooser(data.draw), PATIENTS))
    except NotWritableError:
        assume(False)
    guideline = loaded(written)
    text = xml_of(graph_of(guideline, dict(written)))
    imported = import_dmn(text.encode(), "exported.dmn")
    assert [(one.code.id, one.message) for one in imported.diagnostics] == []
    assert imported.guideline is not None
    assert compare(guideline, imported.guideline, ()).equivalent
