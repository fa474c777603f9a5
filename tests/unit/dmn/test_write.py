"""Exported graphs: whole, without cycles, in standard elements, and refused where DMN cannot say the same."""

from fractions import Fraction
from functools import cache
from xml.etree import ElementTree

import pytest

from redflag_kit.dmn.drg import Literal
from redflag_kit.dmn.feel_phrase import NotInDmnError
from redflag_kit.dmn.write import graph_of
from redflag_kit.dmn.write_xml import DmnVersion, xml_of
from redflag_kit.model.condition import All, Any, AtLeast, Not
from redflag_kit.model.guideline import HitPolicy
from redflag_kit.workflow.export import export_dmn
from tests.property import models
from tests.shipped import editions, project

MODEL = "{https://www.omg.org/spec/DMN/20230324/MODEL/}"
DIAGRAM = "{https://www.omg.org/spec/DMN/20230324/DMNDI/}"
PROJECT = project()
EDITIONS = editions()
URGENCY = models.scale("never", "soon", "now")


@cache
def text_of(name):
    return export_dmn(PROJECT, EDITIONS[name], DmnVersion.V1_5)


def exported(name):
    return ElementTree.fromstring(text_of(name))


def small(*rules, policy=HitPolicy.COLLECT, otherwise=None, findings=(), **more):
    words = models.vocabulary(
        (models.yes_no("fever"), models.yes_no("pain"), models.number("age", 0, 120), *findings),
        [models.ordered("scan", URGENCY)],
    )
    return models.guideline(words, [models.decision("d", rules, otherwise, policy=policy)], **more)


def node(guideline, name):
    return next(one for one in graph_of(guideline, {}).decisions if one.name == name)


@pytest.mark.parametrize("name", EDITIONS)
def test_ids_are_unique_and_every_reference_leads_somewhere(name):
    root = exported(name)
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    references = {one.get("href").removeprefix("#") for one in root.iter() if one.get("href")}
    references |= {one.get("dmnElementRef") for one in root.iter() if one.get("dmnElementRef")}
    assert references <= set(ids)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_node_and_requirement_is_drawn(name):
    root = exported(name)
    drawn = {one.get("dmnElementRef") for one in root.iter(f"{DIAGRAM}DMNShape")}
    kinds = ("inputData", "decision", "knowledgeSource")
    assert drawn == {one.get("id") for kind in kinds for one in root.iter(f"{MODEL}{kind}")}
    edges = {one.get("dmnElementRef") for one in root.iter(f"{DIAGRAM}DMNEdge")}
    requirements = ("informationRequirement", "authorityRequirement")
    assert edges == {one.get("id") for kind in requirements for one in root.iter(f"{MODEL}{kind}")}


@pytest.mark.parametrize("name", EDITIONS)
def test_no_decision_reads_itself_through_others(name):
    graph = graph_of(EDITIONS[name], {})
    done = {one.name for one in graph.inputs}
    waiting = {one.name: set(one.requires) for one in graph.decisions}
    while ready := [one for one, needs in waiting.items() if needs <= done]:
        done |= set(ready)
        for one in ready:
            del waiting[one]
    assert waiting == {}


@pytest.mark.parametrize("name", EDITIONS)
def test_every_decision_requires_the_columns_it_reads(name):
    for one in graph_of(EDITIONS[name], {}).decisions:
        if not isinstance(one.logic, Literal):
            assert tuple(column.name for column in one.logic.columns) == one.requires


@pytest.mark.parametrize("name", EDITIONS)
def test_every_covered_output_is_a_decision_of_its_name(name):
    written = {one.name for one in graph_of(EDITIONS[name], {}).decisions}
    assert set(EDITIONS[name].covers) <= written


@pytest.mark.parametrize("name", EDITIONS)
def test_the_same_guideline_gives_the_same_bytes(name):
    assert export_dmn(PROJECT, EDITIONS[name], DmnVersion.V1_5) == text_of(name)


def test_editions_of_the_standard_differ_in_namespaces_only():
    graph = graph_of(EDITIONS["acep@2014.0.0"], {})
    older = xml_of(graph, DmnVersion.V1_3)
    assert "20230324" not in older
    assert older.replace("20191111", "20230324") == xml_of(graph, DmnVersion.V1_5)


def test_text_of_a_guideline_cannot_become_markup():
    words = models.vocabulary([models.yes_no("fever")], [models.ordered("scan", URGENCY, label='<&">')])
    rule = models.rule("R", models.has("fever"), {"scan": "now"})
    guideline = models.guideline(words, [models.decision("d", [rule])])
    root = ElementTree.fromstring(xml_of(graph_of(guideline, {"note": "</definitions> & more"})))
    labels = {one.get("label") for one in root.iter(f"{MODEL}decision")}
    assert '<&">' in labels


