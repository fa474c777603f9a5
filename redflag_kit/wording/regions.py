"""Plain words for regions described in findings and rule conditions."""

from collections.abc import Iterable, Mapping, Sequence

from redflag_kit.compile.expression import InputEntry
from redflag_kit.model.vocabulary import Finding
from redflag_kit.wording.findings import entry_phrase


def findings_words(entries: Iterable[InputEntry], findings: Mapping[str, Finding]) -> tuple[str, ...]:
    """Return the words for tests on findings, in vocabulary order."""
    by_name = {entry.finding: entry for entry in entries}
    return tuple(entry_phrase(findings[name], by_name[name]) for name in findings if name in by_name)


def rule_words(edition: str, applying: Iterable[str], not_applying: Iterable[str]) -> tuple[str, ...]:
    """Return the words for rules of one edition that apply, or do not: `in 2011 11-CA applies`."""
    yes, no = list(applying), list(not_applying)
    words = []
    if yes:
        words.append(f"{' and '.join(yes)} {'applies' if len(yes) == 1 else 'apply'} in {edition}")
    if len(no) == 1:
        words.append(f"{no[0]} does not apply in {edition}")
    elif no:
        words.append(f"none of {', '.join(no)} applies in {edition}")
    return tuple(words)


def any_rule_words(edition: str, rules: Sequence[str]) -> str:
    """Return the words for rules of one edition of which at least one applies: `any of A, B applies in 2011`."""
    return f"{rules[0]} applies in {edition}" if len(rules) == 1 else f"any of {', '.join(rules)} applies in {edition}"


def shared_once(cubes: Iterable[tuple[str, ...]]) -> str:
    """Return cubes as one sentence, with what all of them share said once."""
    cubes = tuple(cubes)
    shared = [words for words in cubes[0] if all(words in cube for cube in cubes)]
    own = [tuple(words for words in cube if words not in shared) for cube in cubes]
    if not shared or not all(own):
        return alternatives(cubes)
    return f"{alternatives(own)}; in each case {' and '.join(shared)}"


def alternatives(cubes: Iterable[tuple[str, ...]]) -> str:
    """Return cubes as one sentence: `fever and age over 50 years; or weight loss`."""
    return "; or ".join(" and ".join(words) if words else "everybody" for words in cubes)
