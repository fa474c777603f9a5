"""Points and bands."""

from fractions import Fraction

from redflag_kit.model.condition import Range, ScoreTest
from redflag_kit.mutate.mutant import Operator, Owner, PartsReplaced, Where
from redflag_kit.mutate.mutants import mutants
from tests.unit.evaluate.worlds import decision, guideline, rule, score
from tests.unit.mutate.told import ids, mutant, told


def test_points_are_one_more_one_less_or_none_as_long_as_the_bands_cover_every_sum() -> None:
    made = guideline(
        score(
            "s",
            "{when: fever, points: 1}, {when: cough, points: 2}, {when: numb, points: -1}",
            "{none: -1 to 0, low: 1 to 1, high: 2 to 4}",
        ),
        score("t", "{when: fever, points: 1}, {when: cough, points: 3}", "{few: -1 to 4}"),
        decision(
            "d",
            rule("R1", "{s: high}", "{scan: soon}"),
            rule("R2", "{s: [none, low]}", "{scan: later}"),
            rule("R3", "{t: at_least 3}", "{scan: now}"),
        ),
    )
    assert told(made, "points", "band", "score t:con") == {
        "score s:points-lowered:fever:0": ("{when: fever, points: 1}", "", "s: 0 instead of 1 points for: fever"),
        "score s:points-raised:fever:2": ("1", "2", "s: 2 instead of 1 points for: fever"),
        "score s:points-lowered:cough:0": ("{when: cough, points: 2}", "", "s: 0 instead of 2 points for: cough"),
        "score s:points-raised:cough:3": ("2", "3", "s: 3 instead of 2 points for: cough"),
        "score s:points-lowered:cough:1": ("2", "1", "s: 1 instead of 2 points for: cough"),
        "score s:points-raised:numb:0": ("{when: numb, points: -1}", "", "s: 0 instead of -1 points for: numbness"),
        "score s:band-moved:high:up": (
            "{none: -1 to 0, low: 1 to 1, high: 2 to 4}",
            "{none: -1 to 0, low: 1 to 2, high: 3 to 4}",
            "s: none: -1 to 0, low: 1 to 2, high: 3 to 4 instead of none: -1 to 0, low: 1 to 1, high: 2 to 4",
        ),
        "score t:points-lowered:fever:0": ("{when: fever, points: 1}", "", "t: 0 instead of 1 points for: fever"),
        "score t:condition-dropped:fever": ("fever", "always", "t: for everybody instead of: fever"),
        "score t:condition-negated:fever": ("fever", "{fever: absent}", "t: no fever instead of fever"),
        "score t:points-lowered:cough:0": ("{when: cough, points: 3}", "", "t: 0 instead of 3 points for: cough"),
        "score t:condition-dropped:cough": ("cough", "always", "t: for everybody instead of: cough"),
        "score t:condition-negated:cough": ("cough", "{cough: absent}", "t: no cough instead of cough"),
        "score t:points-lowered:cough:2": ("3", "2", "t: 2 instead of 3 points for: cough"),
    }


def test_a_moved_border_is_written_into_the_tests_that_name_a_band_and_no_others() -> None:
    made = guideline(
        score("s", "{when: fever, points: 1}, {when: cough, points: 2}", "{low: 0 to 1, high: 2 to 3}"),
        score("t", "{when: fever, points: 1}, {when: numb, points: 2}", "{few: 0 to 1, many: 2 to 3}"),
        decision(
            "d",
            rule("R1", "{all: [numb, {s: high}]}", "{scan: soon}"),
            rule("R2", "{s: at_least 3}", "{scan: now}"),
            rule("R3", "{t: many}", "{scan: later}"),
        ),
    )
    assert ids(made, "score s:band") == ["score s:band-moved:high:up", "score s:band-moved:high:down"]
    for name, low in (("up", 3), ("down", 1)):
        one = mutant(made, f"score s:band-moved:high:{name}")
        assert one.rule == ""
        assert one.operator is Operator.BAND_MOVED
        assert isinstance(one.edit, PartsReplaced)
        (part,) = one.edit.parts
        assert (part.where, part.path) == (Where(Owner.RULE, "R1"), (1,))
        assert isinstance(part.new, ScoreTest)
        assert part.new.ranges == (Range(Fraction(low), Fraction(3)),)
        assert (part.new.text, part.new.bands) == ("high", ("high",))


def test_a_line_that_is_worth_nothing_is_not_made_worth_something() -> None:
    made = guideline(
        score("s", "{when: fever, points: 1}, {when: cough, points: 0}"),
        decision("d", rule("R1", "{s: at_least 1}", "{scan: soon}")),
    )
    assert ids(made, ":points-") == ["score s:points-lowered:fever:0", "score s:points-raised:fever:2"]


def test_sentences_name_a_score_in_words() -> None:
    made = guideline(
        score("total_risk", "{when: fever, points: 1}, {when: cough, points: 2}", "{low: 0 to 1, high: 2 to 3}"),
        decision("d", rule("R1", "{total_risk: high}", "{scan: soon}")),
        findings="fever cough",
    )
    sentences = [one.sentence for one in mutants(made) if one.id.startswith("score total_risk")]
    assert len(sentences) > 3
    assert all(one.startswith("total risk: ") for one in sentences)


def test_points_that_nobody_gets_may_be_any() -> None:
    made = guideline(
        score("s", "{when: fever, points: 1}, {when: {not: {age: at_least 0 a}}, points: 2}"),
        decision("d", rule("R1", "{s: at_least 1}", "{scan: soon}")),
        findings="fever age",
    )
    assert not [one.id for one in mutants(made) if one.id.startswith("score s:points") and "age" in one.id]
