"""A setting is called relaxed exactly if a change may pass that could not before."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.gate.settings import GateSettings
from redflag_kit.gate.settings_changes import setting_changes

KINDS, ROLES, PEOPLE = ("lost", "gained"), ("safety", "owner"), ("A", "B")
APPROVALS = tuple(product((*PEOPLE, "somebody else"), ROLES))
SOME_APPROVALS = [
    frozenset(one for one, taken in zip(APPROVALS, chosen, strict=True) if taken)
    for chosen in product((False, True), repeat=len(APPROVALS))
]
subsets = st.lists(st.sampled_from(ROLES), unique=True).map(tuple)
people = st.lists(st.sampled_from(PEOPLE), unique=True).map(tuple)
settings = st.builds(
    GateSettings,
    roles=st.fixed_dictionaries(dict.fromkeys(KINDS, subsets)),
    reviewers=st.dictionaries(st.sampled_from(ROLES), people),
    min_guidelines=st.integers(1, 3),
    min_vignettes=st.integers(1, 3),
    min_mutation_score=st.sampled_from(("", "0", "0.5", "0.50", "1")),
    fail_on=st.sampled_from([one.value for one in Severity]),
)

signable = st.builds(
    replace,
    settings,
    # Every role is needed for something, and somebody may act in it: else nothing that is asked of it matters.
    roles=st.fixed_dictionaries({"lost": st.just(ROLES), "gained": subsets}),
    reviewers=st.dictionaries(st.sampled_from(ROLES), st.sampled_from((("A",), ("B",), PEOPLE))),
)


def is_signed(one: GateSettings, kind: str, approvals: frozenset[tuple[str, str]]) -> bool:
    """Say whether approvals, each of a person in a role, are all that a kind of change needs."""
    return all(
        any(role == needed and (role not in one.reviewers or who in one.reviewers[role]) for who, role in approvals)
        for needed in one.roles[kind]
    )


def passed(one: GateSettings) -> set[object]:
    """Return every situation that the settings let through, each about one thing alone."""
    found: set[object] = {(kind, some) for kind in KINDS for some in SOME_APPROVALS if is_signed(one, kind, some)}
    found |= {("guidelines", number) for number in range(4) if number >= one.min_guidelines}
    found |= {("vignettes", number) for number in range(4) if number >= one.min_vignettes}
    found |= {("fault", grave) for grave in Severity if not grave.reaches(Severity(one.fail_on))}
    shares: tuple[float | None, ...] = (None, 0.0, 0.4, 0.5, 1.0)  # None: not measured
    least = one.min_mutation_score
    found |= {("share", share) for share in shares if not least or (share is not None and share >= float(least))}
    return found


@given(settings, settings)
def test_settings_of_which_none_is_relaxed_let_nothing_more_through(old: GateSettings, new: GateSettings):
    if not any(one.relaxed for one in setting_changes(old, new)):
        assert passed(new) <= passed(old)


def with_one(old: GateSettings, new: GateSettings, name: str) -> GateSettings:
    """Return the old settings with one of the new ones, by the name of its change."""
    table, _, key = name.partition(".")
    if not key:
        return replace(old, **{name: getattr(new, name)})
    values = dict(getattr(old, table))
    values.pop(key, None)
    if key in getattr(new, table):
        values[key] = getattr(new, table)[key]
    return replace(old, roles=values) if table == "roles" else replace(old, reviewers=values)


@given(signable, signable)
def test_each_setting_that_is_called_relaxed_lets_more_through_by_itself(old: GateSettings, new: GateSettings):
    for change in setting_changes(old, new):
        if change.relaxed:
            assert not passed(with_one(old, new, change.name)) <= passed(old), change


@given(settings)
def test_settings_do_not_differ_from_themselves(one: GateSettings):
    assert setting_changes(one, one) == ()
