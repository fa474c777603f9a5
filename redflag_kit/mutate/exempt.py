"""Exemptions of one edition: which mutants they are about, and which of them have no effect."""

from collections.abc import Collection, Iterable, Mapping

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, did_you_mean, quoted
from redflag_kit.model.exemption import Exemption
from redflag_kit.results.mutate import EQUIVALENT, KILLED


def exemptions_of(guideline: str, exemptions: Iterable[Exemption]) -> dict[str, Exemption]:
    """Return the exemptions of an edition by the id of the mutant."""
    return {one.mutant: one for one in exemptions if one.guideline == guideline}


def exemption_faults(
    exempted: Mapping[str, Exemption], ids: Collection[str], states: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """Return the exemptions of mutants that the edition does not have, and of those that need none.

    `ids` are all mutants of the edition, `states` what became of those that were looked at.
    """
    return tuple(
        fault
        for name, one in exempted.items()
        if (fault := _stale(one, ids) if name not in ids else _superfluous(one, states.get(name, "")))
    )


def _stale(one: Exemption, ids: Collection[str]) -> Diagnostic:
    message = f"{one.guideline} has no mutant {quoted(one.mutant)}, so its exemption counts for nothing"
    hint = did_you_mean(one.mutant, ids) or "delete it; what it was made from says something else now"
    return Diagnostic(one.span, codes.RF540, message, hint)


def _superfluous(one: Exemption, state: str) -> Diagnostic | None:
    why = {KILLED: "is noticed by a vignette", EQUIVALENT: "is proved to change nothing for anybody"}.get(state)
    if why is None:
        return None
    message = f"the mutant {quoted(one.mutant)} of {one.guideline} {why} and needs no exemption"
    return Diagnostic(one.span, codes.RF542, message, "delete it")
