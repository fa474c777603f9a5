"""`redflag claims`: what a text claims, what we found out about it, and what became of each claim."""

from collections import Counter
from collections.abc import Mapping

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.model.claim import Claim, Contradiction, Register, rules_by_claim
from redflag_kit.model.evidence import EVIDENCE_STATUSES, Source
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.project.load import Project
from redflag_kit.results.claims import (
    ClaimingRule,
    ClaimsBody,
    GroupTally,
    ListedClaim,
    ListedContradiction,
    ListedSource,
    Placement,
)
from redflag_kit.results.envelope import Envelope
from redflag_kit.wording.evidence import source_words
from redflag_kit.workflow.envelope import FINDINGS, NOT_LOADED, OK, STATUS, UsageError

UNREAD = "files of the project have errors; what they implement is not counted"


def claims(
    project: Project, ids: tuple[str, ...] = (), section: str = "", verdict: str = "", unplaced: bool = False
) -> Envelope:
    """Return the claims of every register, or those asked for. Raises UsageError with exit code 3 if there are none."""
    registers = project.library.registers
    faults = tuple(one for one in project.diagnostics if one.code.id.startswith("RF16"))
    if not registers:
        if not project.sound:
            return Envelope("claims", STATUS[NOT_LOADED], NOT_LOADED, diagnostics=project.diagnostics)
        hint = "put claims.yaml beside the vocabulary; redflag schema claims describes it"
        raise UsageError("the project has no register of claims", hint, NOT_LOADED)
    listed = [one for register in registers for one in _listed(project, register)]
    clashes = [(c, _clash(project, c)) for register in registers for c in register.contradictions]
    wanted = frozenset(name.casefold() for name in ids)
    _check_asked(ids, section, [one.id for one in listed], [c.id for c, _ in clashes], registers)
    chosen = [
        one
        for one in listed
        if (not wanted or one.id.casefold() in wanted)
        and (not section or one.section.casefold() == section.casefold())
        and (not verdict or one.verdict == verdict)
    ]
    shown = tuple(one for one in chosen if not (unplaced and one.placed))
    narrowed = bool(section or verdict or unplaced)
    contradictions = tuple(one for c, one in clashes if (_is_meant(c, wanted) if wanted else not narrowed))
    if not chosen and not contradictions:
        raise UsageError("no claim matches all of what was asked for", "leave one of the options out", NOT_LOADED)
    code = OK if project.sound and all(one.placed for one in shown) else FINDINGS
    groups = _groups(registers, listed)
    return Envelope(
        command="claims",
        status=STATUS[code],
        exit_code=code,
        options={"ids": list(ids), "section": section, "verdict": verdict, "unplaced": unplaced},
        diagnostics=faults,
        limits=() if project.sound else (UNREAD,),
        summary={"claims": len(listed), "placed": sum(one.placed for one in listed), "listed": len(shown)},
        body=ClaimsBody(tuple(one.title for one in registers), groups, shown, contradictions),
    )


def _check_asked(
    ids: tuple[str, ...], section: str, claims: list[str], clashes: list[str], registers: tuple[Register, ...]
) -> None:
    """Refuse ids and sections that no register has."""
    known = {name.casefold() for name in (*claims, *clashes)}
    for name in ids:
        if name.casefold() not in known:
            hint = did_you_mean(name, (*claims, *clashes)) or "redflag claims lists them"
            raise UsageError(f"no claim is called {quoted(name)}", hint, NOT_LOADED)
    sections = list(dict.fromkeys(name for register in registers for name in register.sections))
    if section and section.casefold() not in {name.casefold() for name in sections}:
        hint = did_you_mean(section, sections) or f"there are {', '.join(sections)}"
        raise UsageError(f"no section is called {quoted(section)}", hint, NOT_LOADED)


def _is_meant(one: Contradiction, wanted: frozenset[str]) -> bool:
    return any(name.casefold() in wanted for name in (one.id, *one.claims))


def _listed(project: Project, register: Register) -> list[ListedClaim]:
    own = [g for g in project.library.guidelines if g.vocabulary.id == register.vocabulary]
    rules = rules_by_claim(own)
    vignettes = {v.id: v.title for _, v in project.library.vignettes}
    properties = {p.id: p.title for p in project.library.properties if p.vocabulary == register.vocabulary}
    return [
        _claim(one, register, rules.get(one.id, ()), vignettes, properties, register.sources) for one in register.claims
    ]


def _claim(
    one: Claim,
    register: Register,
    rules: tuple[tuple[Guideline, Rule], ...],
    vignettes: Mapping[str, str],
    properties: Mapping[str, str],
    sources: Mapping[str, Source],
) -> ListedClaim:
    naming = tuple(ClaimingRule(g.name, rule.id, rule.title, _state(g, rule)) for g, rule in rules)
    shown, held = _placements(one.vignettes, vignettes), _placements(one.properties, properties)
    return ListedClaim(
        id=one.id,
        group=one.group,
        section=one.section,
        where=register.sections[one.section],
        says=one.says,
        verdict=one.verdict,
        why=one.why,
        figures=one.figures,
        sources=tuple(ListedSource(key, source_words(sources[key]), sources[key].read) for key in one.sources),
        rules=naming,
        vignettes=shown,
        properties=held,
        no_rule=one.no_rule,
        placed=bool(naming or shown or held or one.no_rule.strip()),
        file=one.span.file,
        line=one.span.line,
    )


def _placements(names: tuple[str, ...], titles: Mapping[str, str]) -> tuple[Placement, ...]:
    return tuple(Placement(name, titles[name]) for name in names if name in titles)


def _state(guideline: Guideline, rule: Rule) -> str:
    if rule.inert:
        return "inert"
    return "otherwise" if any(rule in (d.otherwise or ()) for d in guideline.decisions) else "runs"


def _clash(project: Project, one: Contradiction) -> ListedContradiction:
    titles = {v.id: v.title for _, v in project.library.vignettes}
    shown = _placements(one.vignettes, titles)
    return ListedContradiction(one.id, one.says, one.claims, one.patient, shown, one.span.file, one.span.line)


def _groups(registers: tuple[Register, ...], listed: list[ListedClaim]) -> tuple[GroupTally, ...]:
    titles = {name: title for register in registers for name, title in register.groups.items()}
    found = []
    for name, title in titles.items():
        own = [one for one in listed if one.group == name]
        verdicts = Counter(one.verdict for one in own)
        tally = {verdict: verdicts[verdict] for verdict in EVIDENCE_STATUSES if verdicts[verdict]}
        found.append(GroupTally(name, title, len(own), sum(one.placed for one in own), tally))
    return tuple(found)
