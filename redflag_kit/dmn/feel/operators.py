"""The operators and reserved words of FEEL, and how strongly the operators bind."""

ORDERINGS = frozenset({"<", "<=", ">", ">="})
COMPARISONS = ORDERINGS | {"=", "!="}
# Binding strength; SOURCE: DMN 1.5, order of alternatives in grammar rules 2 and 4. All are left associative.
OR, AND, COMPARE, ADD, MULTIPLY, POWER = 1, 2, 3, 4, 5, 6
BINARY = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER} | dict.fromkeys(COMPARISONS, COMPARE)
WORDS = {"or": OR, "and": AND, "between": COMPARE, "in": COMPARE}
REFUSED = {
    "for": "`for` loops are",
    "some": "`some ... satisfies` is",
    "every": "`every ... satisfies` is",
    "function": "functions defined in place are",
    "external": "external functions are",
}
RESERVED = frozenset({"if", "then", "else", "and", "or", "between", "in", "instance", "return", "satisfies", *REFUSED})
