"""What the page of mutants needs beside the result: the numbers, the mutants by state, and the data of the viewer."""

from redflag_kit.report import mutate_view
from redflag_kit.report.elements import elements
from redflag_kit.report.explorer_view import script_data
from redflag_kit.report.html_read import Json, body, member, objects, pairs, text
from redflag_kit.results.mutate import EQUIVALENT, EXEMPTED, NOT_DECIDED, SURVIVED


def mutate_context(result: Json) -> dict[str, object]:
    """Return the mutants that a person has to look at, worst first, and the data that the viewer shows."""
    found = body(result)
    guidelines = objects(found.get("guidelines"))
    return {
        "rows": _rows(guidelines, member(found.get("totals"))),
        "kinds": [(text(one.get("guideline")), pairs(one.get("operators"))) for one in guidelines],
        "survived": mutate_view.of_state(result, SURVIVED),
        "undecided_mutants": mutate_view.of_state(result, NOT_DECIDED),
        "exempted": mutate_view.of_state(result, EXEMPTED),
        "equivalent": mutate_view.of_state(result, EQUIVALENT),
        "viewer_data": script_data(elements(result)),
    }


def _rows(guidelines: list[Json], totals: Json) -> list[tuple[str, str, Json]]:
    """Return name, title and totals of each guideline, and of all together if there are several."""
    rows = [(text(g.get("guideline")), text(g.get("title")), member(g.get("totals"))) for g in guidelines]
    return [*rows, *([("All", "", totals)] if len(rows) > 1 else [])]
