"""Run every analysis of one guideline."""

from redflag_kit.analyse.dead_rules import dead_rules
from redflag_kit.analyse.finding import Finding, as_diagnostic, unconfirmed
from redflag_kit.analyse.gaps import gaps
from redflag_kit.analyse.overlaps import overlaps
from redflag_kit.diagnostics.diagnostic import Diagnostic, sorted_unique
from redflag_kit.evaluate.engine import Engine

ANALYSES = (gaps, overlaps, dead_rules)


def analyse(engine: Engine) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
    """Return what is wrong with a guideline's decisions; a witness that is not confirmed is our own fault."""
    found = tuple(finding for analysis in ANALYSES for finding in analysis(engine))
    diagnostics = [unconfirmed(engine, finding) or as_diagnostic(engine, finding) for finding in found]
    return found, sorted_unique(diagnostics)
