"""What the kinds of change are called where they stand as rules of their own, and what a reviewer does about them."""

from dataclasses import dataclass

from redflag_kit.report.ci.remark import ERROR, NOTE


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: what happened in a few words, why it is shown, and what to do."""

    words: str
    why: str
    help: str
    level: str = NOTE


_LOOK = (
    "Read the change in the report of `redflag diff`, with its example patient. `redflag approve` records a decision."
)
_SAFER = "Nobody is worse off by it as the scales are declared, but it is a change for patients all the same."
_DEPENDS = "Whether patients are worse off depends on what is said of them now: advice against is less than no advice."
_WORSE = "Patients can be harmed by advice that comes later, or not at all."


def _worse(words: str) -> Kind:
    return Kind(words, _WORSE, _LOOK)


def _other(words: str) -> Kind:
    return Kind(words, _SAFER, _LOOK)


def _check(words: str, help_words: str) -> Kind:
    return Kind(words, "The gate lets no change in while it is so, or not known to be otherwise.", help_words, ERROR)


KINDS: dict[str, Kind] = {
    "urgency-lowered": _worse("an action is advised later, or less firmly, than before"),
    "stance-weakened": _worse("advice is weaker than before, on levels that the scale does not order by time"),
    "recommendation-lost": _worse("advice was given before, and nothing is said now"),
    "now-advised-against": _worse("nothing was said before, and the action is advised against now"),
    "scope-narrowed": _worse("patients were in scope before, and are not any more"),
    "coverage-dropped": _worse("an output was covered before, and is not any more"),
    "fault-introduced": _worse("rules contradict each other, or leave a gap, where they did not before"),
    "constraint-added": Kind(
        "patients were possible before, and are declared impossible now",
        "Nothing is said of patients who are declared impossible, and nothing is tested for them.",
        _LOOK,
    ),
    "urgency-raised": _other("an action is advised sooner, or more firmly, than before"),
    "stance-strengthened": _other("advice is stronger than before, on levels that the scale does not order by time"),
    "recommendation-gained": _other("nothing was said before, and advice is given now"),
    "no-longer-advised-against": _other("an action was advised against before, and nothing is said now"),
    "scope-widened": Kind("patients were out of scope before, and are in scope now", _DEPENDS, _LOOK),
    "coverage-added": Kind("an output was not covered before, and is covered now", _DEPENDS, _LOOK),
    "fault-resolved": _other("rules contradicted each other, or left a gap, and do not any more"),
    "fault-changed": Kind("a gap became a contradiction, or the reverse", _DEPENDS, _LOOK),
    "constraint-removed": _other("patients were declared impossible before, and are possible now"),
    "guideline-added": Kind(
        "a guideline was added that replaces none",
        "There is nothing to compare it with, so all of it is new to every patient.",
        "Read it as a whole: `redflag show`, `redflag check`, `redflag test`. `redflag approve` records a decision.",
    ),
    "guideline-removed": Kind(
        "a guideline was removed",
        "Whoever relied on it is advised by nothing, or by an older edition.",
        "See that its removal is meant. `redflag approve` records a decision.",
    ),
    "assumption-changed": Kind(
        "what is assumed about a finding that was not assessed has changed",
        "An assumption decides for patients of whom little is known, and can hide that they need help sooner.",
        "Read the default audit in the report of `redflag check`. `redflag approve` records a decision.",
    ),
    "output-changed": Kind(
        "the vocabulary defines an output otherwise",
        "What implies an output, or counts as advice against it, changes what patients get though no rule changed.",
        "Read what differs in `redflag diff --against REV`. `redflag approve` records a decision.",
    ),
    "in-force-changed": Kind(
        "what is in force has changed, without a comparison that shows it",
        "Which edition speaks for an output decides what patients are told, whatever the rules say.",
        "See `redflag show ID --at DATE` for both sides. `redflag approve` records a decision.",
    ),
    "safeguard-relaxed": Kind(
        "something that protects patients was taken away or made weaker",
        "A vignette, property, waiver or hazard that is gone cannot stop the next mistake.",
        "Put it back, or let the responsible role approve it: `redflag approve`.",
    ),
    "settings-relaxed": Kind(
        "a setting of the gate lets more through than before",
        "The gate is as strong as its settings.",
        "Put it back, or let the roles of either side approve it: `redflag approve`.",
    ),
    "version-too-low": Kind(
        "the declared version is too low for what changed",
        "Who pins a version trusts that a small step changes nothing for patients.",
        "Declare the version that the gate asks for.",
    ),
    "not-decided": Kind(
        "a question was not answered within its budget",
        "What was not decided is neither proved nor refuted, and is never taken as passed.",
        "Give it more time (`--budget SECONDS`), or split the largest decision.",
    ),
    "gate-loads": _check("files cannot be read", "`redflag check` shows every fault with its place."),
    "gate-changes": _check("what changed is not known exactly", "`redflag diff --against REV` tells what is open."),
    "gate-tables": _check("the change brings faults of decision tables", "`redflag check` shows them with an example."),
    "gate-properties": _check(
        "the change breaks a safety property", "`redflag check` shows the patient who breaks it."
    ),
    "gate-vignettes": _check("vignettes fail or are not filled in", "`redflag test` shows what was expected."),
    "gate-numbers": _check("there are fewer guidelines or vignettes than asked for", "Add them, or put them back."),
    "gate-mutation": _check("the tests are weaker than asked for", "Add vignettes that tell the mutants apart."),
    "gate-version": _check("a version does not grow as the change asks", "Raise `version:` of the guideline."),
    "gate-records": _check("sign-off records are faulty, or were edited", "Records are only added, never edited."),
    "gate-recalls": _check("a recalled edition is in use", "Retire the edition, or correct what the recall names."),
    "gate-settings": _check("the settings of the gate cannot be read", "Correct them in the project's settings file."),
}
