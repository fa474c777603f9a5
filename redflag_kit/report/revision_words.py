"""Where a guideline that is not a working file was read from, in a line."""

from collections.abc import Mapping

from redflag_kit.report.html_read import objects, text


def revision_words(result: Mapping[str, object]) -> str:
    """Return from which commit the guideline of a result was read, nothing for working files."""
    given = next(iter(objects(result.get("inputs"))), {})
    commit = text(given.get("revision"))
    return f"as it is in {text(given.get('ref')).partition(':')[0]} (commit {commit[:12]})" if commit else ""
