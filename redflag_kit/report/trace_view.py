"""What every rendering of the chain from evidence to hazard shows of a rule or hazard."""

from redflag_kit.report.html_read import Json, members, objects, text

COLUMNS = (
    ("rule", "the rule, and the row of the source that it renders"),
    ("sources", "where it comes from: source and row, with how well it supports the rule, and claims with verdicts"),
    ("fires", "vignettes in which it fires for certain"),
    ("may", "vignettes that leave open whether it fires"),
    ("just missed", "vignettes in which it does not fire, and one other answer would make it fire for certain"),
    ("guards", "properties that apply to the edition and read an output that the rule bears on"),
    ("hazards", "hazards whose controls name the rule"),
)


def name_of(guideline: Json) -> str:
    """Return `id@version`."""
    return f"{text(guideline.get('id'))}@{text(guideline.get('version'))}"


def standing(guideline: Json) -> str:
    """Return how an edition stands: its status, and for what it is in force."""
    outputs = members(guideline.get("in_force"))
    return f"{text(guideline.get('status'))}, {'in force' if outputs else 'not in force'}"


def sources_of(rule: Json) -> list[str]:
    """Return the sources a rule cites, each once."""
    return list(dict.fromkeys(text(one.get("cite")) for one in objects(rule.get("evidence"))))


def claims_of(rule: Json) -> list[str]:
    """Return the claims a rule implements, each with the verdict on it."""
    named = [(text(one.get("id")), text(one.get("verdict")).replace("_", " ")) for one in objects(rule.get("claims"))]
    return [f"{name} ({verdict})" if verdict else name for name, verdict in named]


def broken(rule: Json) -> list[str]:
    """Return the links that a rule lacks, in words."""
    found = [] if objects(rule.get("evidence")) else ["cites no source"]
    if not members(rule.get("fires")):
        found.append("fires in no vignette for certain")
    if rule.get("can_be_missed") and not objects(rule.get("missed")):
        found.append("just missed in no vignette")
    return found


def misses(rule: Json) -> dict[str, list[str]]:
    """Return vignettes that just miss a rule, by the findings of which one would make it fire."""
    found: dict[str, list[str]] = {}
    for one in objects(rule.get("missed")):
        findings = " or ".join(text(name).replace("_", " ") for name in members(one.get("findings")))
        found.setdefault(findings, []).append(text(one.get("vignette")))
    return found


def controls(hazard: Json, kind: str) -> list[Json]:
    """Return the controls of one kind: rule, property or vignette."""
    return [one for one in objects(hazard.get("controls")) if one.get("kind") == kind]


def tally(hazard: Json) -> str:
    """Return how many controls are in force: `rules 9 of 11, properties 7, vignettes 7`."""
    parts = []
    for kind, plural in (("rule", "rules"), ("property", "properties"), ("vignette", "vignettes")):
        named = controls(hazard, kind)
        standing = sum(bool(one.get("in_force")) for one in named)
        if named:
            parts.append(f"{plural} {standing}" + (f" of {len(named)}" if standing < len(named) else ""))
    return ", ".join(parts)


def control_name(control: Json) -> str:
    """Return a control with its edition, and that it is not in force where it is not."""
    edition = text(control.get("guideline"))
    named = f"{edition} {text(control.get('id'))}" if edition else text(control.get("id"))
    return named if control.get("in_force") else f"{named} (not in force)"


def in_control(hazard: Json) -> bool:
    """Say whether some control of a hazard is in force."""
    return any(one.get("in_force") for one in objects(hazard.get("controls")))
