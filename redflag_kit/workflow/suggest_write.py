"""Drafted vignettes put into a file: below what stands there, never instead of it."""

import re
from collections.abc import Sequence
from pathlib import Path

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.project.write import write_atomically, write_new
from redflag_kit.source.documents import VignettesDoc
from redflag_kit.source.places import noted_in
from redflag_kit.source.reader import read_yaml
from redflag_kit.source.validate import validate
from redflag_kit.source.vignettes import build_vignettes
from redflag_kit.suggest.text import new_file
from redflag_kit.workflow.envelope import UsageError

_FIRST = re.compile(r"^vignettes:[^\S\n]*(?:#.*)?\n(?:[^\S\n]*(?:#.*)?\n)*(?P<indent> *)- ", re.MULTILINE)
_OURS = "  "


def default_path(root: Path, vocabulary: Vocabulary) -> Path:
    """Return where suggestions for a library go: beside its other vignettes."""
    return root / "vignettes" / Path(vocabulary.path).parent.name / "suggested.yaml"


def write_suggestions(path: Path, vocabulary: Vocabulary, items: Sequence[str]) -> None:
    """Add vignettes to a file, made where it is missing. Raises UsageError, and writes nothing, if that cannot be."""
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError(
            f"{quoted(str(path))} is no vignette file",
            "name a file that ends with .yaml; guidelines go before `--write`",
        )
    try:
        before = path.read_text("utf-8") if path.exists() else ""
        text = with_items(before, vocabulary, items, str(path))
        if before:
            write_atomically(path, text)
        else:
            write_new(path, text)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it holds no text"
        raise UsageError(f"{quoted(str(path))} cannot be written: {why or error}") from error


def with_items(before: str, vocabulary: Vocabulary, items: Sequence[str], path: str) -> str:
    """Return the text of a file with vignettes added. Raises UsageError if it would not hold all, old and new."""
    if not before.strip():
        return new_file(vocabulary.id, items)
    old = read_vignettes(before, vocabulary, path)
    first = _FIRST.search(before)
    if old is None or first is None:
        raise UsageError(f"{quoted(path)} is no file of vignettes that more can be added to", "name another file")
    indent = first["indent"]
    told = ["".join(indent + line.removeprefix(_OURS) for line in item.splitlines(keepends=True)) for item in items]
    text = before.rstrip() + "\n\n" + "\n".join(told)
    new = read_vignettes(text, vocabulary, path)
    if new is None or new[: len(old)] != old or len(new) != len(old) + len(items):
        hint = "`vignettes` has to be the last thing in it, and an id may occur once; or name another file"
        raise UsageError(f"nothing can be added to {quoted(path)}", hint)
    return text


def read_vignettes(text: str, vocabulary: Vocabulary, path: str) -> tuple[Vignette, ...] | None:
    """Return the vignettes of a file, or None if it has a fault or is about another vocabulary."""
    node, faults = read_yaml(text.encode("utf-8"), path)
    if node is None or faults:
        return None
    doc, found = validate(node, VignettesDoc)
    if doc is None or found or doc.vocabulary != vocabulary.id:
        return None
    noted = list(found)
    with noted_in(noted) as told:
        vignettes = build_vignettes(doc, node, vocabulary, told)
    return None if noted else vignettes
