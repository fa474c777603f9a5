"""Scores: points one more or less or forgotten, and bands whose edge is one sum off."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from redflag_kit.model.condition import ScoreTest
from redflag_kit.model.guideline import Score
from redflag_kit.mutate.fault import Bench, Fault, Told
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator, PartsReplaced, PointsChanged
from redflag_kit.mutate.naming import part_name
from redflag_kit.mutate.values import banded

Bands = tuple[tuple[str, int, int], ...]


def other_points(bench: Bench) -> Iterator[Fault]:
    """Yield every line of a score with one point more, one less, and none, as long as the bands cover every sum."""
    for score in bench.guideline.scores:
        points = tuple(one.points for one in score.points)
        for index, one in enumerate(points):
            others = dict.fromkeys((one + 1, one - 1, 0))
            for other in others if one else ():
                now = (*points[:index], other, *points[index + 1 :])
                if other != one and _covers(score.bands, now):
                    yield _points_fault(bench, score, index, now)


def _covers(bands: Bands, points: tuple[int, ...]) -> bool:
    low, high = sum(min(0, one) for one in points), sum(max(0, one) for one in points)
    return not bands or all(any(a <= total <= b for _, a, b in bands) for total in (*range(low, high + 1),))


def _points_fault(bench: Bench, score: Score, index: int, points: tuple[int, ...]) -> Fault:
    line, now = score.points[index], points[index]
    kind = Operator.POINTS_RAISED if now > line.points else Operator.POINTS_LOWERED
    effect = bench.effects.of_points(score.id, points, {})
    edit = partial(PointsChanged, score.id, index, now)
    subject = f"{part_name(line.when)}:{now}"
    return Fault(
        kind, f"score {score.id}", subject, "", effect, edit, partial(_told_points, bench, score, index, now), kind
    )


def _told_points(bench: Bench, score: Score, index: int, now: int) -> Told:
    line = score.points[index]
    words = f"{score.id.replace('_', ' ')}: {now} instead of {line.points} points for: {bench.phrase(line.when)}"
    if now == 0:
        return Told(line.whole, f"{{when: {bench.writer.condition(line.when)}, points: {line.points}}}", "", words)
    return Told(line.span, str(line.points), str(now), words)


def other_bands(bench: Bench) -> Iterator[Fault]:
    """Yield every border between two bands one sum lower and higher; both bands move, at every use."""
    for score in bench.guideline.scores:
        ordered = sorted(score.bands, key=lambda band: band[1])
        for below, above in pairwise(ordered):
            for step in (1, -1):
                moved = {below[0]: (below[1], below[2] + step), above[0]: (above[1] + step, above[2])}
                if all(low <= high for low, high in moved.values()):
                    yield _band_fault(
                        bench, score, {name: (a, b) for name, a, b in score.bands} | moved, above[0], step
                    )


def _band_fault(bench: Bench, score: Score, bands: dict[str, tuple[int, int]], subject: str, step: int) -> Fault:
    kind = Operator.BAND_MOVED
    changes = [(part, banded(test, test.bands, bands)) for part, test in _reading(bench, score.id)]
    forms = bench.homes.changed([(part, bench.homes.forms.of(new)) for part, new in changes])
    tell = partial(_told_bands, score, bands)

    def edit() -> PartsReplaced:
        return PartsReplaced(tuple(one for part, new in changes for one in bench.homes.replacing(part, new)))

    name = f"{subject}:{'up' if step > 0 else 'down'}"
    return Fault(kind, f"score {score.id}", name, "", bench.effects.of_conditions(forms), edit, tell, kind)


def _reading(bench: Bench, score: str) -> Iterator[tuple[Part, ScoreTest]]:
    """Yield the tests of a score that name its bands, each with the part that it is."""
    for home in bench.homes.all():
        for part in home.parts:
            test = part.condition
            if isinstance(test, ScoreTest) and test.score == score and test.bands:
                yield part, test


def _told_bands(score: Score, bands: dict[str, tuple[int, int]]) -> Told:
    before = _bands_text({name: (low, high) for name, low, high in score.bands})
    now = _bands_text(bands)
    return Told(
        score.bands_span, f"{{{before}}}", f"{{{now}}}", f"{score.id.replace('_', ' ')}: {now} instead of {before}"
    )


def _bands_text(bands: dict[str, tuple[int, int]]) -> str:
    return ", ".join(f"{name}: {low} to {high}" for name, (low, high) in bands.items())