def test_a_plain_conjunction_becomes_a_row_of_cells():
    when = All((models.has("fever"), models.between("age", 50, open_low=True)))
    table = node(small(models.rule("R", when, {"scan": "now"})), "scan").logic
    assert [one.name for one in table.columns] == ["fever", "age"]
    assert table.rows[0].cells == ("true", "> 50")
    assert table.rows[0].output == '"now"'


def test_two_tests_of_one_finding_are_not_put_into_one_cell():
    when = All((models.between("age", 20), models.between("age", None, 40)))
    guideline = small(models.rule("R", when, {"scan": "now"}))
    assert node(guideline, "scan").logic.rows[0].cells == (">= 20", "true")
    assert node(guideline, "when_r").logic.text == "age <= 40"


def test_what_is_no_plain_test_becomes_a_helper_decision():
    when = All((models.has("fever"), Any((models.has("pain"), Not(models.between("age", 50))))))
    guideline = small(models.rule("R", when, {"scan": "now"}))
    assert node(guideline, "when_r").logic.text == "pain or not(age >= 50)"
    assert node(guideline, "scan").logic.rows[0].cells == ("true", "true")


def test_counted_conditions_are_sums():
    when = AtLeast(2, (models.has("fever"), models.has("pain"), models.between("age", 50)))
    guideline = small(models.rule("R", when, {"scan": "now"}))
    text = "sum([if fever then 1 else 0, if pain then 1 else 0, if age >= 50 then 1 else 0]) >= 2"
    assert node(guideline, "when_r").logic.text == text


def test_a_suppressed_rule_reads_whether_its_suppressor_applies():
    rules = (
        models.rule("R", models.has("fever"), {"scan": "now"}),
        models.rule("S", models.has("pain"), {"scan": "never"}, overrides=["R"]),
    )
    guideline = small(*rules)
    assert node(guideline, "applies_s").logic.text == "pain"
    assert node(guideline, "scan").logic.rows[0].cells == ("true", "false")


def test_the_rule_with_the_winning_level_stands_first():
    rules = (
        models.rule("A", models.has("fever"), {"scan": "never"}),
        models.rule("B", models.has("pain"), {"scan": "now"}),
    )
    table = node(small(*rules, otherwise=[models.rule("O")]), "scan").logic
    assert table.hit_policy == "FIRST"
    assert [row.output for row in table.rows] == ['"now"', '"never"', '"silent"']


def test_a_gap_that_nobody_declared_is_a_value():
    table = node(small(models.rule("A", models.has("fever"), {"scan": "now"})), "scan").logic
    assert [row.output for row in table.rows] == ['"now"', '"gap"']


def test_a_name_that_feel_would_misread_is_changed():
    words = models.vocabulary([models.yes_no("date")], [models.ordered("scan", URGENCY)])
    rule = models.rule("R", models.has("date"), {"scan": "now"})
    graph = graph_of(models.guideline(words, [models.decision("d", [rule])]), {})
    assert [one.name for one in graph.inputs] == ["date_"]


def test_names_that_become_equal_are_numbered():
    rules = (
        models.rule("A.1", Any((models.has("fever"), models.has("pain"))), {"scan": "now"}),
        models.rule("A-1", Any((models.has("pain"), models.between("age", 3))), {"scan": "soon"}),
    )
    names = [one.name for one in graph_of(small(*rules), {}).decisions]
    assert names == ["when_a_1", "when_a_1_2", "scan"]


def test_a_threshold_without_a_decimal_moves_to_the_values_that_occur():
    third = models.between("age", Fraction(100, 3))
    table = node(small(models.rule("R", third, {"scan": "now"})), "scan").logic
    assert table.rows[0].cells == ("[34..120]",)


def test_a_finding_in_thirds_is_refused_by_name():
    third = models.number("dose", 0, 1, Fraction(1, 3))
    guideline = small(models.rule("R", models.between("dose", Fraction(1, 3)), {"scan": "now"}), findings=[third])
    with pytest.raises(NotInDmnError, match="the values of finding dose are no finite decimals"):
        graph_of(guideline, {})


def test_a_comparison_of_two_numbers_becomes_a_decision_that_legal_patients_satisfy():
    guideline = small(
        models.rule("R", models.has("fever"), {"scan": "now"}),
        findings=[models.number("days", 0, 9)],
        constraints=[models.at_most("days", "age", factor=Fraction(2, 3), strict=True)],
    )
    assert node(guideline, "constraint_c").logic.text == "days * 3 < age * 2"
