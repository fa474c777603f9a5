"""Hazards that a comparison of two editions touches, as every report names them."""

from redflag_kit.report.html_read import Json, members, objects, text


def hazard_names(diff: Json) -> dict[str, str]:
    """Return every touched hazard with its title and the risk that remains: `HZ-01 Title (risk 3 undesirable)`."""
    return {
        text(one.get("id")): f"{text(one.get('id'))} {text(one.get('title'))} (risk {text(one.get('residual_risk'))})"
        for one in objects(diff.get("hazards"))
    }


def hazards_of(change: Json, diff: Json) -> list[str]:
    """Return the hazards of a change class, or what it means that there are none."""
    names = hazard_names(diff)
    found = [names.get(text(one), text(one)) for one in members(change.get("hazards"))]
    return found or ["not measured" if diff.get("hazards") is None else "none"]


def controls_said(hazard: Json) -> list[tuple[str, str]]:
    """Return the rules that control a hazard by what becomes of them: lost, gained and kept."""
    parts = (("lost", "controls_lost"), ("gained", "controls_gained"), ("kept", "controls_kept"))
    found = ((word, ", ".join(text(one) for one in members(hazard.get(key)))) for word, key in parts)
    return [(word, rules) for word, rules in found if rules]
