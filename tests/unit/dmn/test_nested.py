"""Tables inside boxed expressions and business knowledge models are read, though the whole is not evaluated."""

from decimal import Decimal

from redflag_kit.dmn.evaluate import evaluate_columns
from redflag_kit.dmn.read import read_dmn
from tests.dmn.models import definitions, input_data, requirements

TABLE = """<decisionTable><input><inputExpression typeRef="number"><text>{}</text></inputExpression></input><output/>
<rule><inputEntry><text>&gt; {}</text></inputEntry><outputEntry><text>"positive"</text></outputEntry></rule>
</decisionTable>"""
ENTRY = '<contextEntry><variable name="{}" typeRef="{}"/>{}</contextEntry>'
LEAST = "<literalExpression><text>0</text></literalExpression>"
BODY = (
    input_data("x", "number")
    + f'<decision id="d" name="D"><variable name="D"/>{requirements(("x",))}<context>'
    + ENTRY.format("least", "number", LEAST)
    + ENTRY.format("sign", "string", TABLE.format("x", "least"))
    + '</context></decision><businessKnowledgeModel id="b" name="B"><encapsulatedLogic>'
    + f'<formalParameter name="p" typeRef="number"/>{TABLE.format("p", "oops")}'
    + "</encapsulatedLogic></businessKnowledgeModel>"
)


def test_tables_are_found_with_the_names_known_where_they_stand():
    reading = read_dmn(definitions(BODY), "m.dmn")
    assert reading.model is not None
    assert [(one.name, one.usable) for one in reading.model.nested] == [("D / sign", True), ("B", False)]
    assert [one.code.id for one in reading.diagnostics] == ["RF064", "RF079", "RF072"]
    assert [one.usable for one in reading.model.decisions] == [False]


def test_a_nested_table_can_be_evaluated_for_values_of_its_columns():
    model = read_dmn(definitions(BODY), "m.dmn").model
    assert model is not None
    found = evaluate_columns(model.nested[0].table, [Decimal(1)], {"least": Decimal(0)})
    assert (found.value, found.matched) == ("positive", (1,))
