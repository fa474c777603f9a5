"""Unknown findings: one taken as absent though nobody said so, and one asked about where an answer was assumed.

No patient is affected, only cases in which the finding was not assessed.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.model.condition import NumberTest, WordTest
from redflag_kit.model.vocabulary import Assume, Finding
from redflag_kit.mutate.fault import Bench, Fault, Told
from redflag_kit.mutate.mutant import AssumeChanged, Operator
from redflag_kit.mutate.text import policy
from redflag_kit.source.dump import Data, flow
from redflag_kit.wording.findings import bare_value


def other_policies_for_unknowns(bench: Bench) -> Iterator[Fault]:
    """Yield the other policy of every finding that a condition reads: its clean value assumed, or nothing."""
    read = _read(bench)
    for name, finding in bench.guideline.vocabulary.findings.items():
        assumed = bench.guideline.assume.get(name)
        if name not in read or (assumed is None and finding.clean is None):
            continue
        kind = Operator.UNKNOWN_AS_ABSENT if assumed is None else Operator.ASSUMPTION_REMOVED
        new = None
        if assumed is None and finding.clean is not None:
            new = Assume(finding.clean, "unknown is taken as absent", "opinion", None)
        edit, tell = partial(AssumeChanged, name, new), partial(_told, bench, finding, assumed, new)
        yield Fault(kind, f"finding {name}", "", "", (("assume", name),), edit, tell, kind)


def _read(bench: Bench) -> frozenset[str]:
    conditions = (part.condition for home in bench.homes.all() for part in home.parts)
    return frozenset(one.finding for one in conditions if isinstance(one, WordTest | NumberTest))


def _told(bench: Bench, finding: Finding, old: Assume | None, new: Assume | None) -> Told:
    if new is not None:
        sentence = f"{finding.label}: taken as {bare_value(finding, new.value)} where nothing is known"
    else:
        assert old is not None
        sentence = f"{finding.label}: no longer taken as {bare_value(finding, old.value)} where nothing is known"
    guideline = bench.guideline
    if old is not None and old.whole.line:
        return Told(old.whole, flow(policy(old)), flow(policy(new)), sentence)
    own: dict[str, Data] = {name: policy(guideline.assume.get(name)) for name in guideline.own_policies}
    now = {**own, finding.id: policy(new)}
    if own:
        return Told(guideline.policies_span, flow({**own}), flow({**now}), sentence)
    return Told(_line_start(guideline.span), "", f"on_unknown: {flow({**now})}\n", sentence)


def _line_start(span: Span) -> Span:
    """Return the empty place before the line of a key at the top of a file."""
    return replace(span, column=1, end_line=span.line, end_column=1) if span.line else NOWHERE
