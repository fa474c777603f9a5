"""Which functions differ from those of a revision, by what they say and not by how they are laid out."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.kit_mutation.mutants import SEPARATOR


def functions_of(source: str) -> dict[str, str]:
    """Return what each function and each method of a module says, by mutmut's name for it."""
    return {name: ast.dump(node) for name, node in _functions(ast.parse(source))}


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"x_{node.name}", node
        elif isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"x{SEPARATOR}{node.name}{SEPARATOR}{one.name}", one


def changed_functions(old: str | None, new: str) -> tuple[str, ...]:
    """Return the functions of a module that are new or say something else than before, in the order of the file."""
    before = functions_of(old) if old is not None else {}
    return tuple(name for name, says in functions_of(new).items() if before.get(name) != says)


def patterns(root: Path, revision: str, chosen: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    """Return, for each chosen module with changed functions, mutmut's patterns for their mutants."""
    found = {}
    for path in _git(root, "diff", "--name-only", "--diff-filter=d", revision, "--", "redflag_kit").splitlines():
        if path.endswith(".py") and chosen(path):
            changed = changed_functions(_text_at(root, revision, path), (root / path).read_text())
            if changed:
                module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
                found[path] = tuple(f"{module}.{name}__mutmut_*" for name in changed)
    return found


def _text_at(root: Path, revision: str, path: str) -> str | None:
    if not _git(root, "ls-tree", "--name-only", revision, "--", path):
        return None
    return _git(root, "show", f"{revision}:{path}")


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout
