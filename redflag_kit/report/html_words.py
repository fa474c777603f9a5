"""The fixed words of the reports: directions, kinds, section titles, and what a missing measurement means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol and a word that always stand together, so that colour never carries a meaning alone."""

    key: str
    symbol: str
    word: str
    meaning: str


def _marks(*marks: Mark) -> dict[str, Mark]:
    return {mark.key: mark for mark in marks}


DIRECTIONS = _marks(
    Mark("less_urgent", "▼", "less urgent", "the action is advised later, less firmly, or now advised against"),
    Mark("lost", "✕", "lost", "advice was given before and none is given now; weighs as less urgent"),
    Mark("lateral", "⇄", "stance changed", "strength of advice against a time, which the scale does not order"),
    Mark("scope", "◇", "scope", "no advice before or after; why none is given has changed"),
    Mark("constraint", "⊘", "possible patients", "only one of the editions considers these patients possible"),
    Mark("gained", "+", "gained", "no advice was given before and some is given now; weighs as more urgent"),
    Mark("more_urgent", "▲", "more urgent", "the action is advised sooner, more firmly, or no longer advised against"),
)
"""Worst first, the order of every list."""

UNKNOWN_KINDS = _marks(
    Mark("newly_undecided", "?", "newly undecided", "settled before; now it depends on what was not assessed"),
    Mark("wider", "↔", "wider", "more outcomes are possible than before"),
    Mark("moved", "⇄", "moved", "other outcomes are possible than before"),
    Mark("narrower", "→", "narrower", "fewer outcomes are possible than before"),
    Mark("newly_decided", "✓", "newly decided", "depended on what was not assessed; settled now"),
)

HEALTH = _marks(
    Mark("introduced", "▼", "introduced", "the new edition has this fault and the old one has not"),
    Mark("resolved", "▲", "resolved", "the old edition has this fault and the new one has not"),
    Mark("kept", "=", "kept", "both editions have this fault"),
)

EDITS = {
    "same": "The condition of the rule is unchanged",
    "narrowed": "The condition was narrowed",
    "widened": "The condition was widened",
    "moved": "The condition was narrowed in one part and widened in another",
    "removed": "The rule was removed and has no successor",
    "added": "The rule was added and has no predecessor",
}

SEVERITIES = _marks(
    Mark("error", "✕", "error", "keeps a guideline from being used"),
    Mark("warning", "!", "warning", "asks for a look"),
    Mark("info", "·", "note", "for information"),
)

PROPERTY_RESULTS = _marks(
    Mark("refuted", "✕", "refuted", "the patient shown breaks it"),
    Mark("not_decided", "?", "not decided", "the budget ran out"),
    Mark(
        "known", "!", "known violation", "the patient shown breaks it, and the violation is documented with its source"
    ),
    Mark("proved", "✓", "proved", "holds for every possible patient in scope"),
    Mark("not_covered", "–", "not covered", "the guideline gives none of the outputs that it speaks of"),
)

PROPERTY_CHANGES = _marks(
    Mark("broken", "▼", "broken", "the new edition breaks it, and the old one does not, or only as is documented"),
    Mark(
        "undecided", "?", "no longer decided", "it was decided of the old edition; for the new one the budget ran out"
    ),
    Mark("dropped", "–", "no longer asked", "the new edition gives none of the outputs that it speaks of"),
    Mark("kept", "=", "as before", "the same became of it in both editions"),
    Mark("proved", "✓", "newly proved", "it holds of the new edition and was not proved of the old one"),
    Mark("mended", "▲", "mended", "the old edition breaks it and the new one does not"),
)
"""What became of a safety property from one edition to the next, worst first."""

SIGNOFF = _marks(
    Mark("rejected", "✕", "rejected", "somebody who may decide rejects it"),
    Mark("unknown", "?", "not known who", "who approves cannot be told apart from the author"),
    Mark("expired", "!", "expired", "an approval no longer counts"),
    Mark("open", "○", "open", "a role has not approved it"),
    Mark("conditional", "!", "approved on conditions", "approved; conditions are still to be met"),
    Mark("approved", "✓", "approved", "every role that must approve it has approved it"),
    Mark("not_required", "–", "no signature needed", "the settings ask for none"),
)
"""How a change stands with those who must sign it, worst first."""

STALE = Mark("stale", "≠", "stale", "a record covers what this change does not do any more")

DECISIONS = _marks(
    Mark("approve", "✓", "approves", ""),
    Mark("reject", "✕", "rejects", ""),
    Mark("violation", "✕", "recalls", ""),
)

CHECKS = _marks(
    Mark("failed", "✕", "failed", "keeps the change out"),
    Mark("not_decided", "?", "not decided", "the budget ran out"),
    Mark("signoff", "○", "only sign-off is missing", ""),
    Mark("noted", "·", "noted", "for information"),
    Mark("passed", "✓", "passed", ""),
)

