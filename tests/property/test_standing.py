"""Laws of sign-off, over random records, people, roles and days."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given as over
from hypothesis import strategies as st

from redflag_kit.gate.standing import Circumstances, signoff
from redflag_kit.model.approval import APPROVE, REJECT, Approval
from redflag_kit.results.signoff import Signoff, SignoffItem
from tests.property.effort import examples
from tests.unit.gate.records import item, record

PEOPLE = ("Ann <a@x.org>", "ann <A@x.org>", "Bob <b@x.org>", "Bob", "Cy <c@x.org>")
ROLES = ("safety", "pharmacy")
DAYS = ("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04")
LETTERS = "abc"

covered = st.sets(st.sampled_from(LETTERS), max_size=3).map(lambda some: "".join(sorted(some)))


@st.composite
def record_lists(draw: st.DrawFn) -> list[Approval]:
    found: list[Approval] = []
    for position in range(draw(st.integers(0, 6))):
        names = [one.id for one in found]
        one = record(
            f"r{draw(st.integers(0, 9))}{position}",
            draw(covered),
            decision=draw(st.sampled_from((APPROVE, APPROVE, REJECT))),
            who=draw(st.sampled_from(PEOPLE)),
            role=draw(st.sampled_from(ROLES)),
            date=draw(st.sampled_from(DAYS)),
            expires=draw(st.sampled_from(("", "", *DAYS))),
            conditions=draw(st.sampled_from(((), (("check", "done"),), (("check", ""),)))),
            withdraws=tuple(draw(st.lists(st.sampled_from(names), max_size=1))) if names else (),
            guideline=draw(st.sampled_from(("acp", "acp", "acr"))),
        )
        found.append(one)
    return found


circumstances = st.builds(
    Circumstances,
    date=st.sampled_from(DAYS),
    authors=st.sampled_from((None, (), ("Ann <a@x.org>",), ("Bob <b@x.org>", "Cy <c@x.org>"))),
    reviewers=st.sampled_from(({}, {"safety": ("Ann <a@x.org>", "Cy <c@x.org>")})),
    changed=st.just(frozenset({"acp", "acr"})),
    spent=st.sets(st.sampled_from([f"r{n}{p}" for n in range(10) for p in range(6)])).map(frozenset),
)
item_lists = st.lists(
    st.tuples(st.sampled_from(LETTERS), st.sets(st.sampled_from(ROLES)), st.sampled_from(("acp@2.0.0", "acr@1.0.0"))),
    max_size=3,
    unique_by=lambda one: (one[0], one[2]),
).map(lambda some: [replace(item(letter, guideline=of), roles=tuple(sorted(roles))) for letter, roles, of in some])


def states(found: Signoff) -> list[str]:
    return [one.state for one in found.items]


def literal(one: SignoffItem, records: list[Approval], at: Circumstances) -> bool:
    """Say whether an item is approved, by the words of the rule, one record at a time."""

    def mail(who: str) -> str:
        return who.partition("<")[2].casefold()

    def name(who: str) -> str:
        return who.partition("<")[0].strip().casefold()

    def same(who: str, other: str) -> bool:
        return mail(who) == mail(other) if mail(who) and mail(other) else name(who) == name(other)

    def counts(it: Approval) -> bool:
        for other in records:
            own_earlier = other.role == it.role and it.date <= other.date and same(other.who, it.who)
            if it.id in other.withdraws and own_earlier:
                return False
        listed = at.reviewers.get(it.role)
        if listed is not None and not any(same(it.who, who) for who in listed):
            return False
        return it.decision == REJECT or it.date <= at.date

    own = [
        it
        for it in records
        if it.guideline == one.guideline.split("@")[0]
        and one.fingerprint in [it.fingerprint for it in it.covers]
        and counts(it)
    ]
    last = [
        it
        for it in own
        if not any(
            same(it.who, two.who) and it.role == two.role and (two.date, two.id) > (it.date, it.id) for two in own
        )
    ]
    if any(it.decision == REJECT for it in last):
        return False
    fresh = [it for it in last if it.id not in at.spent]
    good = [it for it in fresh if not (it.expires and at.date >= it.expires) and all(c.met for c in it.conditions)]
    signed = [it for it in good if it.role in one.roles]
    others = [it for it in signed if not any(same(it.who, who) for who in at.authors or ())]
    return {it.role for it in signed} == set(one.roles) != set() and bool(others) and at.authors is not None


@examples(100)
@over(item_lists, record_lists(), circumstances)
def test_an_item_is_approved_exactly_if_the_rule_read_word_by_word_says_so(items, records, at):
    found = signoff(items, records, at)
    assert [one.state == "approved" for one in found.items] == [literal(one, records, at) for one in items]
    for one in found.items:
        assert (one.state == "not_required") <= (one.roles == ())
        assert bool(one.missing) == (one.state in ("open", "conditional", "expired")) or one.state == "rejected"
    assert sorted(found.present + found.missing) == list(found.required)


@examples(100)
@over(item_lists, record_lists(), circumstances, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(items, records, at, random):
    shuffled = list(records)
    random.shuffle(shuffled)
    assert signoff(items, shuffled, at) == signoff(items, records, at)


@examples(100)
@over(item_lists, record_lists(), circumstances, st.integers(0, 5))
def test_taking_away_a_record_changes_only_what_it_covers_or_takes_back(items, records, at, position):
    if position >= len(records):
        return
    gone = records[position]
    taken_back = {one.fingerprint for other in records if other.id in gone.withdraws for one in other.covers}
    touched = {one.fingerprint for one in gone.covers} | taken_back
    before, after = signoff(items, records, at), signoff(items, [one for one in records if one is not gone], at)
    for one, two in zip(before.items, after.items, strict=True):
        assert one == two or one.fingerprint in touched


@examples(100)
@over(item_lists, record_lists(), circumstances, st.sampled_from(ROLES), st.sampled_from(DAYS), covered)
def test_the_plain_approval_of_one_person_more_never_takes_an_approval_away(items, records, at, role, day, letters):
    before = signoff(items, records, at)
    more = record("zz", letters, who="Dee <d@x.org>", role=role, date=day)
    after = signoff(items, [*records, more], at)
    for one, two in zip(before.items, after.items, strict=True):
        assert one.state != "approved" or two.state == "approved"
        assert set(two.missing) <= set(one.missing)


@examples(100)
@over(item_lists, record_lists(), circumstances, st.sampled_from(PEOPLE), st.sampled_from(ROLES), covered)
def test_a_rejection_more_never_approves_anything(items, records, at, who, role, letters):
    more = record("zz", letters, decision=REJECT, who=who, role=role, date="2026-01-04")
    for one, two in zip(signoff(items, records, at).items, signoff(items, [*records, more], at).items, strict=True):
        assert two.state != "approved" or one.state == "approved"


@examples(100)
@over(item_lists, record_lists(), circumstances)
def test_an_author_more_never_approves_anything(items, records, at):
    more = replace(at, authors=(*(at.authors or ()), "Cy <c@x.org>"))
    if at.authors is not None:
        for one, two in zip(signoff(items, records, at).items, signoff(items, records, more).items, strict=True):
            assert two.state != "approved" or one.state == "approved"
