"""An exemption counts for the mutants of its edition alone; one without effect is told."""

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.exemption import Exemption
from redflag_kit.mutate.exempt import exemption_faults, exemptions_of


def exemption(mutant, guideline="throat@1.0.0", line=1):
    return Exemption(guideline, mutant, "made up", Span("mutants.yaml", line, 1, line, 5))


def faults(states, *exempted):
    given = {one.mutant: one for one in exempted}
    return [(one.code.id, one.message, one.help) for one in exemption_faults(given, {"one-a", "two"}, states)]


def test_exemptions_of_other_editions_do_not_count():
    mine, other = exemption("one-a"), exemption("two", "throat@2.0.0")
    assert exemptions_of("throat@1.0.0", [mine, other]) == {"one-a": mine}


def test_an_exemption_of_a_mutant_that_survives_or_is_open_or_was_not_looked_at_is_fine():
    for states in ({"one-a": "survived"}, {"one-a": "exempted"}, {"one-a": "not_decided"}, {}):
        assert faults(states, exemption("one-a")) == []


def test_a_mutant_that_does_not_exist_is_stale_and_the_like_named_one_is_told():
    near, far = faults({}, exemption("one-b"), exemption("xyz"))
    assert near[:2] == (
        "RF540",
        "throat@1.0.0 has no mutant `one-b`, so its exemption counts for nothing",
    )
    assert near[2] == "did you mean `one-a`?"
    assert far[2] == "delete it; what it was made from says something else now"


def test_a_mutant_that_is_killed_or_equivalent_needs_no_exemption():
    killed, equivalent = faults({"one-a": "killed", "two": "equivalent"}, exemption("one-a"), exemption("two"))
    said = "the mutant `one-a` of throat@1.0.0 is noticed by a vignette and needs no exemption"
    assert killed == ("RF542", said, "delete it")
    said = "the mutant `two` of throat@1.0.0 is proved to change nothing for anybody and needs no exemption"
    assert equivalent == ("RF542", said, "delete it")


def test_a_fault_of_an_exemption_stands_at_its_line():
    stale, needless = exemption("xyz", line=3), exemption("two", line=7)
    found = exemption_faults({"xyz": stale, "two": needless}, {"two"}, {"two": "killed"})
    assert [one.span for one in found] == [stale.span, needless.span]
