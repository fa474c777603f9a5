"""Which modules a source file imports, read from its syntax tree without running it."""

import ast
from collections.abc import Mapping
from pathlib import Path

import redflag_kit

PACKAGE = Path(redflag_kit.__file__).parent


def sources() -> dict[str, str]:
    """Return the text of every module of the package, by dotted name."""
    return {_dotted(path): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _with_parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def imported_names(source: str) -> frozenset[str]:
    """Return all names that a module imports anywhere, inside functions too.

    `from a import b` gives `a` and `a.b`, since `b` may be a module; a relative import keeps its leading dots.
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            names.add(origin)
            names.update(f"{origin}.{alias.name}" for alias in node.names)
    return frozenset(names)


def imports_package(source: str, package: str) -> bool:
    """Say whether a module imports a package or anything below it."""
    return any(name == package or name.startswith(f"{package}.") for name in imported_names(source))


def reachable(start: str, texts: Mapping[str, str]) -> frozenset[str]:
    """Return every module of the package that importing `start` may load, itself included."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        waiting.extend(part for name in imported_names(texts[module]) for part in _with_parents(name) if part in texts)
    return frozenset(seen)
