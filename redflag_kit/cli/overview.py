"""What `redflag --help` says. Kept free of imports: it is answered before anything else is loaded."""

COMMANDS = {
    "check": "find faults in files and tables, prove safety properties",
    "test": "run the vignettes: expected outcomes, for the expected reasons",
    "mutate": "small faults in guidelines: which of them the vignettes notice",
    "show": "print decision tables in plain words, beside the evidence",
    "explain": "one patient: outcome, rules, what is open, what to ask next",
    "compare": "patients through all guidelines in force, where they part and why",
    "claims": "what the sources claim, with verdicts, and what became of it",
    "diff": "where two editions differ, or guidelines disagree, for whom",
    "changelog": "draft a changelog entry for an edition, in reviewers' words",
    "gate": "may a change go in: checks, tests, exact changes and sign-off",
    "approve": "sign changes, review them one by one, check sign-off records",
    "suggest": "draft the fewest vignettes that notice what none notices yet",
    "trace": "from evidence over rules and vignettes to hazards: what is missing",
    "export": "write a guideline as DMN, for other tools",
    "import": "turn a DMN file into a guideline, exactly or not at all",
    "report": "render a saved JSON result again, without computing it",
    "schema": "print the JSON Schema of a kind of file, or of results",
    "checks": "list everything that can be reported, or explain one",
    "completion": "print a completion script for bash, zsh or fish",
}

PLUMBING = {"git-diff": "for git, not for people: the changelog of a guideline in git diff (docs/git.md)"}
"""Commands that other programs call. They take arguments as these give them, and end with 0 whatever happens."""

_HEAD = """\
usage: redflag COMMAND ...

Clinical guidelines as versioned YAML: checked, tested on vignettes, analysed
over every possible patient, and compared exactly. Not for patient care.

"""

_TAIL = """
redflag COMMAND --help explains a command; redflag --version prints the version.

Guidelines are named ID@VERSION (acp@2011: the highest version that starts so),
ID (the highest version), or by the path of their file; main:acp@2011 is the one
that git has in main. With --at DATE, show, explain and compare take what was in
force on that day.

exit codes: 0 nothing to object to, 1 findings, 2 wrong usage, 3 not loaded or
nothing matched, 4 not decided, 5 only sign-off is missing, 70 a fault of
redflag itself
"""


def overview() -> str:
    """Return the help of the whole command."""
    return _HEAD + "".join(f"  {name:<12}{summary}\n" for name, summary in COMMANDS.items()) + _TAIL
