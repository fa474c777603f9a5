"""Small decision models as files, for tests: an age, a fever and a site."""

AGE = (
    '<itemDefinition name="tAge"><typeRef>number</typeRef>'
    "<allowedValues><text>[0..120]</text></allowedValues></itemDefinition>"
)
SITE = (
    '<itemDefinition name="tSite"><typeRef>string</typeRef>'
    '<allowedValues><text>"low","mid","High up"</text></allowedValues></itemDefinition>'
)
INPUTS = (("Age", "tAge"), ("Fever", "boolean"), ("Site", "tSite"))


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def decision(name, kind, logic, requires=("i:Age", "i:Fever", "i:Site")):
    ends = {"i": "requiredInput", "d": "requiredDecision"}
    edges = "".join(
        f'<informationRequirement><{ends[one[0]]} href="#{one.replace(":", "_")}"/></informationRequirement>'
        for one in requires
    )
    return f'<decision id="d_{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/>{edges}{logic}</decision>'


def literal(text):
    return f"<literalExpression><text>{escaped(text)}</text></literalExpression>"


def table(columns, rows, policy="UNIQUE", values="", default="", kind="string", aggregation=""):
    heads = "".join(f"<input><inputExpression><text>{escaped(one)}</text></inputExpression></input>" for one in columns)
    listed = f"<outputValues><text>{escaped(values)}</text></outputValues>" if values else ""
    listed += f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    body = ""
    for *cells, output in rows:
        entries = "".join(f"<inputEntry><text>{escaped(cell)}</text></inputEntry>" for cell in cells)
        body += f"<rule>{entries}<outputEntry><text>{escaped(output)}</text></outputEntry></rule>"
    how = f'hitPolicy="{policy}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    return f'<decisionTable {how}>{heads}<output typeRef="{kind}">{listed}</output>{body}</decisionTable>'


def model(*decisions, types=AGE + SITE, inputs=INPUTS):
    data = "".join(
        f'<inputData id="i_{n}" name="{n}"><variable name="{n}" typeRef="{t}"/></inputData>' for n, t in inputs
    )
    space = "https://www.omg.org/spec/DMN/20230324/MODEL/"
    body = types + data + "".join(decisions)
    return f'<definitions xmlns="{space}" id="m" name="model" namespace="urn:m">{body}</definitions>'.encode()
