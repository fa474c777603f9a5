"""The registry of diagnostic codes, one call each.

Families: RF0 source, RF1 model, RF2 compile, RF3 analysis, RF4 vignette, RF5 diff, RF6 gate, RF9 our own fault.
An id and its kebab name never change meaning, and a retired id is not used again. To add one, write it in its family
below, in order of its number: `ALL` and `by_id` follow by themselves.
"""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a diagnostic weighs: an error keeps a guideline from being used, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def reaches(self, threshold: "Severity") -> bool:
        """Say whether this is at least as grave as the threshold."""
        order = (Severity.INFO, Severity.WARNING, Severity.ERROR)
        return order.index(self) >= order.index(threshold)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic, e.g. RF010 `duplicate-key`."""

    id: str
    name: str
    severity: Severity
    title: str


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# RF0 source: the file and its YAML
RF001 = Code("RF001", "invalid-yaml", _ERROR, "the file is not well-formed YAML")
RF002 = Code("RF002", "unreadable-file", _ERROR, "the file cannot be read")
RF003 = Code("RF003", "file-too-large", _ERROR, "the file is larger than 4 MiB")
RF004 = Code("RF004", "not-utf-8", _ERROR, "the file is not UTF-8 text")
RF005 = Code("RF005", "byte-order-mark", _ERROR, "the file starts with a byte order mark")
RF006 = Code("RF006", "tab-character", _ERROR, "a tab is used as indentation or inside text")
RF007 = Code("RF007", "empty-file", _ERROR, "the file holds nothing but blank lines and comments")
RF008 = Code("RF008", "several-documents", _ERROR, "one file holds several YAML documents")
RF009 = Code("RF009", "invisible-character", _ERROR, "a character that cannot be seen changes how text is read")
RF010 = Code("RF010", "duplicate-key", _ERROR, "the same key is given twice in one mapping")
RF011 = Code("RF011", "explicit-tag", _ERROR, "a YAML tag is used")
RF012 = Code("RF012", "merge-key", _ERROR, "a YAML merge key is used")
RF013 = Code("RF013", "too-many-aliases", _ERROR, "more than 20 YAML aliases are used in one file")
RF014 = Code("RF014", "recursive-alias", _ERROR, "a YAML alias stands inside the value that it names")
RF015 = Code("RF015", "too-deep", _ERROR, "values are nested more than 40 levels deep")
RF016 = Code("RF016", "too-many-values", _ERROR, "the file holds more than 200,000 values")
RF017 = Code("RF017", "ambiguous-word", _ERROR, "a bare word that some YAML readers take for true, false or null")
RF018 = Code("RF018", "ambiguous-base", _ERROR, "a number that may be read in base 2, 8 or 16")
RF019 = Code("RF019", "sexagesimal-number", _ERROR, "a number with colons that may be read in base 60")
RF020 = Code("RF020", "underscore-number", _ERROR, "a number with underscores")
RF021 = Code("RF021", "exponent-number", _ERROR, "a number with an exponent")
RF022 = Code("RF022", "not-a-number", _ERROR, "infinity or not-a-number")
RF023 = Code("RF023", "number-too-long", _ERROR, "a number has more than 15 digits")
RF024 = Code("RF024", "non-text-key", _ERROR, "a key is not text")
RF025 = Code("RF025", "outside-project", _ERROR, "a path leads outside the project")
RF026 = Code("RF026", "unknown-alias", _ERROR, "a YAML alias names an anchor that was not set before it")
RF027 = Code("RF027", "bare-decimal-point", _ERROR, "a number lacks a digit before or after the decimal point")
RF028 = Code("RF028", "too-many-faults", _ERROR, "reading stopped because the file has too many faults")
RF029 = Code("RF029", "duplicate-anchor", _ERROR, "the same YAML anchor is set twice")
RF030 = Code("RF030", "yaml-directive", _ERROR, "a YAML directive is used")

# RF0 source: decision models in DMN
RF060 = Code("RF060", "invalid-xml", _ERROR, "the file is not well-formed XML")
RF061 = Code("RF061", "unsafe-xml", _ERROR, "the file declares a document type or an entity")
RF062 = Code("RF062", "xml-too-large", _ERROR, "the file is too large, too deep or has too many elements")
RF063 = Code("RF063", "not-dmn", _ERROR, "the file is not a decision model in a version of DMN that can be read")
RF064 = Code("RF064", "unsupported-dmn-element", _ERROR, "a decision uses a part of DMN that is not supported")
RF065 = Code(
    "RF065", "incomplete-dmn-element", _ERROR, "an element of a decision model lacks a part, or has one too many"
)
RF066 = Code("RF066", "duplicate-dmn-name", _ERROR, "an id or a name is given twice in a decision model")
RF067 = Code("RF067", "unresolved-reference", _ERROR, "an element refers to something that is not there")
RF068 = Code("RF068", "cyclic-requirements", _ERROR, "decisions of a model need each other's results in a circle")
RF069 = Code("RF069", "cyclic-types", _ERROR, "types of a model are made of each other in a circle")
RF070 = Code("RF070", "invalid-feel", _ERROR, "an expression is not valid FEEL")
RF071 = Code("RF071", "unsupported-feel", _ERROR, "an expression uses a part of FEEL that is not supported")
RF072 = Code("RF072", "unknown-name", _ERROR, "an expression uses a name that is not known there")
RF073 = Code("RF073", "dmn-type-error", _ERROR, "an expression puts values together whose types do not fit")
RF074 = Code("RF074", "value-outside-list", _WARNING, "a cell holds a value that its column does not allow")
RF075 = Code("RF075", "hit-policy-needs-more", _ERROR, "a hit policy cannot work with the outputs of its table")
RF076 = Code("RF076", "empty-cell", _WARNING, "a cell of a decision table is empty")
RF077 = Code("RF077", "other-language", _ERROR, "an expression or a type is written in another language than FEEL")
RF078 = Code("RF078", "type-of-another-tool", _INFO, "a type is not one of FEEL but has a plain meaning")
RF079 = Code(
    "RF079", "element-left-out", _INFO, "an element of a decision model is left out, since no result depends on it"
)
RF080 = Code("RF080", "not-importable", _ERROR, "a guideline cannot say exactly what a decision model says here")
RF081 = Code("RF081", "import-choice", _WARNING, "an import settles or leaves out something that the file leaves open")
RF082 = Code(
    "RF082", "carried-part-differs", _ERROR, "a decision model no longer says what the guideline it carries says"
)
RF083 = Code("RF083", "undeclared-input", _WARNING, "a decision table reads an input that is declared nowhere")

# RF1 model
RF101 = Code("RF101", "missing-key", _ERROR, "a key that is needed is not there")
RF102 = Code("RF102", "unknown-key", _ERROR, "a key that the language does not know")
RF103 = Code("RF103", "wrong-kind-of-value", _ERROR, "a value is of another kind than its place needs")
RF104 = Code("RF104", "value-not-allowed", _ERROR, "a value is not one of those that its place allows")
RF105 = Code(
    "RF105",
    "unsupported-schema",
    _ERROR,
    "the file does not say which schema it follows, or one this version cannot read",
)
RF106 = Code("RF106", "duplicate-id", _ERROR, "the same id is given twice")
RF107 = Code("RF107", "unknown-finding", _ERROR, "a condition names something that is not declared")
RF108 = Code("RF108", "unknown-output", _ERROR, "a recommendation names an output that is not declared")
RF109 = Code("RF109", "unknown-value", _ERROR, "a value that its finding does not have")
RF110 = Code("RF110", "unknown-level", _ERROR, "a level or element that its output does not have")
RF111 = Code("RF111", "unknown-parameter", _ERROR, "a threshold names a parameter that is not declared")
RF112 = Code("RF112", "unknown-rule", _ERROR, "an exception names a rule that this decision does not have")
RF113 = Code("RF113", "unknown-source", _ERROR, "a citation names a source that the bibliography does not have")
RF114 = Code("RF114", "unknown-assumption", _ERROR, "a rule names an assumption that is not declared")
RF115 = Code("RF115", "unknown-vocabulary", _ERROR, "a file names a vocabulary that the project does not have")
RF116 = Code("RF116", "invalid-identifier", _ERROR, "an id is not written as ids are")
RF117 = Code("RF117", "invalid-version", _ERROR, "a version is not three numbers")
RF118 = Code("RF118", "invalid-date", _ERROR, "a date is not year-month-day")
RF119 = Code("RF119", "invalid-quantity", _ERROR, "an amount cannot be read")
RF120 = Code("RF120", "unknown-unit", _ERROR, "a unit that is not in the table of UCUM units")
RF121 = Code("RF121", "incompatible-unit", _ERROR, "an amount is in a unit that its finding cannot be compared with")
RF122 = Code("RF122", "missing-unit", _ERROR, "an amount has no unit although its finding has one")
RF123 = Code("RF123", "invalid-test", _ERROR, "a test cannot be read")
RF124 = Code("RF124", "invalid-condition", _ERROR, "a condition cannot be read")
RF125 = Code("RF125", "test-does-not-fit", _ERROR, "a test does not fit the kind of finding it is put to")
RF126 = Code("RF126", "invalid-range", _ERROR, "a range is empty, reversed or does not fit its step")
RF127 = Code("RF127", "name-clash", _ERROR, "one name stands for two things")
RF128 = Code("RF128", "cyclic-definitions", _ERROR, "definitions refer to each other in a circle")
RF129 = Code("RF129", "cyclic-decisions", _ERROR, "decisions need each other's results in a circle")
RF130 = Code("RF130", "cyclic-exceptions", _ERROR, "exceptions between rules form a circle")
RF131 = Code("RF131", "output-written-twice", _ERROR, "two decisions write the same output")
RF132 = Code("RF132", "writes-uncovered-output", _ERROR, "a rule writes an output that the guideline does not cover")
RF133 = Code("RF133", "silent-rule", _ERROR, "`silent` stands where only `otherwise` may say it")
RF134 = Code("RF134", "hit-policy-does-not-fit", _ERROR, "a hit policy does not fit the outputs of its decision")
RF135 = Code("RF135", "comparison-does-not-fit", _ERROR, "two findings cannot be compared")
RF136 = Code(
    "RF136", "score-bands", _ERROR, "the bands of a score overlap, leave a sum out, or name none that can occur"
)
RF137 = Code("RF137", "satisfied-by-does-not-fit", _ERROR, "an output cannot be satisfied by the outputs it names")
RF138 = Code(
    "RF138", "output-without-decision", _ERROR, "a condition reads an output that no decision of the guideline writes"
)
RF139 = Code("RF139", "empty-list", _ERROR, "a list that needs a member has none")
RF140 = Code("RF140", "two-tables-for-one-id", _ERROR, "two files declare the same guideline version")
RF141 = Code("RF141", "misplaced-file", _ERROR, "a guideline lies in a folder without a vocabulary")
RF142 = Code(
    "RF142",
    "unknown-edition",
    _ERROR,
    "a property names an edition of a guideline that the project does not have, or that it does not apply to",
)
RF143 = Code("RF143", "output-without-levels", _ERROR, "a property compares levels of an output that is a set")
RF144 = Code("RF144", "supersedes-nothing", _ERROR, "an edition supersedes an output that no earlier edition covers")
RF145 = Code("RF145", "supersedes-what-it-covers", _WARNING, "an edition supersedes an output that it covers anyway")
RF146 = Code("RF146", "withdrawn-before-published", _ERROR, "an edition is withdrawn before it is published")
RF147 = Code("RF147", "withdrawn-but-not-retired", _ERROR, "an edition has a date of withdrawal but is not retired")
RF148 = Code(
    "RF148", "two-editions-in-force", _ERROR, "two active editions of one date and family cover the same output"
)
RF149 = Code(
    "RF149", "editions-out-of-order", _WARNING, "an active edition is published after one with a higher version"
)
RF150 = Code(
    "RF150", "threshold-in-rule", _WARNING, "a number is written into a condition instead of a named parameter"
)
RF151 = Code("RF151", "unused-parameter", _WARNING, "a parameter that nothing uses")
RF152 = Code("RF152", "unused-definition", _WARNING, "a definition that nothing uses")
RF153 = Code("RF153", "covered-but-never-written", _WARNING, "an output is covered although no rule writes it")
RF154 = Code("RF154", "unused-assumption", _WARNING, "an assumption that no rule names")
RF155 = Code("RF155", "twin-parameters", _WARNING, "two parameters have the same value but different sources")
RF160 = Code("RF160", "unknown-claim", _ERROR, "a claim is named that no register has")
RF161 = Code("RF161", "claim-without-home", _ERROR, "nothing implements a claim, and no reason is given")
RF162 = Code("RF162", "claim-with-home-and-reason", _ERROR, "a claim is implemented and says why it is not")
RF163 = Code("RF163", "unknown-home", _ERROR, "a register names a vignette or property that does not exist")
RF164 = Code("RF164", "disputed-figure", _ERROR, "a text quotes a disputed figure without naming its claim")
RF165 = Code("RF165", "statistic-without-figure", _ERROR, "a statistic and its figures do not go together")
RF166 = Code("RF166", "unknown-section", _ERROR, "a claim is of a section or group that its register does not declare")

# RF1 model: hazards, and the chain from evidence to hazard
RF170 = Code("RF170", "unknown-hazard", _ERROR, "a property names a hazard that no hazard log has")
RF171 = Code(
    "RF171", "unknown-control", _ERROR, "a hazard names a rule, edition, property or vignette that is not there"
)
RF172 = Code(
    "RF172", "incomplete-risk-matrix", _ERROR, "a risk matrix lacks a class for a pair, or falls as harm grows"
)
RF173 = Code(
    "RF173", "unknown-risk-level", _ERROR, "a severity, likelihood or class that the risk matrix does not have"
)
RF174 = Code("RF174", "hazard-without-control", _ERROR, "a hazard that nothing controls, or nothing that is in force")
RF175 = Code(
    "RF175", "one-sided-hazard-link", _ERROR, "a hazard and a property disagree whether one controls the other"
)
RF176 = Code("RF176", "rule-without-source", _ERROR, "a rule that cites no source")
RF177 = Code("RF177", "rule-not-exercised", _ERROR, "a rule that fires in no vignette, or is narrowly missed in none")
RF178 = Code("RF178", "property-without-hazard", _ERROR, "a safety property that controls no hazard of the hazard log")
RF179 = Code("RF179", "source-never-cited", _INFO, "a source of the bibliography that nothing cites")

# RF2 compile
RF201 = Code(
    "RF201", "threshold-between-steps", _WARNING, "a threshold lies between two values that its finding can have"
)
RF202 = Code(
    "RF202",
    "threshold-outside-range",
    _WARNING,
    "a threshold lies outside the range of its finding, so the test never or always holds",
)
RF203 = Code("RF203", "too-large-to-decide", _WARNING, "an analysis was not decided within its budget")

# RF3 analysis
RF301 = Code("RF301", "gap", _ERROR, "patients for whom no rule applies, and nothing is said of them")
RF302 = Code("RF302", "overlapping-rules", _ERROR, "several rules of a UNIQUE table apply to one patient")
RF303 = Code("RF303", "conflicting-outputs", _ERROR, "rules of an ANY table apply to one patient and disagree")
RF304 = Code("RF304", "never-fires", _WARNING, "a rule that cannot apply to any patient")
RF305 = Code("RF305", "no-possible-patient", _ERROR, "scope and constraints leave no patient")
RF306 = Code("RF306", "masked-rule", _WARNING, "a rule that never decides: others always come first")
RF307 = Code("RF307", "duplicate-rules", _WARNING, "two rules have the same condition and the same outputs")
RF308 = Code("RF308", "subsumed-rule", _INFO, "a rule lies inside another one with the same outputs")
RF309 = Code("RF309", "redundant-rule", _INFO, "a rule without which every outcome is the same")
RF310 = Code("RF310", "irrelevant-input", _INFO, "an input that never changes an outcome")
RF311 = Code("RF311", "mergeable-rules", _INFO, "two rules that can be written as one")
RF312 = Code(
    "RF312", "three-valued-differs", _INFO, "evaluating with unknowns step by step misses an outcome that is decided"
)
RF313 = Code(
    "RF313", "duplicate-unique-rules", _ERROR, "rules of a UNIQUE table apply to the same patients and say the same"
)
RF314 = Code("RF314", "unused-waiver", _WARNING, "a waiver that matches nothing that was found")
RF315 = Code("RF315", "partly-masked-rule", _INFO, "a rule that others with other outputs win over for some patients")
RF320 = Code("RF320", "property-refuted", _ERROR, "a safety property does not hold")
RF321 = Code("RF321", "property-not-decided", _WARNING, "a safety property was not decided within its budget")
RF322 = Code("RF322", "stale-known-violation", _WARNING, "a documented violation of a property does not exist")
RF330 = Code("RF330", "assumption-hides-urgency", _INFO, "an assumption can hide a more urgent outcome")


# RF4 vignette
RF401 = Code("RF401", "contradictory-case", _ERROR, "what a vignette states cannot all be true")
RF402 = Code(
    "RF402", "unknown-guideline", _ERROR, "a vignette expects something of a guideline that the project does not have"
)
RF403 = Code("RF403", "expectation-not-met", _ERROR, "a guideline does not say what a vignette expects")
RF404 = Code("RF404", "reason-not-met", _ERROR, "a rule that a vignette gives as the reason does not fire for certain")
RF405 = Code("RF405", "expectation-missing", _ERROR, "a vignette still waits for its expected outcome")

# RF5 diff
RF501 = Code(
    "RF501",
    "cannot-compare-finding",
    _ERROR,
    "a finding changed its kind or resolution, so two versions cannot be compared exactly",
)
RF502 = Code(
    "RF502",
    "cannot-compare-output",
    _ERROR,
    "an output changed its kind or its order of levels, so two versions cannot be compared",
)
RF520 = Code(
    "RF520", "record-of-unknown-guideline", _WARNING, "a sign-off record is about a guideline that is not there"
)
RF521 = Code("RF521", "invalid-fingerprint", _ERROR, "a fingerprint or digest is not written as they are")
RF522 = Code("RF522", "record-says-nothing", _ERROR, "a sign-off record leaves out what it is there to say")
RF523 = Code("RF523", "approval-never-counts", _ERROR, "an approval expires before it is given")
RF524 = Code("RF524", "misplaced-record", _ERROR, "a sign-off record outside `approvals`, or another file inside")
RF525 = Code("RF525", "invalid-withdrawal", _ERROR, "a sign-off record withdraws what it cannot withdraw")
RF526 = Code("RF526", "key-of-another-decision", _ERROR, "a sign-off record has a key that its decision does not take")
RF527 = Code("RF527", "edited-record", _ERROR, "a sign-off record was edited after it was committed")
RF528 = Code("RF528", "deleted-record", _ERROR, "a sign-off record was deleted after it was committed")
RF530 = Code("RF530", "unreadable-settings", _ERROR, "the file with the settings of the gate is not well-formed TOML")
RF531 = Code("RF531", "unknown-setting", _ERROR, "a setting of the gate has a name that is not known")
RF532 = Code("RF532", "wrong-setting", _ERROR, "a setting of the gate has a value that it cannot have")
RF533 = Code("RF533", "settings-in-two-files", _WARNING, "two files hold settings of the gate, and one is not read")
RF540 = Code("RF540", "stale-exemption", _WARNING, "a mutant is exempted that the edition does not have")
RF541 = Code("RF541", "exemption-without-reason", _ERROR, "a mutant is exempted and nobody says why")
RF542 = Code("RF542", "superfluous-exemption", _WARNING, "a mutant is exempted that needs no exemption")
RF543 = Code("RF543", "exemption-of-unknown-edition", _ERROR, "mutants are exempted of an edition that is not there")
RF550 = Code("RF550", "coverage-below-floor", _ERROR, "the vignettes cover less of a guideline than was asked for")

# RF6 gate

# RF9 our own fault
RF901 = Code("RF901", "internal-error", _ERROR, "the kit itself failed")
RF902 = Code("RF902", "witness-not-confirmed", _ERROR, "the reference evaluator does not confirm a witness patient")

ALL: tuple[Code, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Code))
_BY_ID = {code.id: code for code in ALL}


def by_id(code_id: str) -> Code | None:
    """Return the code with this id, or nothing."""
    return _BY_ID.get(code_id)
