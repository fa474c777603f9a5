"""Hit policies: every other one that a decision may have."""

from collections.abc import Iterator
from functools import partial

from redflag_kit.model.guideline import HitPolicy
from redflag_kit.mutate.fault import Bench, Fault, Told
from redflag_kit.mutate.mutant import Operator, PolicyChanged


def other_policies(bench: Bench) -> Iterator[Fault]:
    """Yield every decision under the other policies; PRIORITY only where every output is ordered."""
    kind = Operator.HIT_POLICY_CHANGED
    for decision in bench.guideline.decisions:
        are_ordered = all(bench.guideline.outputs[name].scale for name in decision.outputs)
        for policy in HitPolicy:
            if policy is decision.hit_policy or (policy is HitPolicy.PRIORITY and not are_ordered):
                continue
            now, before = policy.value, decision.hit_policy.value
            told = Told(
                decision.policy_span,
                before,
                now,
                f"{decision.id.replace('_', ' ')}: hit policy {now} instead of {before}",
            )
            effect, edit = bench.effects.of_policy(decision, policy), partial(PolicyChanged, decision.id, policy)
            yield Fault(kind, f"decision {decision.id}", now, "", effect, edit, partial(_same, told), kind)


def _same(told: Told) -> Told:
    return told