VERDICT_MARKS = _marks(
    Mark("PASS", "✓", "PASS", "this change may go in"),
    Mark("BLOCKED", "✕", "BLOCKED", "this change may not go in as it is"),
    Mark("UNDECIDED", "?", "UNDECIDED", "not everything could be decided"),
)

RULE_STATES = _marks(
    Mark("fires", "●", "fires", "its condition holds"),
    Mark("open", "?", "open", "depends on what was not assessed"),
    Mark("suppressed", "⊘", "suppressed", "its condition holds, another rule takes precedence"),
    Mark("not", "○", "does not fire", "its condition does not hold"),
)

CONDITION_STATES = _marks(
    Mark("yes", "✓", "holds", ""),
    Mark("open", "?", "open", ""),
    Mark("no", "✕", "does not hold", ""),
)

HIDES = _marks(
    Mark("alone", "!", "hides something", "a more urgent outcome is possible without this assumption, all others made"),
    Mark("together", "!", "hides something together", "only several assumptions hide a more urgent outcome"),
    Mark("never", "✓", "hides nothing", "no case can be more urgent without it"),
)

VERDICTS = _marks(
    Mark("passed", "✓", "met", ""),
    Mark("failed", "✕", "not met", ""),
    Mark("reason", "!", "met for other reasons", ""),
    Mark("todo", "…", "to be filled in", ""),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the seventeen parts of the diff report; `unmeasured` says what it means that there is no data."""

    number: int
    anchor: str
    title: str
    unmeasured: str = ""


SECTIONS: tuple[Section, ...] = (
    Section(1, "verdict", "Verdict"),
    Section(2, "identity", "What was compared"),
    Section(3, "counts", "Changes counted"),
    Section(4, "changes", "Changes, worst first"),
    Section(5, "missing-data", "Effects of missing data"),
    Section(
        6,
        "properties",
        "Safety properties",
        "No safety property was decided for either edition, so nothing here says that a promise still holds.",
    ),
    Section(7, "health", "Health of the tables"),
    Section(8, "vignettes", "Vignettes"),
    Section(
        9,
        "test-strength",
        "Strength of the tests",
        "It is unknown how many deliberate faults in the rules the vignettes would notice; passing tests may be weak. "
        "redflag diff --strength measures it.",
    ),
    Section(
        10,
        "population",
        "Population impact",
        "No patient records were replayed, so this report says which patients change and not how many there are.",
    ),
    Section(11, "evidence", "Evidence and rationale of each changed rule"),
    Section(
        12,
        "hazards",
        "Hazards and controls",
        "No hazard log was read: judge for yourself which hazards the changes touch and whether controls still hold.",
    ),
    Section(
        13,
        "traceability",
        "Traceability",
        "The chain from evidence over rule, vignette, property and hazard to sign-off was not traced; no gap is told.",
    ),
    Section(
        14,
        "sign-off",
        "Sign-off",
        "No sign-off records were read, so no change in this report counts as approved.",
    ),
    Section(15, "unchanged", "Touched, but proved unchanged"),
    Section(16, "limits", "Limits of this report"),
    Section(17, "tables", "Appendix: the tables side by side"),
)

PURPOSE = "For authoring, validating and reviewing rules. Not for patient care."

STANDING_LIMITS = (
    "Counts are of change classes, groups of patients with one cause, and do not say how many patients those are.",
    "Example patients are synthetic and minimal: each shows that a change happens, not who is typical of it.",
    "The deciding rule is a convention where several rules fire together; all that fire are listed beside it.",
    "The report compares what the rules say. Whether they render their sources rightly needs a reader of both.",
)

COMMANDS = {
    "diff": "Comparison of two editions",
    "check": "Check",
    "test": "Vignettes",
    "explain": "Explanation of one case",
    "compare": "One patient through several guidelines",
    "show": "Guideline in plain words",
    "claims": "Claims and what became of them",
    "trace": "From evidence to hazard",
    "gate": "Gate",
    "mutate": "Strength of the vignettes",
}

STATUSES = {
    "findings": "There are findings",
    "usage": "The request could not be carried out",
    "not_loaded": "Nothing could be loaded",
    "undecided": "Not everything could be decided",
    "blocked_by_signoff": "Only sign-off is missing",
    "internal": "The tool itself failed",
}


def plain(word: str) -> str:
    """Return a word of the contract as people write it: `very_low` is `very low`."""
    return word.replace("_", " ")


def mark(marks: dict[str, Mark], key: str) -> Mark:
    """Return the mark of a key; one that is not known is shown as it is, never hidden."""
    return marks.get(key) or Mark("other", "•", plain(key) or "not said", "")


def status_words(value: str) -> str:
    """Return a level or status as people write it, for values that the result gives no words for."""
    return {"silent": "says nothing", "": "not covered"}.get(value, plain(value))
