"""The shipped library as the content tests read it, loaded once."""

from __future__ import annotations

from functools import cache

from redflag_kit.model.condition import Value
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Vocabulary
from tests.shipped import project


@cache
def vignettes() -> tuple[Vignette, ...]:
    """Return every shipped vignette."""
    return tuple(vignette for _, vignette in project().library.vignettes)


def ordinary_patient(vocabulary: Vocabulary) -> dict[str, Value]:
    """Return a patient with back pain for two weeks, nothing unusual, and no trial of therapy yet."""
    return {name: one.example if one.clean is None else one.clean for name, one in vocabulary.findings.items()}
