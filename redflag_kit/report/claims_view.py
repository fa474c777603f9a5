"""What every report on claims arranges alike: claims by section, and where each one went."""

from redflag_kit.report.html_read import Json, body, members, number, objects, pairs, text
from redflag_kit.report.html_words import plain

READ = {
    "table": "its table or text was read",
    "abstract": "only its abstract was read",
    "secondary": "known through others",
    "memory": "from memory",
    "not_read": "not read",
}


def by_section(result: Json) -> list[tuple[str, list[Json]]]:
    """Return the claims under the titles of their sections, in the order of the register."""
    found: dict[str, list[Json]] = {}
    for one in objects(body(result).get("claims")):
        found.setdefault(f"{text(one.get('where'))} ({text(one.get('section'))})", []).append(one)
    return list(found.items())


def homes(claim: Json) -> list[tuple[str, str]]:
    """Return where a claim is implemented as (kind, names), or why it is nowhere."""
    found: dict[str, list[str]] = {}
    for rule in objects(claim.get("rules")):
        state = "" if rule.get("state") == "runs" else f" ({text(rule.get('state'))})"
        found.setdefault(text(rule.get("guideline")), []).append(f"{text(rule.get('id'))}{state}")
    for kind in ("vignettes", "properties"):
        names = [text(one.get("id")) for one in objects(claim.get(kind))]
        found.update({kind: names} if names else {})
    told = [(kind, ", ".join(names)) for kind, names in found.items()]
    if claim.get("no_rule"):
        told.append(("nowhere", text(claim.get("no_rule"))))
    return told or [("nowhere", "no home, and no reason given")]


def source_words(one: Json) -> str:
    """Return a source with how far it was read."""
    read = text(one.get("read"))
    return f"{text(one.get('id'))} ({READ.get(read, read)})"


def verdict(claim: Json) -> str:
    """Return the verdict on a claim with the reason."""
    why = text(claim.get("why"))
    return f"{plain(text(claim.get('verdict')))}: {why}" if why else plain(text(claim.get("verdict")))


def tallies(result: Json) -> list[tuple[bool, str]]:
    """Return a line per group: whether all its claims are placed, and how many have which verdict."""
    found = []
    for group in objects(body(result).get("groups")):
        placed, total = number(group.get("placed")), number(group.get("claims"))
        verdicts = ", ".join(f"{value} {plain(text(name))}" for name, value in pairs(group.get("verdicts")))
        line = f"{placed} of {total} {text(group.get('title'))} claims placed"
        found.append((placed == total, f"{line} ({verdicts})" if verdicts else line))
    return found


def contradictions(result: Json) -> list[tuple[str, str, str, str, str]]:
    """Return id, what clashes, the claims, the patient and the vignettes of every contradiction listed."""
    return [
        (
            text(one.get("id")),
            text(one.get("says")),
            ", ".join(text(name) for name in members(one.get("claims"))),
            text(one.get("patient")),
            ", ".join(text(v.get("id")) for v in objects(one.get("vignettes"))),
        )
        for one in objects(body(result).get("contradictions"))
    ]
