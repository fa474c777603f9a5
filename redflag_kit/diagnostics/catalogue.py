"""The pages of the catalogue: what each code means, why it matters and what to do about it."""

from functools import cache
from importlib.resources import files

PARTS = ("What", "Why", "Do", "Example")


@cache
def pages_of(family: str) -> dict[str, dict[str, str]]:
    """Return the pages of a family, e.g. `3`: id -> part -> text. A family without a file has no pages."""
    place = files("redflag_kit.diagnostics") / "pages" / f"rf{family}.md"
    if not place.is_file():
        return {}
    pages: dict[str, dict[str, str]] = {}
    for block in place.read_text("utf-8").split("## ")[1:]:
        head, _, rest = block.partition("\n")
        pages[head.strip()] = _parts(rest)
    return pages


def page_of(code_id: str) -> dict[str, str]:
    """Return the page of a code, with lower-case keys; parts that it lacks are empty."""
    page = pages_of(code_id[2:3]).get(code_id, {})
    return {part.lower(): page.get(part, "") for part in PARTS}


def _parts(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        name, colon, said = line.partition(":")
        if colon and name in PARTS:
            current = name
            found[current] = said.strip()
        elif line.startswith("    ") and current == "Example":
            found[current] = f"{found[current]}\n{line[4:]}".strip("\n")
    return found
