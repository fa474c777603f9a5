"""Drafted vignettes: a patient written down for a guideline, whose outcomes a person has to fill in."""

from collections.abc import Collection, Sequence

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Expectation, Expected, Stated, Vignette
from redflag_kit.suggest.naming import narrative, title, vignette_id, worth_naming
from redflag_kit.suggest.text import TODO

SOURCE = "suggested by redflag"
TAG = "suggested"


def drafted(
    guideline: Guideline, ref: str, stated: tuple[Stated, ...], outputs: Sequence[str], taken: Collection[str]
) -> Vignette:
    """Return a vignette with everything but what should come out. No outputs: one word will do for all of them."""
    findings = guideline.vocabulary.findings
    special = worth_naming(stated, findings)
    name, _, version = ref.partition("@")
    whole = None if outputs else Expected("", TODO, todo=True)
    expected = tuple(Expected(output, TODO, todo=True) for output in outputs)
    return Vignette(
        id=vignette_id(ref, special, findings, taken),
        title=title(special, findings),
        source=SOURCE,
        narrative=narrative(ref, stated, findings),
        tags=(TAG,),
        findings=stated,
        fill_clean=True,
        truth="",
        expectations=(Expectation(name, version, expected, whole, (), "", True, NOWHERE),),
        todo=False,
        span=NOWHERE,
    )
