"""Registers of claims as the library reads them; their faults are in tests/cases/bad."""

from redflag_kit.model.claim import rules_by_claim
from redflag_kit.source.declared import claims_named, ids_in
from redflag_kit.source.library import build_library
from redflag_kit.source.places import ParsedFile
from redflag_kit.source.reader import read_file
from tests.unit.source.reading import BASE, node_of

HEAD = (
    "schema: redflag/claims/1\nvocabulary: back_pain\ntitle: T\ngroups: {ART-X: article}\nsections: {A: B}\nclaims:\n"
)


def library(register, *changes):
    files = []
    for path in sorted(BASE.rglob("*.yaml")):
        name = path.relative_to(BASE).as_posix()
        node = read_file(path, BASE)[0]
        if changes and name.endswith("2024.yaml"):
            text = path.read_text("utf-8")
            for old, new in changes:
                assert old in text
                text = text.replace(old, new)
            node = node_of(text)
        assert node is not None
        files.append(ParsedFile(name, node))
    return build_library([*files, ParsedFile("guidelines/back_pain/sub/claims.yaml", node_of(HEAD + register))])


def test_a_group_is_what_stands_before_the_last_hyphen():
    found, faults = library("  - {id: ART-X-1, section: A, says: s, verdict: opinion, why: w, no_rule: r}\n")
    assert faults == ()
    ((claim,),) = (one.claims for one in found.registers)
    assert (claim.group, claim.disputed) == ("ART-X", False)
    assert found.verdicts() == {"ART-X-1": "opinion"}


def test_rules_of_every_kind_are_homes():
    entry = "  - {{id: ART-X-{}, section: A, says: s, verdict: opinion, why: w}}\n"
    inert = "{id: S-OLD, title: T, inert: old, claims: [ART-X-3], evidence: [{cite: CLINIC24, status: opinion}]}"
    found, faults = library(
        "".join(entry.format(n) for n in (1, 2, 3)),
        ("{id: S-INF,", f"{inert}\n      - {{id: S-INF, claims: [ART-X-1, ART-X-1],"),
        ("{id: M-REST,", "{id: M-REST, claims: [ART-X-1, ART-X-2],"),
    )
    assert faults == ()
    rules = rules_by_claim(found.guidelines)
    assert {name: [rule.id for _, rule in some] for name, some in rules.items()} == {
        "ART-X-1": ["S-INF", "M-REST"],
        "ART-X-2": ["M-REST"],
        "ART-X-3": ["S-OLD"],
    }


def test_what_has_another_shape_than_a_list_of_entries_declares_and_names_nothing():
    odd = [
        node_of(text) for text in ("- a\n", "x: 1\n", "vignettes: {id: V1}\n", "vignettes: [V1, {id: [V1]}, {x: V1}]\n")
    ]
    assert ids_in(odd, "vignettes") == frozenset()
    rules = (
        "decisions: [{rules: [{id: R}, {claims: ART-1}, {id: R, claims: [[ART-1], {a: b}]}, R], otherwise: silent}]\n"
    )
    assert claims_named([node_of(rules)]) == ()


def test_a_claim_whose_home_is_gone_is_listed_all_the_same():
    found, faults = library("  - {id: ART-X-1, section: A, says: s, verdict: opinion, why: w, vignettes: [V0]}\n")
    assert [one.code.id for one in faults] == ["RF163"]
    assert found.verdicts() == {"ART-X-1": "opinion"}
