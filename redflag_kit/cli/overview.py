"""What `redflag --help` says. Kept free of imports: it is answered before anything else is loaded."""

COMMANDS = {
    "check": "find faults in files, names and units, and in every table, over all patients",
    "test": "run the vignettes: the expected outcome, for the expected reason",
    "show": "print a guideline's decision tables in plain words, beside the evidence",
    "explain": "take one patient through a guideline: outcome, rules, what to ask next",
    "compare": "take one patient through several guidelines and show where they part",
    "diff": "find every patient for whom two editions differ, grouped, with direction",
    "report": "render a saved JSON result again, without computing it again",
    "schema": "print the JSON Schema of a kind of file, or of the JSON results",
    "checks": "list everything that can be reported, or explain one entry",
    "completion": "print a completion script for bash, zsh or fish",
}

_HEAD = """\
usage: redflag COMMAND ...

Clinical guidelines as versioned YAML: checked, tested on vignettes, analysed
over every possible patient, and compared exactly. Not for patient care.

"""

_TAIL = """
redflag COMMAND --help explains a command; redflag --version prints the version.

Guidelines are named ID@VERSION (acp@2011: the highest version that starts so),
ID (the highest version), or by the path of their file.

exit codes: 0 nothing to object to, 1 findings, 2 wrong usage, 3 not loaded or
nothing matched, 4 not decided, 70 a fault of redflag itself
"""


def overview() -> str:
    """Return the help of the whole command."""
    return _HEAD + "".join(f"  {name:<11}{summary}\n" for name, summary in COMMANDS.items()) + _TAIL
