"""Which changes somebody means: by the ids of reports, by fingerprints, by direction, or all that ask for a role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.results.signoff import SignoffItem
from redflag_kit.workflow.envelope import NOT_LOADED, UNDECIDED, UsageError

SHORTEST = 8
"""How many digits of a fingerprint are enough to name it, if no other begins with them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a command line asks for; `everything` with directions: all changes of these directions."""

    ids: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    everything: bool = False
    directions: tuple[str, ...] = ()


def role_asked(items: Iterable[SignoffItem], given: str) -> str:
    """Return the role that somebody acts in: the one given, else the only one that changes ask for.

    Raises UsageError if several roles are asked for, or none.
    """
    if given:
        return given
    roles = sorted({role for item in items for role in item.roles})
    if len(roles) == 1:
        return roles[0]
    if not roles:
        raise UsageError("no change asks for a signature", "to sign all the same, say as whom with --role ROLE")
    raise UsageError("changes ask for several roles", f"say with --role which is yours: {', '.join(roles)}")


def chosen(items: Sequence[SignoffItem], choice: Choice, role: str) -> tuple[SignoffItem, ...]:
    """Return the changes that are meant, in the order of the items. Raises UsageError if one is none, or all are."""
    if not any(map(can_be_signed, items)):
        raise UsageError("nothing changed that could be signed", "", NOT_LOADED)
    if choice.everything:
        if choice.directions:
            found = [item for item in items if item.direction in choice.directions]
            known = ", ".join(dict.fromkeys(item.direction for item in items))
            message, hint = "no change has that direction", f"there are {known}"
        else:
            found = [item for item in items if role in item.roles]
            known = ", ".join(sorted({role for item in items for role in item.roles}))
            message, hint = f"no change asks for the role {quoted(role)}", f"asked for are: {known or 'none'}"
        if not found:
            raise UsageError(message, hint, NOT_LOADED)
        return tuple(filter(can_be_signed, found))
    meant = {_by_id(items, one) for one in choice.ids} | {_by_fingerprint(items, one) for one in choice.fingerprints}
    if not meant:
        hint = "name changes with --class or --fingerprint, or take --all; redflag diff shows them"
        raise UsageError("no change was chosen", hint)
    for item in meant:
        if not can_be_signed(item):
            message = f"{quoted(item.id)} cannot be signed: no fingerprint of it could be made within the budget"
            raise UsageError(message, "make the change in smaller steps", UNDECIDED)
    return tuple(item for item in items if item in meant)


def can_be_signed(item: SignoffItem) -> bool:
    """Say whether a record could name a change: tables beyond the budget of diagrams leave it without a fingerprint."""
    return bool(item.fingerprint)


def _by_id(items: Sequence[SignoffItem], name: str) -> SignoffItem:
    found = [item for item in items if item.id == name]
    if len(found) > 1:
        hint = "name it by its fingerprint: " + ", ".join(item.fingerprint for item in found)
        raise UsageError(f"several changes have the id {quoted(name)}", hint)
    if found:
        return found[0]
    hint = did_you_mean(name, [item.id for item in items]) or "redflag diff shows the ids of all changes"
    raise UsageError(f"no change has the id {quoted(name)}", hint, NOT_LOADED)


def _by_fingerprint(items: Sequence[SignoffItem], text: str) -> SignoffItem:
    digits = text.removeprefix("sha256:")
    if len(digits) < SHORTEST:
        raise UsageError(f"{quoted(text)} is too short for a fingerprint", f"write {SHORTEST} digits or more")
    found = [item for item in items if item.fingerprint.removeprefix("sha256:").startswith(digits)]
    if len(found) > 1:
        hint = "name one by its id: " + ", ".join(item.id for item in found)
        raise UsageError(f"several changes have a fingerprint that begins with {quoted(text)}", hint)
    if found:
        return found[0]
    hint = "the change may have moved since; redflag diff shows the fingerprints of now"
    raise UsageError(f"no change has the fingerprint {quoted(text)}", hint, NOT_LOADED)
