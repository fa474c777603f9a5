"""A result of the gate made by hand around a real comparison, as `redflag gate` writes it."""

import copy

OLD, NEW = "clinic@2024.0.0", "clinic@2025.0.0"
PATHS = ("guidelines/back_pain/clinic/2024.yaml", "guidelines/back_pain/clinic/2025.yaml")


def check(name, result="passed", reasons=(), kept=()):
    return {
        "name": name, "title": f"The {name}", "result": result, "required": "at least 1", "actual": "none",
        "reasons": list(reasons), "kept": list(kept),
    }  # fmt: skip


def item(one, state="open", **other):
    """Return the sign-off item of a change class, or of any dict with id, fingerprint, kind, direction, sentence."""
    return {
        "id": one["id"], "fingerprint": one["fingerprint"], "kind": one["kind"], "direction": one["direction"],
        "guideline": "clinic", "old": OLD, "new": NEW, "output": "mri", "label": "MRI", "sentence": one["sentence"],
        "roles": ["clinical-safety"], "state": state,
        "missing": [] if state in ("approved", "not_required") else ["clinical-safety"],
        "records": ["guidelines/back_pain/approvals/r1.yaml"] if state == "approved" else [], "reasons": [], **other,
    }  # fmt: skip


def other(kind, **more):
    made = {
        "id": f"{kind}-1", "fingerprint": f"sha256:{kind}", "kind": kind, "direction": kind.replace("-", "_"),
        "sentence": f"a {kind}",
    }  # fmt: skip
    return item(made, **more)


def gated(compared, items, checks=(), versions=(), exit_code=5):
    """Return the result of a gate over one comparison."""
    diff = copy.deepcopy(compared["diff"])
    signoff = {
        "required": ["clinical-safety"], "present": [], "missing": ["clinical-safety"], "stale": [],
        "items": list(items), "authors": [], "records": [],
    }  # fmt: skip
    change = {"kind": "added", "old": OLD, "new": NEW, "old_path": PATHS[0], "new_path": PATHS[1], "diff": 0}
    body: dict[str, object] = {
        "verdict": "BLOCKED", "sentence": "BLOCKED: sign-off is missing", "old_revision": "0" * 40, "new_revision": "",
        "checks": list(checks), "version": None, "versions": list(versions), "signoff": signoff,
        "settings": {"values": {}, "changed": []}, "guidelines": [change], "diffs": [diff],
        "unchanged": ["other@1.0.0"],
    }  # fmt: skip
    status = {0: "ok", 1: "findings", 4: "undecided", 5: "blocked_by_signoff"}[exit_code]
    kept = {key: one for key, one in copy.deepcopy(compared).items() if key != "diff"}
    return kept | {"command": "gate", "status": status, "exit_code": exit_code, "gate": body}
