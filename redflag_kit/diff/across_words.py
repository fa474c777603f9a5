"""Groups and those left alone, put into words: condition, witness, rules with their sources, and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from redflag_kit.compile.digest import digest_of
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diff.deciding import Decision, bearing_on, deciding, parts_of
from redflag_kit.diff.describe import Describer
from redflag_kit.diff.disagreements import Alone, Group
from redflag_kit.diff.panel import Speaker, Voice
from redflag_kit.diff.present import rule_ref, unusual
from redflag_kit.diff.reference import constraints_hold
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Output
from redflag_kit.results.across import AcrossWitness, DecidingRule, LeftAlone, LevelGroup, ReadSource
from redflag_kit.semantics.literal import Reading, entail, read
from redflag_kit.wording.cases import patient_json
from redflag_kit.wording.conditions import value_words


@dataclass(frozen=True, slots=True)
class _Seen:
    """A patient as the literal interpreter reads them in both guidelines, with what the values entail."""

    patient: Mapping[str, Value]
    values: tuple[dict[str, str], dict[str, str]]
    fired: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class AcrossWriter:
    """Puts what two editions say of some outputs into words; `voices` are the guidelines they speak for."""

    voices: tuple[Voice, Voice]
    speakers: tuple[Speaker, Speaker]
    outputs: tuple[Output, ...]
    describer: Describer[BddRegion]

    def group(self, one: Group) -> LevelGroup | Diagnostic:
        """Return a group of disagreement, or our own fault if its witness is not confirmed."""
        seen = self._seen(one.region)
        if seen is None or any(
            seen.values[side].get(output) != one.values[side] for side in (0, 1) for output in one.outputs
        ):
            return self._fault(one.outputs, "disagree")
        decisions = tuple(self._decisions(one, side) for side in (0, 1))
        rules = tuple(frozenset(decision.rule for decision, _ in found) for found in decisions)
        bearing = frozenset().union(*(bearing_on(s, name) for s in self.speakers for name in one.outputs))
        words = tuple(value_words(self._output(one.outputs[0]), value) for value in one.values)
        labels = self._labels(one.outputs)
        return LevelGroup(
            id=self._id(one.outputs, *one.values),
            outputs=one.outputs,
            labels=labels,
            kind=one.kind.value,
            steps=one.steps,
            a_guideline=self._edition(0),
            b_guideline=self._edition(1),
            a_value=one.values[0],
            b_value=one.values[1],
            a_words=words[0],
            b_words=words[1],
            sentence=f"{_listed(labels)}: {self._edition(0)} says {words[0]}, {self._edition(1)} {words[1]}",
            region=self.describer.in_both_scopes(one.region, bearing, (rules[0], rules[1])),
            witness=self._witness(seen),
            a_rules=tuple(self._deciding(0, *found) for found in decisions[0]),
            b_rules=tuple(self._deciding(1, *found) for found in decisions[1]),
            assumptions=self._assumptions(one, decisions),
        )

    def alone(self, one: Alone) -> LeftAlone | Diagnostic:
        """Return who is left alone, or our own fault if the witness is not confirmed."""
        speaks, other = one.speaker, 1 - one.speaker
        seen = self._seen(one.region)
        if seen is None or any(
            seen.values[other].get(output) != one.status or seen.values[speaks].get(output) not in one.levels
            for output in one.outputs
        ):
            return self._fault(one.outputs, "leave somebody alone")
        bearing = frozenset().union(*(bearing_on(s, name) for s in self.speakers for name in one.outputs))
        labels = self._labels(one.outputs)
        said = " or ".join(value_words(self._output(one.outputs[0]), level) for level in one.levels)
        names = self.voices[speaks].name, self.voices[other].name
        silence = value_words(None, one.status)
        return LeftAlone(
            id=self._id(one.outputs, names[0], one.status, one.advises),
            outputs=one.outputs,
            labels=labels,
            speaks=names[0],
            other=names[1],
            status=one.status,
            advises=one.advises,
            levels=one.levels,
            sentence=f"{_listed(labels)}: {self._edition(speaks)} says {said}; {self._edition(other)}: {silence}",
            region=self.describer.told(one.region, self.describer.pair.legal, bearing, (frozenset(), frozenset())),
            witness=self._witness(seen),
        )

    # ---------------------------------------------------------------- witnesses

    def _seen(self, region: BddRegion) -> _Seen | None:
        """Return the most ordinary patient of a region as read word by word, None if not both guidelines allow them."""
        pair = self.describer.pair
        point = pair.algebra.least(region)
        assert point is not None
        patient = pair.patient_at(point)
        if not all(constraints_hold(speaker.edition, patient) for speaker in self.speakers):
            return None
        readings = tuple(_read(speaker.edition.guideline, patient) for speaker in self.speakers)
        values = tuple({o.id: str(reading.values[o.id]) for o in self.outputs} for reading in readings)
        return _Seen(patient, (values[0], values[1]), (readings[0].fired, readings[1].fired))

    def _witness(self, seen: _Seen) -> AcrossWitness:
        pair = self.describer.pair
        return AcrossWitness(
            case=patient_json(seen.patient, pair.findings),
            text=", ".join(unusual(pair, seen.patient)) or "nothing unusual",
            a=seen.values[0],
            b=seen.values[1],
            a_rules=seen.fired[0],
            b_rules=seen.fired[1],
        )

    def _fault(self, outputs: tuple[str, ...], what: str) -> Diagnostic:
        names = " and ".join(voice.name for voice in self.voices)
        message = f"the reference evaluator does not confirm that {names} {what} on {', '.join(outputs)}"
        span = self.speakers[1].edition.guideline.span
        return Diagnostic(span, codes.RF902, message, "please report this as a fault of redflag-kit")

    # ---------------------------------------------------------------- rules, and what the comparison rests on

    def _decisions(self, one: Group, side: int) -> tuple[tuple[Decision, str], ...]:
        """Return the deciding rules of one side, each with the output that it decides, every rule once."""
        found: dict[Decision, str] = {}
        for output in one.outputs:
            for decision in deciding(self.speakers[side], output, one.values[side], one.region):
                if decision not in found or decision.output == output:
                    found[decision] = output
        return tuple(found.items())

    def _deciding(self, side: int, decision: Decision, output: str) -> DecidingRule:
        guideline = self.speakers[side].edition.guideline
        rule = rule_ref(guideline, decision.rule)
        cited = dict.fromkeys(one.cite for one in rule.evidence)
        return DecidingRule(
            guideline=guideline.name,
            rule=rule,
            output=decision.output,
            through="" if decision.output == output else guideline.outputs[decision.output].label,
            sources=tuple(_source(guideline, key) for key in cited),
        )

    def _assumptions(self, one: Group, decisions: tuple[tuple[tuple[Decision, str], ...], ...]) -> tuple[str, ...]:
        """Return what a group rests on beside the rules as written: entailment, the scale, declared assumptions."""
        found: list[str] = []
        for side, decided in enumerate(decisions):
            guideline = self.speakers[side].edition.guideline
            for decision, output in decided:
                if decision.output != output:
                    found.append(f"{guideline.name}: {self._entailment(guideline, decision.output, output)}")
        scale = self._output(one.outputs[0]).scale
        if scale is not None and scale.note:
            found.append(f"The scale: {scale.note}")
        for side, decided in enumerate(decisions):
            guideline = self.speakers[side].edition.guideline
            for decision, _ in decided:
                for name, text in rule_ref(guideline, decision.rule).assumptions:
                    found.append(f"{guideline.name} {name}: {text}")
        return tuple(dict.fromkeys(found))

    def _entailment(self, guideline: Guideline, written: str, output: str) -> str:
        outputs = guideline.outputs
        if written in parts_of(outputs, output):
            return f"{outputs[written].label} counts as {outputs[output].label}"
        return f"advice against {outputs[written].label} counts as advice against {outputs[output].label}"

    # ---------------------------------------------------------------- names

    def _edition(self, side: int) -> str:
        return self.speakers[side].edition.guideline.name

    def _output(self, name: str) -> Output:
        return next(output for output in self.outputs if output.id == name)

    def _labels(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._output(name).label for name in names)

    def _id(self, outputs: tuple[str, ...], *parts: str) -> str:
        names = [voice.name for voice in self.voices]
        return f"{outputs[0]}-{digest_of([*names, *outputs, *parts]).removeprefix('sha256:')[:8]}".replace("_", "-")


def _read(guideline: Guideline, patient: Mapping[str, Value]) -> Reading:
    reading = read(guideline, patient)
    return replace(reading, values=entail(guideline, reading.values))


def _source(guideline: Guideline, key: str) -> ReadSource:
    source = guideline.sources[key]
    return ReadSource(key, source.read, source.title)


def _listed(labels: tuple[str, ...]) -> str:
    return ", ".join(labels)
