"""Read scores: points for what is so of a patient, and bands of their sum."""

import re

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.model.condition import OutputTest, ScoreTest, tests
from redflag_kit.model.guideline import Points, Score
from redflag_kit.source.conditions import read_condition
from redflag_kit.source.documents import DecisionDoc, GuidelineDoc, ScoreDoc
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, key_span_at, node_at, span_at

MAX_REACH = 10_000
_SUM = re.compile(r" *-?[0-9]{1,9} *")
_Bands = list[tuple[str, int, int]]


def read_scores(doc: GuidelineDoc, node: Node, names: Names, faults: Faults) -> tuple[Score, ...]:
    """Return the scores among the decisions of a guideline; their bands, or their failure, go to the names."""
    found: list[Score] = []
    for position, one in enumerate(doc.decisions):
        if one.score is None:
            continue
        at: Path = ("decisions", position)
        _check_heading(one, node, at, names, faults)
        score = _score(one, one.score, node, at, names, faults)
        if len(score.bands) < len(one.score.bands):
            names.failed.add(one.id)
        else:
            names.scores[one.id] = score.bands
        found.append(score)
    return tuple(found)


def _check_heading(one: DecisionDoc, node: Node, at: Path, names: Names, faults: Faults) -> None:
    span = span_at(node, (*at, "id"))
    faults.word(one.id, span, "a score")
    if one.id in names.all():
        faults.add(span, codes.RF127, f"{quoted(one.id)} stands for something else already", "choose another name")
    if one.hit_policy or one.rules or one.otherwise or one.outputs or one.waive:
        hint = "write a decision of its own that reads the score"
        faults.add(span, codes.RF102, f"the score {quoted(one.id)} takes no rules", hint)


def _score(doc: DecisionDoc, score: ScoreDoc, node: Node, at: Path, names: Names, faults: Faults) -> Score:
    points = _points(score, node, at, names, faults)
    if not score.points:
        place = key_span_at(node, (*at, "score"))
        faults.add(place, codes.RF139, "the score has no points", "add at least one line")
    bands = _bands(score, node, at, faults)
    span = span_at(node, (*at, "id"))
    if sum(abs(one.points) for one in score.points) > MAX_REACH:
        message = f"the points of {quoted(doc.id)} add up to more than {MAX_REACH:,}"
        faults.add(span, codes.RF104, message, "use smaller points")
    elif bands and len(points) == len(score.points) and len(bands) == len(score.bands):
        _check_bands(bands, points, span, faults)
    bands_span = span_at(node, (*at, "score", "bands")) if bands else NOWHERE
    return Score(doc.id, doc.question, tuple(points), tuple(bands), span, bands_span)


def _points(score: ScoreDoc, node: Node, at: Path, names: Names, faults: Faults) -> list[Points]:
    points: list[Points] = []
    for index, one in enumerate(score.points):
        place: Path = (*at, "score", "points", index, "when")
        when = read_condition(node_at(node, place), names, faults)
        if when is not None and any(isinstance(t, OutputTest | ScoreTest) for t in tests(when)):
            message = "points depend on the result of a decision"
            faults.add(span_at(node, place), codes.RF124, message, "use findings only")
        elif when is not None:
            line: Path = (*at, "score", "points", index)
            points.append(Points(when, one.points, span_at(node, (*line, "points")), span_at(node, line)))
    return points


def _bands(score: ScoreDoc, node: Node, at: Path, faults: Faults) -> _Bands:
    bands: _Bands = []
    for name, text in score.bands.items():
        place: Path = (*at, "score", "bands", name)
        faults.level(name, key_span_at(node, place), "a band")
        ends = str(text).split(" to ")
        if len(ends) > 2 or not all(map(_SUM.fullmatch, ends)) or int(ends[0]) > int(ends[-1]):
            message = f"{quoted(str(text))} is not a band of sums"
            faults.add(span_at(node, place), codes.RF136, message, "write `0 to 3`, or one number")
        else:
            bands.append((name, int(ends[0]), int(ends[-1])))
    return bands


def _check_bands(bands: _Bands, points: list[Points], span: Span, faults: Faults) -> None:
    """Note the first sum that does not lie in exactly one band."""
    low = sum(min(0, p.points) for p in points)
    high = sum(max(0, p.points) for p in points)
    for total in range(low, high + 1):
        inside = [name for name, first, last in bands if first <= total <= last]
        if len(inside) != 1:
            said = f"in the bands {', '.join(inside)}" if inside else "in no band"
            message = f"the sum {total} lies {said}"
            faults.add(span, codes.RF136, message, "every sum belongs to exactly one band")
            return
