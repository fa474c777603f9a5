"""Places of a result as a repository names them: from its root, wherever the project lies in it."""

import posixpath
import re
from urllib.parse import quote

from redflag_kit.report.ci.remark import Place
from redflag_kit.report.html_read import Json, number, objects, text

_OF_A_COMMIT = re.compile(r"^[^:]+:(guidelines/|vignettes/|redflag\.toml$|pyproject\.toml$)")


def place_of(result: Json, found: Json) -> Place | None:
    """Return the place that an object of a result gives with its file, line and so on.

    None without a file, and for a file of a commit (`main:guidelines/...`), which is no file of the working tree.
    """
    file = text(found.get("file"))
    if not file or is_of_a_commit(file):
        return None
    spans = (number(found.get(name)) for name in ("line", "column", "end_line", "end_column"))
    return Place(in_repository(result, file), *spans)


def is_of_a_commit(file: str) -> bool:
    """Say whether a file is named as one of a commit: its path in the project, behind the revision."""
    return bool(_OF_A_COMMIT.match(file))


def file_place(result: Json, file: str) -> Place | None:
    """Return a whole file as a place, by its first line."""
    return Place(in_repository(result, file), 1) if file else None


def in_repository(result: Json, file: str) -> str:
    """Return a path of the project from the root of its repository; one that leads out of it stays as it is."""
    if file.startswith("/"):
        return file
    joined = posixpath.normpath(posixpath.join(text(result.get("project")) or ".", file))
    return file if joined.startswith("../") else joined


def path_of(result: Json, guideline: str) -> str:
    """Return the file of a guideline that is an input of a result, its name if it is none."""
    for one in objects(result.get("inputs")):
        if f"{text(one.get('id'))}@{text(one.get('version'))}" == guideline:
            return in_repository(result, text(one.get("path")))
    return guideline


def as_uri(path: str) -> str:
    """Return a path as a URI reference: everything but letters, digits and `-._~/` as codes of its UTF-8 bytes."""
    encoded = quote(path, safe="/~")
    # A colon in the first part would read as the scheme of a URI; `quote` has encoded it already.
    return f"file://{encoded}" if path.startswith("/") else encoded
